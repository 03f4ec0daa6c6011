/**
 * Band gap between the highest occupied and the lowest empty level (SCIENCE §7).
 *
 * The mistakes avoided here: occupations of 0…2 (OUTCAR without spin) judged with the threshold for 0…1, so that half
 * full levels count as full; a negative gap of a metal; and a PBE gap taken for the measured one (ZnO: 0.7 for 3.4 eV).
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { isBeyondSemilocal } from './shared/beyond-semilocal.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { real, told, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
/** Our convention: half of a gap of 2 eV, as semilocal functionals often miss half of it (§7: ZnO 0.7–0.8 of 3.3–3.4 eV). */
const DEFAULT_UNCERTAINTY_EV = 1;
const HALF_FULL = 0.5;

const inputs = z
  .strictObject({
    valenceBandMaximumEv: real('VBM', 'eV', 'highest occupied level over all k-points and spins').optional(),
    conductionBandMinimumEv: real('CBM', 'eV', 'lowest empty level').optional(),
    levelsEv: told(
      z.array(z.number()).min(2).readonly(),
      'ε',
      'eV',
      'eigenvalues of all bands, k-points and spins, instead of the two edges',
    ).optional(),
    occupations: told(z.array(z.number().min(0)).min(2).readonly(), 'f', '', 'their occupations').optional(),
    fullOccupation: z
      .int()
      .min(1)
      .max(2)
      .default(1)
      .describe('occupation of a full level: 1, or 2 in an OUTCAR without spin'),
    functional: z.string().min(1).default('PBE').describe('what the levels were computed with'),
    uncertainty,
  })
  .refine(
    (given) => (given.valenceBandMaximumEv === undefined) === (given.conductionBandMinimumEv === undefined),
    'valenceBandMaximumEv and conductionBandMinimumEv go together',
  )
  .refine(
    (given) => given.levelsEv?.length === given.occupations?.length,
    'levelsEv and occupations go together, one occupation for each level',
  )
  .refine(
    (given) => (given.valenceBandMaximumEv === undefined) !== (given.levelsEv === undefined),
    'the two edges, or levelsEv with occupations; not both',
  );

type Inputs = z.output<typeof inputs>;

export const bandGap: DescriptorDefinition<typeof inputs> = {
  identifier: 'band-gap',
  version: 1,
  symbol: 'E_g',
  unit: UNIT,
  title: 'Band gap',
  sign: 'never negative; 0 = metal',
  formula: 'E_g = max(0, CBM − VBM); occupied from an occupation of 0.5 on, scaled to 0…1',
  reference: 'VASP wiki, EIGENVAL; docs/science.md §7',
  group: 'electronic structure',
  better: 'profile',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    inputs: { valenceBandMaximumEv: 1.42, conductionBandMinimumEv: 2.15 },
    prints: '0.73',
    source: 'difference by hand; ZnO with PBE has 0.7 to 0.8 eV (docs/science.md §7)',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const edges = edgesOf(given);
  const gapEv = edges.problem === undefined ? Math.max(0, edges.conductionEv - edges.valenceEv) : undefined;
  return descriptorResult({
    value: gapEv,
    unit: UNIT,
    convention: `functional: ${given.functional}; threshold 0.5 of a full level`,
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_EV),
    parts: {
      kind: gapEv === undefined ? undefined : gapEv > 0 ? 'insulator' : 'metal',
      ...(edges.problem === undefined && {
        valenceBandMaximumEv: edges.valenceEv,
        conductionBandMinimumEv: edges.conductionEv,
      }),
    },
    issues: [...(edges.problem === undefined ? [] : [edges.problem]), ...underestimated(gapEv, given.functional)],
  });
}

interface Edges {
  readonly valenceEv: number;
  readonly conductionEv: number;
  readonly problem?: Issue;
}

/** A level that is half full is both edges at once. */
function edgesOf(given: Inputs): Edges {
  const { valenceBandMaximumEv, conductionBandMinimumEv, levelsEv = [], occupations = [], fullOccupation } = given;
  if (valenceBandMaximumEv !== undefined && conductionBandMinimumEv !== undefined) {
    return { valenceEv: valenceBandMaximumEv, conductionEv: conductionBandMinimumEv };
  }
  let [valenceEv, conductionEv] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [index, levelEv] of levelsEv.entries()) {
    const filling = (occupations[index] ?? 0) / fullOccupation;
    if (filling >= HALF_FULL) valenceEv = Math.max(valenceEv, levelEv);
    if (filling <= HALF_FULL) conductionEv = Math.min(conductionEv, levelEv);
  }
  const lacking = valenceEv === Number.NEGATIVE_INFINITY ? 'occupied' : 'empty';
  if (Number.isFinite(valenceEv) && Number.isFinite(conductionEv)) return { valenceEv, conductionEv };
  return { valenceEv, conductionEv, problem: issue('E_INPUT', { input: 'levelsEv', reason: `no ${lacking} level` }) };
}

/** A metal has no gap that could be too small; that it may be an insulator in truth shows in no number here. */
function underestimated(gapEv: number | undefined, functional: string): Issue[] {
  if (gapEv === undefined || gapEv === 0 || isBeyondSemilocal(functional)) return [];
  return [issue('W_PBE_GAP', { functional })];
}
