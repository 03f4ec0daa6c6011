/** Bands of two Li on ZnO(0001), 3 × 3 cells (γ = 120°), lower bilayer fixed, to put one trap in each. */
import { assemblePath } from '../../assembly/migration-path.ts';
import { indexRelaxations } from '../../assembly/relaxation-index.ts';
import type { Band, BandImage } from '../../model/band.ts';
import type { Calculation } from '../../model/calculation.ts';
import type { Vector3 } from '../../model/lattice.ts';
import { position, type Structure } from '../../model/structure.ts';
import { calculationOf, supercell, withAtoms, ZNO_A, znoBasal } from './fixtures.ts';

export const slab = supercell(znoBasal(2, 25), 3, 3);
/** Zn and O of the lower bilayer: 9 atoms of a plane lie together. */
export const held = slab.species.flatMap((_, atom) => (position(slab, atom)[2] < 2.5 ? [atom] : []));
export const flags = (structure: Structure, fixed: readonly number[] = held): Structure => ({
  ...structure,
  selectiveDynamics: Uint8Array.from(
    structure.species.flatMap((_, atom) => Array<number>(3).fill(fixed.includes(atom) ? 0 : 1)),
  ),
});
export const LI = slab.species.length;
/** Two Li: the first one goes half a lattice vector along a, the second one stays. */
export const li = (x: number, y: number, z = 6.2): Vector3 => [x, y, z];
export const still = li(4, 5);
export const image = (
  at: number,
  first: Vector3 = li(0.2 + (at * ZNO_A) / 4, 1.1),
  second: Vector3 = still,
): Structure =>
  flags(
    withAtoms(slab, [
      ['Li', first],
      ['Li', second],
    ]),
  );

const ENERGIES = [-300, -299.85, -299.7, -299.8, -299.95];
export const run = (id: string, structure: Structure, at: number, more: Partial<Calculation> = {}): Calculation =>
  calculationOf(
    id,
    {
      structure,
      energyEv: ENERGIES[at] ?? 0,
      settings: { IBRION: 3, SPRING: -5, LCLIMB: true },
      final: { forcesEvPerAngstrom: new Float64Array(structure.cartesianAngstrom.length) },
    },
    more,
  );
export const LAST = 4;
export const inner = (at: number, structure: Structure = image(at), more: Partial<Calculation> = {}): BandImage => ({
  index: at,
  folder: `neb/0${at}`,
  structure,
  constraintsKnown: true,
  calculation: run(`neb/0${at}/OUTCAR`, structure, at, more),
});
export const bare = (at: number, structure: Structure = image(at)): BandImage => ({
  index: at,
  folder: `neb/0${at}`,
  structure,
  constraintsKnown: true,
});
export const relaxed = (at: number, structure: Structure = image(at)): Calculation =>
  run(at === 0 ? 'start/OUTCAR' : 'end/OUTCAR', structure, at);

export interface Sketch {
  readonly structures?: readonly Structure[];
  readonly images?: readonly BandImage[];
  readonly relaxations?: readonly Calculation[];
}

export function bandOf({ structures, images }: Sketch): Band {
  const found =
    images ??
    (structures ?? [0, 1, 2, 3, LAST].map((at) => image(at))).map((structure, at, { length }) =>
      at === 0 || at === length - 1 ? bare(at, structure) : inner(at, structure),
    );
  return { id: 'neb', images: found, settings: {} };
}

export function pathOf(sketch: Sketch) {
  const { images } = bandOf(sketch);
  const ends = [images[0], images.at(-1)].flatMap((end, at) =>
    end?.structure === undefined ? [] : [relaxed(at === 0 ? 0 : LAST, end.structure)],
  );
  return assemblePath(bandOf(sketch), { relaxations: indexRelaxations(sketch.relaxations ?? ends) });
}
