/**
 * Bands with one trap each, and real paths that look like one: Li on ZnO(0001), 3 × 3 cells (γ = 120°), lower bilayer
 * fixed. Each trap gives its one code and no other; places and distances by hand.
 */
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import { toCartesian } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { describePath } from '../../pipeline/describe-path.ts';
import { expectNear } from '../near.ts';
import { bandOf, bare, flags, held, image, inner, LAST, LI, li, pathOf, relaxed, run, slab } from './band-sketch.ts';
import { codes, moved, permuted, rotated, ZNO_A } from './fixtures.ts';

const path = [0, 1, 2, 3, LAST].map((at) => image(at));
const withImage = (at: number, structure: Structure): Structure[] =>
  path.map((old, index) => (index === at ? structure : old));
/** Atoms of the list exchanged, e.g. Li 37 and Li 38. */
const exchanged = (structure: Structure, one: number, other: number): Structure =>
  permuted(
    structure,
    [...structure.species.keys()].map((atom) => (atom === one ? other : atom === other ? one : atom)),
  );

it('a healthy band has no issue', () => {
  expect(pathOf({}).issues).toEqual([]);
});

describe('atoms of one element that exchanged their places in the list', () => {
  it('are found in the one image that has them, with their names and both distances', () => {
    const { issues } = pathOf({ structures: withImage(2, exchanged(image(2), LI, LI + 1)) });
    expect(codes(issues)).toEqual(['E_ATOM_ORDER']);
    expect(issues[0]?.details).toMatchObject({ image: '02', before: '01', atoms: `Li ${LI + 1}, Li ${LI + 2}` });
    expect(issues[0]?.where.file).toBe('neb/02');
    // With the names put right Li goes a quarter of a lattice vector.
    expectNear(issues[0]?.details.renamedAngstrom, ZNO_A / 4, 1e-9);
  });

  it('are found in an end, and in every image behind the exchange', () => {
    const last = pathOf({ structures: withImage(LAST, exchanged(image(LAST), 0, 1)) }).issues;
    expect(last.map((entry) => [entry.code, entry.details.image])).toEqual([['E_ATOM_ORDER', '04']]);
    const behind = path.map((structure, at) => (at < 2 ? structure : exchanged(structure, 0, 4)));
    expect(pathOf({ structures: behind }).issues.map((entry) => entry.details.image)).toEqual(['02', '03', '04']);
  });

  it('are found when the whole list is shifted by one, in a turned cell, and across the cell boundary', () => {
    const zn = [...image(2).species.keys()].filter((atom) => image(2).species[atom] === 'Zn');
    const order = [...image(2).species.keys()].map((atom) => {
      const at = zn.indexOf(atom);
      return at < 0 ? atom : (zn[(at + 1) % zn.length] ?? atom);
    });
    const shifted = pathOf({ structures: withImage(2, permuted(image(2), order)) }).issues;
    expect(codes(shifted)).toEqual(['E_ATOM_ORDER']);
    const turned = withImage(2, exchanged(image(2), LI, LI + 1)).map((structure) => rotated(structure, 40));
    expect(codes(pathOf({ structures: turned }).issues)).toEqual(['E_ATOM_ORDER']);
    const [a] = slab.latticeAngstrom;
    const wrapped = moved(exchanged(image(2), LI, LI + 1), ([x, y, z], atom) =>
      atom % 2 ? [x + a[0], y, z] : [x, y, z],
    );
    expect(codes(pathOf({ structures: withImage(2, wrapped) }).issues)).toEqual(['E_ATOM_ORDER']);
  });
});

describe('ends whose lists differ, with images interpolated between them', () => {
  it('drive two atoms through each other, which no real exchange does', () => {
    // Straight from (4, 4) to (4, 7) and back: in the middle of seven images both Li are at (4, 5.5),
    // in the two middle ones of six they are a fifth of 3 Å apart.
    for (const [count, closest] of [
      [7, 0],
      [6, 0.6],
    ] as const) {
      const straight = Array.from({ length: count }, (_, at) => {
        const way = (3 * at) / (count - 1);
        return image(0, li(4, 4 + way), li(4, 7 - way));
      });
      const { issues } = pathOf({ structures: straight });
      expect(codes(issues)).toEqual(['E_ATOM_ORDER']);
      expect(issues[0]?.details).toMatchObject({ before: '00', atoms: `Li ${LI + 1}, Li ${LI + 2}` });
      expectNear(issues[0]?.details.closestAngstrom, closest, 1e-9);
    }
  });
});

describe('a real path is no exchange of the list', () => {
  it('when two atoms turn about their middle and take each other’s places, however few images show it', () => {
    for (const between of [1, 2, 3, 7]) {
      const turning = Array.from({ length: between + 2 }, (_, at) => {
        const angle = (Math.PI * at) / (between + 1);
        const [x, y] = [1.4 * Math.cos(angle), 1.4 * Math.sin(angle)];
        return image(0, li(4 + x, 4 + y), li(4 - x, 4 - y));
      });
      expect(codes(pathOf({ structures: turning }).issues)).toEqual([]);
    }
  });

  it('when one atom knocks the next one on, or wrapped atoms only seem to jump', () => {
    const [a] = slab.latticeAngstrom;
    const knocking = [0, 1, 2, 3, LAST].map((at) =>
      image(0, li(0.2 + (at * ZNO_A) / LAST, 1.1), li(0.2 + ZNO_A + (at * ZNO_A) / LAST, 1.1)),
    );
    expect(codes(pathOf({ structures: knocking }).issues)).toEqual([]);
    const wrapped = moved(image(2), ([x, y, z], atom) => (atom % 3 === 0 ? [x - a[0], y, z] : [x, y, z]));
    expect(codes(pathOf({ structures: withImage(2, wrapped) }).issues)).toEqual([]);
  });
});

