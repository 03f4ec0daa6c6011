import { describe, expect, it } from 'vitest';
import { dielectricConstant } from '../../descriptors/dielectric-constant.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => dielectricConstant.compute(dielectricConstant.inputs.parse(inputs));

/** Off-diagonal elements do not count. */
const ELECTRONIC = [
  [2, 0.5, 0],
  [0.5, 3, 0],
  [0, 0, 4],
];
const IONIC = [
  [1, 0, 0],
  [0, 5, 9],
  [0, 9, 12],
];

describe('dielectric constant', () => {
  it('is that of electrons and ions together', () => {
    // By hand: (2 + 3 + 4)/3 + (1 + 5 + 12)/3.
    const result = available(compute({ electronicTensor: ELECTRONIC, ionicTensor: IONIC }));
    expectNear(result.value, 9, 1e-12);
    expectNear(result.parts.electronicConstant, 3, 1e-12);
    expectNear(result.parts.ionicConstant, 6, 1e-12);
    expect(result.parts.diagonal).toEqual([3, 8, 16]);
  });

  it('of the electrons alone is not static', () => {
    const result = unavailable(compute({ electronicTensor: ELECTRONIC }));
    expect(codes(result)).toEqual(['E_REFERENCE_MISSING']);
    expectNear(result.parts.electronicConstant, 3, 1e-12);
  });

  it('refuses what is no tensor', () => {
    expect(dielectricConstant.inputs.safeParse({ electronicTensor: [[1, 0, 0]] }).success).toBe(false);
  });
});
