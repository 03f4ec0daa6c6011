/**
 * Distance of lattice planes and the angle at which X-rays show it (SCIENCE §4.6).
 *
 * The mistake avoided here: a reflection carries its order. (002) is half the distance of (001), though both are one
 * plane; d is that of the indices as given, the plane they belong to stands beside it.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { norm, reciprocal, toCartesian, type Vector3 } from '../model/lattice.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { positive, told, uncertainty } from './shared/inputs.ts';
import { coprime } from './shared/plane-indices.ts';
import { CRYSTAL_SYSTEMS, cellMatrix } from './shared/unit-cell.ts';

const UNIT = 'Å';
const COPPER_K_ALPHA_1_ANGSTROM = 1.540593;

const angleDegrees = (symbol: string, between: string) =>
  told(z.number().gt(0).lt(180), symbol, '°', `angle between ${between}`).optional();
const index = (letter: string) => z.int().describe(`index ${letter} of the reflection`);

const inputs = z
  .strictObject({
    aAngstrom: positive('a', 'Å', 'length of the conventional cell'),
    bAngstrom: positive('b', 'Å', 'length; left out where the crystal system makes it a').optional(),
    cAngstrom: positive('c', 'Å', 'length; left out in a cubic crystal').optional(),
    alphaDegrees: angleDegrees('α', 'b and c'),
    betaDegrees: angleDegrees('β', 'a and c'),
    gammaDegrees: angleDegrees('γ', 'a and b'),
    crystalSystem: z
      .enum(CRYSTAL_SYSTEMS)
      .optional()
      .describe('what is left out of the cell follows from it; a alone is cubic; trigonal in hexagonal axes'),
    h: index('h'),
    k: index('k'),
    i: z.int().optional().describe('third of four indices in hexagonal axes: −(h + k)'),
    l: index('l'),
    wavelengthAngstrom: positive('λ', 'Å', 'of the radiation for 2θ; Cu Kα₁ unless given').default(
      COPPER_K_ALPHA_1_ANGSTROM,
    ),
    uncertainty,
  })
  .refine(({ h, k, l }) => h !== 0 || k !== 0 || l !== 0, 'h, k and l are not all 0')
  .refine(({ h, k, i }) => i === undefined || h + k + i === 0, 'i is −(h + k)');

export const interplanarSpacing: DescriptorDefinition<typeof inputs> = {
  identifier: 'interplanar-spacing',
  version: 1,
  symbol: 'd_hkl',
  unit: UNIT,
  title: 'Distance of the lattice planes of a reflection, and its diffraction angle',
  sign: 'positive',
  formula: 'd_hkl = 1/|h·a* + k·b* + l·c*|; hexagonal: 1/d² = (4/3)(h² + hk + k²)/a² + l²/c²; 2θ = 2 arcsin(λ/2d)',
  reference: 'International Tables for Crystallography B; Bragg, Proc. R. Soc. A 88, 428 (1913); docs/science.md §4.6',
  group: 'surface',
  better: 'none',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { aAngstrom: 3.2495, cAngstrom: 5.2069, crystalSystem: 'hexagonal', h: 0, k: 0, l: 2 },
    prints: '2.603450',
    parts: { twoThetaDegrees: '34.420' },
    source: 'docs/science.md §4.6: ZnO (002)',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { aAngstrom: a, bAngstrom: b, cAngstrom: c, h, k, l, wavelengthAngstrom } = given;
  const angles = { alpha: given.alphaDegrees, beta: given.betaDegrees, gamma: given.gammaDegrees };
  const hasFourIndices = given.i !== undefined;
  const system = given.crystalSystem ?? (hasFourIndices ? 'hexagonal' : undefined);
  const lattice = cellMatrix({ a, b, c, ...angles }, system);
  const isCell = typeof lattice !== 'string';
  const indices: Vector3 = [h, k, l];
  const spacing = isCell ? 1 / norm(toCartesian(indices, reciprocal(lattice))) : undefined;
  const sine = spacing === undefined ? undefined : wavelengthAngstrom / (2 * spacing);
  const isSeen = sine !== undefined && sine <= 1;
  return descriptorResult({
    value: spacing,
    unit: UNIT,
    convention: 'd of the indices as given, order included',
    uncertainty: propagated(given.uncertainty),
    parts: {
      twoThetaDegrees: isSeen ? (2 * Math.asin(sine) * 180) / Math.PI : undefined,
      wavelengthAngstrom,
      plane: coprime(indices),
    },
    issues: [
      ...(isCell ? [] : [issue('E_LATTICE', { reason: lattice })]),
      ...(isCell && !isSeen
        ? [issue('I_INFORMATIONAL', { reason: `no reflection at λ = ${wavelengthAngstrom} Å, which is more than 2d` })]
        : []),
    ],
  });
}
