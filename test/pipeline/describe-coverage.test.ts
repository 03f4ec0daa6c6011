/** One clean slab with more and more adatoms (SCIENCE §2.5). */
import { expect, it } from 'vitest';
import { calculationOf, withAtoms } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { treeOf } from './read-runs.ts';
import { descriptor, screened, valueFor } from './screening.ts';
import { atom, basal, li, metal, slab, slabLi } from './trees.ts';

const places = [li(0.4, 1.9, 5.6), li(3.6, 1.9, 5.6), li(2.0, 4.7, 5.6)];
const covered = (folder: string, count: number, energyEv: number) =>
  calculationOf(`basal/${folder}/OUTCAR`, { structure: withAtoms(basal, places.slice(0, count)), energyEv });
// Energies of docs/descriptors: one adatom −216.042345, two −219.7; the third invented.
const two = covered('li2', 2, -219.7);
const three = covered('li3', 3, -222.8);
const without = (tree: Parameters<typeof treeOf>[0]) => screened(treeOf(tree)).candidates[0]?.descriptors ?? {};

it('the second adatom gains less than the first one, and the two stay apart', () => {
  const result = screened(treeOf([slab, slabLi, two, atom, metal]));
  expectNear(valueFor(result, 'basal', 'differential-adsorption-energy'), -3.360555, 1e-9); // by hand: −3.657655 + 0.2971
  expectNear(valueFor(result, 'basal', 'aggregation-energy'), 0.039012, 1e-9); // by hand: 2·216.042345 − 219.7 − 212.345678
  const { parts } = descriptor(result, 'basal', 'aggregation-energy');
  expect(parts.growth).toBe('apart');
});

it('of three coverages the densest step counts, and the others are told', () => {
  const result = screened(treeOf([slab, slabLi, two, three, atom, metal]));
  const found = descriptor(result, 'basal', 'differential-adsorption-energy');
  expectNear(found.available ? found.value : undefined, -2.8029, 1e-9); // by hand: −222.8 + 219.7 + 0.2971
  expect(found.available && found.inputs.map(({ calculation }) => calculation)).toEqual([
    'basal/li3/OUTCAR',
    'basal/li2/OUTCAR',
    'ref/atom/OUTCAR',
  ]);
  expect(found.parts.steps).toMatchObject([
    { calculation: 'basal/li2/OUTCAR', fromCount: 1, toCount: 2 },
    { calculation: 'basal/li3/OUTCAR', fromCount: 2, toCount: 3 },
  ]);
});

it('a step over two adatoms is told per adatom, and is no pair', () => {
  const result = screened(treeOf([slab, slabLi, three, atom, metal]));
  // By hand: (−222.8 + 216.042345)/2 + 0.2971.
  expectNear(valueFor(result, 'basal', 'differential-adsorption-energy'), -3.0817275, 1e-9);
  expect(without([slab, slabLi, three, atom, metal])).not.toHaveProperty('aggregation-energy');
});

it('of two sites with one adatom there is no step, and the lower one begins it', () => {
  const bridge = calculationOf('basal/bridge/OUTCAR', {
    structure: withAtoms(basal, [li(0.8, 2.6, 5.6)]),
    energyEv: -215.9,
  });
  expect(without([slab, slabLi, bridge, atom, metal])).not.toHaveProperty('differential-adsorption-energy');
  const result = screened(treeOf([slab, slabLi, bridge, two, atom, metal]));
  expectNear(valueFor(result, 'basal', 'differential-adsorption-energy'), -3.360555, 1e-9);
});

it('an adatom on the other face too is no denser coverage', () => {
  const bottom = Math.min(...basal.cartesianAngstrom.filter((_, at) => at % 3 === 2));
  const both = calculationOf('basal/both/OUTCAR', {
    structure: withAtoms(basal, [li(0.4, 1.9, 5.6), li(0.4, 1.9, bottom - 1.6)]),
    energyEv: -219.8,
  });
  expect(without([slab, slabLi, both, atom, metal])).not.toHaveProperty('differential-adsorption-energy');
});

it('a coverage of another cutoff is no step', () => {
  const coarse = { ...two, settings: { ...two.settings, ENCUT: 400 } };
  const found = without([slab, slabLi, coarse, atom, metal])['differential-adsorption-energy'];
  expect(found).toBeUndefined();
});
