import { describe, expect, it } from 'vitest';
import { depositionSelectivity } from '../../descriptors/deposition-selectivity.ts';
import { expectNear } from '../near.ts';
import { available, codes } from './descriptor-cases.ts';

const compute = (inputs: object) =>
  available(depositionSelectivity.compute(depositionSelectivity.inputs.parse(inputs)));

describe('selectivity of deposition', () => {
  it('is negative where the metal gains more than hydrogen', () => {
    // By hand: −1.77 (ZnO(002), SCIENCE §2.2) − 0.12 (§6.1).
    const result = compute({ depositionEnergyEv: -1.77, freeEnergyEv: 0.12 });
    expectNear(result.value, -1.89, 1e-12);
    expect(codes(result)).toEqual(['W_NO_SOLVATION']);
    expectNear(compute({ depositionEnergyEv: 0.12, freeEnergyEv: -1.77 }).value, 1.89, 1e-12);
  });

  it('has the errors of both', () => {
    const result = compute({ depositionEnergyEv: -1, freeEnergyEv: 0 });
    expectNear(result.uncertainty, Math.SQRT2 * 0.1, 1e-12); // SCIENCE §10.5
    const given = compute({
      depositionEnergyEv: -1,
      freeEnergyEv: 0,
      depositionUncertaintyEv: 0.03,
      freeEnergyUncertaintyEv: 0.04,
    });
    expectNear(given.uncertainty, 0.05, 1e-12);
    expect(given.parts.uncertaintyOrigin).toBe('propagated');
  });
});
