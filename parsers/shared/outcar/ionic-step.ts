/**
 * One ionic step of an OUTCAR: its energy block and what belongs to it. Old versions print the energies before the
 * forces, newer ones behind them.
 *
 * The mistake avoided here: values of the next step, of a linear response or of a force field that are printed behind
 * the step and look like its own.
 */
import type { IonicStep, Place } from '../../../model/calculation.ts';
import type { Issue } from '../../../model/issues.ts';
import { volume } from '../../../model/lattice.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { knownValues } from '../known-values.ts';
import { type CellBlock, readCell } from './cell-block.ts';
import { electronicOutcome } from './electronic-convergence.ts';
import { type EnergyBlock, type Findings, readEnergies } from './energy-block.ts';
import { readForceTable } from './force-table.ts';
import type { Iteration } from './iterations.ts';
import { firstMachineLearned, type MachineLearnedBlock } from './machine-learned.ts';
import { readMachineLearnedValues } from './machine-learned-values.ts';
import type { MarkList } from './marks.ts';
import type { StepSection } from './sections.ts';
import { readScalars } from './step-scalars.ts';
import type { TableMemory } from './table-memory.ts';
import { warning } from './unparseable.ts';

export interface ParsedStep {
  readonly step: IonicStep;
  readonly machineLearned: boolean;
  /** Offset of its energies. */
  readonly offset: number;
  readonly hasForceTable: boolean;
  /** False when its cell or positions are printed but damaged. */
  readonly geometryReadable: boolean;
  readonly cell: CellBlock | undefined;
  /** The electronic iteration whose number it tells. */
  readonly iteration?: Iteration | undefined;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

export interface StepContext {
  /** Absent when the header does not say it. */
  readonly atoms: number | undefined;
  readonly nelm: number | undefined;
  readonly ediffEv: number | undefined;
  readonly spin: boolean;
  readonly memory: TableMemory;
}

interface Tables extends Pick<IonicStep, 'latticeAngstrom' | 'volumeAngstrom3' | 'cartesianAngstrom'> {
  readonly forcesEvPerAngstrom?: Float64Array;
}

/** Where a step begins and ends, and how its electronic loop did. */
interface StepExtent {
  readonly lastIteration: Iteration | undefined;
  /** Start of the last electronic iteration. */
  readonly from: number;
  /** Offset of `aborting loop`; −1 without it. */
  readonly aborting: number;
  readonly end: number;
}

export function readIonicStep(
  scanner: ByteScanner,
  section: StepSection,
  block: EnergyBlock,
  context: StepContext & { readonly index: number },
): ParsedStep {
  const findings: Findings = { places: {}, issues: [] };
  const extent = extentOf(scanner, section, block);
  const { lastIteration, from, aborting, end } = extent;
  const { marks } = section;
  const loopEnd = aborting < 0 ? from : aborting;
  const region = { marks, from, loopEnd, energyBlock: block.offset, end, sectionEnd: section.end, spin: context.spin };
  const energies = readEnergies(scanner, block, findings);
  const scalars = readScalars(scanner, region, findings);
  const tables = readTables(scanner, { marks, from: loopEnd, to: end, machineLearned: false }, context, findings);
  const electronicStepCount = readStepCount(scanner, marks, { last: lastIteration, block }, findings);
  return {
    step: {
      index: context.index,
      ...energies,
      ...scalars,
      ...tables.values,
      ...(electronicStepCount !== undefined && { electronicStepCount }),
      electronic: outcomeOf(scanner, { marks, block, extent }, context),
    },
    machineLearned: false,
    offset: block.offset,
    hasForceTable: tables.hasForceTable,
    geometryReadable: tables.geometryReadable,
    cell: tables.cell,
    iteration: lastIteration,
    ...findings,
  };
}

/** Whether the SCF loop of a step converged, for steps of which nothing else is asked. */
export function readElectronicOutcome(
  scanner: ByteScanner,
  section: StepSection,
  block: EnergyBlock,
  context: StepContext,
): IonicStep['electronic'] {
  return outcomeOf(scanner, { marks: section.marks, block, extent: extentOf(scanner, section, block) }, context);
}

function extentOf(scanner: ByteScanner, section: StepSection, block: EnergyBlock): StepExtent {
  const lastIteration = section.iterations.findLast(({ offset }) => offset >= section.start && offset < block.offset);
  const from = lastIteration?.offset ?? section.start;
  const aborting = section.marks.first('aborting', from, block.offset);
  return { lastIteration, from, aborting, end: endOfStep(scanner, section, block) };
}

function outcomeOf(
  scanner: ByteScanner,
  step: { readonly marks: MarkList; readonly block: EnergyBlock; readonly extent: StepExtent },
  { nelm, ediffEv }: StepContext,
): IonicStep['electronic'] {
  const { lastIteration, from, aborting, end } = step.extent;
  const isCounted = lastIteration !== undefined && damagedIteration(step.marks, lastIteration, step.block) < 0;
  return electronicOutcome(scanner, {
    marks: step.marks,
    from,
    aborting,
    energyBlock: step.block.offset,
    stepEnd: end,
    // A later number than the last one that can be read may have been NELM.
    iterations: isCounted ? lastIteration.electronic : lastIteration && Number.NaN,
    nelm,
    ediffEv,
  });
}

/** The number of the last iteration; unknown when a later one's line is damaged. */
function readStepCount(
  scanner: ByteScanner,
  marks: MarkList,
  { last, block }: { readonly last: Iteration | undefined; readonly block: EnergyBlock },
  findings: Findings,
): number | undefined {
  if (last === undefined) return undefined;
  const damaged = damagedIteration(marks, last, block);
  if (damaged < 0 && Number.isFinite(last.electronic)) return last.electronic;
  findings.issues.push(warning(scanner, 'the number of the electronic iteration', Math.max(damaged, last.offset)));
  return undefined;
}

/** Offset of a later iteration whose line is damaged; −1 if none. Each prints its change of energy once. */
function damagedIteration(marks: MarkList, last: Iteration, block: EnergyBlock): number {
  // Iterations whose line can be read are no marks of a step.
  const marked = marks.first('iteration', last.lineEnd, block.offset);
  if (marked >= 0) return marked;
  const aborting = marks.first('aborting', last.lineEnd, block.offset);
  const loopEnd = aborting < 0 ? block.offset : aborting;
  const change = marks.last('energyChange', last.lineEnd, loopEnd);
  return change > marks.first('energyChange', last.lineEnd, loopEnd) ? change : -1;
}

/** Geometry of a machine-learned step; its energies and forces are not DFT and stand apart. */
export function readMachineLearnedStep(
  scanner: ByteScanner,
  block: MachineLearnedBlock & { readonly marks: MarkList },
  context: StepContext & { readonly index: number },
): ParsedStep {
  const findings: Findings = { places: {}, issues: [] };
  const region = { marks: block.marks, from: block.start, to: block.energy, machineLearned: true };
  const { values, cell, hasForceTable, geometryReadable } = readTables(scanner, region, context, findings);
  const { forcesEvPerAngstrom, ...geometry } = values;
  const machineLearned = readMachineLearnedValues(scanner, block, forcesEvPerAngstrom);
  return {
    step: { index: context.index, ...geometry, electronic: 'unknown', machineLearned },
    machineLearned: true,
    offset: block.energy,
    hasForceTable,
    geometryReadable,
    cell,
    places: {},
    issues: findings.issues,
  };
}

/** A linear response begins with iterations of the same number; a force field prints its next steps without any. */
function endOfStep(scanner: ByteScanner, section: StepSection, block: EnergyBlock): number {
  const response = section.iterations.find((iteration) => iteration.offset > block.offset);
  const end = response?.offset ?? section.end;
  const learned = firstMachineLearned(section.marks, block.end, end);
  if (learned < 0) return end;
  const loopEnd = section.marks.first('loop', block.end, learned);
  return loopEnd < 0 ? learned : scanner.line(loopEnd, learned).next;
}

function readTables(
  scanner: ByteScanner,
  region: { readonly marks: MarkList; readonly from: number; readonly to: number; readonly machineLearned: boolean },
  context: StepContext,
  findings: Findings,
): Pick<ParsedStep, 'hasForceTable' | 'geometryReadable' | 'cell'> & { readonly values: Tables } {
  const cell = readCell(scanner, region);
  const table = readForceTable(scanner, region, {
    atoms: context.atoms,
    memory: context.memory,
    machineLearned: region.machineLearned,
  });
  findings.issues.push(...(cell?.issues ?? []), ...(table?.issues ?? []));
  if (table !== undefined && table.length > 0)
    findings.places.forces = { byteOffset: table.offset, byteLength: table.length };
  const lattice = cell?.latticeAngstrom;
  return {
    values: knownValues({
      latticeAngstrom: lattice,
      volumeAngstrom3: lattice === undefined ? undefined : volume(lattice),
      cartesianAngstrom: table?.cartesianAngstrom,
      forcesEvPerAngstrom: table?.forcesEvPerAngstrom,
    }),
    cell,
    hasForceTable: table !== undefined,
    geometryReadable: !(cell?.issues.length || (table !== undefined && table.cartesianAngstrom === undefined)),
  };
}
