import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atomMatcher, matchAtoms } from '../../../assembly/shared/match-atoms.ts';
import type { Structure } from '../../../model/structure.ts';
import { expectNear } from '../../near.ts';
import {
  cubic,
  moved,
  permuted,
  rotated,
  structureOf,
  supercell,
  translated,
  withAtoms,
  zincBasal,
  znoBasal,
} from '../fixtures.ts';

/** 2×2 ZnO(0001), 16 atoms. */
const clean = supercell(znoBasal(2, 25), 2, 2);
/** Above the surface, beside no symmetry element. */
const ADATOM = ['Zn', [1.3, 2.2, 6.6]] as const;

describe('the atom that has no place in the clean slab', () => {
  it('is the one of another element', () => {
    const match = matchAtoms(withAtoms(clean, [['Li', [1.3, 2.2, 6.6]]]), clean);
    expect(match.unmatched).toEqual([16]);
    expectNear(match.largestDisplacementAngstrom, 0, 1e-9);
  });

  it('is the adatom, though the slab holds its element too', () => {
    expect(matchAtoms(withAtoms(clean, [ADATOM]), clean).unmatched).toEqual([16]);
  });

  /** Atoms on a line, and four more that stay where they are. */
  const line = (...places: number[]): Structure =>
    structureOf(
      cubic(40),
      [...places, 10, 13, 16, 19].map((x) => ['Zn', [x, 0, 0]]),
    );

  it('is told by all distances together, not by the nearest pair', () => {
    // By hand: clean 0 and 1.4, now 0.8, 2.6 and −2. Nearest pairs first: 1.4 → 0.8 and 0 → −2 cost 2.6 and leave 2.6.
    // The best: 0 → 0.8 and 1.4 → 2.6 cost 2.0 and leave −2.
    const match = matchAtoms(line(0.8, 2.6, -2), line(0, 1.4));
    expect(match.unmatched).toEqual([2]);
    expectNear(match.largestDisplacementAngstrom, 1.2, 1e-9);
  });

  it('leaves each place to one atom', () => {
    // By hand: 0 → 0.1 and 1.4 → 0.4 cost 1.1; 0.4 is nearer to 0 than to 1.4, but 0 is taken.
    const match = matchAtoms(line(0.1, 0.4, 5), line(0, 1.4));
    expect(match.unmatched).toEqual([2]);
    expectNear(match.largestDisplacementAngstrom, 1, 1e-9);
  });
});

describe('the match does not change', () => {
  const adsorbed = moved(withAtoms(clean, [ADATOM]), ([x, y, z], atom) => [
    x + (atom < 16 ? 0.08 * Math.sin(atom) : 0),
    y,
    z + (atom === 3 ? 0.3 : 0),
  ]);
  const plain = matchAtoms(adsorbed, clean);
  const same = (changed: Structure, reference: Structure, unmatched: readonly number[]): void => {
    const match = matchAtoms(changed, reference);
    expect(match.unmatched).toEqual(unmatched);
    // A moved 2×2 cell can come to lie one surface cell on, where other atoms are neighbours: 0.02 Å.
    expectNear(match.largestDisplacementAngstrom, plain.largestDisplacementAngstrom, 0.02);
    expectNear(match.medianDisplacementAngstrom, plain.medianDisplacementAngstrom, 0.02);
  };

  it('when one slab is moved as a whole, by little or by much', () => {
    expect(plain.unmatched).toEqual([16]);
    for (const shift of [
      [0, 0, 0.4],
      [0.7, -0.4, 3.1],
      [1.9, 1.1, 9.7],
      [0, 0, -12.5],
    ] as const) {
      same(translated(adsorbed, shift), clean, [16]);
    }
  });

  it('when the atoms stand in another order', () => {
    const order = [...adsorbed.species.keys()].sort((left, right) => ((7 * left) % 17) - ((7 * right) % 17));
    same(permuted(adsorbed, order), clean, [order.indexOf(16)]);
  });

  it('when atoms stand in another order and the slab is moved', () => {
    const order = [...adsorbed.species.keys()].sort((left, right) => ((5 * left) % 17) - ((5 * right) % 17));
    same(permuted(translated(adsorbed, [2.2, 0.3, 5.1]), order), clean, [order.indexOf(16)]);
  });

  it('when one cell is turned in space', () => {
    same(rotated(adsorbed, 63), clean, [16]);
    same(adsorbed, rotated(clean, -28), [16]);
  });

  it('when atoms are written in another periodic image', () => {
    const [a, b, c] = adsorbed.latticeAngstrom;
    same(
      moved(adsorbed, ([x, y, z], atom) =>
        atom % 3 === 0 ? [x + a[0] - b[0] + c[0], y + a[1] - b[1] + c[1], z + c[2]] : [x, y, z],
      ),
      clean,
      [16],
    );
  });
});

