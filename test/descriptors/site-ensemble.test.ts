/** Populations and free energy of the sites of a facet (SCIENCE §2.6). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteEnsemble } from '../../descriptors/site-ensemble.ts';
import { expectNear } from '../near.ts';
import { available } from './descriptor-cases.ts';

const compute = (inputs: object) => available(siteEnsemble.compute(siteEnsemble.inputs.parse(inputs)));
const SITES = [
  { energyEv: -3.4, degeneracy: 1 },
  { energyEv: -3.31, degeneracy: 2 },
  { energyEv: -3.05, degeneracy: 1 },
];
const fractions = (inputs: object): number[] =>
  (compute(inputs).parts.populations as { fraction: number }[]).map(({ fraction }) => fraction); // as defined

describe('the ensemble of sites', () => {
  it('is occupied by energy and degeneracy', () => {
    // SCIENCE §2.6, example.
    const [best = 0, second = 0, third = 0] = fractions({ sites: SITES });
    expectNear(best, 0.943203, 5e-7);
    expectNear(second, 0.056796, 5e-7);
    expectNear(third, 1.144e-6, 5e-10);
    expectNear(Number(compute({ sites: SITES }).parts.meanEnergyEv), -3.394888, 5e-7);
    expectNear(compute({ sites: SITES }).value, -3.401502, 5e-7);
  });

  it('adds up to one, and binds at least as strongly as its best site', () => {
    const site = fc.record({
      energyEv: fc.double({ min: -8, max: 1, noNaN: true }),
      degeneracy: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(site, { minLength: 1, maxLength: 8 }), (sites) => {
        expectNear(
          fractions({ sites }).reduce((sum, fraction) => sum + fraction, 0),
          1,
          1e-12,
        );
        expect(compute({ sites }).value).toBeLessThanOrEqual(Math.min(...sites.map(({ energyEv }) => energyEv)));
      }),
      { numRuns: 50 },
    );
  });
});
