/**
 * Functionals whose gaps are not too small as a rule, by what their names begin with or hold: hybrids, GW, mBJ.
 */
const BEYOND_SEMILOCAL = /HSE|PBE0|B3LYP|HF|G0?W|MBJ|hybrid/i;

export function isBeyondSemilocal(functional: string): boolean {
  return BEYOND_SEMILOCAL.test(functional);
}
