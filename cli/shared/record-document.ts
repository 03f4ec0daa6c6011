/**
 * The JSON document of one parsed file, as `adatom parse` prints it (the contract for scripts: names and order stay).
 *
 * The mistake avoided here: a list of keys in the printing code that the new quantity of a parser is missing from. The
 * keys of the contract come first and in their order; whatever else a record holds follows under its name there.
 */
import type { Convergence, IonicStep, Potcar, Settings } from '../../model/calculation.ts';
import type { Issue } from '../../model/issues.ts';
import { rows, type Structure } from '../../model/structure.ts';
import { convergenceIssues, ionicWithFlags } from '../../pipeline/convergence.ts';
import { maxForce, maxFreeForce } from '../../pipeline/free-force.ts';
import type { FileReading, ReadRecord } from '../../reading/read-record.ts';
import { plainJson } from './plain-json.ts';
import { provenanceDocument } from './provenance-document.ts';

export interface DocumentOptions {
  readonly steps: 'last' | 'all';
  readonly provenance: boolean;
}

export interface RecordDocument {
  readonly file: string;
  readonly format?: string;
  readonly sha256?: string;
  readonly bytes?: number;
  readonly completeness: string;
  readonly program?: { readonly name: 'vasp'; readonly version: string };
  readonly settings?: Settings;
  readonly potcars?: readonly Potcar[];
  readonly structure?: object;
  readonly ionicStepCount?: number;
  readonly final?: FinalDocument;
  readonly convergence?: Convergence;
  readonly elapsedSeconds?: number;
  readonly steps?: readonly object[];
  readonly provenance?: object;
  readonly issues: readonly Pick<Issue, 'code' | 'severity' | 'message' | 'where'>[];
  /** What else the record holds, by its name there. */
  readonly [other: string]: unknown;
}

export interface FinalDocument extends Energies {
  readonly maxForceEvPerAngstrom?: number;
  readonly maxFreeForceEvPerAngstrom?: number;
}

type Energies = Partial<Omit<IonicStep, 'latticeAngstrom' | 'cartesianAngstrom' | 'forcesEvPerAngstrom'>>;

/** `file`: the path as the user wrote it or as the search found it. */
export function recordDocument(file: string, reading: FileReading, options: DocumentOptions): RecordDocument {
  const { record } = reading;
  const last = record.steps?.at(-1);
  const final = last === undefined ? undefined : finalDocument(last, reading);
  const convergence = convergenceOf(record, final);
  const structure = record.structure === undefined ? undefined : structureDocument(record.structure);
  return withoutUnknown({
    file,
    format: record.format,
    sha256: reading.identity?.sha256,
    bytes: reading.identity?.bytes ?? reading.unhashedBytes,
    completeness: record.completeness,
    program: record.version === undefined ? undefined : { name: 'vasp' as const, version: record.version },
    settings: record.settings,
    potcars: record.potcars,
    structure,
    ionicStepCount: record.ionicStepCount,
    final,
    convergence,
    elapsedSeconds: record.elapsedSeconds,
    ...otherValues(record, TOLD_OF_RECORD),
    steps:
      options.steps === 'all'
        ? record.steps?.map((step) => madeWhenWritten(() => stepDocument(step, reading)))
        : undefined,
    provenance: options.provenance ? provenanceDocument(record, { structure, final }) : undefined,
    issues: [...record.issues, ...unconverged(record, convergence, last, final)].map(
      ({ code, severity, message, where }) => ({
        code,
        severity,
        message,
        where: { file, ...where },
      }),
    ),
  });
}

const TOLD_OF_RECORD: ReadonlySet<string> = new Set<keyof ReadRecord>([
  'format',
  'completeness',
  'version',
  'settings',
  'potcars',
  'structure',
  'ionicStepCount',
  'steps',
  'convergence',
  'elapsedSeconds',
  'places',
  'issues',
]);

/** What an object holds beside the named keys, as plain JSON. */
function otherValues(object: object, told: ReadonlySet<string>): Record<string, unknown> {
  const others: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) if (!told.has(key)) others[key] = plainJson(value, key);
  return others;
}

