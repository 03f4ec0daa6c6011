/**
 * Vibrational prefactor of a hop from the modes of the site and of the saddle (SCIENCE §3.9, §13.4).
 *
 * The mistakes avoided here: counting the unstable mode of the saddle among the stable ones (the quotient then has no
 * dimension of a frequency), and a product of 3N frequencies that runs over the largest number.
 */
import { z } from 'zod';
import { SPEED_OF_LIGHT_CM_PER_SECOND } from '../model/constants.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, uncertainty } from './shared/inputs.ts';

const UNIT = 's⁻¹';
const HERTZ_PER_THZ = 1e12;

const modes = (description: string) => z.array(z.number()).readonly().optional().describe(description);

const inputs = z
  .strictObject({
    initialWavenumbersPerCm: modes('all modes of the site, cm⁻¹; imaginary ones negative'),
    saddleWavenumbersPerCm: modes('modes of the saddle, cm⁻¹; the imaginary one negative, or left out'),
    initialFrequenciesThz: modes('modes of the site, THz, instead of wavenumbers'),
    saddleFrequenciesThz: modes('modes of the saddle, THz'),
    modeUncertaintyFraction: atLeastZero('r', '', '1σ of one mode over its value').default(0),
    uncertainty,
  })
  .refine(
    (given) => modesPerSecond(given) !== undefined,
    'modes of the site and of the saddle, both in cm⁻¹ or in THz',
  );

type Inputs = z.output<typeof inputs>;

export const attemptFrequency: DescriptorDefinition<typeof inputs> = {
  identifier: 'attempt-frequency',
  version: 1,
  symbol: 'ν*',
  unit: UNIT,
  title: 'Attempt frequency of a hop from vibrational modes (Vineyard)',
  sign: 'positive',
  formula: 'ν* = Π ν_i(site) / Π ν_j(saddle), over 3N modes of the site and the 3N − 1 real ones of the saddle',
  reference: 'Vineyard, J. Phys. Chem. Solids 3, 121 (1957); docs/science.md §3.9',
  group: 'migration',
  better: 'none',
  inScreening: true,
  aliases: [],
  example: {
    inputs: { initialFrequenciesThz: [4, 5, 6], saddleFrequenciesThz: [-3, 4, 8] },
    prints: '3.75e12',
    source: 'by hand: 4·5·6/(4·8) THz',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const modesOf = modesPerSecond(given);
  if (modesOf === undefined) throw new Error('the schema lets no inputs without modes pass');
  const { initial, saddle } = modesOf;
  const stable = saddle.filter((mode) => mode >= 0);
  const issues = unfitModes(initial, saddle);
  const logarithm = sumOfLogarithms(initial) - sumOfLogarithms(stable);
  const value = issues.length > 0 ? undefined : Math.exp(logarithm);
  return descriptorResult({
    value,
    unit: UNIT,
    convention: 'harmonic; classical; imaginary mode of the saddle left out',
    uncertainty: propagated(
      given.uncertainty,
      (value ?? 0) * given.modeUncertaintyFraction * Math.sqrt(initial.length + stable.length),
    ),
    parts: {
      initialModes: initial.length,
      saddleModes: stable.length,
      ...(value !== undefined && { attemptWavenumberPerCm: value / SPEED_OF_LIGHT_CM_PER_SECOND }),
    },
    issues,
  });
}

type ModeList = readonly number[] | undefined;

interface GivenModes {
  readonly initialWavenumbersPerCm?: ModeList;
  readonly saddleWavenumbersPerCm?: ModeList;
  readonly initialFrequenciesThz?: ModeList;
  readonly saddleFrequenciesThz?: ModeList;
}

interface Modes {
  readonly initial: readonly number[];
  readonly saddle: readonly number[];
}

/** Undefined unless both lists are given, in one of the two units only. */
function modesPerSecond(given: GivenModes): Modes | undefined {
  const { initialWavenumbersPerCm, saddleWavenumbersPerCm, initialFrequenciesThz, saddleFrequenciesThz } = given;
  const inThz = initialFrequenciesThz !== undefined;
  if (inThz === (initialWavenumbersPerCm !== undefined)) return undefined;
  if (inThz !== (saddleFrequenciesThz !== undefined) || inThz === (saddleWavenumbersPerCm !== undefined)) {
    return undefined;
  }
  const factor = inThz ? HERTZ_PER_THZ : SPEED_OF_LIGHT_CM_PER_SECOND;
  return {
    initial: (initialFrequenciesThz ?? initialWavenumbersPerCm ?? []).map((mode) => mode * factor),
    saddle: (saddleFrequenciesThz ?? saddleWavenumbersPerCm ?? []).map((mode) => mode * factor),
  };
}

function unfitModes(initial: readonly number[], saddle: readonly number[]): Issue[] {
  const imaginary = (list: readonly number[]): number => list.filter((mode) => mode < 0).length;
  const atSite = imaginary(initial);
  // A list one shorter than that of the site has left its imaginary mode out.
  const atSaddle = imaginary(saddle) + (saddle.length === initial.length - 1 ? 1 : 0);
  const issues: Issue[] = [];
  if (atSite > 0) issues.push(issue('E_IMAGINARY_MODE', { where: 'the site', count: atSite, expected: 0 }));
  if (atSaddle !== 1) issues.push(issue('E_IMAGINARY_MODE', { where: 'the saddle', count: atSaddle, expected: 1 }));
  const fits = saddle.length === initial.length || saddle.length === initial.length - 1;
  if (initial.length === 0 || !fits) {
    const reason = `${initial.length} modes of the site go with ${initial.length} or one less of the saddle, not with ${saddle.length}`;
    issues.push(issue('E_INPUT', { input: 'modes', reason }));
  }
  if ([...initial, ...saddle].includes(0)) {
    const reason = 'a mode of zero frequency is a translation of everything: leave it out at both';
    issues.push(issue('E_INPUT', { input: 'modes', reason }));
  }
  return issues;
}

function sumOfLogarithms(list: readonly number[]): number {
  return list.reduce((sum, mode) => sum + Math.log(mode), 0);
}
