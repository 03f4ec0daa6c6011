import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import { expectNear } from '../near.ts';
import { assemble, linksOf, pairs } from './assemble.ts';
import { atom, basal, bulk, li, metal, slab, slabLi, TOP } from './campaign.ts';
import {
  type Atom,
  bulkZno,
  calculationOf,
  cubic,
  hexagonal,
  moved,
  structureOf,
  supercell,
  withAtoms,
  ZNO_A,
  ZNO_C,
  znoBasal,
  znoPrism,
} from './fixtures.ts';

const h = (x: number, y: number, z = TOP + 1): Atom => ['H', [x, y, z]];
const water = (x: number, y: number): Atom[] => [
  ['O', [x, y, TOP + 2.2]],
  h(x + 0.76, y, TOP + 2.8),
  h(x - 0.76, y, TOP + 2.8),
];
const on = (id: string, atoms: readonly Atom[], energyEv: number) =>
  calculationOf(id, { structure: withAtoms(basal, atoms), energyEv });
const slabH = on('basal/h/OUTCAR', [h(0, 0)], -144);
const slabWater = on('basal/water/OUTCAR', [...water(0, 0), ...water(3, 0)], -170);
const box = (atoms: readonly Atom[]): Structure =>
  structureOf(
    [
      [15, 0, 0],
      [0, 16, 0],
      [0, 0, 17],
    ],
    atoms,
  );
const hydrogen = calculationOf('ref/h2/OUTCAR', { structure: box([h(1, 1, 1), h(1.74, 1, 1)]), mesh: [1, 1, 1] });
const steam = calculationOf('ref/h2o/OUTCAR', { structure: box(water(5, 5)), mesh: [1, 1, 1] });
const tree = [slab, slabLi, slabH, slabWater, atom, metal, bulk, hydrogen, steam];

describe('slabs that carry something else than the ion', () => {
  it('stand with the system of their clean slab, and name what and how many they carry', () => {
    const { systems, roles } = assemble(tree);
    expect(systems).toHaveLength(1);
    expect(systems[0]?.adsorbed).toEqual(['basal/li/OUTCAR']);
    expect(systems[0]?.otherAdsorbed).toEqual(['basal/h/OUTCAR', 'basal/water/OUTCAR']);
    expect(linksOf(systems[0], 'clean-slab').map(({ from, adsorbate }) => [from, adsorbate])).toEqual([
      ['basal/li/OUTCAR', { formula: 'Li', count: 1 }],
      ['basal/h/OUTCAR', { formula: 'H', count: 1 }],
      ['basal/water/OUTCAR', { formula: 'H2O', count: 2 }],
    ]);
    expect(roles.get('basal/water/OUTCAR')?.role).toBe('adsorbed-slab');
  });

  it('are linked to the molecules that they consist of or came from', () => {
    expect(pairs(assemble(tree).systems, 'molecule-reference')).toEqual([
      'basal/h/OUTCAR > ref/h2/OUTCAR',
      'basal/water/OUTCAR > ref/h2o/OUTCAR',
    ]);
  });

  it('are clean slabs for the ion when it stands beside the other adsorbate', () => {
    const both = on('basal/h-li/OUTCAR', [h(0, 0), li(0.4, 1.9)], -147);
    const { systems } = assemble([...tree, both]);
    expect(pairs(systems, 'clean-slab')).toContain('basal/h-li/OUTCAR > basal/h/OUTCAR');
    expect(systems.map(({ slab: clean, adsorbed }) => [clean, adsorbed])).toEqual([
      ['basal/h/OUTCAR', ['basal/h-li/OUTCAR']],
      ['basal/slab/OUTCAR', ['basal/li/OUTCAR']],
    ]);
  });

  it('do not hide the ion: beside water it stands on the face, not below the topmost hydrogen', () => {
    const beside = on('basal/water-li/OUTCAR', [...water(0, 0), ...water(3, 0), li(1.5, 3)], -173);
    const { systems } = assemble([...tree, beside]);
    const site = systems.flatMap(({ sites = [] }) => sites).find(({ calculation }) => calculation === beside.id);
    expect(site?.issues.map(({ code }) => code)).toEqual([]);
    expectNear(site?.units[0]?.heightAngstrom, 1.4, 1e-5);
    expect(systems.find(({ slab: clean }) => clean === slabWater.id)?.adsorbed).toEqual([beside.id]);
  });

  it('beside the ion belong to the clean slab below, not to the slab with the ion', () => {
    const both = on('basal/li-h/OUTCAR', [li(0.4, 1.9), h(0, 0)], -147);
    const { systems } = assemble([slab, slabLi, both]);
    expect(systems.map(({ slab: clean, otherAdsorbed }) => [clean, otherAdsorbed])).toEqual([
      ['basal/slab/OUTCAR', ['basal/li-h/OUTCAR']],
    ]);
  });

  it('are none when the additional atoms make a film, or the next layers of the slab', () => {
    const film = supercell(znoBasal(2, 25), 2, 2);
    const sulfide: Structure = { ...film, species: film.species.map((element) => (element === 'O' ? 'S' : element)) };
    const lifted = moved(sulfide, ([x, y, z]) => [x, y, z + 6]);
    const stack = withAtoms(
      basal,
      lifted.species.map((element, at): Atom => {
        const [x = 0, y = 0, z = 0] = lifted.cartesianAngstrom.slice(3 * at, 3 * at + 3);
        return [element, [x, y, z]];
      }),
    );
    const thick = supercell(znoBasal(3, 25), 2, 2);
    const found = assemble([
      slab,
      calculationOf('basal/film/OUTCAR', { structure: stack }),
      calculationOf('basal/thick/OUTCAR', { structure: thick }),
    ]);
    expect(pairs(found.systems, 'clean-slab')).toEqual([]);
  });
});

