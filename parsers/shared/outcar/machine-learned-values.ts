/**
 * The energies, forces and stress of a machine-learned step, under a name of their own.
 *
 * The mistake avoided here: `energy(sigma->0)` of a force field beside energies of DFT. They differ by more than any adsorption
 * energy, and nothing in a list of numbers tells them apart.
 */
import type { MachineLearnedValues } from '../../../model/calculation.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { rowNumbers } from '../fixed-columns.ts';
import { knownValues } from '../known-values.ts';
import { type LabelledLine, labelledAt, valueBehind } from './labelled-value.ts';
import type { MachineLearnedBlock } from './machine-learned.ts';
import { MARKS, type MarkList } from './marks.ts';

const WITHOUT_ENTROPY = needle('ML energy  without entropy=');
const SIGMA0 = needle('ML energy(sigma->0)');
/** From the free energy to the end of the two lines behind it. */
const BLOCK_BYTES = 400;
const STRESS_COMPONENTS = 6;

export function readMachineLearnedValues(
  scanner: ByteScanner,
  block: MachineLearnedBlock & { readonly marks: MarkList },
  forcesEvPerAngstrom: Float64Array | undefined,
): MachineLearnedValues {
  const to = block.energy + BLOCK_BYTES;
  const free = labelledAt(scanner, block.energy, MARKS.learnedEnergy);
  const behind = (label: Uint8Array): number | undefined => {
    const at = scanner.indexOf(label, block.energy, to);
    return finite(scanner, at < 0 ? undefined : labelledAt(scanner, at, label));
  };
  const title = block.marks.last('learnedStress', block.start, block.energy);
  const stress = title < 0 ? -1 : block.marks.first('stress', title, block.energy);
  const line = stress < 0 ? undefined : labelledAt(scanner, stress, MARKS.stress);
  return knownValues({
    freeEnergyEv: finite(scanner, free),
    energyWithoutEntropyEv: behind(WITHOUT_ENTROPY),
    energySigma0Ev: behind(SIGMA0),
    forcesEvPerAngstrom,
    stressKbar: line === undefined ? undefined : rowNumbers(scanner.text(line.behind, line.end), STRESS_COMPONENTS),
  });
}

function finite(scanner: ByteScanner, label: LabelledLine | undefined): number | undefined {
  const value = label === undefined ? undefined : valueBehind(scanner, label)?.value;
  return Number.isFinite(value) ? value : undefined;
}
