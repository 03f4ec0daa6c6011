/**
 * Energy per mass of a stack of electrodes (SCIENCE §9).
 *
 * The mistake avoided here: energy per mass of the cathode material, which is several times that of a cell. All layers
 * count, each by the share of it that belongs to one face: half of a current collector that is coated on both sides.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, count, positive, uncertainty } from './shared/inputs.ts';

const UNIT = 'Wh/kg';
/** mWh/cm² over mg/cm² is Wh/g. */
const GRAM_PER_KG = 1000;
const MILLI = 1e-3;

const layerSchema = z.strictObject({
  name: z.string(),
  massMgPerCm2: z.number().positive(),
  shareFraction: z.number().positive().max(1).default(1),
});

const inputs = z
  .strictObject({
    capacityMahPerCm2: positive('C', 'mAh/cm²', 'areal capacity of one face, of the electrode that limits'),
    averageVolt: positive('U', 'V', 'mean voltage of discharge'),
    layers: z
      .array(layerSchema)
      .min(1)
      .readonly()
      .describe(
        'all that lies behind one face: electrodes, collectors, separator, electrolyte; share 0.5 when two faces share it',
      ),
    faces: count('n', 'faces of the stack').optional(),
    faceAreaCm2: positive('A', 'cm²', 'area of a face').optional(),
    packagingGram: atLeastZero('m_p', 'g', 'pouch and tabs; needs faces and faceAreaCm2').optional(),
    uncertainty,
  })
  .refine(
    (given) => (given.faces === undefined) === (given.faceAreaCm2 === undefined),
    'faces and faceAreaCm2 go together',
  )
  .refine(
    (given) => given.packagingGram === undefined || given.faces !== undefined,
    'packagingGram needs faces and faceAreaCm2',
  );

type Inputs = z.output<typeof inputs>;

export const stackSpecificEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'stack-specific-energy',
  version: 1,
  symbol: 'E_m',
  unit: UNIT,
  title: 'Specific energy of a stack of electrodes',
  sign: 'positive; larger = lighter for the same energy',
  formula: 'E_m = C·U/Σ s_i·m_i; with packaging E_m = n·A·C·U/(n·A·Σ s_i·m_i + m_p)',
  reference: 'energy over mass of all layers; docs/science.md §9.5',
  group: 'cell',
  better: 'higher',
  inScreening: false,
  aliases: [],
  example: {
    inputs: {
      capacityMahPerCm2: 5.3,
      averageVolt: 3.8,
      layers: [
        { name: 'cathode', massMgPerCm2: 25 },
        { name: 'aluminium, both sides coated', massMgPerCm2: 4, shareFraction: 0.5 },
        { name: 'lithium', massMgPerCm2: 2 },
        { name: 'copper, both sides coated', massMgPerCm2: 6, shareFraction: 0.5 },
        { name: 'separator and electrolyte', massMgPerCm2: 8 },
      ],
      faces: 10,
      faceAreaCm2: 27.9,
    },
    prints: '503.5',
    parts: { massMgPerCm2: '40', capacityMah: '1478.7' },
    source:
      'by hand: 5.3 mAh/cm² · 3.8 V over 25 + 2 + 2 + 3 + 8 mg/cm²; capacity of the pouch in docs/science.md §9.5',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { capacityMahPerCm2, averageVolt, layers, faces = 0, faceAreaCm2 = 0, packagingGram = 0 } = given;
  const massMgPerCm2 = layers.reduce((sum, layer) => sum + layer.massMgPerCm2 * layer.shareFraction, 0);
  const areaCm2 = faces * faceAreaCm2;
  const massGram = areaCm2 * massMgPerCm2 * MILLI + packagingGram;
  const energyWattHour = areaCm2 * capacityMahPerCm2 * averageVolt * MILLI;
  const isWhole = areaCm2 > 0;
  return descriptorResult({
    value: isWhole
      ? (GRAM_PER_KG * energyWattHour) / massGram
      : (GRAM_PER_KG * capacityMahPerCm2 * averageVolt) / massMgPerCm2,
    unit: UNIT,
    convention: packagingGram > 0 ? 'stack with packaging' : 'stack without packaging',
    uncertainty: propagated(given.uncertainty),
    parts: {
      massMgPerCm2,
      ...(isWhole && { capacityMah: areaCm2 * capacityMahPerCm2, energyWattHour, massGram }),
      massShares: layers.map((layer) => ({
        name: layer.name,
        fraction: (layer.massMgPerCm2 * layer.shareFraction) / massMgPerCm2,
      })),
    },
    issues: [],
  });
}
