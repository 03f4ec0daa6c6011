/**
 * Neighbours of an atom within bonding distance (SCIENCE §4.10).
 *
 * The mistake avoided here: counting each neighbour once. In a small cell several periodic images of one atom, and of the
 * atom itself, are neighbours: a bcc cell of one atom has eight.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { covalentRadiusAngstrom } from '../model/elements.ts';
import { type Issue, issue } from '../model/issues.ts';
import { norm, reciprocal, reducedLattice, toCartesian, volume } from '../model/lattice.ts';
import { type Bond, bondsOf, type PlacedAtoms, shells } from './shared/bonds.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { count, told, uncertainty } from './shared/inputs.ts';
import { latticeSchema } from './shared/unit-cell.ts';

const DEFAULT_FACTOR = 1.2;
/** Farther apart than that many radii atoms are not bonded, and there is no end of them. */
const LARGEST_FACTOR = 3;
const places = z
  .array(z.tuple([z.number(), z.number(), z.number()]).readonly())
  .min(1)
  .readonly()
  .optional();

const inputs = z
  .strictObject({
    latticeAngstrom: latticeSchema.describe('lattice vectors a, b, c as rows'),
    species: z
      .array(z.string().refine((symbol) => covalentRadiusAngstrom(symbol) !== undefined, 'an element from H to Cm'))
      .min(1)
      .readonly()
      .describe('element of every atom'),
    cartesianAngstrom: places.describe('place of every atom, Cartesian'),
    fractional: places.describe('place of every atom in fractions of the lattice vectors, instead'),
    atom: count('i', 'whose neighbours are counted, from 1 in the order of the list').default(1),
    factor: told(
      z.number().positive().max(LARGEST_FACTOR),
      'f',
      '',
      'a bond is shorter than f times the sum of the covalent radii; at most 3',
    ).default(DEFAULT_FACTOR),
    uncertainty,
  })
  .refine(
    ({ cartesianAngstrom, fractional }) => (cartesianAngstrom === undefined) !== (fractional === undefined),
    'places either as cartesianAngstrom or as fractional',
  )
  .refine(
    ({ species, cartesianAngstrom, fractional }) => species.length === (cartesianAngstrom ?? fractional)?.length,
    'species: one for each place',
  )
  .refine(({ atom, species }) => atom <= species.length, 'atom: there are not so many');

type Inputs = z.output<typeof inputs>;

export const coordinationNumber: DescriptorDefinition<typeof inputs> = {
  identifier: 'coordination-number',
  version: 1,
  symbol: 'CN',
  unit: '1',
  title: 'Neighbours of an atom within bonding distance',
  sign: 'positive',
  formula: 'CN = number of atoms j, periodic images included, with d_ij < f(r_i + r_j), f = 1.2',
  reference: 'radii: Cordero et al., Dalton Trans. 2832 (2008); docs/science.md §4.10',
  group: 'surface',
  better: 'none',
  inScreening: false,
  aliases: [],
  example: {
    inputs: {
      latticeAngstrom: [
        [2.665, 0, 0],
        [-1.3325, 2.3079577, 0],
        [0, 0, 4.947],
      ],
      species: ['Zn', 'Zn'],
      fractional: [
        [0.333333333, 0.666666667, 0.25],
        [0.666666667, 0.333333333, 0.75],
      ],
    },
    prints: '12',
    source: 'docs/science.md §4.10: six at 2.665 and six at 2.913 Å in hcp Zn',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { latticeAngstrom, species, atom, factor } = given;
  const fault = latticeFault(given);
  const all = fault === undefined ? bondsOf(placedAtoms(given), factor) : undefined;
  const own: readonly Bond[] = all?.[atom - 1] ?? [];
  return descriptorResult({
    value: all === undefined ? undefined : own.length,
    unit: '1',
    convention: `d < ${factor} (r_i + r_j); atom ${atom} (${species[atom - 1] ?? ''}) of ${species.length}`,
    uncertainty: propagated(given.uncertainty),
    parts: {
      shells: shells(own),
      all: all?.map((bonds) => bonds.length),
      volumeAngstrom3: volume(latticeAngstrom),
    },
    issues: fault === undefined ? [] : [fault],
  });
}

/** Planes of a lattice are no nearer than atoms; a flatter cell would have endless neighbours. */
const LEAST_HEIGHT_ANGSTROM = 0.5;

function latticeFault({ latticeAngstrom: lattice }: Inputs): Issue | undefined {
  // Of the shortest vectors: those of a skewed cell can lie nearly in one plane though the lattice is an ordinary one.
  const heights = volume(lattice) > 0 ? reciprocal(reducedLattice(lattice)).map((vector) => 1 / norm(vector)) : [0];
  if (heights.every((height) => height >= LEAST_HEIGHT_ANGSTROM && Number.isFinite(height))) return undefined;
  return issue('E_LATTICE', { reason: `the three vectors span no cell of at least ${LEAST_HEIGHT_ANGSTROM} Å` });
}

function placedAtoms({ latticeAngstrom, species, cartesianAngstrom, fractional }: Inputs): PlacedAtoms {
  const placesAngstrom = cartesianAngstrom ?? (fractional ?? []).map((place) => toCartesian(place, latticeAngstrom));
  return { latticeAngstrom, species, placesAngstrom };
}
