/**
 * Strain of a film in the smallest cell that it has in common with its substrate (Zur & McGill; SCIENCE §5.4).
 *
 * The mistakes avoided here: comparing lattice constants one to one, which says nothing of zinc selenide (+50 %); and
 * reporting the least strain alone: in a large enough cell everything fits. The value is that of the smallest cell, the
 * least strained one stands beside it with its area.
 */
import { z } from 'zod';
import type { CoincidenceMatch } from '../model/coincidence.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { hasError, type Issue, issue } from '../model/issues.ts';
import { findCoincidences } from './shared/coincidence/find-coincidences.ts';
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

const inputs = z.strictObject({
  film: latticeText('L_f', 'lattice of the film’s facet'),
  substrate: latticeText('L_s', 'lattice of the substrate’s facet'),
  ...limitInputs,
  filmSource: z.string().optional().describe('where the lattice of the film is from: experiment, PBE, PBE-D3 …'),
  substrateSource: z.string().optional().describe('where the lattice of the substrate is from'),
  uncertainty,
});

type Inputs = z.output<typeof inputs>;

export const coincidenceMismatch: DescriptorDefinition<typeof inputs> = {
  identifier: 'coincidence-mismatch',
  version: 1,
  symbol: 'ε_c',
  unit: UNIT,
  title: 'Strain of a film in the smallest cell in common with its substrate: the largest principal one',
  sign: 'a magnitude; its principal strains stand in the parts, positive = film stretched',
  formula:
    'ε_c = max(|ε_1|, |ε_2|) of U − 1 of the smallest match; F = R·U takes the film’s supercell to the substrate’s',
  reference: 'A. Zur & T. C. McGill, J. Appl. Phys. 55, 378 (1984); docs/science.md §5.4',
  group: 'lattice',
  better: 'lower',
  inScreening: true,
  defaultUncertainty: STRAIN_UNCERTAINTY_FRACTION,
  aliases: [],
  example: {
    inputs: { film: 'hex:2.665', substrate: 'hex:5.35', filmSource: 'Wyckoff', substrateSource: 'pseudo-hexagonal' },
    prints: '0.0037523',
    parts: { filmMultiple: '4', substrateMultiple: '1', filmAreaAngstrom2: '24.60283', stradiFraction: '0.0032496' },
    source: 'docs/science.md §5.4: Zn(0001) on vermiculite',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const limits = limitsOf(given);
  const search = findCoincidences(latticeOf(given.film), latticeOf(given.substrate), limits);
  const { minimumArea, leastStrain, matches, issues } = search;
  return descriptorResult({
    value: minimumArea?.maxAbsPrincipalFraction,
    unit: UNIT,
    convention: `smallest match up to ${limits.maxAreaAngstrom2} Å²; largest principal strain, denominator: film`,
    uncertainty: uncertaintyOf(given.uncertainty, STRAIN_UNCERTAINTY_FRACTION),
    parts: {
      ...(minimumArea !== undefined && partsOf(minimumArea)),
      minimumArea,
      leastStrain,
      matchCount: hasError(issues) ? undefined : matches.length,
      filmSource: given.filmSource,
      substrateSource: given.substrateSource,
    },
    issues: [...issues, ...withoutValue(minimumArea, issues), ...sourceIssues(given)],
  });
}

/** Of the match that is the value, one by one. */
function partsOf(match: CoincidenceMatch) {
  const { filmMultiple, substrateMultiple, filmAreaAngstrom2, principalStrainFractions } = match;
  const { vonMisesFraction, stradiFraction, meanAbsoluteFraction, angleDegrees, rotationDegrees } = match;
  return {
    filmMultiple,
    substrateMultiple,
    filmAreaAngstrom2,
    principalStrainFractions,
    vonMisesFraction,
    stradiFraction,
    meanAbsoluteFraction,
    angleDegrees,
    rotationDegrees,
  };
}

function withoutValue(match: CoincidenceMatch | undefined, issues: readonly Issue[]): Issue[] {
  return match === undefined && !hasError(issues) ? [issue('E_NO_COINCIDENCE_STRAIN', {})] : [];
}
