/**
 * What the LOCPOT of a run holds (SCIENCE §7): LVHAR writes the electrostatic potential, LVTOT that with exchange and
 * correlation; before VASP 5.2.12 the tags did not mean this.
 */
import { told } from '../assembly/shared/told-settings.ts';
import type { Calculation } from '../model/calculation.ts';
import type { RunsOfStructure } from './runs-of-structure.ts';

export type PotentialContent = 'electrostatic' | 'with-xc' | 'unknown';

const FIRST_KNOWN = [5, 2, 12] as const;

export function potentialContent(calculation: Calculation): PotentialContent {
  if (!isKnownVersion(calculation.version)) return 'unknown';
  // LVHAR forces LVTOT = F, so that what was asked for with both is the electrostatic one.
  if (told(calculation, 'LVHAR') === true) return 'electrostatic';
  return told(calculation, 'LVTOT') === true ? 'with-xc' : 'unknown';
}

const BEST_FIRST: readonly PotentialContent[] = ['electrostatic', 'unknown', 'with-xc'];

/** The run of these atoms whose LOCPOT is of most use: a relaxation with LVTOT must not hide a static run with LVHAR. */
export function runWithPotential(slab: Calculation, runWith: RunsOfStructure): Calculation | undefined {
  for (const content of BEST_FIRST) {
    const found = runWith(slab, 'locpot', (run) => potentialContent(run) === content);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isKnownVersion(version: string | undefined): boolean {
  const numbers = /^\d+(?:\.\d+)*/
    .exec(version ?? '')?.[0]
    .split('.')
    .map(Number);
  if (numbers === undefined) return false;
  const at = FIRST_KNOWN.findIndex((first, index) => (numbers[index] ?? 0) !== first);
  return at < 0 || (numbers[at] ?? 0) > (FIRST_KNOWN[at] ?? 0);
}
