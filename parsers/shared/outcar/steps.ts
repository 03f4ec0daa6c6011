/**
 * All complete ionic steps of a run, taken one after the other as the file is walked.
 *
 * A step is complete when its energy block is. The step that the end of the file cuts is left out; a last step that is
 * damaged in another way is kept without the values it lost, so that the step before it is never shown as the result.
 */
import type { IonicStep } from '../../../model/calculation.ts';
import type { Where } from '../../../model/issues.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { type DispersionSettings, dispersionSettings, NO_DISPERSION } from './dispersion-settings.ts';
import { type EnergyBlock, findEnergyBlocks } from './energy-block.ts';
import type { Header } from './header.ts';
import {
  type ParsedStep,
  readElectronicOutcome,
  readIonicStep,
  readMachineLearnedStep,
  type StepContext,
} from './ionic-step.ts';
import { findMachineLearnedSteps } from './machine-learned.ts';
import type { HeaderPart, StepSection } from './sections.ts';
import { numberSetting } from './setting-tags.ts';
import { ownTables, tableMemory } from './table-memory.ts';

export interface RunStart {
  readonly header: Header;
  readonly part: HeaderPart;
  /** Where the header ends: at the first iteration, or before it at the first output of a force field. */
  readonly headerEnd: number;
}

/** What is known of the steps before the last one without keeping them. */
export interface EarlierSteps {
  readonly unconverged: number;
  /** Fields that are no numbers, where the steps are kept: the values of others are not read. */
  readonly damagedFields: number;
  readonly firstDamage?: Where;
}

export interface RunSteps {
  readonly count: number;
  /** All of them, or the last one. */
  readonly kept: readonly IonicStep[];
  readonly last?: ParsedStep;
  readonly earlier: EarlierSteps;
  /** What the first step says about the dispersion method. */
  readonly dispersion: DispersionSettings;
}

export interface StepReader {
  readonly add: (section: StepSection) => void;
  /** `ended`: the run ended by itself, what is missing was not cut off. */
  readonly finish: (ended: boolean) => RunSteps;
}

export function stepReader(scanner: ByteScanner, run: RunStart, keep: 'all' | 'last'): StepReader {
  const steps = stepTally(scanner, keep);
  const memory = tableMemory(keep);
  const context: StepContext = {
    atoms: run.header.atomCount ?? run.header.species?.length,
    nelm: numberSetting(run.header.settings, 'NELM'),
    ediffEv: numberSetting(run.header.settings, 'EDIFF'),
    spin: run.header.settings.ISPIN === 2 || run.header.settings.LNONCOLLINEAR === true,
    memory,
  };
  const learning = run.headerEnd < run.part.end || run.header.settings.ML_LMLFF === true;
  const addMachineLearned = (part: HeaderPart | StepSection, from: number): void => {
    if (!learning) return;
    const region = { from, to: part.end, beforeIterations: part.end < scanner.sizeBytes };
    for (const block of findMachineLearnedSteps(scanner, part.marks, region)) {
      const place = { ...block, marks: part.marks };
      const index = steps.count() + 1;
      steps.add({
        outcome: () => 'unknown',
        read: () => readMachineLearnedStep(scanner, place, { ...context, index }),
      });
    }
  };
  const read = (section: StepSection, isLastOfEnded: boolean): void => {
    const blocks = energyBlocks(scanner, section, isLastOfEnded);
    for (const [place, block] of blocks.entries()) {
      const part = blocks.length === 1 ? section : { ...section, ...bounds(section, blocks, place) };
      const index = steps.count() + 1;
      steps.add({
        outcome: () => readElectronicOutcome(scanner, part, block, context),
        read: () => readIonicStep(scanner, part, block, { ...context, index }),
      });
    }
    addMachineLearned(section, blocks.at(-1)?.end ?? section.start);
  };
  addMachineLearned(run.part, run.headerEnd);
  // A step is read while its bytes are near; the last one must wait for what ends the run.
  let waiting: StepSection | undefined;
  return {
    add: (section) => {
      if (section.isLast) waiting = section;
      else read(section, false);
    },
    finish: (ended) => {
      if (waiting !== undefined) read(waiting, ended);
      return steps.result();
    },
  };
}

/** A step that was found; its bytes are near while the one behind it is not yet added. */
interface FoundStep {
  readonly outcome: () => IonicStep['electronic'];
  readonly read: () => ParsedStep;
}

/** Counts the steps, and keeps of those before the last one what is asked for. */
function stepTally(scanner: ByteScanner, keep: 'all' | 'last') {
  const earlier: { unconverged: number; damagedFields: number; firstDamage?: Where } = {
    unconverged: 0,
    damagedFields: 0,
  };
  const kept: IonicStep[] = [];
  let dispersion = NO_DISPERSION;
  /** The values of the last step are read when it is known to be the last: nobody asks for those of the others. */
  let last: { readonly electronic: IonicStep['electronic']; readonly parsed: () => ParsedStep } | undefined;
  let count = 0;
  const keepEarlier = ({ step, issues }: ParsedStep): void => {
    earlier.damagedFields += issues.length;
    if (issues[0] !== undefined) earlier.firstDamage ??= issues[0].where;
    kept.push(step);
  };
  return {
    count: () => count,
    add: (found: FoundStep): void => {
      if (last?.electronic === 'notReached') earlier.unconverged += 1;
      if (last !== undefined && keep === 'all') keepEarlier(last.parsed());
      const parsed = keep === 'all' || count === 0 ? found.read() : undefined;
      if (parsed !== undefined && count === 0) dispersion = dispersionOf(scanner, parsed);
      count += 1;
      last =
        parsed === undefined
          ? { electronic: found.outcome(), parsed: found.read }
          : { electronic: parsed.step.electronic, parsed: () => parsed };
    },
    result: (): RunSteps => {
      if (last === undefined) return { count, kept, earlier, dispersion };
      const parsed = last.parsed();
      const own: ParsedStep = { ...parsed, step: ownTables(parsed.step) };
      return { count, kept: [...kept, own.step], last: own, earlier, dispersion };
    },
  };
}

/** Old versions name the dispersion method only beside its energy, often in the first step alone. */
function dispersionOf(scanner: ByteScanner, first: ParsedStep): DispersionSettings {
  const place = first.places.dispersionEnergyEv;
  return place === undefined ? NO_DISPERSION : dispersionSettings(scanner, place.byteOffset);
}

function energyBlocks(scanner: ByteScanner, section: StepSection, isLastOfEnded: boolean): readonly EnergyBlock[] {
  const blocks = findEnergyBlocks(scanner, section);
  if (blocks.length > 0 || !isLastOfEnded) return blocks;
  // Forces without an energy: the block is damaged. Without forces it was no ionic step (a response, a band structure).
  const forces = section.marks.first('forces');
  return forces < 0 ? [] : [{ offset: forces, end: forces }];
}

/** Several blocks in one section happen only when `Iteration` lines are lost; each block ends a step. */
function bounds(section: StepSection, blocks: readonly EnergyBlock[], index: number) {
  const last = index === blocks.length - 1;
  return {
    start: blocks[index - 1]?.end ?? section.start,
    end: last ? section.end : (blocks[index]?.end ?? section.end),
  };
}
