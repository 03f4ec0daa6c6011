/**
 * Thickness of metal foil that an areal capacity needs (SCIENCE §9.4).
 *
 * The mistake avoided here: the depth of discharge left out. 10 mAh/cm² is 17 µm of zinc; cycled at 68 % it takes 25 µm.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { positive, told, uncertainty } from './shared/inputs.ts';
import { metalCapacity, metalInputs, metalOf } from './shared/metal-capacity.ts';

const UNIT = 'µm';

const inputs = z.strictObject({
  capacityMahPerCm2: positive('C', 'mAh/cm²', 'areal capacity that is cycled'),
  ...metalInputs,
  depthOfDischargeFraction: told(
    z.number().positive().max(1),
    'DOD',
    '',
    'share of the metal that is dissolved, 1 = all of it',
  ).default(1),
  uncertainty,
});

export const electrodeThickness: DescriptorDefinition<typeof inputs> = {
  identifier: 'electrode-thickness',
  version: 1,
  symbol: 'h_metal',
  unit: UNIT,
  title: 'Thickness of metal for an areal capacity',
  sign: 'positive; dense metal, no pores',
  formula: 'h_metal = C/(q_v·DOD), q_v = ρ·z·F/(3.6·M)',
  reference: 'Faraday’s law; docs/science.md §9.4',
  group: 'cell',
  better: 'lower',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { capacityMahPerCm2: 10, element: 'Zn', depthOfDischargeFraction: 0.68 },
    prints: '25.12',
    source: 'docs/science.md §9.4: S. Yuan et al., Nano-Micro Lett. 18:120 (2026)',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const metal = metalOf(given);
  const { arealCapacityMahPerCm2PerUm: perUm } = metalCapacity(metal);
  const wholeUm = perUm === undefined ? undefined : given.capacityMahPerCm2 / perUm;
  return descriptorResult({
    value: wholeUm === undefined ? undefined : wholeUm / given.depthOfDischargeFraction,
    unit: UNIT,
    convention: `depth of discharge ${given.depthOfDischargeFraction}; dense metal`,
    uncertainty: propagated(given.uncertainty),
    parts: { ...metal, arealCapacityMahPerCm2PerUm: perUm, dissolvedUm: wholeUm },
    issues:
      wholeUm === undefined
        ? [issue('E_REFERENCE_MISSING', { needed: 'the element, or charge number, molar mass and density' })]
        : [],
  });
}
