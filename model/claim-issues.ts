/** Issue codes of published claims that are held against computed values, with their texts; a part of the catalogue. */

/** Bounds may be of strains as well as of energies: decimals would show 0 of some. */
function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

export const CLAIM_ISSUES = {
  E_CLAIM_NO_CANDIDATE: (d: { names: string; plane?: string }) =>
    `no candidate is called ${d.names}${d.plane === undefined ? '' : `, or is known to be ${d.plane}`}`,
  E_CLAIM_PLANE: (d: { candidate: string; claimed: string; found: string }) =>
    `${d.candidate} is called like the claim's ${d.claimed}, but is another surface: ${d.found}`,
  E_CLAIM_ADSORBATE: (d: { claimed: string; found: string }) =>
    `the claim is about ${d.claimed}, the candidate's values are about ${d.found}`,
  E_CLAIM_CHARGED: (d: { adsorbate: string; charge: number }) =>
    `the claim is about ${d.adsorbate} with a charge of ${d.charge}: its energy depends on the size of the cell and has no neutral counterpart`,
  E_CLAIM_REFERENCE: (d: { claimed: string; found: string }) =>
    `the claim is relative to ${d.claimed}, the computed value to ${d.found}: no known energy leads from one to the other`,
  W_CLAIM_WEAK: (d: { lowest: number; highest: number; unit: string }) =>
    `a weak check: any value from ${threeDigits(d.lowest)} to ${threeDigits(d.highest)}${d.unit === '1' ? '' : ` ${d.unit}`} would have fitted, zero included`,
  W_CLAIM_NO_SIGMA: (d: { candidates: string }) =>
    `the 1σ of the computed value of ${d.candidates} is not known: what differs by more than the printed digits is not settled`,
  W_CLAIM_RATIO: (d: { lower: string; higher: string }) =>
    `the ratio of ${d.higher} to ${d.lower} is not settled: a value within 2σ of zero has no order of magnitude`,
  W_CLAIM_NOT_TESTED: (d: { hypothesis: string; reason: string }) => `not tested, ${d.hypothesis}: ${d.reason}`,
  I_CLAIM_STATED_SIGMA: (d: { candidates: string }) =>
    `the 1σ of ${d.candidates} is the one that the profile of the screening states`,
  I_CLAIM_UNSTATED: (d: { what: string }) => `the source does not state ${d.what}`,
} as const satisfies Record<string, (details: never) => string>;