/** A force on a fixed atom leaves a relaxation converged; only the flags beside the OUTCAR can tell. */
function convergenceOf(record: ReadRecord, final: FinalDocument | undefined): Convergence | undefined {
  const { convergence, settings } = record;
  if (convergence === undefined) return undefined;
  return { ...convergence, ionic: ionicWithFlags(convergence.ionic, settings ?? {}, final) };
}

function unconverged(
  record: ReadRecord,
  convergence: Convergence | undefined,
  last: IonicStep | undefined,
  final: FinalDocument | undefined,
): Issue[] {
  if (convergence === undefined || last === undefined) return [];
  return convergenceIssues({ convergence, settings: record.settings ?? {}, final: { ...last, ...final } });
}

function structureDocument(structure: Structure): object {
  const flags = structure.selectiveDynamics;
  return withoutUnknown({
    latticeAngstrom: structure.latticeAngstrom,
    species: structure.species,
    cartesianAngstrom: plainJson(structure.cartesianAngstrom, 'cartesianAngstrom'),
    selectiveDynamics: flags === undefined ? undefined : rows(Float64Array.from(flags)).map((row) => row.map(Boolean)),
  });
}

function finalDocument(step: IonicStep, reading: FileReading): FinalDocument {
  const { maxForceEvPerAngstrom, maxFreeForceEvPerAngstrom } = forcesOf(step, reading);
  return withoutUnknown({
    freeEnergyEv: finite(step.freeEnergyEv),
    energyWithoutEntropyEv: finite(step.energyWithoutEntropyEv),
    energySigma0Ev: finite(step.energySigma0Ev),
    dispersionEnergyEv: finite(step.dispersionEnergyEv),
    fermiEnergyEv: finite(step.fermiEnergyEv),
    maxForceEvPerAngstrom,
    maxFreeForceEvPerAngstrom,
    volumeAngstrom3: finite(step.volumeAngstrom3),
    pressureKbar: finite(step.pressureKbar),
    totalMagnetisationBohr: finite(step.totalMagnetisationBohr),
    ...otherValues(step, TOLD_OF_FINAL),
  });
}

/** Told above, told by the step itself, or large. */
const TOLD_OF_FINAL: ReadonlySet<string> = new Set<keyof IonicStep>([
  'freeEnergyEv',
  'energyWithoutEntropyEv',
  'energySigma0Ev',
  'dispersionEnergyEv',
  'fermiEnergyEv',
  'volumeAngstrom3',
  'pressureKbar',
  'totalMagnetisationBohr',
  'index',
  'electronic',
  'elapsedSeconds',
  'latticeAngstrom',
  'cartesianAngstrom',
  'forcesEvPerAngstrom',
]);

/** Thousands of steps as lists of numbers would be a multiple of the record they are made from. */
function madeWhenWritten(make: () => object): object {
  return { toJSON: make };
}

function stepDocument(step: IonicStep, reading: FileReading): object {
  return withoutUnknown({
    index: step.index,
    ...finalDocument(step, reading),
    electronic: step.electronic,
    elapsedSeconds: finite(step.elapsedSeconds),
    latticeAngstrom: step.latticeAngstrom,
    cartesianAngstrom: plainJson(step.cartesianAngstrom, 'cartesianAngstrom'),
    forcesEvPerAngstrom: plainJson(step.forcesEvPerAngstrom, 'forcesEvPerAngstrom'),
  });
}

function forcesOf(step: IonicStep, { record, selectiveDynamics }: FileReading): FinalDocument {
  const forces = step.forcesEvPerAngstrom;
  if (forces === undefined) return {};
  const lattice = step.latticeAngstrom ?? record.structure?.latticeAngstrom;
  const flags = lattice === undefined ? undefined : selectiveDynamics;
  return withoutUnknown({
    maxForceEvPerAngstrom: maxForce(forces),
    maxFreeForceEvPerAngstrom:
      flags === undefined || lattice === undefined ? undefined : maxFreeForce(forces, flags, lattice),
  });
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

type Known<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the keys whose value is not known. */
function withoutUnknown<T extends object>(object: T): Known<T> {
  // `as`: exactly the keys with an undefined value, which the type makes optional, are left out.
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Known<T>;
}
