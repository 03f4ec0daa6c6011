/**
 * Which dispersion correction a calculation used, and with which parameters (SCIENCE §1.5).
 */
import type { Calculation } from '../../model/calculation.ts';
import { difference, type Finding, mayNotDiffer, notTold, type Pair, tellsSettings } from './setting-comparison.ts';

const PARAMETERS = 'VDW_S6 VDW_S8 VDW_SR VDW_A1 VDW_A2 VDW_D VDW_RADIUS VDW_CNRADIUS VDW_R0'.split(' ');
/** Of the non-local functionals, which have no IVDW. */
const NONLOCAL_PARAMETERS = ['Zab_VDW', 'ZAB_VDW', 'PARAM1', 'PARAM2', 'AGGAC'];

export function dispersionFindings(pair: Pair): Finding[] {
  const unknown = notTold('IVDW', pair, dispersionMethod);
  if (unknown.length > 0) return unknown;
  const [one, other] = [dispersionMethod(pair.left), dispersionMethod(pair.right)];
  if (one !== other) return [difference('E_VDW', 'IVDW', pair, [String(one), String(other)])];
  const nonlocal = pair.left.settings.LUSE_VDW === true && pair.right.settings.LUSE_VDW === true;
  const tags = [...(one === 0 ? [] : PARAMETERS), ...(nonlocal ? NONLOCAL_PARAMETERS : [])];
  // Lists hold one number per kind of atom, and the two have different kinds.
  const scalar = tags.filter((tag) => typeof pair.left.settings[tag] === 'number');
  return scalar.flatMap((tag) =>
    typeof pair.right.settings[tag] === 'number' ? mayNotDiffer('E_VDW', tag, pair) : [],
  );
}

/** IVDW with its older spellings: LVDW = T acts as 1, and 10 is another name of 1. OUTCAR names it only when there is one. */
export function dispersionMethod(calculation: Calculation): number | undefined {
  const { IVDW, LVDW } = calculation.settings;
  if (typeof IVDW === 'number') return IVDW === 10 ? 1 : IVDW;
  if (LVDW === true) return 1;
  return tellsSettings(calculation) ? 0 : undefined;
}
