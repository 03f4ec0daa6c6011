/**
 * Whether a substrate favours one facet of the film over the others: the "Zn(002) texture" that coatings are chosen for.
 *
 * The mistake avoided here: calling a coating (002)-texturing because (002) fits it well. So may the other facets: what
 * tells is the difference to the best of them, all searched within the same limits.
 */
import { z } from 'zod';
import type { CoincidenceMatch } from '../model/coincidence.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { hasError, type Issue, issue, located } from '../model/issues.ts';
import { findBestCoincidences } from './shared/coincidence/find-coincidences.ts';
import {
  latticeOf,
  latticeText,
  limitInputs,
  limitsOf,
  STRAIN_UNCERTAINTY_FRACTION,
} from './shared/coincidence/inputs.ts';
import { sourceIssues } from './shared/coincidence/source-issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { uncertainty } from './shared/inputs.ts';

const UNIT = '1';
/** Of two strains. */
const DEFAULT_UNCERTAINTY_FRACTION = Math.SQRT2 * STRAIN_UNCERTAINTY_FRACTION;

const facet = z.strictObject({
  facet: z.string().describe('name of the facet'),
  film: latticeText('L', 'its lattice'),
});

const inputs = z.strictObject({
  film: latticeText('L_f', 'lattice of the wanted facet'),
  facet: z.string().default('wanted facet').describe('its name'),
  others: z.array(facet).min(1).describe('the other facets of the film that can grow'),
  substrate: latticeText('L_s', 'lattice of the substrate’s facet'),
  ...limitInputs,
  filmSource: z.string().optional().describe('where the lattices of the film are from: experiment, PBE, PBE-D3 …'),
  substrateSource: z.string().optional().describe('where the lattice of the substrate is from'),
  uncertainty,
});

type Inputs = z.output<typeof inputs>;

export const texturePreference: DescriptorDefinition<typeof inputs> = {
  identifier: 'texture-preference',
  version: 1,
  symbol: 'Δε_tex',
  unit: UNIT,
  title: 'How much less strain the wanted facet of the film needs on a substrate than the best of its other facets',
  sign: 'positive = the substrate favours the wanted facet; negative = another facet fits better',
  formula: 'Δε_tex = min over other facets of ε_least − ε_least(wanted); ε_least = least max(|ε_1|, |ε_2|) up to A_max',
  reference: 'strains of A. Zur & T. C. McGill, J. Appl. Phys. 55, 378 (1984); docs/science.md §5.4',
  group: 'lattice',
  better: 'higher',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_FRACTION,
  aliases: [],
  example: {
    inputs: {
      film: 'hex:2.665',
      facet: 'Zn(0001)',
      others: [{ facet: 'Zn(10-10)', film: 'rect:2.665,4.947' }],
      substrate: 'hex:2.999547',
      filmSource: 'Wyckoff',
      substrateSource: 'JCPDS 38-1420',
    },
    prints: '0.0064851',
    parts: { wantedStrainFraction: '0.0073727', bestOtherStrainFraction: '0.0138578' },
    source: 'pymatgen 2022.11.7, ZSLGenerator: least principal strains up to 200 Å² of both facets on TiN(111)',
  },
  inputs,
  compute,
};

export interface FacetStrain {
  readonly facet: string;
  readonly leastStrain?: CoincidenceMatch;
  readonly minimumArea?: CoincidenceMatch;
  readonly issues: readonly Issue[];
}

function compute(given: Inputs): DescriptorResult {
  const [wanted, ...others] = [{ facet: given.facet, film: given.film }, ...given.others].map((each) =>
    facetStrain(each.facet, each.film, given),
  );
  const [best] = others.filter((each) => strainOf(each) !== undefined).sort(byStrain);
  const [wantedStrain, otherStrain] = [strainOf(wanted), strainOf(best)];
  const all = [...(wanted === undefined ? [] : [wanted]), ...others];
  const [favoured] = all.filter((each) => strainOf(each) !== undefined).sort(byStrain);
  return descriptorResult({
    value: wantedStrain === undefined || otherStrain === undefined ? undefined : otherStrain - wantedStrain,
    unit: UNIT,
    convention: `least strain up to ${given.maxAreaAngstrom2} Å²; largest principal strain, denominator: film`,
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_FRACTION),
    parts: {
      favouredFacet: favoured?.facet,
      wantedStrainFraction: wantedStrain,
      bestOtherFacet: best?.facet,
      bestOtherStrainFraction: otherStrain,
      facets: all.map(({ issues, ...told }) => ({ ...told, issues: issues.map(({ code }) => code) })),
      filmSource: given.filmSource,
      substrateSource: given.substrateSource,
    },
    issues: [...missingIssues(wanted, others, best), ...sourceIssues(given)],
  });
}

function facetStrain(name: string, film: string, given: Inputs): FacetStrain {
  return { facet: name, ...findBestCoincidences(latticeOf(film), latticeOf(given.substrate), limitsOf(given)) };
}

function strainOf(facet: FacetStrain | undefined): number | undefined {
  return facet?.leastStrain?.maxAbsPrincipalFraction;
}

function byStrain(left: FacetStrain, right: FacetStrain): number {
  return (strainOf(left) ?? 0) - (strainOf(right) ?? 0);
}

/** Of each facet what its search says; that another facet than the best does not fit either is no fault of the difference. */
function missingIssues(
  wanted: FacetStrain | undefined,
  others: readonly FacetStrain[],
  best: FacetStrain | undefined,
): Issue[] {
  const of = ({ facet: name, issues }: FacetStrain): Issue[] => located(issues, { block: name });
  const ofOthers = others.flatMap(of).filter(({ code }) => best === undefined || code !== 'W_NO_COINCIDENCE');
  const told = [...(wanted === undefined ? [] : of(wanted)), ...ofOthers];
  const isComplete = strainOf(wanted) !== undefined && best !== undefined;
  return [...told, ...(isComplete || hasError(told) ? [] : [issue('E_NO_COINCIDENCE_STRAIN', {})])];
}
