/**
 * Theoretical capacity of a metal per mass, and with its density per volume and per thickness (SCIENCE §9.4).
 *
 * The mistake avoided here: comparing metals per gram only. Lithium holds nearly five times as much as zinc per gram and
 * a third of it per volume.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { uncertainty } from './shared/inputs.ts';
import { metalCapacity, metalInputs, metalOf } from './shared/metal-capacity.ts';

const UNIT = 'mAh/g';

const inputs = z.strictObject({ ...metalInputs, uncertainty });

export const gravimetricCapacity: DescriptorDefinition<typeof inputs> = {
  identifier: 'gravimetric-capacity',
  version: 1,
  symbol: 'q_g',
  unit: UNIT,
  title: 'Theoretical capacity of a metal',
  sign: 'positive; larger = more charge per gram',
  formula: 'q_g = z·F/(3.6·M); per volume ρ·q_g',
  reference: 'Faraday’s law, 1 mAh = 3.6 C; docs/science.md §9.4',
  group: 'cell',
  better: 'higher',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { element: 'Zn' },
    prints: '819.868',
    parts: { volumetricCapacityMahPerCm3: '5853.857', arealCapacityMahPerCm2PerUm: '0.585386' },
    source: 'docs/science.md §9.4',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const metal = metalOf(given);
  const { gravimetricMahPerGram, ...perVolume } = metalCapacity(metal);
  return descriptorResult({
    value: gravimetricMahPerGram,
    unit: UNIT,
    convention: 'of the metal alone, all of it dissolved',
    uncertainty: propagated(given.uncertainty),
    parts: { ...metal, ...perVolume },
    issues:
      gravimetricMahPerGram === undefined
        ? [issue('E_REFERENCE_MISSING', { needed: 'the element, or charge number and molar mass' })]
        : [],
  });
}
