import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { available, codes } from './descriptor-cases.ts';
import { typed } from './typed.ts';

const ZNO = ['E_f=0.25', 'a=3.2495', 'd=2'];

describe('the diffusion coefficient', () => {
  it('counts the rate as that of all hops, unless their number is told', () => {
    const one = available(typed('diffusion-coefficient', ...ZNO));
    expectNear(one.value, 1.569273e-7, 5e-14); // SCIENCE §3.9
    expectNear(available(typed('diffusion-coefficient', ...ZNO, 'm=6')).value, 9.415635e-7, 5e-14); // SCIENCE §3.9
    expect(one.parts).toMatchObject({ equivalentHops: 1, dimensionality: 2, hopLengthAngstrom: 3.2495 });
    expect(one.convention).toContain('m = 1; d = 2');
    expect(codes(one)).toEqual([]);
  });

  it('takes a rate instead of a barrier', () => {
    // By hand: 6·1e9·(2.5e-8)²/6.
    expectNear(available(typed('diffusion-coefficient', 'k=1e9', 'a=2.5', 'd=3', 'm=6')).value, 6.25e-7, 1e-19);
    expect(() => typed('diffusion-coefficient', 'k=1e9', 'E_f=0.2', 'a=2.5')).toThrow(/either barrierEv or rate/);
    expect(() => typed('diffusion-coefficient', 'a=2.5')).toThrow(/either barrierEv or rate/);
  });

  it('is only formal where the rate is', () => {
    expect(codes(typed('diffusion-coefficient', 'E_f=0.017', 'a=3'))).toEqual(['W_TST_INVALID']);
    expect(codes(typed('diffusion-coefficient', 'E_f=3', 'a=3', 'T=20'))).toContain('E_INPUT');
  });

  it('has the relative uncertainty of its rate', () => {
    const fromBarrier = available(typed('diffusion-coefficient', ...ZNO));
    expectNear(Number(fromBarrier.uncertainty) / fromBarrier.value, 0.05 / 0.02569258, 1e-6); // by hand: σ_E/kT
    const fromRate = available(typed('diffusion-coefficient', 'k=1e9', 'a=2.5', 'rateUncertaintyPerSecond=2e8'));
    expectNear(Number(fromRate.uncertainty) / fromRate.value, 0.2, 1e-12);
  });

  it('goes with the square of the hop and with one over the dimensions', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 6, noNaN: true }), fc.constantFrom(1, 2, 3), (length, d) => {
        const value = (...args: string[]) => available(typed('diffusion-coefficient', 'k=1e9', ...args)).value;
        const base = value(`a=${length}`, `d=${d}`);
        expectNear(value(`a=${2 * length}`, `d=${d}`) / base, 4, 1e-12);
        expectNear(base / value(`a=${length}`, 'd=1'), 1 / d, 1e-12);
      }),
    );
  });
});
