import { describe, expect, it } from 'vitest';
import { issue } from '../../model/issues.ts';
import type { RankableCandidate } from '../../model/ranking.ts';
import { profileDescriptors } from '../../pipeline/defined-descriptors.ts';
import { parseProfile } from '../../ranking/index.ts';
import { expectNear } from '../near.ts';

const PROFILE = `
name: own
version: 1
description: a profile with quantities of its own
reference: none
ion: Zn
objectives:
  - descriptor: migration-barrier
    unit: eV
    desirability: { kind: min, target: 0.1, upper: 0.6 }
`;

const profileWith = (yaml: string) => parseProfile(`${PROFILE}${yaml}`, 'own.yaml');
const own = (expression: string, unit = 'eV', more = '') =>
  profileWith(`descriptors:\n  - { identifier: own-value, unit: ${unit}, expression: "${expression}"${more} }\n`);

const quality = 'ok' as const;
const CANDIDATE: RankableCandidate = {
  id: 'facet',
  values: {
    'deposition-energy': { value: -0.5, uncertainty: 0.1, quality },
    'migration-barrier': { value: 0.2, uncertainty: 0.05, quality: 'degraded' },
    'adsorption-energy': { value: -1.2, uncertainty: 0.1, quality },
    'binding-energy': { value: 1.2, uncertainty: 0.1, quality },
  },
  missing: { 'surface-energy': [issue('E_REFERENCE_MISSING', { needed: 'bulk ZnO' })] },
};

const complete = (profile: ReturnType<typeof profileWith>) => profileDescriptors(profile).complete(CANDIDATE);

describe('a descriptor that a profile defines', () => {
  it('is computed from others by identifier or symbol, with their uncertainties in quadrature', () => {
    const value = complete(own('deltaE_dep - 2 * migration_barrier')).values['own-value'];
    // By hand: −0.5 − 0.4; σ = √(0.1² + (2·0.05)²).
    expectNear(value?.value, -0.9, 1e-12);
    expectNear(value?.uncertainty, Math.SQRT2 * 0.1, 1e-12);
    expect(value?.quality).toBe('degraded');
  });

  it('knows the aliases of a descriptor with their sign', () => {
    expectNear(complete(own('E_b + adsorption_energy')).values['own-value']?.value, 0, 1e-12);
  });

  it('is built upon by those below it, and told with the candidate', () => {
    const completed = complete(
      profileWith(
        'descriptors:\n  - { identifier: twice, unit: eV, expression: 2 * deposition_energy, uncertainty: 0.3 }\n  - { identifier: more, unit: eV, expression: twice + migration_barrier }\n',
      ),
    );
    expectNear(completed.values.more?.value, -0.8, 1e-12);
    // By hand: √(0.3² + 0.05²).
    expectNear(completed.values.more?.uncertainty, 0.30413812651491096, 1e-12);
    expect(completed.defined?.twice).toMatchObject({ unit: 'eV', uncertainty: 0.3 });
  });

  it('is missing with the reasons of the term that is missing', () => {
    const completed = complete(own('surface_energy', 'J/m²'));
    expect(completed.values['own-value']).toBeUndefined();
    expect(completed.missing['own-value']?.map(({ code }) => code)).toEqual(['E_REFERENCE_MISSING', 'E_DEFINED']);
  });

  it('is missing where it is no number', () => {
    const completed = complete(own('eV * log(deposition_energy / eV)'));
    expect(completed.missing['own-value']?.map(({ code }) => code)).toEqual(['E_DEFINED']);
  });

  it.each([
    ['a unit that does not follow', own('deposition_energy', 'J/m²'), /descriptors\[0\].*in eV, not in J\/m²/],
    ['a sum of different units', own('deposition_energy + surface_energy'), /descriptors\[0\].*character/],
    ['a name that no descriptor has', own('deposition_enery'), /descriptors\[0\].*character 1.*deposition_energy/],
    ['a function definition', own('f(x) = x'), /descriptors\[0\].*character/],
    ['a property', own('migration_barrier.constructor'), /descriptors\[0\].*character 18/],
    ['an import', own('import(1)'), /descriptors\[0\].*character 1/],
  ])('is refused with its place for %s', (_, profile, message) => {
    expect(() => profileDescriptors(profile)).toThrow(message);
  });

  it('may not take the name of a descriptor', () => {
    const profile = profileWith('descriptors:\n  - { identifier: surface-energy, unit: eV, expression: "1" }\n');
    expect(() => profileDescriptors(profile)).toThrow(/descriptors\[0\].identifier/);
  });
});

describe('an uncertainty that a profile states', () => {
  it('stands for the default of the descriptor under all its names', () => {
    const { names } = profileDescriptors(profileWith('uncertainties: { binding-energy: 0.25 }\n'));
    expect(names.resolve('adsorption-energy')?.defaultUncertainty).toBe(0.25);
    expect(names.resolve('E_b')?.defaultUncertainty).toBe(0.25);
  });

  it('of an unknown descriptor is refused', () => {
    expect(() => profileDescriptors(profileWith('uncertainties: { bond: 0.25 }\n'))).toThrow(/uncertainties: .*"bond"/);
  });
});
