import { describe, expect, it } from 'vitest';
import { adsorbateIssues } from '../../assembly/check-adsorbates.ts';
import { placeAdsorbates } from '../../assembly/describe-site.ts';
import { cleanSurface } from '../../assembly/shared/clean-surface.ts';
import { matchAtoms } from '../../assembly/shared/match-atoms.ts';
import type { Issue } from '../../model/issues.ts';
import type { Structure } from '../../model/structure.ts';
import { expectNear } from '../near.ts';
import { type Atom, codes, moved, structureOf, supercell, translated, withAtoms, znoBasal } from './fixtures.ts';

/** 2×2 ZnO(0001): Zn planes at 1 and 3.60345 Å, O planes 0.6144142 Å above; the top is O at 4.2178642 Å. */
const clean = supercell(znoBasal(2, 25), 2, 2);
const TOP_ANGSTROM = 1 + 5.2069 / 2 + 0.118 * 5.2069;

function issuesOf(slab: Structure, atoms: readonly Atom[], change = (s: Structure) => s): Issue[] {
  const structure = change(withAtoms(slab, atoms));
  const clean = cleanSurface(slab, 2);
  return adsorbateIssues(
    placeAdsorbates({ structure, clean, match: matchAtoms(structure, slab), atomsPerUnit: 1 }),
    clean,
  );
}

const li = (z: number, x = 0, y = 0): Atom => ['Li', [x, y, z]];

describe('an adsorbate', () => {
  it('at bonding distance above or below the slab is in order', () => {
    expect(issuesOf(clean, [li(TOP_ANGSTROM + 1.5)])).toEqual([]);
    expect(issuesOf(clean, [li(-0.9)])).toEqual([]);
  });

  it('has desorbed when its nearest slab atom is beyond 1.5 times the sum of the radii', () => {
    // Li 1.28 + O 0.66 = 1.94 → 2.91 Å (Cordero 2008). Straight above an O atom of the top plane, at (0, 1.876 …).
    const above = (distance: number): Atom => {
      const [x, y] = [0, (3.2495 * 2) / Math.sqrt(12)];
      return li(TOP_ANGSTROM + distance, x, y);
    };
    // Zn may hold it longer than O: 1.28 + 1.22 = 2.5 → 3.75 Å, from the Zn plane 0.614 Å further down and 1.876 Å aside.
    expect(codes(issuesOf(clean, [above(2.4)]))).toEqual([]);
    const [desorbed] = issuesOf(clean, [above(5)]);
    expect(desorbed?.code).toBe('E_ADS_DESORBED');
    // By hand, to the Zn below and aside: √(5.6144² + 1.8761²) = 5.9196 − 3.75 = 2.17; to the O: 5 − 2.91 = 2.09.
    expectNear(desorbed?.details.distanceAngstrom, 5, 1e-9);
    expectNear(desorbed?.details.limitAngstrom, 2.91, 1e-9);
  });

  it('on an adsorbed atom is adsorbed; a pair of atoms far from the slab is not', () => {
    const stacked = [li(TOP_ANGSTROM + 1.5), li(TOP_ANGSTROM + 4.4)];
    expect(issuesOf(clean, stacked)).toEqual([]);
    const away = [li(TOP_ANGSTROM + 8), li(TOP_ANGSTROM + 10.5)];
    expect(codes(issuesOf(clean, away))).toEqual(['E_ADS_DESORBED', 'E_ADS_DESORBED']);
  });

  it('below the mean height of the top plane is subsurface, and is told how deep', () => {
    const [sunk] = issuesOf(clean, [li(TOP_ANGSTROM - 0.25, 1, 1)]);
    expect(sunk?.code).toBe('E_ADS_SUBSURFACE');
    expectNear(sunk?.details.depthAngstrom, 0.25, 1e-9);
    expect(sunk?.message).toBe('the adsorbate lies 0.25 Å below the mean height of the top layer');
  });

  it('under the slab is measured from the lower face', () => {
    const [sunk] = issuesOf(clean, [li(1.2, 1, 1)]);
    expect(sunk?.code).toBe('E_ADS_SUBSURFACE');
    expectNear(sunk?.details.depthAngstrom, 0.2, 1e-9);
  });

  it('is judged alike when the slab is cut by the cell boundary', () => {
    const cut = issuesOf(clean, [li(TOP_ANGSTROM + 1.5)], (s) =>
      moved(translated(s, [0, 0, -3]), ([x, y, z]) => [x, y, z < 0 ? z + 25 : z]),
    );
    expect(cut).toEqual([]);
  });

  it('is told when a slab atom moved by more than 1 Å: which atom is the Li is beyond doubt', () => {
    const jumped = issuesOf(clean, [li(TOP_ANGSTROM + 1.5)], (s) =>
      moved(s, ([x, y, z], atom) => [x, y, z + (atom === 13 ? 1.7 : 0)]),
    );
    expect(jumped).toHaveLength(1);
    const [doubt] = jumped;
    expect(doubt?.code).toBe('W_RECONSTRUCTED');
    expectNear(doubt?.details.displacementAngstrom, 1.7, 1e-9);
  });
});

describe('selective dynamics', () => {
  const withFixed = (fixed: (z: number) => boolean): Structure => {
    const atoms = clean.species.map((element, atom): Atom => {
      const [x = 0, y = 0, z = 0] = clean.cartesianAngstrom.slice(3 * atom, 3 * atom + 3);
      return [element, [x, y, z]];
    });
    return structureOf(
      clean.latticeAngstrom,
      atoms,
      atoms.flatMap(([, [, , z]], atom) => (fixed(z) ? [atom] : [])),
    );
  };

  it('must not hold the face that carries the adsorbate', () => {
    const topHeld = withFixed((z) => z > 3);
    expect(codes(issuesOf(topHeld, [li(TOP_ANGSTROM + 1.5)]))).toEqual(['E_ADS_ON_FIXED_SIDE']);
    expect(issuesOf(topHeld, [li(-0.9)])).toEqual([]);
  });

  it('may hold the whole slab: then the site is probed, not relaxed', () => {
    expect(
      issuesOf(
        withFixed(() => true),
        [li(TOP_ANGSTROM + 1.5)],
      ),
    ).toEqual([]);
  });
});
