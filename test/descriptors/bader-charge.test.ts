import { describe, expect, it } from 'vitest';
import { baderCharge } from '../../descriptors/bader-charge.ts';
import { expectNear } from '../near.ts';
import { available, codes } from './descriptor-cases.ts';

const compute = (inputs: object) => available(baderCharge.compute(baderCharge.inputs.parse(inputs)));
const LITHIUM = { valenceElectrons: 3, basinElectrons: 2.1102 };

describe('Bader charge', () => {
  it('is positive where electrons were lost', () => {
    expectNear(compute(LITHIUM).value, 0.8898, 1e-9); // SCIENCE §7
    // O: 6 valence electrons, gains.
    expectNear(compute({ valenceElectrons: 6, basinElectrons: 7.21 }).value, -1.21, 1e-12);
    expect(compute(LITHIUM).quality).toBe('ok');
  });

  it.each([
    [19.6, 0.4, []],
    [19.6, 0.39, []], // exactly on the tolerance of 0.01
    [19.6, 0.3899, ['W_BADER_SUM']],
    [20.4, 0, ['W_BADER_SUM']],
  ])('of %f electrons and %f in the vacuum must add up to 20', (sumElectrons, vacuumElectrons, expected) => {
    const sum = { ...LITHIUM, sumElectrons, vacuumElectrons, totalElectrons: 20 };
    expect(codes(compute(sum))).toEqual(expected);
  });

  it('without the core density as reference is degraded', () => {
    expect(codes(compute({ ...LITHIUM, coreReference: false }))).toEqual(['W_BADER_NO_CORE']);
    expect(codes(compute({ ...LITHIUM, coreReference: true }))).toEqual([]);
    expect(codes(compute(LITHIUM))).toEqual([]);
  });

  it('refuses a basin of less than nothing and a sum without NELECT', () => {
    expect(baderCharge.inputs.safeParse({ valenceElectrons: 3, basinElectrons: -1 }).success).toBe(false);
    expect(baderCharge.inputs.safeParse({ ...LITHIUM, sumElectrons: 20 }).success).toBe(false);
  });
});