describe('how far the atoms moved', () => {
  it('is little for most of them on the same slab, whatever one atom did', () => {
    const jumped = moved(withAtoms(clean, [ADATOM]), ([x, y, z], atom) => [x, y, z + (atom === 7 ? 1.8 : 0)]);
    const match = matchAtoms(jumped, clean);
    expectNear(match.largestDisplacementAngstrom, 1.8, 1e-9);
    expectNear(match.medianDisplacementAngstrom, 0, 1e-9);
  });

  it('is much for most of them on the other termination', () => {
    const flipped = moved(clean, ([x, y, z]) => [x, y, 10 - z]);
    expect(matchAtoms(withAtoms(flipped, [['Li', [0, 0, 14]]]), clean).medianDisplacementAngstrom).toBeGreaterThan(0.5);
  });

  it('is nothing between a metal slab and itself, moved by a lattice vector of the surface', () => {
    const zinc = supercell(zincBasal(4, 30), 3, 3);
    const match = matchAtoms(withAtoms(translated(zinc, [2.665, 0, 0]), [['Zn', [1, 1, 11]]]), zinc);
    expect(match.unmatched).toEqual([36]);
    expectNear(match.largestDisplacementAngstrom, 0, 1e-9);
  });
});

it('two hundred atoms are matched in less than a second, also when the slab has to be found first', () => {
  const large = supercell(znoBasal(4, 30), 5, 5);
  const adsorbed = withAtoms(translated(large, [3.3, 1.7, 4.4]), [['Zn', [1, 1, 18]]]);
  const start = performance.now();
  expect(matchAtoms(adsorbed, large).unmatched).toEqual([200]);
  expect(performance.now() - start).toBeLessThan(1000);
});

describe('the proof from the order of the atoms', () => {
  it('gives the pairs, distances and shift that the search among all pairings gives', () => {
    const clean = supercell(znoBasal(2, 25), 2, 2);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 0.6, noNaN: true }), (seed, size) => {
        const relaxed = moved(withAtoms(clean, [['Li', [1, 2, 6]]]), ([x, y, z], atom) => [
          x + 0.3 + size * Math.sin(seed + 12.9898 * atom),
          y - 0.2 + size * Math.sin(seed + 78.233 * atom),
          z + 0.1 + size * Math.sin(seed + 37.719 * atom),
        ]);
        const inOrder = atomMatcher(clean).matchInOrder(relaxed);
        const turned = [...clean.species.keys()].reverse();
        const searched = atomMatcher(permuted(clean, turned)).match(relaxed);
        fc.pre(inOrder !== undefined);
        expect(inOrder?.unmatched).toEqual(searched.unmatched);
        expect(turned.map((atom) => inOrder?.partners[atom])).toEqual(searched.partners);
        expectNear(inOrder?.largestDisplacementAngstrom, searched.largestDisplacementAngstrom, 1e-6);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('is none for atoms in another order, or with one of them beside its neighbour’s place', () => {
    const clean = supercell(znoBasal(2, 25), 2, 2);
    const { matchInOrder } = atomMatcher(clean);
    expect(matchInOrder(permuted(clean, [...clean.species.keys()].reverse()))).toBeUndefined();
    expect(matchInOrder(moved(clean, ([x, y, z], atom) => [x + (atom === 3 ? 1.9 : 0), y, z]))).toBeUndefined();
    expect(matchInOrder(clean)?.largestDisplacementAngstrom).toBe(0);
  });
});
