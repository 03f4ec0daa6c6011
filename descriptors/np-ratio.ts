/**
 * Ratio of the capacities of the negative and the positive electrode (SCIENCE §9.5).
 *
 * The mistake avoided here: capacities per area divided by each other although the electrodes differ in size, as a metal
 * foil that overhangs its cathode does. A published ratio that does not follow is told, and never replaced.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { positive, uncertainty } from './shared/inputs.ts';

/** What the rounding of printed capacities explains. */
const PUBLISHED_TOLERANCE_FRACTION = 0.01;
const EDGE_FRACTION = 1e-9;

const inputs = z
  .strictObject({
    negativeMahPerCm2: positive('q_neg', 'mAh/cm²', 'areal capacity of the negative electrode'),
    positiveMahPerCm2: positive('q_pos', 'mAh/cm²', 'areal capacity of the positive electrode'),
    negativeAreaCm2: positive(
      'A_neg',
      'cm²',
      'area of the negative electrode; equal areas unless both are given',
    ).optional(),
    positiveAreaCm2: positive('A_pos', 'cm²', 'area of the positive electrode').optional(),
    publishedRatio: positive('NP_pub', '', 'published ratio, to compare').optional(),
    uncertainty,
  })
  .refine(
    (given) => (given.negativeAreaCm2 === undefined) === (given.positiveAreaCm2 === undefined),
    'negativeAreaCm2 and positiveAreaCm2 go together',
  );

type Inputs = z.output<typeof inputs>;

export const npRatio: DescriptorDefinition<typeof inputs> = {
  identifier: 'np-ratio',
  version: 1,
  symbol: 'N/P',
  unit: '1',
  title: 'Capacity of the negative over that of the positive electrode',
  sign: 'positive; 1 = no excess metal, below 1 the metal runs out',
  formula: 'N/P = q_neg·A_neg/(q_pos·A_pos)',
  reference: 'docs/science.md §9.5',
  group: 'cell',
  better: 'none',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { negativeMahPerCm2: 6.187, positiveMahPerCm2: 5.3 },
    prints: '1.167',
    source: 'docs/science.md §9.4: 30 µm of Li against 5.3 mAh/cm², equal areas',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { negativeMahPerCm2, positiveMahPerCm2, negativeAreaCm2, positiveAreaCm2, publishedRatio } = given;
  const areaRatio = negativeAreaCm2 === undefined ? 1 : negativeAreaCm2 / (positiveAreaCm2 ?? negativeAreaCm2);
  const value = (negativeMahPerCm2 / positiveMahPerCm2) * areaRatio;
  return descriptorResult({
    value,
    unit: '1',
    convention: negativeAreaCm2 === undefined ? 'equal areas' : 'areas as given',
    uncertainty: propagated(given.uncertainty),
    parts: { areaRatio, publishedRatio },
    issues: contradiction(value, publishedRatio),
  });
}

function contradiction(value: number, published: number | undefined): Issue[] {
  if (published === undefined || Math.abs(published - value) / value <= PUBLISHED_TOLERANCE_FRACTION + EDGE_FRACTION) {
    return [];
  }
  const reason = `published N/P ${published}, its capacities and areas give ${value.toPrecision(4)}`;
  return [issue('W_SOURCE_CONFLICT', { reason })];
}
