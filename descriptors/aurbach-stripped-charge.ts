/**
 * Charge that was stripped at the end of an Aurbach protocol, from the efficiency it is published with (SCIENCE §9.2).
 *
 * The mistake avoided here: an efficiency below N·q_a/(N·q_a + q_l) would mean that less than nothing was left; it belongs
 * to another protocol than the one stated.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, count, positive, uncertainty } from './shared/inputs.ts';

const UNIT = 'mAh/cm²';

const inputs = z.strictObject({
  efficiencyFraction: positive('CE', '', 'mean Coulombic efficiency, 1 = 100 %'),
  cycles: count('N', 'cycles of the capacity q_a'),
  cycledMahPerCm2: positive('q_a', 'mAh/cm²', 'plated and stripped in each cycle'),
  reservoirMahPerCm2: positive('q_l', 'mAh/cm²', 'plated before the cycles'),
  efficiencyUncertaintyFraction: atLeastZero('σ_CE', '', '1σ of the efficiency').default(0),
  uncertainty,
});

export const aurbachStrippedCharge: DescriptorDefinition<typeof inputs> = {
  identifier: 'aurbach-stripped-charge',
  version: 1,
  symbol: 'q_r',
  unit: UNIT,
  title: 'Charge stripped at the end of an Aurbach protocol',
  sign: 'positive; q_l = nothing was lost',
  formula: 'q_r = CE·(N·q_a + q_l) − N·q_a',
  reference: 'Adams et al., Adv. Energy Mater. 8, 1702097 (2018); docs/science.md §9.2',
  group: 'cell',
  better: 'none',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { efficiencyFraction: 0.9989, cycles: 10, cycledMahPerCm2: 1, reservoirMahPerCm2: 3 },
    prints: '2.9857',
    source: 'docs/science.md §9.2: ZnO(002)',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { efficiencyFraction } = given;
  const cycledMahPerCm2 = given.cycles * given.cycledMahPerCm2;
  const platedMahPerCm2 = cycledMahPerCm2 + given.reservoirMahPerCm2;
  const value = efficiencyFraction * platedMahPerCm2 - cycledMahPerCm2;
  const lowestFraction = cycledMahPerCm2 / platedMahPerCm2;
  const issues: Issue[] = [
    ...(efficiencyFraction < lowestFraction ? [tooLow(lowestFraction)] : []),
    ...(efficiencyFraction > 1 ? [issue('W_CE_ABOVE_ONE', { valueFraction: efficiencyFraction })] : []),
  ];
  return descriptorResult({
    value: efficiencyFraction < lowestFraction ? undefined : value,
    unit: UNIT,
    convention: 'at the end of all cycles',
    uncertainty: propagated(given.uncertainty, platedMahPerCm2 * given.efficiencyUncertaintyFraction),
    parts: { platedMahPerCm2, lowestFraction },
    issues,
  });
}

function tooLow(lowestFraction: number): Issue {
  const reason = `with all of the reservoir lost it would still be ${lowestFraction.toFixed(4)}`;
  return issue('E_INPUT', { input: 'efficiencyFraction', reason });
}
