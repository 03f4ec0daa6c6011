/** Polar facets by the policy of a profile (SCIENCE §2.7). */
import { expect, it } from 'vitest';
import { facetAdsorptionEnergy } from '../../descriptors/facet-adsorption-energy.ts';
import type { Candidate } from '../../model/system.ts';
import { rankScreening } from '../../pipeline/rank-screening.ts';
import { withTerminationPolicy } from '../../pipeline/termination-policy.ts';
import { parseProfile } from '../../ranking/index.ts';
import { codes, unavailable } from '../descriptors/descriptor-cases.ts';
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
const result = facetAdsorptionEnergy.compute(
  facetAdsorptionEnergy.inputs.parse({
    terminations: [
      { termination: '(0 0 1)', energyEv: -3.4 },
      { termination: '(0 0 -1)', energyEv: -1.2 },
    ],
  }),
);
const candidate: Candidate = {
  id: 'zno',
  label: 'ZnO',
  ion: 'Li',
  system: 'zno',
  descriptors: { 'facet-adsorption-energy': result },
  issues: [],
};
const ranked = (policy: string) => rankScreening([candidate], { ion: 'Li', profile: profileOf(policy), seed: 1 });

it.each([
  ['', -3.4],
  ['terminationPolicy: best\n', -3.4],
  ['terminationPolicy: mean\n', -2.3], // by hand
  ['terminationPolicy: { explicit: (0 0 -1) }\n', -1.2],
])('a profile with "%s" ranks a facet by %f eV', (policy, energyEv) => {
  expectNear(ranked(policy).ranked[0]?.contributions['facet-adsorption-energy']?.value, energyEv, 1e-12);
});

it('a termination that the facet does not have leaves it without the value, and names those it has', () => {
  const policy = 'terminationPolicy: { explicit: (1 0 0) }\n';
  const { unranked } = ranked(policy);
  expect(unranked.map(({ id }) => id)).toEqual(['zno']);
  const found = unavailable(
    withTerminationPolicy(candidate, profileOf(policy)).descriptors['facet-adsorption-energy']!,
  );
  expect(codes(found)).toEqual(['E_INPUT']);
  expect(found.reasons[0]?.message).toContain('(0 0 1), (0 0 -1)');
});

it('another word is no policy', () => {
  expect(() => profileOf('terminationPolicy: worst\n')).toThrow(/terminationPolicy/);
});
