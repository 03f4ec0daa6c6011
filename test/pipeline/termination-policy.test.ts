/** Polar facets by the policy of a profile (SCIENCE §2.7). */
import { describe, expect, it } from 'vitest';
import type { InputReference } from '../../model/descriptor.ts';
import { issue } from '../../model/issues.ts';
import type { Candidate } from '../../model/system.ts';
import { rankScreening } from '../../pipeline/rank-screening.ts';
import { type KeptTermination, overTerminations, withTerminationPolicy } from '../../pipeline/termination-policy.ts';
import { parseProfile } from '../../ranking/index.ts';
import { available, codes, unavailable } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';

const profileOf = (policy: string) =>
  parseProfile(
    `name: terminations
version: 1
description: ''
reference: ''
ion: Li
${policy}objectives:
  - { descriptor: facet-adsorption-energy, unit: eV, desirability: { kind: min, target: -4, upper: 0 } }
`,
    'terminations.yaml',
  );
const inputOf = (file: string, value: number): InputReference => ({
  name: 'E(slab+nLi)',
  value,
  unit: 'eV',
  calculation: file,
  file,
  sha256: 'a'.repeat(64),
});
const [up, down] = [inputOf('up/OUTCAR', -216), inputOf('down/OUTCAR', -213.9)];
const doubted = issue('W_ADS_IMPLAUSIBLE', { valueEv: -1.2 });
/** Energies are invented; the value of the other face is less certain and doubted. */
const FACES: readonly KeptTermination[] = [
  { termination: '(0 0 1)', energyEv: -3.4, uncertaintyEv: 0.1, inputs: [up], issues: [] },
  { termination: '(0 0 -1)', energyEv: -1.2, uncertaintyEv: 0.25, inputs: [down], issues: [doubted] },
];
const candidate: Candidate = {
  id: 'zno',
  label: 'ZnO',
  ion: 'Li',
  system: 'zno',
  descriptors: { 'facet-adsorption-energy': overTerminations(FACES, 'best') },
  issues: [],
};
const POLICIES = [
  '',
  'terminationPolicy: mean\n',
  'terminationPolicy: { explicit: (0 0 1) }\n',
  'terminationPolicy: { explicit: (0 0 -1) }\n',
  'terminationPolicy: { explicit: (1 0 0) }\n',
];
const ranked = (policy: string) => rankScreening([candidate], { ion: 'Li', profile: profileOf(policy), seed: 1 });
const by = (policy: string, of = candidate) =>
  withTerminationPolicy(of, profileOf(policy)).descriptors['facet-adsorption-energy']!;

it.each([
  ['', -3.4],
  ['terminationPolicy: best\n', -3.4],
  ['terminationPolicy: mean\n', -2.3], // by hand
  ['terminationPolicy: { explicit: (0 0 -1) }\n', -1.2],
])('a profile with "%s" ranks a facet by %f eV', (policy, energyEv) => {
  expectNear(ranked(policy).ranked[0]?.contributions['facet-adsorption-energy']?.value, energyEv, 1e-12);
});

describe('the value by a policy', () => {
  it('has the 1σ, the inputs and the warnings of the faces that it is made of', () => {
    const best = available(by(''));
    expect([best.uncertainty, best.inputs, codes(best), best.quality]).toEqual([
      0.1,
      [up, down],
      ['W_ADS_IMPLAUSIBLE'],
      'degraded',
    ]);
    const mean = available(by('terminationPolicy: mean\n'));
    // The larger of 0.1 and 0.25: errors of one functional do not average out.
    expect([mean.uncertainty, mean.inputs, mean.quality]).toEqual([0.25, [up, down], 'degraded']);
    const clean = available(by('terminationPolicy: { explicit: (0 0 1) }\n'));
    expect([clean.uncertainty, clean.inputs, clean.quality]).toEqual([0.1, [up], 'ok']);
    const weak = available(by('terminationPolicy: { explicit: (0 0 -1) }\n'));
    expect([weak.uncertainty, weak.inputs, weak.quality]).toEqual([0.25, [down], 'degraded']);
    expect(weak.convention).toContain('explicit ((0 0 -1))');
  });

  it('follows from that by any other, also from one that gave none', () => {
    for (const before of POLICIES) {
      const there = withTerminationPolicy(candidate, profileOf(before));
      for (const policy of POLICIES) expect(by(policy, there)).toEqual(by(policy));
    }
  });

  it('is told with a note, unless it is the usual one', () => {
    const notes = POLICIES.map((policy) => ranked(policy).issues.map(({ message }) => message));
    expect(notes[0]).toEqual([]);
    expect(notes[1]).toEqual([expect.stringContaining('termination policy of the profile: mean')]);
    expect(notes[3]).toEqual([expect.stringContaining('explicit, (0 0 -1)')]);
  });
});

it('a facet whose terminations cannot be read stays as it is', () => {
  const told = available(candidate.descriptors['facet-adsorption-energy']!);
  const damaged = [
    { issues: [null] },
    { issues: [{ code: 'W_ADS_IMPLAUSIBLE' }] },
    { inputs: [null] },
    { energyEv: null },
  ].map((damage) => ({ ...told, parts: { ...told.parts, terminations: [{ ...FACES[0], ...damage }, FACES[1]] } }));
  for (const result of damaged) {
    const of = { ...candidate, descriptors: { 'facet-adsorption-energy': result } };
    expect(by('terminationPolicy: mean\n', of)).toBe(result);
  }
});

it('a termination that the facet does not have leaves it without the value, and names those it has', () => {
  const policy = 'terminationPolicy: { explicit: (1 0 0) }\n';
  const { unranked } = ranked(policy);
  expect(unranked.map(({ id }) => id)).toEqual(['zno']);
  const found = unavailable(by(policy));
  expect(codes(found)).toEqual(['E_INPUT']);
  expect(found.reasons[0]?.message).toContain('(0 0 1), (0 0 -1)');
});

it('another word is no policy', () => {
  expect(() => profileOf('terminationPolicy: worst\n')).toThrow(/terminationPolicy/);
});
