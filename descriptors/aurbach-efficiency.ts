/**
 * Mean Coulombic efficiency by the Aurbach protocol (SCIENCE §9.2).
 *
 * The mistake avoided here: the form X = [q_a − (X·q_l − q_r)/N]/q_a has X on both sides; put in once it gives a number
 * that looks like an efficiency. Solved for X it is the quotient of all charge stripped and all charge plated.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, count, positive, uncertainty } from './shared/inputs.ts';

const inputs = z.strictObject({
  cycles: count('N', 'cycles of the capacity q_a'),
  cycledMahPerCm2: positive('q_a', 'mAh/cm²', 'plated and stripped in each cycle'),
  reservoirMahPerCm2: positive('q_l', 'mAh/cm²', 'plated before the cycles; a separate formation cycle is not counted'),
  strippedMahPerCm2: atLeastZero('q_r', 'mAh/cm²', 'stripped at the end, to the cut-off voltage'),
  strippedUncertaintyMahPerCm2: atLeastZero('σ_r', 'mAh/cm²', '1σ of the charge stripped at the end').default(0),
  uncertainty,
});

export const aurbachEfficiency: DescriptorDefinition<typeof inputs> = {
  identifier: 'aurbach-efficiency',
  version: 1,
  symbol: 'CE',
  unit: '1',
  title: 'Mean Coulombic efficiency of plating and stripping (Aurbach protocol)',
  sign: 'fraction; 1 = nothing is lost',
  formula: 'CE = (N·q_a + q_r)/(N·q_a + q_l)',
  reference: 'Adams et al., Adv. Energy Mater. 8, 1702097 (2018); docs/science.md §9.2',
  group: 'cell',
  better: 'higher',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { cycles: 10, cycledMahPerCm2: 1, reservoirMahPerCm2: 3, strippedMahPerCm2: 2.9857 },
    prints: '0.9989',
    source: 'docs/science.md §9.2: ZnO(002), H. Shen et al., Nature Communications (2025)',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { reservoirMahPerCm2, strippedMahPerCm2 } = given;
  const cycledMahPerCm2 = given.cycles * given.cycledMahPerCm2;
  const platedMahPerCm2 = cycledMahPerCm2 + reservoirMahPerCm2;
  const value = (cycledMahPerCm2 + strippedMahPerCm2) / platedMahPerCm2;
  return descriptorResult({
    value,
    unit: '1',
    convention: 'fraction, mean over all cycles; formation cycle not counted',
    uncertainty: propagated(given.uncertainty, given.strippedUncertaintyMahPerCm2 / platedMahPerCm2),
    parts: {
      platedMahPerCm2,
      strippedAltogetherMahPerCm2: cycledMahPerCm2 + strippedMahPerCm2,
      lostMahPerCm2: reservoirMahPerCm2 - strippedMahPerCm2,
    },
    issues: value > 1 ? [issue('W_CE_ABOVE_ONE', { valueFraction: value })] : [],
  });
}
