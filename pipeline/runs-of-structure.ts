/**
 * Runs that may stand for one another in what their electrons tell: the same atoms, each within 0.05 Å, in the same cell.
 *
 * A potential or a density of states often comes from a run of its own behind the relaxation. Its numbers belong to its
 * own Fermi energy: nothing is mixed, one of the runs is taken whole.
 */
import type { Calculation } from '../model/calculation.ts';
import { COMPANION_VALUES, type CompanionFormat, isAskedFor } from '../model/companion-values.ts';
import { formula } from '../model/structure.ts';
import { rememberedOfInput } from './remembered-of-input.ts';
import { otherAtoms } from './same-atoms.ts';

const SAME_PLACE_ANGSTROM = 0.05;

/** Of several files of one format the one that a screening reads. */
export function companionOf({ companions = [], companionValues }: Calculation, format: CompanionFormat) {
  const read = companionValues?.[COMPANION_VALUES[format]]?.file;
  if (read !== undefined) return read;
  const candidates = companions.filter((file) => file.format === format && isAskedFor(format, file.path));
  return (candidates.find(({ path }) => !COMPRESSED.test(path)) ?? candidates[0])?.path;
}

const COMPRESSED = /\.(?:gz|xz|bz2|zst|Z)$/;

export type RunsOfStructure = (
  of: Calculation,
  format: CompanionFormat,
  isOfUse?: (run: Calculation) => boolean,
) => Calculation | undefined;

/** The run itself when it has such a file of use beside it, else another one of the same atoms that has. */
export function runsWithCompanion(calculations: Iterable<Calculation>): RunsOfStructure {
  const byFormula = new Map<string, Calculation[]>();
  for (const calculation of calculations) {
    const { structure, companions, companionValues, supersededBy } = calculation;
    if (structure === undefined || supersededBy !== undefined) continue;
    if (companions === undefined && companionValues === undefined) continue;
    const key = formula(structure.species);
    const group = byFormula.get(key);
    if (group === undefined) byFormula.set(key, [calculation]);
    else group.push(calculation);
  }
  return (of, format, isOfUse = () => true) => {
    if (companionOf(of, format) !== undefined && isOfUse(of)) return of;
    const { structure } = of;
    if (structure === undefined) return undefined;
    return byFormula
      .get(formula(structure.species))
      ?.find(
        (other) =>
          companionOf(other, format) !== undefined &&
          isOfUse(other) &&
          other.structure !== undefined &&
          otherAtoms(structure, other.structure, SAME_PLACE_ANGSTROM) === undefined,
      );
  };
}

/** Among all calculations of a screening. */
export const runWith = rememberedOfInput(({ calculations }) => runsWithCompanion(calculations.values()));
