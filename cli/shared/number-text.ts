/**
 * Numbers for readers: a real minus sign, a fixed number of decimals, and never `−0.000`.
 *
 * The mistake avoided here: an uncertainty or a probability that rounds to 0 and then reads as certainty.
 */

/** Decimals of energies, distances and desirabilities. */
export const DECIMALS = 3;
export const UNKNOWN = '—';
/** From here on decimals are noise, and digits before the point are hard to count. */
const LARGEST_FIXED = 1e6;

export function fixedText(value: number, decimals = DECIMALS): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : withMinus(text);
}

/** A value with its 1σ: a diffusion coefficient of 1e-7 cm²/s or a rate of 1e9 s⁻¹ has no decimals to show. */
export function valueText(value: number, sigma?: number): string {
  const largest = Math.max(Math.abs(value), sigma ?? 0);
  const isSmall = value !== 0 && largest < 10 ** -DECIMALS;
  return isSmall || Math.abs(value) >= LARGEST_FIXED ? withMinus(value.toExponential(2)) : fixedText(value);
}

/** All digits: what a reader looks for in a file. */
export function exactText(value: number): string {
  return Number.isFinite(value) ? withMinus(String(value)) : UNKNOWN;
}

/** 1σ with the decimals of its value; one digit when those would show 0. `?` of one that is not known. */
export function sigmaText(sigma: number | undefined): string {
  if (sigma === undefined) return '?';
  if (sigma >= LARGEST_FIXED) return withMinus(sigma.toPrecision(1));
  const text = fixedText(sigma);
  return sigma > 0 && Number(text) === 0 ? withMinus(sigma.toPrecision(1)) : text;
}

/** The decimals that show a 1σ with two digits; more than energies have where it is small. */
export function decimalsFor(...sigmas: readonly (number | undefined)[]): number {
  const known = sigmas.flatMap((sigma = 0) => (sigma > 0 ? [sigma] : []));
  if (known.length === 0) return DECIMALS;
  // 100 is the most that a number can be written with.
  return Math.min(100, Math.max(DECIMALS, 1 - Math.floor(Math.log10(Math.min(...known)))));
}

/** A unit behind its number; a pure number has none to show. */
export function unitText(unit: string): string {
  return unit === '1' ? '' : ` ${unit}`;
}

/** A share of draws: two decimals are what some thousand draws settle. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.005) return '< 0.01';
  if (share < 1 && share > 0.995) return '> 0.99';
  return fixedText(share, 2);
}

/** `(1 0 −1 0)` */
export function millerText(indices: readonly number[]): string {
  return `(${indices.map(exactText).join(' ')})`;
}

function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}
