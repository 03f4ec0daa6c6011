/** Rates, diffusion coefficients and ensembles at the temperature of a profile (SCIENCE §2.6, §3.9). */
import { describe, expect, it } from 'vitest';
import { diffusionCoefficient } from '../../descriptors/diffusion-coefficient.ts';
import { hopRate } from '../../descriptors/hop-rate.ts';
import { migrationBarrier } from '../../descriptors/migration-barrier.ts';
import { siteEnsemble } from '../../descriptors/site-ensemble.ts';
import type { DescriptorResult } from '../../model/descriptor.ts';
import type { Candidate } from '../../model/system.ts';
import { atProfileTemperature } from '../../pipeline/profile-temperature.ts';
import { rankScreening } from '../../pipeline/rank-screening.ts';
import { screeningResult } from '../../pipeline/screen.ts';
import { parseProfile } from '../../ranking/index.ts';
import { available } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';

const BOLTZMANN = 8.617333262e-5; // eV/K, CODATA 2018
const sites = [
  { label: 'top', energyEv: -3.4, degeneracy: 1 },
  { label: 'bridge', energyEv: -3.31, degeneracy: 2 },
];
const ensemble = siteEnsemble.compute(siteEnsemble.inputs.parse({ sites }));
const activation = { barrierEv: 0.25, barrierUncertaintyEv: 0.05 };
const candidate: Candidate = {
  id: 'zno',
  label: 'ZnO',
  ion: 'Li',
  system: 'zno',
  descriptors: {
    'migration-barrier': migrationBarrierOf(0.25),
    'hop-rate': hopRate.compute(hopRate.inputs.parse(activation)),
    'diffusion-coefficient': diffusionCoefficient.compute(
      diffusionCoefficient.inputs.parse({ ...activation, hopLengthAngstrom: 3.2495, dimensionality: 2 }),
    ),
    'site-ensemble': ensemble.available ? { ...ensemble, parts: { ...ensemble.parts, degeneracies: sites } } : ensemble,
  },
  issues: [],
};

function migrationBarrierOf(valueEv: number): DescriptorResult {
  const { unit } = migrationBarrier;
  const told = { uncertainty: 0.05, convention: '', quality: 'ok', parts: {}, inputs: [], issues: [] } as const;
  return { available: true, value: valueEv, unit, ...told };
}

const profileAt = (temperature: string) =>
  parseProfile(
    `name: hot
version: 1
description: ''
reference: ''
ion: Li
${temperature}objectives:
  - { descriptor: hop-rate, unit: s⁻¹, desirability: { kind: max, lower: 0, target: 1.0e12 } }
`,
    'hot.yaml',
  );

describe('at 350 K', () => {
  const { descriptors } = atProfileTemperature(candidate, { temperatureKelvin: 350 });

  it('an atom hops as often as Arrhenius has it, with the 1σ of its barrier', () => {
    // 1e13 attempts a second, the default of SCIENCE §3.9.
    const rate = 1e13 * Math.exp(-0.25 / (BOLTZMANN * 350));
    const found = available(descriptors['hop-rate']!);
    expectNear(found.value / rate, 1, 1e-6);
    expectNear(found.uncertainty! / found.value, 0.05 / (BOLTZMANN * 350), 1e-6);
  });

  it('it diffuses by that rate', () => {
    const rate = available(descriptors['hop-rate']!).value;
    // D = k·a²/4 on a face.
    expectNear(available(descriptors['diffusion-coefficient']!).value / ((rate * 3.2495e-8 ** 2) / 4), 1, 1e-9);
  });

  it('more adatoms are on the worse sites', () => {
    // By hand: E = −3.40 and −3.31, g = 1 and 2.
    const energy = -3.4 - BOLTZMANN * 350 * Math.log(1 + 2 * Math.exp(-0.09 / (BOLTZMANN * 350)));
    expectNear(available(descriptors['site-ensemble']!).value, energy, 1e-7);
  });
});

it('an ensemble that was kept without the energies of its sites stays at the temperature it tells', () => {
  const kept = { ...candidate, descriptors: { 'site-ensemble': ensemble } };
  expect(atProfileTemperature(kept, { temperatureKelvin: 350 })).toBe(kept);
});

it('a profile ranks by the rates at its temperature, without one at 298.15 K', () => {
  const rankedAt = (temperature: string) =>
    rankScreening([candidate], { ion: 'Li', profile: profileAt(temperature), seed: 1 }).ranked[0]?.contributions[
      'hop-rate'
    ]?.value ?? Number.NaN;
  const ratio = Math.exp((0.25 / BOLTZMANN) * (1 / 298.15 - 1 / 350));
  expectNear(rankedAt('temperatureKelvin: 350\n') / rankedAt(''), ratio, 1e-5);
});

it('a rate of another temperature comes back to 298.15 K', () => {
  const there = atProfileTemperature(candidate, { temperatureKelvin: 350 });
  const back = available(atProfileTemperature(there, { temperatureKelvin: 298.15 }).descriptors['hop-rate']!);
  // SCIENCE §3.9: 0.25 eV, 1e13 attempts a second.
  expectNear(back.value / 5.944636e8, 1, 1e-6);
});

it('a barrier of few kT is few kT at its own temperature only', () => {
  // 0.09 eV are 3.5 kT at 298.15 K and 5.2 kT at 200 K; the limit of §3.9 is 4 kT.
  const rate = hopRate.compute(hopRate.inputs.parse({ barrierEv: 0.09 }));
  expect(available(rate).issues.map(({ code }) => code)).toEqual(['W_TST_INVALID']);
  const low = { ...candidate, descriptors: { 'hop-rate': rate } };
  const cold = available(atProfileTemperature(low, { temperatureKelvin: 200 }).descriptors['hop-rate']!);
  expect(cold).toMatchObject({ issues: [], quality: 'ok' });
  const hot = available(atProfileTemperature(low, { temperatureKelvin: 350 }).descriptors['hop-rate']!);
  expect(hot.issues.map(({ code }) => code)).toEqual(['W_TST_INVALID']);
});

it('a screening tells the rate that stands in its score', () => {
  const profile = profileAt('temperatureKelvin: 350\n');
  const ranking = rankScreening([candidate], { ion: 'Li', profile, seed: 1 });
  const stages = {
    assembly: { roles: [], systems: [], relations: [], paths: [], unused: [], issues: [] },
    counts: { found: 0, parsed: 0, unreadable: 0 },
    description: { candidates: [candidate], issues: [] },
    ranking,
  };
  const { candidates, ranked } = screeningResult(stages, { adatomVersion: '0', ion: 'Li', profile });
  const told = available(candidates[0]!.descriptors['hop-rate']!);
  expectNear(told.value, ranked[0]!.contributions['hop-rate']!.value, 0);
  expect(told.convention).toContain('T = 350 K');
});

it('no profile is at absolute zero', () => {
  expect(() => profileAt('temperatureKelvin: 0\n')).toThrow(/temperatureKelvin/);
});
