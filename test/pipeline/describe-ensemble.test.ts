import { describe, expect, it } from 'vitest';
import type { Structure } from '../../model/structure.ts';
import { calculationOf, permuted, rotated, translated, withAtoms } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { bulk, POLAR_PAIR } from './polar-pair.ts';
import { treeOf } from './read-runs.ts';
import { descriptor, screened, valueFor } from './screening.ts';
import { atom, basal, li, metal, slab, slabLi } from './trees.ts';

// basal is ZnO(0001), 2×2, with O on top at (2/3, 1/3) and (1/3, 2/3) alternating; a is 3.2495 Å.
const A = 3.2495;
const overO = li(0, A / Math.sqrt(3), 5.9);
const bridge = li(A / 4, A / Math.sqrt(3) + (A * Math.sqrt(3)) / 4, 5.6);
const site = (folder: string, place: ReturnType<typeof li>, energyEv: number) =>
  calculationOf(`basal/${folder}/OUTCAR`, { structure: withAtoms(basal, [place]), energyEv });
const tree = [slab, atom, metal, bulk, site('bridge', bridge, -215.95), site('top', overO, -216.0)];

describe('the sites of a facet', () => {
  const result = screened(treeOf(tree));

  it('weigh as many as the smallest cell of the face has of them', () => {
    const { parts } = descriptor(result, 'basal', 'site-ensemble');
    // By hand: one place over an O, three bridges of two O in a 1×1 cell of ZnO(0001).
    expect(parts.degeneracies).toMatchObject([
      { label: 'basal/bridge/OUTCAR', degeneracy: 3 },
      { label: 'basal/top/OUTCAR', degeneracy: 1 },
    ]);
  });

  it('have a free energy below that of the best one', () => {
    // By hand: E = −3.357222 and −3.307222, g = 1 and 3, kT = 0.02569258: −kT ln(1 + 3 exp(−0.05/kT)).
    const energy = -216.0 + 212.345678 + 0.2971;
    const lowering = 0.02569258 * Math.log(1 + 3 * Math.exp(-0.05 / 0.02569258));
    expectNear(valueFor(result, 'basal', 'site-ensemble'), energy - lowering, 1e-7);
  });

  it('are no ensemble where there is one', () => {
    const [candidate] = screened(treeOf([slab, slabLi, atom, metal])).candidates;
    expect(candidate?.descriptors).not.toHaveProperty('site-ensemble');
  });
});

describe('the deposition energy', () => {
  it('at the potential of the metal is the nucleation driving force', () => {
    const result = screened(treeOf([slab, slabLi, atom, metal]));
    expectNear(valueFor(result, 'basal', 'deposition-energy'), -1.791067, 1e-9); // SCIENCE §2.1
    expectNear(descriptor(result, 'basal', 'deposition-energy').parts.underpotentialShiftVolt, 1.791067, 1e-9);
  });
});

describe('a polar facet', () => {
  const both = screened(POLAR_PAIR);

  it('tells on each candidate what its two terminations bind', () => {
    const energies = both.candidates.map(({ id }) => valueFor(both, id, 'adsorption-energy'));
    expect(energies).toHaveLength(2);
    for (const { id } of both.candidates) {
      expectNear(valueFor(both, id, 'facet-adsorption-energy'), Math.min(...energies.map(Number)), 1e-12);
    }
  });

  it('of which one termination was calculated tells nothing of the kind', () => {
    const [candidate] = screened(treeOf([slab, slabLi, atom, metal, bulk])).candidates;
    expect(candidate?.descriptors).not.toHaveProperty('facet-adsorption-energy');
  });
});

describe('descriptors do not depend on', () => {
  const values = (change: (structure: Structure, at: number) => Structure) => {
    const changed = tree.map((calculation, at) =>
      calculation.structure === undefined
        ? calculation
        : { ...calculation, structure: change(calculation.structure, at) },
    );
    const [candidate] = screened(treeOf(changed)).candidates;
    return Object.entries(candidate?.descriptors ?? {}).flatMap(([name, result]) =>
      result.available ? [[name, result.value] as const] : [],
    );
  };
  const plain = values((structure) => structure);

  it.each([
    [
      'where each structure lies in its cell',
      (structure: Structure, at: number) => translated(structure, [0.9 * at, -0.4 * at, 2.7 * at]),
    ],
    ['how each cell stands in space', (structure: Structure, at: number) => rotated(structure, 37 * at)],
    [
      'the order of the atoms',
      (structure: Structure, at: number) =>
        at % 2 === 0 ? permuted(structure, [...structure.species.keys()].reverse()) : structure,
    ],
  ] as const)('%s', (_, change) => {
    const found = new Map(values(change));
    expect(plain.length).toBeGreaterThan(3);
    expect([...found.keys()]).toEqual(plain.map(([name]) => name));
    for (const [name, value] of plain) expectNear(found.get(name) ?? Number.NaN, value, 1e-9);
  });
});
