/**
 * Steps whose energies and forces come from a machine-learned force field (VASP 6.3 and later, ML_LMLFF).
 *
 * Such a step has no `Iteration` lines; its tables carry `ML` in their titles. While a force field is trained the same
 * block is printed as a prediction before the electronic iterations of a DFT step, and is no step of its own. The
 * mistake avoided here: taking the DFT step before it for the final state (SCIENCE §1: `E_ML_ENERGY`).
 */
import type { ByteScanner } from '../byte-scanner.ts';
import { boundedLine } from './labelled-value.ts';
import type { MarkList } from './marks.ts';

export interface MachineLearnedBlock {
  /** Start of what the force field printed for this geometry: its tables stand before its energy. */
  readonly start: number;
  readonly energy: number;
}

/** Where the first output of a force field begins in [from, to); −1 without one. */
export function firstMachineLearned(marks: MarkList, from: number, to: number): number {
  const energy = marks.first('learnedEnergy', from, to);
  const stress = marks.first('learnedStress', from, energy < 0 ? to : energy);
  return stress < 0 ? energy : stress;
}

/** The machine-learned steps in [from, to); `beforeIterations`: at `to` begin the iterations of a DFT step. */
export function findMachineLearnedSteps(
  scanner: ByteScanner,
  marks: MarkList,
  region: { readonly from: number; readonly to: number; readonly beforeIterations: boolean },
): MachineLearnedBlock[] {
  const steps: MachineLearnedBlock[] = [];
  let start = region.from;
  let energy = marks.first('learnedEnergy', start, region.to);
  while (energy >= 0) {
    const line = boundedLine(scanner, energy, region.to);
    const next = marks.first('learnedEnergy', energy + 1, region.to);
    const isPrediction = next < 0 && region.beforeIterations;
    // The end of the file may hide the iterations that would follow; with LOOP+ the step is over.
    const isOver = next >= 0 || marks.first('loop', energy, region.to) >= 0;
    if (line.terminated && !isPrediction && isOver) steps.push({ start, energy });
    start = line.next;
    energy = next;
  }
  return steps;
}
