/**
 * All complete ionic steps of a run, in file order.
 *
 * A step is complete when its energy block is. The step that the end of the file cuts is left out; a last step that is
 * damaged in another way is kept without the values it lost, so that the step before it is never shown as the result.
 */
import type { ByteScanner } from '../byte-scanner.ts';
import { type EnergyBlock, findEnergyBlocks } from './energy-block.ts';
import { FORCE_TABLE_TITLE } from './force-table.ts';
import type { Header } from './header.ts';
import { type ParsedStep, readIonicStep, readMachineLearnedStep, type StepContext } from './ionic-step.ts';
import { findMachineLearnedSteps } from './machine-learned.ts';
import type { StepSection } from './sections.ts';
import { numberSetting } from './setting-tags.ts';

export interface Run {
  readonly header: Header;
  readonly headerEnd: number;
  readonly sections: readonly StepSection[];
  /** The run ended by itself: what is missing was not cut off. */
  readonly ended: boolean;
}

export function readSteps(scanner: ByteScanner, run: Run): ParsedStep[] {
  const steps: ParsedStep[] = [];
  const context: StepContext = {
    atoms: run.header.atomCount ?? run.header.species?.length,
    nelm: numberSetting(run.header.settings, 'NELM'),
    ediffEv: numberSetting(run.header.settings, 'EDIFF'),
  };
  const addMachineLearned = (from: number, to: number): void => {
    const region = { from, to, beforeIterations: to < scanner.sizeBytes };
    for (const block of findMachineLearnedSteps(scanner, region)) {
      steps.push(readMachineLearnedStep(scanner, block, { ...context, index: steps.length + 1 }));
    }
  };
  const firstSection = run.sections[0]?.start ?? scanner.sizeBytes;
  const learning = run.headerEnd < firstSection || run.header.settings.ML_LMLFF === true;
  if (learning) addMachineLearned(run.headerEnd, firstSection);
  for (const section of run.sections) {
    const blocks = energyBlocks(scanner, section, run);
    for (const [index, block] of blocks.entries()) {
      const part = blocks.length === 1 ? section : { ...section, ...bounds(section, blocks, index) };
      steps.push(readIonicStep(scanner, part, block, { ...context, index: steps.length + 1 }));
    }
    if (learning) addMachineLearned(blocks.at(-1)?.end ?? section.start, section.end);
  }
  return steps;
}

function energyBlocks(scanner: ByteScanner, section: StepSection, run: Run): readonly EnergyBlock[] {
  const blocks = findEnergyBlocks(scanner, section.start, section.end);
  const lost = blocks.length === 0 && run.ended && section === run.sections.at(-1);
  if (!lost) return blocks;
  // Forces without an energy: the block is damaged. Without forces it was no ionic step (a response, a band structure).
  const forces = scanner.indexOf(FORCE_TABLE_TITLE, section.start, section.end);
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
