/**
 * Whether a coating is stiff enough to hold back protrusions of the metal: the criterion of Monroe and Newman
 * (SCIENCE §8), for information only.
 *
 * The mistake avoided here: a hard filter from a theory of polymers on lithium. Grain boundaries and porous coatings in
 * water violate its assumptions; a stiff but brittle coating cracks instead.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, positive, uncertainty } from './shared/inputs.ts';
import { PUGH_LIMIT } from './shared/polycrystal.ts';

/** 1.8 to 2.2 in the literature (§8). */
const DEFAULT_RATIO = 2;
/** Shear moduli of the metals, GPa (§8); of lithium experiments give up to 4.2. */
const METAL_SHEAR_GPA = { Li: 3.4, Zn: 40.8 } as const;

const inputs = z
  .strictObject({
    coatingShearGpa: positive('G_c', 'GPa', 'shear modulus of the coating'),
    metal: z.enum(['Li', 'Zn']).optional().describe('the metal below, instead of its shear modulus'),
    metalShearGpa: positive('G_m', 'GPa', 'shear modulus of the metal; 3.4 of Li, 40.8 of Zn').optional(),
    ratioNeeded: positive('r', '', 'ratio from which protrusions are held back').default(DEFAULT_RATIO),
    pughRatio: positive('K/G', '', 'of the coating: below 1.75 it is brittle').optional(),
    coatingUncertaintyGpa: atLeastZero('σ_c', 'GPa', '1σ of the shear modulus of the coating').default(0),
    uncertainty,
  })
  .refine(
    ({ metal, metalShearGpa }) => (metal === undefined) !== (metalShearGpa === undefined),
    'give metal or metalShearGpa',
  );

export const monroeNewman: DescriptorDefinition<typeof inputs> = {
  identifier: 'monroe-newman',
  version: 1,
  symbol: 'G_c/G_m',
  unit: '1',
  title: 'Stiffness of the coating against that of the metal (Monroe and Newman)',
  sign: 'r or more = protrusions are held back mechanically',
  formula: 'G_c/G_m, the shear moduli of coating and metal; held back when G_c/G_m ≥ r',
  reference: 'Monroe & Newman, J. Electrochem. Soc. 152, A396 (2005); docs/science.md §8',
  group: 'stability and mechanics',
  better: 'higher',
  inScreening: true,
  aliases: [],
  example: {
    // 187.1490/40.8; the threshold is printed there.
    inputs: { coatingShearGpa: 187.149, metal: 'Zn' },
    prints: '4.586985',
    parts: { shearNeededGpa: '81.6' },
    source: 'docs/science.md §8: TiN on zinc, the ratio by hand',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { coatingShearGpa, metal, ratioNeeded, pughRatio } = given;
  const metalShearGpa = given.metalShearGpa ?? (metal === undefined ? undefined : METAL_SHEAR_GPA[metal]);
  if (metalShearGpa === undefined) throw new Error('the schema asks for one of the two');
  const ratio = coatingShearGpa / metalShearGpa;
  const isBrittle = pughRatio !== undefined && pughRatio < PUGH_LIMIT;
  return descriptorResult({
    value: ratio,
    unit: '1',
    convention: `suppresses from ${ratioNeeded}`,
    uncertainty: propagated(given.uncertainty, given.coatingUncertaintyGpa / metalShearGpa),
    parts: {
      metalShearGpa,
      shearNeededGpa: ratioNeeded * metalShearGpa,
      suppressesMechanically: ratio >= ratioNeeded,
      ...(pughRatio !== undefined && { fracture: isBrittle ? 'brittle' : 'ductile' }),
    },
    issues: informational(isBrittle),
  });
}

function informational(isBrittle: boolean): Issue[] {
  const theory =
    'derived for a polymer on lithium; grain boundaries and porous coatings in water violate its assumptions';
  return [
    issue('I_INFORMATIONAL', { reason: theory }),
    ...(isBrittle
      ? [issue('I_INFORMATIONAL', { reason: 'K/G is below 1.75: the coating is brittle and may crack' })]
      : []),
  ];
}
