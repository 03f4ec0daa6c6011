/** A screening tells the ranks under other profiles for the ion: the literature disagrees on what is good (SCIENCE §13.1). */
import { expect, it } from 'vitest';
import type { AvailableDescriptor } from '../../model/descriptor.ts';
import { profileComparisonSchema } from '../../model/ranking-schema.ts';
import type { Candidate } from '../../model/system.ts';
import { rankScreening } from '../../pipeline/rank-screening.ts';
import { loadProfile, profilesFor } from '../../reading/find-profile.ts';
import { expectNear } from '../near.ts';

function value(number: number): AvailableDescriptor {
  const unit = 'eV';
  return { available: true, value: number, unit, convention: '', quality: 'ok', parts: {}, inputs: [], issues: [] };
}

function candidate(id: string, drivingForceEv: number, barrierEv?: number): Candidate {
  const barrier = barrierEv === undefined ? {} : { 'migration-barrier': value(barrierEv) };
  const descriptors = { 'nucleation-driving-force': value(drivingForceEv), ...barrier };
  return { id, label: id, ion: 'Zn', system: id, descriptors, issues: [] };
}

// One barrier for all: zn-philic takes the strongest first, zn-weak the weakest.
const CANDIDATES = [
  candidate('strong', -0.9, 0.2),
  candidate('medium', -0.6, 0.2),
  candidate('weak', -0.1, 0.2),
  candidate('unknown', -0.5),
];
const zinc = { ion: 'Zn', profile: loadProfile('zn-philic'), seed: 1 };

it('stronger first and weaker first are reverse orders, of the candidates that both rank', () => {
  const { profileComparison } = rankScreening(CANDIDATES, { ...zinc, compared: profilesFor('Zn') });
  const compared = profileComparisonSchema.parse(profileComparison);
  const ranks = Object.fromEntries(compared.candidates.map((entry) => [entry.id, entry.ranks]));
  expect(ranks.strong).toMatchObject({ 'zn-philic': 1, 'zn-weak': 3 });
  expect(ranks.weak).toMatchObject({ 'zn-philic': 3, 'zn-weak': 1 });
  expect(ranks.unknown).not.toHaveProperty('zn-philic');
  const agreement = compared.agreements.find(({ profiles }) => profiles.join() === 'zn-philic,zn-weak');
  expect(agreement?.candidates).toBe(3);
  expectNear(agreement?.kendallTau, -1, 1e-12);
});

it('the own profile comes first, then those for the ion and for any, each once', () => {
  const { profileComparison } = rankScreening(CANDIDATES, { ...zinc, compared: profilesFor('Zn') });
  expect(profileComparison?.profiles.map(({ profile }) => profile)).toEqual([
    'zn-philic',
    'general',
    'her-suppression',
    'zn-texture',
    'zn-weak',
  ]);
  expect(profilesFor('Li').map(({ name }) => name)).toEqual(['general', 'li-moderate']);
});

it('without another profile there is nothing to compare, and the ranking is the same', () => {
  const alone = rankScreening(CANDIDATES, zinc);
  expect(alone).not.toHaveProperty('profileComparison');
  expect(rankScreening(CANDIDATES, { ...zinc, compared: [zinc.profile] })).toEqual(alone);
  const { profileComparison: _, ...ranking } = rankScreening(CANDIDATES, { ...zinc, compared: profilesFor('Zn') });
  expect(ranking).toEqual(alone);
});

it('the order of the candidates changes no byte', () => {
  const options = { ...zinc, compared: profilesFor('Zn') };
  const turned = rankScreening([...CANDIDATES].reverse(), options);
  expect(JSON.stringify(turned)).toBe(JSON.stringify(rankScreening(CANDIDATES, options)));
});
