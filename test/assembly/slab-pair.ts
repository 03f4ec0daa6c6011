/** A clean slab and the same slab with Li, alike in all settings but those that a test changes. */
import { compatibilityIssues, type PairKind } from '../../assembly/compatibility.ts';
import type { Calculation, Settings } from '../../model/calculation.ts';
import { calculationOf, supercell, withAtoms, znoBasal } from './fixtures.ts';

export const clean = supercell(znoBasal(2, 25), 2, 2);
export const adsorbed = withAtoms(clean, [['Li', [1, 1, 6]]]);

export const left = (settings: Settings = {}, more: Partial<Calculation> = {}): Calculation =>
  calculationOf('slab-li/OUTCAR', { structure: adsorbed, settings }, more);
export const right = (settings: Settings = {}, more: Partial<Calculation> = {}): Calculation =>
  calculationOf('slab/OUTCAR', { structure: clean, settings }, more);

/** Two slabs that differ in these settings only. */
export const slabPair = (one: Settings, other: Settings, kind: PairKind = 'slab-pair') =>
  compatibilityIssues(left(one), right(other), kind);
