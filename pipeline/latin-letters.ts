/**
 * Greek letters of symbols as they are typed: `ΔE` is `deltaE`, `μ_a` is `mu_a`. The micro sign and the letter mu look
 * alike and are two characters; both are mu.
 */
const LATIN: Readonly<Record<string, string>> = {
  Δ: 'delta',
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  ε: 'epsilon',
  θ: 'theta',
  μ: 'mu',
  ν: 'nu',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  Φ: 'Phi',
};

/** Letters that are not in the table stay. */
export function inLatinLetters(symbol: string): string {
  return symbol.replaceAll('µ', 'μ').replace(/[ΔαβγεθμνρστΦ]/g, (letter) => LATIN[letter] ?? letter);
}
