import { describe, expect, it } from 'vitest';
import { facetAdsorptionEnergy } from '../../descriptors/facet-adsorption-energy.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const TERMINATIONS = [
  { termination: 'O', energyEv: -3.4 },
  { termination: 'Zn', energyEv: -1.2 },
];
const compute = (more: object) =>
  facetAdsorptionEnergy.compute(facetAdsorptionEnergy.inputs.parse({ terminations: TERMINATIONS, ...more }));

describe('the adsorption energy of a facet', () => {
  // By hand from two invented energies.
  it.each([
    [{}, -3.4],
    [{ policy: 'best' }, -3.4],
    [{ policy: 'mean' }, -2.3],
    [{ policy: 'explicit', termination: 'Zn' }, -1.2],
  ])('over its terminations by %j', (policy, value) => {
    const result = available(compute(policy));
    expectNear(result.value, value, 1e-12);
    expectNear(result.parts.spreadEv, 2.2, 1e-12);
    expect(result.parts.terminations).toEqual(TERMINATIONS);
  });

  it('of a termination that was not calculated is not known', () => {
    expect(codes(unavailable(compute({ policy: 'explicit', termination: 'OH' })))).toEqual(['E_INPUT']);
  });

  it('needs a termination for the policy explicit, and for no other', () => {
    expect(() => compute({ policy: 'explicit' })).toThrow();
    expect(() => compute({ policy: 'mean', termination: 'O' })).toThrow();
  });
});
