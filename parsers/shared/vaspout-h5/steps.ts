/**
 * The ionic steps, `/intermediate/ion_dynamics`: one row of every dataset per step.
 *
 * The mistakes avoided here: columns of `energies` mean what `energies_tags` says, which is another thing in molecular
 * dynamics and in machine-learned steps; and a run that was stopped may have written the energies of a step and not its
 * forces, so that only steps with a row in every dataset count.
 */
import type { IonicStep, Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { determinant, type Matrix3 } from '../../../model/lattice.ts';
import { knownValues } from '../known-values.ts';
import type { Datasets, Table } from './datasets.ts';
import { allFinite, cartesianOf, latticeOf } from './geometry.ts';

export interface FoundSteps {
  readonly count: number;
  readonly steps: readonly IonicStep[];
  /** Names in the last step. */
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
  /** Some datasets have a row more than others: the run was stopped in between. */
  readonly isTorn: boolean;
}

const GROUP = '/intermediate/ion_dynamics';
const NONE: FoundSteps = { count: 0, steps: [], places: {}, issues: [], isTorn: false };

type Part = 'energies' | 'forces' | 'stress' | 'lattice_vectors' | 'position_ions' | 'electronic_step_converged';
const PARTS: readonly Part[] = [
  'energies',
  'forces',
  'stress',
  'lattice_vectors',
  'position_ions',
  'electronic_step_converged',
];

export function readSteps(datasets: Datasets, kept: 'last' | 'all'): FoundSteps {
  const { rowCounts, count, issues } = alignedRows(datasets);
  if (count === 0) return { ...NONE, issues };
  const columns = energyColumns(datasets.texts(`${GROUP}/energies_tags`) ?? []);
  const first = kept === 'last' ? count - 1 : 0;
  const tables = new Map<Part, Table>();
  for (const part of rowCounts.keys()) {
    const table = datasets.table(`${GROUP}/${part}`, [first, count]);
    if (table !== undefined) tables.set(part, table);
  }
  // A count of steps that nothing bears out is a damaged one.
  if (tables.size === 0) return { ...NONE, issues };
  const scale = datasets.number(`${GROUP}/scale`) ?? 1;
  const steps = Array.from({ length: count - first }, (_, row) => stepOf(tables, { row, first, columns, scale }));
  const last = steps.at(-1);
  return {
    count,
    steps,
    places: last === undefined ? {} : placesOf(datasets, last),
    issues: [...issues, ...lastStepIssues(datasets, { columns, last, tables })],
    isTorn: [...rowCounts.values()].some((rows) => rows > count),
  };
}

interface Rows {
  readonly rowCounts: ReadonlyMap<Part, number>;
  readonly count: number;
  readonly issues: readonly Issue[];
}

/** Datasets of about as many rows as there are energies; others are not written every step. */
function alignedRows(datasets: Datasets): Rows {
  const rowCounts = new Map<Part, number>();
  const issues: Issue[] = [];
  for (const part of PARTS) {
    const rows = datasets.has(`${GROUP}/${part}`) ? datasets.shape(`${GROUP}/${part}`)?.[0] : undefined;
    if (rows !== undefined && rows > 0) rowCounts.set(part, rows);
  }
  const expected = rowCounts.get('energies') ?? Math.max(0, ...rowCounts.values());
  for (const [part, rows] of rowCounts) {
    if (Math.abs(rows - expected) <= 1) continue;
    rowCounts.delete(part);
    const found = { expected: `${expected} ionic steps`, found: `${rows}` };
    issues.push(issue('W_UNPARSEABLE', found, { byteOffset: 0, block: `${GROUP}/${part}` }));
  }
  const count = rowCounts.size === 0 ? 0 : Math.min(...rowCounts.values());
  return { rowCounts, count, issues };
}

// ---- energies

type EnergyName = 'freeEnergyEv' | 'energyWithoutEntropyEv' | 'energySigma0Ev' | 'temperatureKelvin';
type Columns = Readonly<Partial<Record<EnergyName, number>>> & { readonly isMachineLearned: boolean };

/** Blanks aside. `ion-electron TOTEN` is F in molecular dynamics, where the other two are not written. */
const TAGS: Readonly<Record<string, EnergyName>> = {
  'free energy toten': 'freeEnergyEv',
  'ion-electron toten': 'freeEnergyEv',
  'energy without entropy': 'energyWithoutEntropyEv',
  'energy(sigma->0)': 'energySigma0Ev',
  'temperature tein': 'temperatureKelvin',
};

function energyColumns(tags: readonly string[]): Columns {
  const columns: Partial<Record<EnergyName, number>> = {};
  for (const [index, tag] of tags.entries()) {
    const name = TAGS[tag.trim().replace(/\s+/g, ' ').toLowerCase()];
    if (name !== undefined) columns[name] ??= index;
  }
  return { ...columns, isMachineLearned: tags.some((tag) => /\bML\b/.test(tag)) };
}

// ---- one step

interface Row {
  /** In the tables. */
  readonly row: number;
  /** Of the run. */
  readonly first: number;
  readonly columns: Columns;
  readonly scale: number;
}

function stepOf(tables: ReadonlyMap<Part, Table>, { row, first, columns, scale }: Row): IonicStep {
  const slice = (part: Part): Float64Array | undefined => rowOf(tables.get(part), row);
  const energies = slice('energies');
  const energy = (name: EnergyName): number | undefined => {
    const value = energies?.[columns[name] ?? -1];
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  };
  const cell = slice('lattice_vectors');
  const lattice = cell?.length === 9 ? latticeOf(cell, 0, scale)?.vectors : undefined;
  const forces = slice('forces');
  const converged = slice('electronic_step_converged')?.[0];
  return knownValues({
    index: first + row + 1,
    freeEnergyEv: energy('freeEnergyEv'),
    energyWithoutEntropyEv: energy('energyWithoutEntropyEv'),
    energySigma0Ev: energy('energySigma0Ev'),
    temperatureKelvin: energy('temperatureKelvin'),
    stressKbar: stressOf(slice('stress')),
    volumeAngstrom3: lattice === undefined ? undefined : Math.abs(determinant(lattice)),
    latticeAngstrom: lattice,
    cartesianAngstrom: positionsOf(slice('position_ions'), lattice),
    forcesEvPerAngstrom: forces === undefined ? undefined : allFinite(forces),
    // 0 is "converged" (py4vasp, ElectronicMinimization).
    electronic: converged === undefined ? 'unknown' : converged === 0 ? 'reached' : 'notReached',
  }) as IonicStep; // no key of an IonicStep is undefined
}

/** A copy: steps are kept or dropped one by one. */
function rowOf(table: Table | undefined, row: number): Float64Array | undefined {
  if (table === undefined) return undefined;
  const length = table.values.length / (table.shape[0] ?? 1);
  return table.values.slice(row * length, (row + 1) * length);
}

function positionsOf(fractional: Float64Array | undefined, lattice: Matrix3 | undefined): Float64Array | undefined {
  return fractional === undefined || lattice === undefined ? undefined : cartesianOf(fractional, lattice);
}

/** Of the 3×3 matrix; XX YY ZZ XY YZ ZX as OUTCAR prints them. Zeros are written when VASP computes no stress. */
function stressOf(matrix: Float64Array | undefined): readonly number[] | undefined {
  if (matrix?.length !== 9 || allFinite(matrix) === undefined || isZero(matrix)) return undefined;
  return [0, 4, 8, 1, 5, 6].map((place) => matrix[place] ?? 0);
}

function isZero(values: Float64Array): boolean {
  return values.every((value) => value === 0);
}

const PART_OF: Readonly<Partial<Record<keyof IonicStep, Part>>> = {
  freeEnergyEv: 'energies',
  energyWithoutEntropyEv: 'energies',
  energySigma0Ev: 'energies',
  temperatureKelvin: 'energies',
  stressKbar: 'stress',
  volumeAngstrom3: 'lattice_vectors',
  latticeAngstrom: 'lattice_vectors',
  cartesianAngstrom: 'position_ions',
  forcesEvPerAngstrom: 'forces',
  electronic: 'electronic_step_converged',
};

function placesOf(datasets: Datasets, step: IonicStep): Record<string, Place> {
  const places: Record<string, Place> = {};
  // `as`: the keys of a step are those of its type.
  for (const name of Object.keys(step) as (keyof IonicStep)[]) {
    const part = PART_OF[name];
    if (part === undefined || (name === 'electronic' && step.electronic === 'unknown')) continue;
    places[`final.${name}`] = datasets.place(`${GROUP}/${part}`);
  }
  return places;
}

interface LastStep {
  readonly columns: Columns;
  readonly last: IonicStep | undefined;
  readonly tables: ReadonlyMap<Part, Table>;
}

function lastStepIssues(datasets: Datasets, { columns, last, tables }: LastStep): Issue[] {
  if (last === undefined) return [];
  const at = (part: Part): { byteOffset: number; block: string } => ({ byteOffset: 0, block: `${GROUP}/${part}` });
  if (columns.isMachineLearned && last.freeEnergyEv === undefined) return [issue('E_ML_ENERGY', {}, at('energies'))];
  const issues: Issue[] = [];
  if (last.freeEnergyEv === undefined && datasets.has(`${GROUP}/energies`)) {
    const found = columns.freeEnergyEv === undefined ? 'no column of that name' : 'no finite number';
    issues.push(issue('E_UNPARSEABLE', { expected: 'free energy TOTEN', found }, at('energies')));
  }
  if (!tables.has('forces')) issues.push(issue('W_NO_FORCES', {}, at('forces')));
  for (const [name, part] of [
    ['forcesEvPerAngstrom', 'forces'],
    ['latticeAngstrom', 'lattice_vectors'],
    ['cartesianAngstrom', 'position_ions'],
  ] as const) {
    if (!tables.has(part) || last[name] !== undefined) continue;
    issues.push(
      issue('E_UNPARSEABLE', { expected: `finite numbers of the last ionic step`, found: 'others' }, at(part)),
    );
  }
  const stress = rowOf(tables.get('stress'), (tables.get('stress')?.shape[0] ?? 1) - 1);
  if (stress !== undefined && last.stressKbar === undefined && !isZero(stress)) {
    issues.push(
      issue('E_UNPARSEABLE', { expected: 'finite numbers of the last ionic step', found: 'others' }, at('stress')),
    );
  }
  return issues;
}
