import { describe, expect, it } from 'vitest';
import { surfaceAtomDensity } from '../../descriptors/surface-atom-density.ts';
import { expectNear } from '../near.ts';
import { available } from './descriptor-cases.ts';

const compute = (inputs: object) => available(surfaceAtomDensity.compute(surfaceAtomDensity.inputs.parse(inputs)));

describe('atoms per area of a face', () => {
  it('of Zn(0001) are 16.2583 in a square nanometre', () => {
    expectNear(compute({ areaAngstrom2: 6.150707 }).value, 16.2583, 5e-5); // SCIENCE §4.10
    expectNear(compute({ areaAngstrom2: 4 * 6.150707, atoms: 4 }).value, 16.2583, 5e-5);
  });

  it('make a monolayer of 0.14 µAh per cm² and less than a mAh by far', () => {
    // By hand: 16.2583e14 cm⁻² · 2 · 1.602176634e-19 C = 5.20974e-4 C/cm²; over 3.6 C/mAh.
    expectNear(compute({ areaAngstrom2: 6.150707, ionCharge: 2 }).parts.monolayerMahPerCm2, 5.20974e-4 / 3.6, 1e-9);
  });

  it('need an area', () => {
    expect(surfaceAtomDensity.inputs.safeParse({ areaAngstrom2: 0 }).success).toBe(false);
  });
});