describe('fixed atoms', () => {
  it('that are not the same in one image are told with their number', () => {
    const other = flags(image(3), held.slice(0, -2));
    const { issues } = pathOf({ structures: withImage(3, other) });
    expect(issues).toMatchObject([
      { code: 'W_FIXED_ATOMS_DIFFER', details: { image: 'image 03', against: 'image 01', atoms: 2 } },
    ]);
  });

  it('that were free in the relaxation of an end are told, if its POSCAR or its flags were read', () => {
    const { selectiveDynamics: _, ...free } = image(0);
    const start = relaxed(0, free);
    const found = (one: Calculation) => codes(pathOf({ relaxations: [one, relaxed(LAST)] }).issues);
    expect(found({ ...start, files: [...start.files, { path: 'start/POSCAR' }] })).toEqual(['W_FIXED_ATOMS_DIFFER']);
    // An OUTCAR alone does not tell its flags.
    expect(found(start)).toEqual([]);
  });

  it('of the ends of the band do not matter: they do not move there', () => {
    const { selectiveDynamics: _, ...free } = image(0);
    const [first, ...others] = bandOf({}).images;
    expect(
      codes(
        pathOf({ images: [{ ...first!, structure: free }, ...others], relaxations: [relaxed(0), relaxed(LAST)] })
          .issues,
      ),
    ).toEqual([]);
  });

  it('that lie elsewhere than in image 00 are told with the distance', () => {
    const low = held[3] ?? 0;
    const lifted = moved(image(2), ([x, y, z], atom) => [x, y, z + (atom === low ? 0.07 : 0)]);
    const { issues } = pathOf({ structures: withImage(2, lifted) });
    expect(codes(issues)).toEqual(['W_FIXED_ATOM_MOVED']);
    expect(issues[0]?.details).toMatchObject({ image: '02', atoms: `${image(2).species[low]} ${low + 1}` });
    expectNear(issues[0]?.details.displacementAngstrom, 0.07, 1e-9);
  });
});

describe('who migrates', () => {
  it('is the one atom that ends elsewhere, with its way and the straight line', () => {
    // Half a lattice vector in a detour: up by 0.5 Å and down again.
    const detour = [0, 1, 2, 1, 0].map((rise, at) => image(at, li(0.2 + (at * ZNO_A) / 8, 1.1, 6.2 + rise / 4)));
    const { migrating } = pathOf({ structures: detour });
    expect(migrating?.atoms.map(({ atom, element }) => [element, atom])).toEqual([['Li', LI + 1]]);
    expectNear(migrating?.atoms[0]?.straightAngstrom, ZNO_A / 2, 1e-9);
    expectNear(migrating?.atoms[0]?.pathLengthAngstrom, 4 * Math.hypot(ZNO_A / 8, 0.25), 1e-9);
    expectNear(migrating?.othersLargestDisplacementAngstrom, 0, 1e-9);
  });

  it('is both atoms of a concerted motion, and not the neighbour that makes room', () => {
    const away = (at: number): number => [0, 0.2, 0.4, 0.2, 0][at] ?? 0;
    const both = [0, 1, 2, 3, LAST].map((at) => {
      const step = (at * ZNO_A) / LAST;
      const pushed = image(0, li(0.2 + step, 1.1), li(0.2 + ZNO_A + 0.8 * step, 1.1));
      return moved(pushed, ([x, y, z], atom) => [x, y, z + (atom === LI - 1 ? away(at) : 0)]);
    });
    const { migrating } = pathOf({ structures: both });
    expect(migrating?.atoms.map(({ atom }) => atom)).toEqual([LI + 1, LI + 2]);
    expectNear(migrating?.atoms[1]?.straightAngstrom, 0.8 * ZNO_A, 1e-9);
    expectNear(migrating?.othersLargestDisplacementAngstrom, 0.4, 1e-9);
  });

  it('goes on to its own periodic image, whole lattice vectors away, and not nowhere', () => {
    // 8 steps along b of the skewed cell (γ = 120°), 3 a long: each is far shorter than half the cell.
    const eight = Array.from({ length: 9 }, (_, at) => {
      const [x, y] = toCartesian([0, at / 8, 0], slab.latticeAngstrom);
      const place = li(0.2 + x, 1.1 + y);
      return image(0, place, li(4.5, 2.2, 9));
    });
    const { migrating } = pathOf({ structures: eight });
    expectNear(migrating?.atoms[0]?.straightAngstrom, 3 * ZNO_A, 1e-9);
    expectNear(migrating?.atoms[0]?.pathLengthAngstrom, 3 * ZNO_A, 1e-9);
  });
});

describe('images in another order than their folders', () => {
  it('are told as such, and not as a path with two barriers', () => {
    // Along y alone, so that the distances to the end are those by hand: 4, 3, 2, 1, 0 quarters, 2 and 3 exchanged.
    const shuffled = [0, 2, 1, 3, LAST].map((step, at) => {
      const structure = image(step);
      if (at === 0 || at === LAST) return bare(at, structure);
      return { ...inner(at, structure), calculation: run(`neb/0${at}/OUTCAR`, structure, step) };
    });
    const report = describePath(pathOf({ images: shuffled }), { energyKind: 'sigma0' });
    const found = codes(report.barrier.available ? report.barrier.issues : report.barrier.reasons);
    expect(found).toEqual(['W_IMAGE_ORDER']);
    expect(report.barrier).toMatchObject({ available: true, quality: 'unreliable' });
  });
});
