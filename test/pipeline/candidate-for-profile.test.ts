/** Whatever profile told a candidate before, another one gives what it gives of the candidate as it was described. */
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../model/system.ts';
import { candidateForProfile } from '../../pipeline/candidate-for-profile.ts';
import { available } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';
import { POLAR_PAIR } from './polar-pair.ts';
import { treeOf } from './read-runs.ts';
import { profile, screened } from './screening.ts';
import { atom, hopBand, hopEnd, hopImages, metal, slab, slabLi } from './trees.ts';

const PROFILES = [
  profile(),
  { ...profile(), temperatureKelvin: 350, uncertainties: { 'migration-barrier': 0.2, 'hop-rate': 1e9 } },
  { ...profile(), terminationPolicy: 'mean' as const, uncertainties: { 'binding-energy': 0.15 } },
  { ...profile(), terminationPolicy: { explicit: '(1 0 0)' }, temperatureKelvin: 250 },
];
const hopping = screened(treeOf([slab, slabLi, hopEnd, ...hopImages, atom, metal], [hopBand])).candidates;
const candidates: readonly Candidate[] = [...hopping, ...screened(POLAR_PAIR).candidates];

describe('the order of profiles', () => {
  it('plays no part', () => {
    for (const candidate of candidates) {
      for (const first of PROFILES) {
        for (const second of PROFILES) {
          const wanted = candidateForProfile(second);
          const direct = wanted(candidate);
          // Rates go through an exponential: back from another temperature they agree to rounding.
          expectSame(wanted(candidateForProfile(first)(candidate)), direct);
          expect(wanted(direct)).toEqual(direct);
        }
      }
    }
  });

  it('leaves a candidate of the usual profile as it was described', () => {
    for (const candidate of candidates) expect(candidateForProfile(profile())(candidate)).toBe(candidate);
  });
});

it('a rate has the 1σ of its barrier as it was calculated, whatever another profile stated of the barrier', () => {
  const [candidate] = hopping;
  const [plain, stated] = PROFILES;
  const back = candidateForProfile(plain!)(candidateForProfile(stated!)(candidate!)).descriptors;
  const rate = available(back['hop-rate']!);
  // k = ν exp(−E/kT), so σ_k/k = σ_E/kT; 0.05 eV is the default of a barrier (SCIENCE §10.5).
  expectNear(rate.uncertainty! / rate.value, 0.05 / (8.617333262e-5 * 298.15), 1e-6);
});

function expectSame(found: Candidate, wanted: Candidate): void {
  expect(Object.keys(found.descriptors)).toEqual(Object.keys(wanted.descriptors));
  for (const [name, result] of Object.entries(wanted.descriptors)) {
    const other = found.descriptors[name]!;
    expect(other.available, name).toBe(result.available);
    if (!result.available || !other.available) continue;
    expectNear(other.value, result.value, 1e-12 * Math.abs(result.value));
    expectNear(other.uncertainty ?? 0, result.uncertainty ?? 0, 1e-9 * Math.abs(result.value) + 1e-12);
    expect([other.convention, other.quality, other.issues, other.inputs]).toEqual([
      result.convention,
      result.quality,
      result.issues,
      result.inputs,
    ]);
  }
}
