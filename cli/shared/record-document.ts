/**
 * The JSON document of one parsed file, as `adatom parse` prints it (the contract for scripts: names and order stay).
 *
 * The mistake avoided here: JSON turns NaN into null. A number that is not finite is left out, like everything that the
 * file does not say; an array with such a number in it is left out as a whole.
 */
import type {
  Convergence,
  IonicStep,
  KPoints,
  PathTableRow,
  Place,
  Potcar,
  Settings,
} from '../../model/calculation.ts';
import type { Issue } from '../../model/issues.ts';
import { rows, type Structure } from '../../model/structure.ts';
import { convergenceIssues, ionicWithFlags } from '../../pipeline/convergence.ts';
import { maxForce, maxFreeForce } from '../../pipeline/free-force.ts';
import type { FileReading, ReadRecord } from '../../reading/read-record.ts';

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
  readonly kpoints?: KPoints;
  readonly ionicStepCount?: number;
  readonly final?: FinalDocument;
  readonly convergence?: Convergence;
  readonly elapsedSeconds?: number;
  readonly steps?: readonly object[];
  readonly pathTable?: readonly PathTableRow[];
  readonly provenance?: object;
  readonly issues: readonly Pick<Issue, 'code' | 'severity' | 'message' | 'where'>[];
}

export interface FinalDocument extends Energies {
  readonly maxForceEvPerAngstrom?: number;
  readonly maxFreeForceEvPerAngstrom?: number;
}

type Energies = Partial<Omit<IonicStep, 'latticeAngstrom' | 'cartesianAngstrom' | 'forcesEvPerAngstrom'>>;

/** `file`: the path as the user wrote it or as the search found it. */
export function recordDocument(file: string, reading: FileReading, options: DocumentOptions): RecordDocument {
  const { record, identity } = reading;
  const last = record.steps?.at(-1);
  const final = last === undefined ? undefined : finalDocument(last, reading);
  const convergence = convergenceOf(record, final);
  return withoutUnknown({
    file,
    format: record.format,
    sha256: identity?.sha256,
    bytes: identity?.bytes,
    completeness: record.completeness,
    program: record.version === undefined ? undefined : { name: 'vasp' as const, version: record.version },
    settings: record.settings,
    potcars: record.potcars,
    structure: record.structure === undefined ? undefined : structureDocument(record.structure),
    kpoints: record.kpoints,
    ionicStepCount: record.ionicStepCount,
    final,
    convergence,
    elapsedSeconds: record.elapsedSeconds,
    steps: options.steps === 'all' ? record.steps?.map((step) => stepDocument(step, reading)) : undefined,
    pathTable: record.pathTable,
    provenance: options.provenance ? provenanceDocument(record) : undefined,
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
    cartesianAngstrom: vectors(structure.cartesianAngstrom),
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
    magnetisationVectorBohr: allFinite(step.magnetisationVectorBohr),
    maxAtomMagnetisationBohr: finite(step.maxAtomMagnetisationBohr),
    stressKbar: allFinite(step.stressKbar),
    electronicStepCount: step.electronicStepCount,
    neb: step.neb,
  });
}

function stepDocument(step: IonicStep, reading: FileReading): object {
  return withoutUnknown({
    index: step.index,
    ...finalDocument(step, reading),
    electronic: step.electronic,
    elapsedSeconds: finite(step.elapsedSeconds),
    latticeAngstrom: step.latticeAngstrom,
    cartesianAngstrom: vectors(step.cartesianAngstrom),
    forcesEvPerAngstrom: vectors(step.forcesEvPerAngstrom),
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

/** Places of values under the names the values have in the document. */
function provenanceDocument(record: ReadRecord): object {
  const result: Record<string, Place | Record<string, Place>> = {};
  const groups: Record<string, Record<string, Place>> = {};
  for (const [name, place] of Object.entries(record.places)) {
    const dot = name.indexOf('.');
    if (dot < 0) result[name] = place;
    else {
      const group = name.slice(0, dot);
      const key = name.slice(dot + 1);
      groups[group] ??= {};
      groups[group][key === 'forces' ? 'maxForceEvPerAngstrom' : key] = place;
    }
  }
  return { ...result, ...groups };
}

/** Rows of an array of 3-vectors; undefined when a number in it is missing. */
function vectors(values: Float64Array | undefined): readonly (readonly number[])[] | undefined {
  return values?.every(Number.isFinite) === true ? rows(values) : undefined;
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function allFinite<T extends readonly number[]>(values: T | undefined): T | undefined {
  return values?.every(Number.isFinite) === true ? values : undefined;
}

type Known<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the keys whose value is not known. */
function withoutUnknown<T extends object>(object: T): Known<T> {
  // `as`: exactly the keys with an undefined value, which the type makes optional, are left out.
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Known<T>;
}
