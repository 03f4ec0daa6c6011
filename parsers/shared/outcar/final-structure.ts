/**
 * The structure that the final energies belong to.
 *
 * The mistake avoided here: where the last step prints no positions (molecular dynamics with NWRITE = 0) or unreadable
 * ones, those of an earlier step look just as good and are wrong. The first step alone is computed for the starting
 * structure, and the cell stays what it was only where ISIF keeps it.
 */
import type { Structure } from '../../../model/structure.ts';
import type { Header } from './header.ts';
import { numberSetting } from './setting-tags.ts';
import type { RunSteps } from './steps.ts';

/** ISIF from which on the cell changes. */
const FIRST_ISIF_OF_CELL = 3;

export function finalStructure(header: Header, steps: Pick<RunSteps, 'last' | 'count'>): Structure | undefined {
  const { last } = steps;
  if (last === undefined) return header.structure;
  const { species } = header;
  const start = last.geometryReadable ? header.structure : undefined;
  const isFirst = steps.count === 1;
  const isif = numberSetting(header.settings, 'ISIF');
  const keepsCell = isFirst || (isif !== undefined && isif < FIRST_ISIF_OF_CELL);
  const latticeAngstrom = last.step.latticeAngstrom ?? (keepsCell ? start?.latticeAngstrom : undefined);
  const cartesianAngstrom = last.step.cartesianAngstrom ?? (isFirst ? start?.cartesianAngstrom : undefined);
  if (species === undefined || latticeAngstrom === undefined || cartesianAngstrom === undefined) return undefined;
  // A table that was read up to its ruler, in a file whose atom count is not known.
  return cartesianAngstrom.length === 3 * species.length ? { latticeAngstrom, species, cartesianAngstrom } : undefined;
}
