import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargeTransfer } from '../../descriptors/charge-transfer.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => chargeTransfer.compute(chargeTransfer.inputs.parse(inputs));

const PLANES = 120;
const CELL = { areaAngstrom2: 9, heightAngstrom: 24 };
const density = (of: (height: number) => number): number[] =>
  Array.from({ length: PLANES }, (_, at) => of((at * CELL.heightAngstrom) / PLANES));
/** Electrons per Å³ of a sheet of 1/A electrons around `centre`. */
const sheet = (centre: number) => (height: number) =>
  Math.exp(-((height - centre) ** 2) / 2) / Math.sqrt(2 * Math.PI) / CELL.areaAngstrom2;

const [lower, upper] = [density((z) => 5 * sheet(8)(z)), density((z) => 3 * sheet(16)(z))];
/** 0.3 electrons went from the upper part to the lower one. */
const joined = density((z) => 5.3 * sheet(8)(z) + 2.7 * sheet(16)(z));
const PARTS = { ...CELL, firstPerAngstrom3: lower, secondPerAngstrom3: upper };

describe('charge transfer', () => {
  it('counts the electrons that crossed the plane between the parts', () => {
    const result = available(compute({ ...PARTS, combinedPerAngstrom3: joined, planeAngstrom: 12 }));
    // By hand: 0.3 e; the sheets overlap the plane with 3e-5 of their weight each.
    expectNear(result.value, 0.3, 5e-5);
    expectNear(result.parts.sumElectrons, 0, 1e-9);
    expectNear(result.parts.movedElectrons, 0.3, 5e-5);
    expect([result.quality, codes(result)]).toEqual(['ok', []]);
  });

  it('without a plane is the largest transfer, with the sign of its direction', () => {
    const result = available(compute({ ...PARTS, combinedPerAngstrom3: joined }));
    expectNear(result.value, 0.3, 5e-5);
    expectNear(result.parts.planeAngstrom, 12, 0.2);
    const back = density((z) => 4.7 * sheet(8)(z) + 3.3 * sheet(16)(z));
    expectNear(available(compute({ ...PARTS, combinedPerAngstrom3: back })).value, -0.3, 5e-5);
  });

  it('does not depend on which part is named first, and grows with the area', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (times) => {
        const swapped = {
          firstPerAngstrom3: upper,
          secondPerAngstrom3: lower,
          combinedPerAngstrom3: joined,
          heightAngstrom: CELL.heightAngstrom,
          areaAngstrom2: CELL.areaAngstrom2 * times,
          planeAngstrom: 12,
        };
        expectNear(available(compute(swapped)).value, 0.3 * times, 1e-3);
      }),
    );
  });

  it('between two planes lies on the straight line, and at the top is all that was gained', () => {
    const cell = { areaAngstrom2: 1, heightAngstrom: 2, firstPerAngstrom3: [0, 0], secondPerAngstrom3: [0, 0] };
    const below = (planeAngstrom: number) =>
      available(compute({ ...cell, combinedPerAngstrom3: [1, 3], planeAngstrom, electronDifference: 4 })).value;
    // By hand: trapezoids of 1, 3, 1: 2 at 1 Å, 4 at 2 Å.
    expectNear(below(0.5), 1, 1e-12);
    expectNear(below(1.5), 3, 1e-12);
    expectNear(below(2), 4, 1e-12);
  });

  it('is told when a part was left out', () => {
    const halved = { ...PARTS, secondPerAngstrom3: density(() => 0), combinedPerAngstrom3: joined };
    expect(codes(compute(halved))).toEqual(['W_CHARGE_SUM']);
    // An ion taken from the whole: three electrons more are what should be there.
    expect(codes(compute({ ...halved, electronDifference: 3 }))).toEqual([]);
  });

  it('of different grids is none', () => {
    const result = unavailable(compute({ ...PARTS, combinedPerAngstrom3: joined.slice(1) }));
    expect(codes(result)).toEqual(['E_GRID_MISMATCH']);
    expect(result.reasons[0]?.message).toContain('119 planes');
  });

  it('refuses a plane outside of the cell', () => {
    const inputs = { ...PARTS, combinedPerAngstrom3: joined, planeAngstrom: 24.1 };
    expect(chargeTransfer.inputs.safeParse(inputs).success).toBe(false);
  });
});