describe('the clean slab', () => {
  it('is found among dozens of other arrangements of its atoms in the same cell, however far in the tree', () => {
    // Each has one Zn of the upper plane elsewhere, and its layers apart by another height.
    const others = Array.from({ length: 40 }, (_, at) =>
      calculationOf(`basal/near/${at}/OUTCAR`, {
        structure: moved(basal, ([x, y, z], number) => [x, y, z * (1.2 + 0.005 * at) + (number === at % 16 ? 1.1 : 0)]),
      }),
    );
    const far = { ...slab, id: 'z/far/away/from/it/OUTCAR', folder: 'z/far/away/from/it' };
    expect(pairs(assemble([...others, far, slabLi]).systems, 'clean-slab')).toEqual([
      'basal/li/OUTCAR > z/far/away/from/it/OUTCAR',
    ]);
  });
});

describe('of several states of one clean slab', () => {
  const drawnBack = calculationOf('basal/as-cut/OUTCAR', {
    structure: moved(basal, ([x, y, z]) => [x, y, z + (z > 3 ? 0.1 : 0)]),
    energyEv: -139,
  });
  const onIt = calculationOf('basal/drawn/OUTCAR', {
    structure: withAtoms(drawnBack.structure!, [li(0.4, 1.9, TOP + 1.5)]),
    energyEv: -143.5,
  });

  it('the relaxed one counts, though the adatom drew the atoms back to where they were cut', () => {
    const [link] = linksOf(assemble([slab, drawnBack, onIt]).systems[0], 'clean-slab');
    expect(link?.to).toBe('basal/slab/OUTCAR');
    expect(link?.issues.map(({ code }) => code)).toEqual(['W_AMBIGUOUS_LINK']);
  });

  it('the relaxed one counts, also before a single point of lower energy, unless no force is left in that', () => {
    const run = (calculation: Calculation, nsw: number, force?: number): Calculation => ({
      ...calculation,
      settings: { ...calculation.settings, NSW: nsw, IBRION: nsw > 0 ? 2 : -1 },
      ...(calculation.final !== undefined && {
        final: { ...calculation.final, ...(force !== undefined && { maxForceEvPerAngstrom: force }) },
      }),
    });
    const lower = { ...drawnBack, final: { ...drawnBack.final!, energySigma0Ev: -141 } };
    const linkAmong = (...slabs: Calculation[]) =>
      linksOf(assemble([...slabs, run(onIt, 200)]).systems[0], 'clean-slab')[0];
    const link = linkAmong(run(slab, 200), run(lower, 0, 0.4));
    expect(link?.to).toBe('basal/slab/OUTCAR');
    expect(link?.issues).toEqual([]);
    expect(link?.evidence.at(-1)).toBe('taken before basal/as-cut/OUTCAR: its atoms were relaxed');
    expect(linkAmong(run(slab, 200), run(lower, 0))?.to).toBe('basal/slab/OUTCAR');
    expect(linkAmong(run(slab, 200), run(lower, 0, 0.01))?.to).toBe('basal/as-cut/OUTCAR');
    expect(linkAmong(run(lower, 0, 0.4))?.to).toBe('basal/as-cut/OUTCAR');
  });

  it('the one that may be subtracted counts before one that lies a little nearer', () => {
    const otherCutoff = { ...drawnBack, settings: { ...drawnBack.settings, ENCUT: 400 } };
    const [link] = linksOf(assemble([slab, otherCutoff, onIt]).systems[0], 'clean-slab');
    expect(link?.to).toBe('basal/slab/OUTCAR');
    expect(link?.issues).toEqual([]);
  });
});

describe('the bulk of a slab', () => {
  it('of another lattice is no reference for its surface energy', () => {
    const rocksalt = calculationOf('ref/rocksalt/OUTCAR', {
      structure: structureOf(cubic(4.28), [
        ['Zn', [0, 0, 0]],
        ['O', [2.14, 0, 0]],
      ]),
      energyEv: -9,
      mesh: [8, 8, 8],
    });
    const prism = calculationOf('prism/OUTCAR', { structure: supercell(znoPrism(3, 30), 1, 1) });
    const [link] = linksOf(assemble([prism, rocksalt]).systems[0], 'slab-bulk');
    expect(link?.issues.map(({ code }) => code)).toContain('E_BULK_LATTICE');
  });

  it('is the one whose lattice fits its cell, not a strained one of lower energy or in a nearer folder', () => {
    const structure: Structure = {
      ...moved(bulkZno(), ([x, y, z]) => [1.03 * x, 1.03 * y, z]),
      latticeAngstrom: hexagonal(1.03 * ZNO_A, ZNO_C),
    };
    const strained = calculationOf('basal/bulk/OUTCAR', { structure, energyEv: -20, mesh: [9, 9, 5] });
    const prism = calculationOf('basal/prism/OUTCAR', { structure: supercell(znoPrism(3, 30), 3, 2) });
    const { systems } = assemble([slab, prism, strained, bulk]);
    expect(pairs(systems, 'slab-bulk')).toEqual([
      'basal/prism/OUTCAR > ref/zno/OUTCAR',
      'basal/slab/OUTCAR > ref/zno/OUTCAR',
    ]);
  });
});
