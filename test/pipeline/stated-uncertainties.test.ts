/** The 1σ that a profile states, and what it took the place of (SCIENCE §10.5). */
import { describe, expect, it } from 'vitest';
import type { AvailableDescriptor } from '../../model/descriptor.ts';
import { profileDescriptors } from '../../pipeline/defined-descriptors.ts';
import { withoutStatedUncertainties, withStatedUncertainties } from '../../pipeline/stated-uncertainties.ts';
import { available } from '../descriptors/descriptor-cases.ts';
import { profile } from './screening.ts';

function candidateWith(
  identifier: string,
  told: Pick<AvailableDescriptor, 'parts'> & { readonly uncertainty?: number },
) {
  const head = { available: true, value: -0.7, unit: 'eV', convention: '', quality: 'ok' } as const;
  return { descriptors: { [identifier]: { ...head, ...told, inputs: [], issues: [] } } };
}

function stated(candidate: ReturnType<typeof candidateWith>, uncertainties: Readonly<Record<string, number>>) {
  const by = { ...profile(), uncertainties };
  return withStatedUncertainties(candidate, by, profileDescriptors(by).names);
}

const DEFAULT = { uncertaintyOrigin: 'default', uncertaintyModel: 0.08, uncertaintyNumeric: 0.06 };

describe('the 1σ of a profile', () => {
  const taken = (uncertainty: number | undefined, uncertaintyOrigin: string) => {
    const told = { ...(uncertainty !== undefined && { uncertainty }), parts: { uncertaintyOrigin } };
    const { descriptors } = stated(candidateWith('band-gap', told), { 'band-gap': 0.3 });
    return available(descriptors['band-gap']!).uncertainty;
  };

  it('stands for a default, for the 0 of inputs without any, and for one that is not known', () => {
    expect([taken(0.1, 'default'), taken(0, 'propagated'), taken(undefined, 'not known')]).toEqual([0.3, 0.3, 0.3]);
  });

  it('does not replace one that was given or propagated', () => {
    expect([taken(0.05, 'given'), taken(0.05, 'propagated')]).toEqual([0.05, 0.05]);
  });

  it('is told with its origin, under whatever name it was stated', () => {
    const candidate = candidateWith('adsorption-energy', { uncertainty: 0.1, parts: { ...DEFAULT, sites: 2 } });
    const found = available(stated(candidate, { 'binding-energy': 0.15 }).descriptors['adsorption-energy']!);
    expect(found.uncertainty).toBe(0.15);
    expect(found.parts).toEqual({
      sites: 2,
      uncertaintyOrigin: 'profile',
      uncertaintyWithoutProfile: { uncertainty: 0.1, ...DEFAULT },
    });
  });

  it('gives way to what it took the place of', () => {
    for (const told of [{ uncertainty: 0.1, parts: DEFAULT }, { parts: { uncertaintyOrigin: 'not known' } }]) {
      const candidate = candidateWith('band-gap', told);
      expect(withoutStatedUncertainties(stated(candidate, { 'band-gap': 0.3 }))).toEqual(candidate);
    }
  });

  it('leaves a candidate alone about which the profile states nothing', () => {
    const candidate = candidateWith('band-gap', { uncertainty: 0.1, parts: DEFAULT });
    expect(stated(candidate, {})).toBe(candidate);
    expect(withoutStatedUncertainties(candidate)).toBe(candidate);
  });
});
