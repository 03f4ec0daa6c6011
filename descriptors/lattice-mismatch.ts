/**
 * How much longer or shorter one lattice is than another along one direction (SCIENCE §5.1 to §5.3).
 *
 * The mistakes avoided here: a mismatch without its denominator, and one without the source of its lattice constants. The
 * 0.38 % of vermiculite on zinc (0001) are 0.25 % with another measured cell and −0.56 % with a third.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { STRAIN_UNCERTAINTY_FRACTION } from './shared/coincidence/inputs.ts';
import { type LengthMismatch, lengthMismatch } from './shared/coincidence/length-mismatch.ts';
import { sourceIssues } from './shared/coincidence/source-issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { count, real, uncertainty } from './shared/inputs.ts';

const UNIT = '1';

const other = z.strictObject({
  source: z.string().describe('of these lattice constants'),
  filmAngstrom: z.number().optional().describe('instead of the film length above'),
  substrateAngstrom: z.number().optional().describe('instead of the substrate length above'),
});

const inputs = z.strictObject({
  filmAngstrom: real('a_film', 'Å', 'length of the film along the direction that is compared'),
  substrateAngstrom: real('a_sub', 'Å', 'length of the substrate along the same direction'),
  filmMultiple: count('n', 'film lengths that are laid on the substrate').default(1),
  substrateMultiple: count('m', 'substrate lengths under them').default(1),
  filmSource: z.string().optional().describe('where the length of the film is from: experiment, PBE, PBE-D3 …'),
  substrateSource: z.string().optional().describe('where the length of the substrate is from'),
  others: z.array(other).default([]).describe('the same from other sources, to see how much it depends on them'),
  uncertainty,
});

type Inputs = z.output<typeof inputs>;

export const latticeMismatch: DescriptorDefinition<typeof inputs> = {
  identifier: 'lattice-mismatch',
  version: 1,
  symbol: 'ε_film',
  unit: UNIT,
  title: 'Lattice mismatch along one direction, as the strain of the film',
  sign: 'positive = the film must be stretched onto the substrate; f_sub and f_avg have the opposite sign',
  formula:
    'ε_film = (m·a_sub − n·a_film)/(n·a_film); f_sub = (n·a_film − m·a_sub)/(m·a_sub); ' +
    'f_avg = 2(n·a_film − m·a_sub)/(n·a_film + m·a_sub)',
  reference: 'Z. Zheng et al., Nat. Commun. 15 (2024), 10.1038/s41467-024-44893-0; docs/science.md §5.1–5.3',
  group: 'lattice',
  better: 'none',
  inScreening: true,
  defaultUncertainty: STRAIN_UNCERTAINTY_FRACTION,
  aliases: [],
  example: {
    inputs: {
      filmAngstrom: 2.665,
      substrateAngstrom: 5.35,
      filmMultiple: 2,
      filmSource: 'Wyckoff',
      substrateSource: 'pseudo-hexagonal',
    },
    prints: '0.003752',
    parts: { fSubFraction: '-0.003738' },
    source: 'docs/science.md §5.2: vermiculite on Zn(002)',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const mismatch = mismatchOf(given.filmAngstrom, given.substrateAngstrom, given);
  const others = given.others.map(({ source, filmAngstrom, substrateAngstrom }) => ({
    source,
    ...mismatchOf(filmAngstrom ?? given.filmAngstrom, substrateAngstrom ?? given.substrateAngstrom, given),
  }));
  const strains = [mismatch, ...others].flatMap((each) => each.epsilonFilmFraction ?? []);
  const spread = Math.max(...strains) - Math.min(...strains);
  return descriptorResult({
    value: mismatch.epsilonFilmFraction,
    unit: UNIT,
    convention: 'denominator: film; positive = film stretched',
    uncertainty: uncertaintyOf(
      given.uncertainty,
      STRAIN_UNCERTAINTY_FRACTION,
      others.length === 0 ? undefined : spread / 2,
    ),
    parts: {
      ...mismatch,
      filmSource: given.filmSource,
      substrateSource: given.substrateSource,
      ...(others.length > 0 && { others, sourceSpreadFraction: spread }),
    },
    issues: [...lengthIssues(given), ...sourceIssues(given)],
  });
}

/** Nothing of what is no length. */
function mismatchOf(
  film: number,
  substrate: number,
  { filmMultiple, substrateMultiple }: Inputs,
): Partial<LengthMismatch> {
  if (!(film > 0 && substrate > 0)) return {};
  return lengthMismatch(filmMultiple * film, substrateMultiple * substrate);
}

function lengthIssues(given: Inputs): Issue[] {
  const lengths: [string, number | undefined][] = [
    ['the film', given.filmAngstrom],
    ['the substrate', given.substrateAngstrom],
    ...given.others.flatMap(({ source, filmAngstrom, substrateAngstrom }): [string, number | undefined][] => [
      [`the film of ${source}`, filmAngstrom],
      [`the substrate of ${source}`, substrateAngstrom],
    ]),
  ];
  return lengths.flatMap(([name, length]) =>
    length === undefined || length > 0 ? [] : [issue('E_LATTICE', { reason: `${name} has a length of ${length} Å` })],
  );
}
