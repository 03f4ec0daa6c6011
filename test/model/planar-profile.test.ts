/** Heights, running charge and plateaus of planar averages: closed forms. */
import { describe, expect, it } from 'vitest';
import { cumulativeCharge, heightsAngstrom, plateaus } from '../../model/planar-profile.ts';
import { expectNear } from '../near.ts';

/** Skewed: |c| is 5 Å, but its planes are 4 Å apart (V/|a × b| = 2·3·4 / 6). */
const SKEWED = [
  [2, 0, 0],
  [1, 3, 0],
  [0, 3, 4],
] as const;

describe('the height of a plane', () => {
  it('is measured along the normal of the two other vectors, not along the third', () => {
    const heights = heightsAngstrom(SKEWED, 2, 8);
    expect(heights).toHaveLength(8);
    expectNear(heights[0], 0, 0);
    expectNear(heights[7], 3.5, 1e-12);
    // a: V / |b × c| = 24 / |(12, −4, 3)| = 24 / 13.
    expectNear(heightsAngstrom(SKEWED, 0, 2)[1], 12 / 13, 1e-12);
  });
});

describe('the charge below a height', () => {
  it('grows evenly in an even density', () => {
    const charge = cumulativeCharge(new Float64Array(4).fill(0.5), 24);
    expect([...charge]).toEqual([0, 3, 6, 9]);
  });

  it('of a dipole layer rises and comes back', () => {
    // Slices of 2 Å³: +3, −3 e/Å³ in planes 1 and 2.
    const charge = cumulativeCharge(Float64Array.of(0, 3, -3, 0, 0), 10);
    expect([...charge]).toEqual([0, 3, 3, 0, 0]);
  });
});

describe('a plateau', () => {
  const profile = (value: (height: number) => number, count = 200, period = 20) =>
    Float64Array.from({ length: count }, (_, index) => value((index * period) / count));
  /** A slab around 5 Å, vacuum levels 4.3 eV above it and 3.9 eV below, which begin 3 Å from its middle. */
  const slab = (height: number) => {
    if (Math.abs(height - 5) < 3) return -10 + 4 * Math.cos(height * 6);
    return height > 5 && height < 15 ? 4.3 : 3.9;
  };

  it('stands on both sides of a slab with a dipole', () => {
    const found = plateaus(profile(slab), 20);
    const values = new Set(found.map(({ value }) => Math.round(value * 1e9) / 1e9));
    expect(values).toEqual(new Set([4.3, 3.9]));
    for (const { heightAngstrom } of found) expect(Math.abs(heightAngstrom - 5)).toBeGreaterThan(3.9);
  });

  it('is found across the edge of the cell', () => {
    // Flat from 17 to 23 ≡ 3 Å only.
    const found = plateaus(
      profile((height) => (height < 3 || height > 17 ? 1.5 : Math.sin(height * 3))),
      20,
    );
    expect(found.length).toBeGreaterThan(0);
    for (const { value, heightAngstrom } of found) {
      expectNear(value, 1.5, 1e-12);
      expect(heightAngstrom < 2.1 || heightAngstrom > 17.9).toBe(true);
    }
  });

  it('is no slope above the limit, nor the middle of a layer of atoms', () => {
    expect(
      plateaus(
        profile((height) => 0.011 * height),
        20,
      ),
    ).toEqual([]);
    expect(
      plateaus(
        profile((height) => 5 * Math.cos(height)),
        20,
      ),
    ).toEqual([]);
    expect(
      plateaus(
        profile((height) => 0.009 * Math.abs(height - 10)),
        20,
      ).length,
    ).toBeGreaterThan(0);
  });

  it('does not fit into a cell of less than its width', () => {
    expect(plateaus(new Float64Array(50).fill(1), 1.5)).toEqual([]);
    expect(plateaus(Float64Array.of(1, 1), 10)).toEqual([]);
    expect(plateaus(Float64Array.of(1), 10)).toEqual([]);
  });
});
