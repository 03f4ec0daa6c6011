/**
 * Contact angle of the film on the substrate from adhesion and surface energy (Young and Dupré, SCIENCE §8).
 *
 * The mistake avoided here: an arccosine of more than one. A film that adheres more than twice its own surface energy
 * spreads completely; its angle is zero, and the cosine told beside it says by how much.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { positive, real, uncertainty } from './shared/inputs.ts';

const UNIT = '°';
/** Of a surface energy (§10.5). */
const SURFACE_UNCERTAINTY_J_PER_M2 = 0.05;
const DEGREES_PER_RADIAN = 180 / Math.PI;

const inputs = z.strictObject({
  adhesionJPerM2: real('W', 'J/m²', 'adhesion energy, positive = adheres'),
  filmSurfaceJPerM2: positive('γ_film', 'J/m²', 'surface energy of the film'),
  surfaceUncertaintyJPerM2: z
    .number()
    .min(0)
    .default(SURFACE_UNCERTAINTY_J_PER_M2)
    .describe('1σ of the surface energy'),
  adhesionUncertaintyJPerM2: z.number().min(0).default(0).describe('1σ of the adhesion energy'),
  uncertainty,
});

export const contactAngle: DescriptorDefinition<typeof inputs> = {
  identifier: 'contact-angle',
  version: 1,
  symbol: 'θ_c',
  unit: UNIT,
  title: 'Contact angle of the film',
  sign: '0 = spreads completely, 180 = does not wet at all',
  formula: 'θ_c = arccos(W_ad/γ_film − 1), the cosine clipped to [−1, 1]',
  reference: 'T. Young, Phil. Trans. R. Soc. 95, 65 (1805), with Dupré’s equation; docs/science.md §8',
  group: 'stability and mechanics',
  better: 'lower',
  inScreening: true,
  aliases: [],
  example: {
    inputs: { adhesionJPerM2: 0.75, filmSurfaceJPerM2: 0.5 },
    prints: '60.000000',
    source: 'by hand: cos θ = 0.75/0.5 − 1 = 1/2',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { adhesionJPerM2, filmSurfaceJPerM2 } = given;
  const cosine = adhesionJPerM2 / filmSurfaceJPerM2 - 1;
  const cosineUncertainty = Math.hypot(
    given.adhesionUncertaintyJPerM2 / filmSurfaceJPerM2,
    (adhesionJPerM2 / filmSurfaceJPerM2 ** 2) * given.surfaceUncertaintyJPerM2,
  );
  // The derivative of the arccosine has no bound at ±1: half of what one σ to either side makes of the angle.
  const spread = (angleDegrees(cosine - cosineUncertainty) - angleDegrees(cosine + cosineUncertainty)) / 2;
  return descriptorResult({
    value: angleDegrees(cosine),
    unit: UNIT,
    convention: 'Young and Dupré; cosine clipped to [−1, 1]',
    uncertainty: propagated(given.uncertainty, spread),
    parts: { cosineUnclipped: cosine, wetting: cosine >= 1 ? 'complete' : cosine > -1 ? 'partial' : 'none' },
    issues: [],
  });
}

function angleDegrees(cosine: number): number {
  return Math.acos(Math.min(1, Math.max(-1, cosine))) * DEGREES_PER_RADIAN;
}
