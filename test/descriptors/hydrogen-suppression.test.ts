import { describe, expect, it } from 'vitest';
import { hydrogenSuppression } from '../../descriptors/hydrogen-suppression.ts';
import { available, codes } from './descriptor-cases.ts';

const compute = (inputs: object) => available(hydrogenSuppression.compute(hydrogenSuppression.inputs.parse(inputs)));

describe('suppression of hydrogen evolution', () => {
  it('is the distance from zero on either side', () => {
    expect(compute({ freeEnergyEv: 0.4 }).value).toBe(0.4);
    expect(compute({ freeEnergyEv: -0.4 }).value).toBe(0.4);
    expect(compute({ freeEnergyEv: -0.4 }).parts.branch).toBe('strong binding');
    expect(compute({ freeEnergyEv: 0.4 }).uncertainty).toBe(0.1); // SCIENCE §10.5
  });

  it('of a surface covered with hydrogen is told to be that', () => {
    expect(codes(compute({ freeEnergyEv: -0.51 }))).toEqual(['W_H_POISONED']);
    expect(codes(compute({ freeEnergyEv: -0.5 }))).toEqual([]);
    expect(codes(compute({ freeEnergyEv: 0.51 }))).toEqual([]);
  });
});
