import { describe, expect, it } from 'vitest';
import { indexRelaxations, nearCalculations } from '../../assembly/relaxation-index.ts';
import type { Calculation } from '../../model/calculation.ts';
import type { Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { expectNear } from '../near.ts';
import { calculationOf, permuted, supercell, translated, withAtoms, znoBasal } from './fixtures.ts';

const host = supercell(znoBasal(2, 25), 2, 2);
const [a, b] = host.latticeAngstrom;
/** Li at a place given along a and b. */
const on = (f: number, g: number): Structure => {
  const place: Vector3 = [f * a[0] + g * b[0], f * a[1] + g * b[1], 6.2];
  return withAtoms(host, [['Li', place]]);
};
const run = (id: string, structure: Structure): Calculation => calculationOf(`${id}/OUTCAR`, { structure });
const near = (structure: Structure, runs: readonly Calculation[]) =>
  nearCalculations(structure, indexRelaxations(runs));

describe('the relaxation behind an end', () => {
  it('is found among others of its atoms and cell, the nearest first, and the others are not', () => {
    const runs = [run('x', on(0.5, 0.5)), run('y', translated(on(0, 0), [0.03, 0, 0])), run('z', on(0, 0))];
    expect(near(on(0, 0), runs).map(({ calculation }) => calculation.id)).toEqual(['z/OUTCAR', 'y/OUTCAR']);
    expectNear(near(on(0, 0), runs)[1]?.displacementAngstrom, 0.03, 1e-9);
  });

  it('is the nearest one with its distance when none fits', () => {
    // A third of a = 2 × 3.2495 Å, against a half of it.
    const [only, ...others] = near(on(0, 0), [run('x', on(0.5, 0)), run('y', on(1 / 3, 0))]);
    expect([only?.calculation.id, others.length]).toEqual(['y/OUTCAR', 0]);
    expectNear(only?.displacementAngstrom, (2 * 3.2495) / 3, 1e-9);
  });

  it('has its atoms in any order', () => {
    const backwards = permuted(on(0, 0), [...on(0, 0).species.keys()].reverse());
    expect(near(on(0, 0), [run('x', backwards)])).toMatchObject([{ atomOrder: 'other' }]);
    const zincs = permuted(on(0, 0), [1, 0, ...[...on(0, 0).species.keys()].slice(2)]);
    expect(near(on(0, 0), [run('x', zincs)])).toMatchObject([{ atomOrder: 'other' }]);
  });

  it('does not have another cell or other atoms', () => {
    const grown = supercell(znoBasal(2, 25.02), 2, 2);
    expect(near(host, [run('x', grown), run('y', on(0, 0))])).toEqual([]);
  });
});

it('the ends of 500 bands find theirs among 10,000 relaxations of one slab in seconds', () => {
  const runs = Array.from({ length: 10_000 }, (_, at) =>
    run(`r${at}`, on((at % 100) / 100, Math.floor(at / 100) / 100)),
  );
  const index = indexRelaxations(runs);
  const before = performance.now();
  for (let band = 0; band < 1000; band += 1) {
    const at = (band * 37) % 10_000;
    const [found] = nearCalculations(runs[at]?.structure ?? host, index);
    expect(found?.calculation.id).toBe(`r${at}/OUTCAR`);
  }
  // All in one cell, which no campaign is: each end has all 10,000 to look at. Held against
  // every one of them it takes minutes; the limit is wide, since other tests run beside this one.
  expect(performance.now() - before).toBeLessThan(30_000);
});
