/**
 * Joins what the files beside the runs told to their calculations.
 *
 * The mistake avoided here: a LOCPOT or ACF.dat of an earlier run in the same folder, whose atoms were elsewhere. A file
 * is used only where it has the atoms of the run.
 */
import type { Calculation, FileRecord, Place } from '../model/calculation.ts';
import {
  COMPANION_VALUES,
  type CompanionReading,
  type CompanionValues,
  isCompanionFormat,
  type PlanarAverages,
} from '../model/companion-values.ts';
import type { GridSummary } from '../model/grid.ts';
import { type Issue, issue, located } from '../model/issues.ts';
import type { Assembly } from './assemble-screening.ts';
import type { ReadFile } from './read-tree.ts';
import { otherAtoms } from './same-atoms.ts';

/**
 * VASP writes the density of the last step with the atoms of that step; a step that was not made moves them by less than
 * this. Another site or another slab is farther away.
 */
const SAME_RUN_ANGSTROM = 0.1;

export type CompanionFiles = ReadonlyMap<string, ReadFile>;

/** `files` by path. */
export function withCompanions(assembly: Assembly, files: CompanionFiles): Assembly {
  if (files.size === 0) return assembly;
  return { ...assembly, calculations: assembly.calculations.map((calculation) => withOwn(calculation, files)) };
}

function withOwn(calculation: Calculation, files: CompanionFiles): Calculation {
  const { companions = [], files: own } = calculation;
  const read = companions.flatMap(({ path }) => files.get(path) ?? []);
  if (read.length === 0) return calculation;
  const values: Record<string, CompanionReading<unknown>> = {};
  for (const { identity, record } of read) {
    if (isCompanionFormat(record.format)) {
      values[COMPANION_VALUES[record.format]] = readingOf(calculation, identity.path, record);
    }
  }
  const left = companions.filter(({ path }) => !files.has(path));
  const { companions: _, ...rest } = calculation;
  return {
    ...rest,
    files: [...own, ...read.map(({ identity }) => identity)],
    ...(left.length > 0 && { companions: left }),
    // `as`: COMPANION_VALUES says which value each format tells, and valueIn makes it.
    companionValues: values as CompanionValues,
  };
}

function readingOf(calculation: Calculation, file: string, record: FileRecord): CompanionReading<unknown> {
  const issues = located(record.issues, { file });
  const foreign = foreignReason(calculation, record);
  if (foreign !== undefined) return { file, issues: [...issues, otherRun(file, foreign)] };
  const { value, place } = valueIn(record);
  if (value === undefined) return { file, issues };
  const { file: _, dataset: __, ...bytes }: Partial<Place> = place ?? {};
  const isPlaced = bytes.byteOffset !== undefined && bytes.byteLength !== undefined;
  const { byteOffset = 0, byteLength = 0, line } = bytes;
  return {
    file,
    value,
    ...(isPlaced && { place: { byteOffset, byteLength, ...(line !== undefined && { line }) } }),
    issues,
  };
}

function otherRun(file: string, reason: string): Issue {
  return issue('W_OTHER_RUN', { reason }, { file });
}

function foreignReason({ structure }: Calculation, record: FileRecord): string | undefined {
  if (structure === undefined) return undefined;
  const { latticeAngstrom, species } = structure;
  const { bader, dStates } = record;
  if (bader !== undefined) {
    const { cartesianAngstrom } = bader;
    return otherAtoms(structure, { latticeAngstrom, cartesianAngstrom, counts: [] }, SAME_RUN_ANGSTROM);
  }
  if (dStates !== undefined && dStates.states.length !== species.length) {
    return `has states of ${dStates.states.length} atoms, the run ${species.length}`;
  }
  const theirs = record.structure ?? record.unnamedStructure;
  return theirs === undefined ? undefined : otherAtoms(structure, theirs, SAME_RUN_ANGSTROM);
}

interface FoundValue {
  readonly value?: unknown;
  readonly place?: Place | undefined;
}

function valueIn(record: FileRecord): FoundValue {
  if (record.bader !== undefined) return { value: record.bader, place: record.places['bader.electrons'] };
  if (record.dStates !== undefined) return { value: record.dStates, place: record.places.dStates };
  const value = planarAverages(record);
  return value === undefined ? {} : { value, place: record.places['grid.components.0'] };
}

/** Of a run with spin a density begins with the sum, a potential with that of either spin. */
function planarAverages({ grid, structure, unnamedStructure }: FileRecord): PlanarAverages | undefined {
  const latticeAngstrom = (structure ?? unnamedStructure)?.latticeAngstrom;
  const [first, second] = ownComponents(grid);
  if (grid === undefined || latticeAngstrom === undefined || first === undefined) return undefined;
  const [along, other] = [first.planarAverages, second?.planarAverages];
  const mean = (axis: 0 | 1 | 2): Float64Array =>
    other === undefined ? along[axis] : along[axis].map((value, at) => (value + (other[axis][at] ?? value)) / 2);
  return { points: grid.points, latticeAngstrom, planarAverages: [mean(0), mean(1), mean(2)] };
}

/** The sum of the density, or the potentials of both spins; nothing when one of these is damaged. */
function ownComponents(grid: GridSummary | undefined): GridSummary['components'] {
  const named = (name: string) => grid?.components.find((component) => component.name === name);
  const total = named('total');
  if (total !== undefined) return [total];
  const [up, down] = [named('spin-up'), named('spin-down')];
  return up === undefined || down === undefined ? [] : [up, down];
}
