/**
 * One ionic step of an OUTCAR: its energy block and what belongs to it.
 *
 * The mistake avoided here: electronic iterations print almost the same words (`free energy    TOTEN`, one blank), but
 * their energies lack pair dispersion and the dipole energy. Only the ionic block (`free  energy   TOTEN`, two and three
 * blanks; `energy  without entropy=`) is read (SCIENCE §1). Old versions print it before the forces, newer ones behind.
 */
import type { IonicStep, NebForces, Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { Vector3 } from '../../../model/lattice.ts';
import { volume } from '../../../model/lattice.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { splitFixedColumns } from '../fixed-columns.ts';
import { electronicOutcome } from './electronic-convergence.ts';
import { readForceTable, readLattice } from './force-table.ts';
import { lastOccurrence, numbersBehindLast, valueBehind } from './labelled-value.ts';
import { largestAtomMagnetisation } from './magnetisation-table.ts';
import type { StepSection } from './sections.ts';

export interface ParsedStep {
  readonly step: IonicStep;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

export interface StepContext {
  readonly atoms: number;
  readonly nelm: number | undefined;
  readonly ediffEv: number | undefined;
}

const BLOCK = 'FREE ENERGIE OF THE ION-ELECTRON SYSTEM';
const BLOCK_NEEDLE = needle(BLOCK);
const TOTEN = needle('free  energy   TOTEN');
const ML_TOTEN = needle('free  energy ML TOTEN');
const WITHOUT_ENTROPY = needle('energy  without entropy=');
const SIGMA0 = needle('energy(sigma->0)');
/** The block has five lines; patched builds add remarks, never pages. */
const BLOCK_BYTES = 1200;

const LABELS = {
  fermiEnergyEv: needle('E-fermi :'),
  dispersionEnergyEv: needle('Edisp (eV)'),
  stress: needle('in kB'),
  pressureKbar: needle('external pressure ='),
  electrons: needle('number of electron '),
  tangent: needle('projections on to tangent (spring, REAL)'),
  residual: needle('FORCES: max atom, RMS'),
  loop: needle('LOOP+:'),
};

type Energies = Pick<IonicStep, 'freeEnergyEv' | 'energyWithoutEntropyEv' | 'energySigma0Ev'>;

const ENERGY_LABELS: readonly (readonly [name: keyof Energies, label: Uint8Array])[] = [
  ['freeEnergyEv', TOTEN],
  ['energyWithoutEntropyEv', WITHOUT_ENTROPY],
  ['energySigma0Ev', SIGMA0],
];

export interface EnergyBlock {
  readonly offset: number;
  readonly end: number;
  readonly machineLearned: boolean;
}

/** The ionic energy blocks in [from, to) that are complete, in file order. */
export function findEnergyBlocks(scanner: ByteScanner, from: number, to: number): EnergyBlock[] {
  const blocks: EnergyBlock[] = [];
  let at = scanner.indexOf(BLOCK_NEEDLE, from, to);
  while (at >= 0) {
    const limit = Math.min(to, at + BLOCK_BYTES);
    const machineLearned = scanner.indexOf(ML_TOTEN, at, limit) >= 0;
    const last = scanner.indexOf(machineLearned ? ML_TOTEN : WITHOUT_ENTROPY, at, limit);
    const line = last < 0 ? undefined : scanner.line(last, to);
    // A torn last line may end inside a number: it counts only when its newline is there.
    if (line?.terminated === true) blocks.push({ offset: at, end: line.next, machineLearned });
    at = scanner.indexOf(BLOCK_NEEDLE, at + BLOCK_NEEDLE.length, to);
  }
  return blocks;
}

export function readIonicStep(
  scanner: ByteScanner,
  section: StepSection,
  block: EnergyBlock,
  context: StepContext & { readonly index: number },
): ParsedStep {
  const places: Record<string, Place> = {};
  const issues: Issue[] = [];
  const last = section.iterations.filter((iteration) => iteration.offset < block.offset).at(-1);
  const from = last?.offset ?? section.start;
  const energies = readEnergies(scanner, block, { places, issues });
  const outcome = electronicOutcome(scanner, { from, to: section.end, iterations: last?.electronic, ...context });
  const tables = readTables(scanner, from, section.end, context.atoms);
  issues.push(...tables.issues);
  if (tables.place !== undefined) places.forces = tables.place;
  return {
    step: {
      index: context.index,
      ...energies,
      ...readScalars(scanner, from, section.end, { places, issues }),
      ...tables.values,
      ...(last !== undefined && Number.isFinite(last.electronic) && { electronicStepCount: last.electronic }),
      electronic: outcome,
    },
    places,
    issues,
  };
}

function readEnergies(scanner: ByteScanner, block: EnergyBlock, collect: Collector): Energies {
  const energies: { -readonly [name in keyof Energies]: Energies[name] } = {};
  for (const [name, label] of ENERGY_LABELS) {
    const at = scanner.indexOf(label, block.offset, block.end);
    const field = at < 0 ? undefined : valueBehind(scanner, at + label.length, block.end);
    if (field === undefined || Number.isNaN(field.value)) {
      collect.issues.push(unparseable(scanner, name, at < 0 ? block.offset : at, BLOCK));
      continue;
    }
    energies[name] = field.value;
    collect.places[name] = field.place;
  }
  return energies;
}

interface Collector {
  readonly places: Record<string, Place>;
  readonly issues: Issue[];
}

function readScalars(scanner: ByteScanner, from: number, to: number, collect: Collector) {
  const one = (name: string, label: Uint8Array): number | undefined => {
    const at = lastOccurrence(scanner, label, from, to);
    if (at < 0) return undefined;
    const field = valueBehind(scanner, at + label.length, to);
    if (field === undefined || Number.isNaN(field.value)) {
      collect.issues.push(unparseable(scanner, name, at));
      return undefined;
    }
    collect.places[name] = field.place;
    return field.value;
  };
  const fermiEnergyEv = one('fermiEnergyEv', LABELS.fermiEnergyEv);
  const dispersionEnergyEv = one('dispersionEnergyEv', LABELS.dispersionEnergyEv);
  const pressureKbar = one('pressureKbar', LABELS.pressureKbar);
  const stressKbar = readStress(scanner, from, to, collect);
  const neb = readNeb(scanner, from, to);
  const elapsedSeconds = readLoop(scanner, from, to);
  const atomMoment = largestAtomMagnetisation(scanner, from, to);
  return {
    ...(fermiEnergyEv !== undefined && { fermiEnergyEv }),
    ...(dispersionEnergyEv !== undefined && { dispersionEnergyEv }),
    ...(pressureKbar !== undefined && { pressureKbar }),
    ...(stressKbar !== undefined && { stressKbar }),
    ...(neb !== undefined && { neb }),
    ...(elapsedSeconds !== undefined && { elapsedSeconds }),
    ...(atomMoment !== undefined && { maxAtomMagnetisationBohr: atomMoment }),
    ...readMagnetisation(scanner, from, to, collect.places),
  };
}

function readTables(scanner: ByteScanner, from: number, to: number, atoms: number) {
  const latticeAngstrom = readLattice(scanner, from, to);
  const table = atoms > 0 ? readForceTable(scanner, from, to, atoms) : undefined;
  const { cartesianAngstrom, forcesEvPerAngstrom } = table ?? {};
  return {
    values: {
      ...(latticeAngstrom !== undefined && { latticeAngstrom, volumeAngstrom3: volume(latticeAngstrom) }),
      ...(cartesianAngstrom !== undefined && { cartesianAngstrom }),
      ...(forcesEvPerAngstrom !== undefined && { forcesEvPerAngstrom }),
    },
    ...(table !== undefined && { place: { byteOffset: table.offset, byteLength: table.length } }),
    issues: table?.issues ?? [],
  };
}

function readStress(scanner: ByteScanner, from: number, to: number, collect: Collector): number[] | undefined {
  const at = lastOccurrence(scanner, LABELS.stress, from, to);
  if (at < 0) return undefined;
  const start = at + LABELS.stress.length;
  const line = scanner.line(start, to);
  const plain = scanner.numbers(start, line.end, 6);
  const clean = plain.length === 6 && !plain.some(Number.isNaN);
  const values = clean ? plain : splitFixedColumns(scanner.text(start, line.end), 6);
  if (values === undefined) {
    collect.issues.push(unparseable(scanner, 'stressKbar', at));
    return undefined;
  }
  collect.places.stressKbar = { byteOffset: start, byteLength: line.end - start };
  return values;
}

/** `number of electron  …  magnetization  m` of the last iteration; three numbers in non-collinear runs. */
function readMagnetisation(
  scanner: ByteScanner,
  from: number,
  to: number,
  places: Record<string, Place>,
): { totalMagnetisationBohr?: number; magnetisationVectorBohr?: Vector3 } {
  const at = lastOccurrence(scanner, LABELS.electrons, from, to);
  if (at < 0) return {};
  const line = scanner.line(at, to);
  const text = scanner.text(at, line.end);
  const match = /magnetization\s+(.*)$/.exec(text);
  const fields = match?.[1]?.trim() ?? '';
  if (match === null || fields === '') return {};
  const start = line.end - fields.length;
  const [x, y, z] = scanner.numbers(start, line.end, 3);
  if (x === undefined || Number.isNaN(x)) return {};
  places.totalMagnetisationBohr = { byteOffset: start, byteLength: fields.length };
  if (y === undefined || z === undefined || Number.isNaN(y) || Number.isNaN(z)) return { totalMagnetisationBohr: x };
  return { totalMagnetisationBohr: Math.hypot(x, y, z), magnetisationVectorBohr: [x, y, z] };
}

function readNeb(scanner: ByteScanner, from: number, to: number): NebForces | undefined {
  const tangent = numbersBehindLast(scanner, LABELS.tangent, from, to)[1];
  const residual = numbersBehindLast(scanner, LABELS.residual, from, to)[0];
  if (tangent === undefined && residual === undefined) return undefined;
  return {
    ...(tangent !== undefined && { tangentForceEvPerAngstrom: tangent }),
    ...(residual !== undefined && { residualForceEvPerAngstrom: residual }),
  };
}

/** `LOOP+:  cpu time 4930.9: real time 4950.3`: the second time. */
function readLoop(scanner: ByteScanner, from: number, to: number): number | undefined {
  const at = lastOccurrence(scanner, LABELS.loop, from, to);
  if (at < 0) return undefined;
  const text = scanner.text(at, scanner.line(at, to).end);
  const seconds = /time\s*:?\s*\d+\.\d+:\s*\S+ time\s*(\d+\.\d+)/.exec(text)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

function unparseable(scanner: ByteScanner, name: string, at: number, block?: string): Issue {
  const found = scanner.text(at, Math.min(scanner.line(at).end, at + 120)).trim();
  const where = { byteOffset: at, ...(block !== undefined && { block }) };
  return issue('E_UNPARSEABLE', { expected: `a number for ${name}`, found }, where);
}
