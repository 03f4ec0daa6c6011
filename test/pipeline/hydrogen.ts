/** Hydrogen on the clean slab of the example and its molecule, and ways to put other things there. */
import type { Calculation } from '../../model/calculation.ts';
import { position, type Structure } from '../../model/structure.ts';
import { type Atom, calculationOf, isolated, structureOf, withAtoms } from '../assembly/fixtures.ts';
import { basal } from './trees.ts';

export const SLAB_EV = -212.345678;

export function topmost(structure: Structure, element: string) {
  const places = structure.species.flatMap((one, atom) => (one === element ? [position(structure, atom)] : []));
  return places.reduce((highest, place) => (place[2] > highest[2] ? place : highest));
}

const [x, y, z] = topmost(basal, 'O');
export const above = (height: number, aside = 0): [number, number, number] => [x + aside, y, z + height];
export const on = (name: string, atoms: readonly Atom[], eV: number): Calculation =>
  calculationOf(`basal/${name}/OUTCAR`, { structure: withAtoms(basal, atoms), energyEv: SLAB_EV + eV });
export const box = (name: string, atoms: readonly Atom[], energyEv: number): Calculation =>
  calculationOf(`ref/${name}/OUTCAR`, {
    structure: structureOf(isolated('H').latticeAngstrom, atoms),
    energyEv,
    mesh: [1, 1, 1],
  });

export const h2 = box(
  'h2',
  [
    ['H', [5, 5, 5]],
    ['H', [5, 5, 5.75]],
  ],
  -6.77,
);
export const hydrogen = on('h', [['H', above(0.98)]], -3.505);
