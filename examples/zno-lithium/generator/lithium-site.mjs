// Where Li sits on a surface, how it moves to the next equal site, and how the slab answers.
//
// Li is a ball that rests on the surface: lowered until it touches an O or Zn atom at a bonding distance. The slab atoms
// around it give way by a displacement that depends only on their distance to Li, so that equal sites get equal
// surroundings. All of it is invented geometry with sensible distances, not the result of a relaxation.
import { add, combine, length, scale, subtract } from './vectors.mjs';

/** @typedef {import('./vectors.mjs').Vector} Vector */
/** @typedef {import('./vectors.mjs').Cell} Cell */
/** @typedef {import('./zno-surface.mjs').SlabAtom} SlabAtom */
/** @typedef {import('./zno-surface.mjs').Slab} Slab */
/** @typedef {import('./zno-surface.mjs').Facet} Facet */

/** Relaxation of the clean slab along the normal, Å, by element; the first entry is the top plane. @type {Record<Facet, Record<string, number>[]>} */
const TOP_PLANES_ANGSTROM = {
  '002': [{ O: -0.11 }, { Zn: 0.05 }, { O: -0.03 }, { Zn: 0.02 }],
  '020': [
    { Zn: -0.26, O: -0.09 },
    { Zn: 0.05, O: 0.03 },
  ],
  202: [{ O: -0.04 }, { O: -0.06 }, { Zn: 0.03 }, { Zn: 0.02 }],
};

/** Sites in units of the cell's in-plane vectors: three-fold hollow of O; bridge between two O (twice). @type {Record<Facet, [number, number]>} */
const SITES = { '002': [0, 0.5], '020': [0, 19 / 24], 202: [9 / 48, 0.75] };

/** Closest approach of resting Li, and of Li on top of its hop, Å. */
const TOUCHING_ANGSTROM = { O: 2, Zn: 2.5 };
const PASSING_ANGSTROM = { O: 1.85, Zn: 2.4 };

/** Range and size of the slab's answer, Å: O is drawn to Li, Zn pushed away. */
const ANSWER_RANGE_ANGSTROM = 2.6;
/** @type {Record<string, number>} */
const ANSWER_ANGSTROM = { O: 0.1, Zn: -0.08 };

/** Planes that stay where they are in the bulk. */
export const FIXED_PLANES = 2;

/** @type {(facet: Facet, slab: Slab) => Slab} */
export function relaxedCleanSlab(facet, slab) {
  const atoms = slab.atoms.map((atom) => {
    const lift = TOP_PLANES_ANGSTROM[facet][slab.planes - 1 - atom.plane]?.[atom.element] ?? 0;
    return { ...atom, position: add(atom.position, [0, 0, lift]) };
  });
  return { ...slab, atoms };
}

/** Li at rest. @type {(facet: Facet, slab: Slab) => Vector} */
export function lithiumSite(facet, slab) {
  const [f, g] = SITES[facet];
  return resting(slab, combine(slab.cell, [f, g, 0]), TOUCHING_ANGSTROM);
}

/**
 * Li on its way along the first in-plane vector to the next equal site half a cell away, over a rounded hill.
 * @type {(facet: Facet, slab: Slab) => (fraction: number) => Vector}
 */
export function lithiumHop(facet, slab) {
  const start = lithiumSite(facet, slab);
  const hop = scale(slab.cell[0], 0.5);
  const top = resting(slab, add(start, scale(hop, 0.5)), PASSING_ANGSTROM);
  return (fraction) => {
    const hill = (top[2] - start[2]) * Math.sin(Math.PI * fraction) ** 2;
    return add(add(start, scale(hop, fraction)), [0, 0, hill]);
  };
}

/** The slab's atoms around Li at `lithium`; the fixed planes do not move. @type {(slab: Slab, lithium: Vector) => Vector[]} */
export function slabAround(slab, lithium) {
  return slab.atoms.map((atom) => {
    if (atom.plane < FIXED_PLANES) return atom.position;
    let moved = atom.position;
    for (const image of inPlaneImages(slab.cell, lithium)) {
      const towards = subtract(image, atom.position);
      const distance = length(towards);
      const shift = ANSWER_ANGSTROM[atom.element] * Math.exp(-((distance / ANSWER_RANGE_ANGSTROM) ** 2));
      moved = add(moved, scale(towards, shift / distance));
    }
    return moved;
  });
}

/** @type {(slab: Slab, at: Vector, touching: Record<string, number>) => Vector} */
function resting(slab, at, touching) {
  let height = Number.NEGATIVE_INFINITY;
  for (const atom of slab.atoms) {
    for (const image of inPlaneImages(slab.cell, atom.position)) {
      const lateral2 = (image[0] - at[0]) ** 2 + (image[1] - at[1]) ** 2;
      const rise2 = touching[atom.element] ** 2 - lateral2;
      if (rise2 > 0) height = Math.max(height, image[2] + Math.sqrt(rise2));
    }
  }
  return [at[0], at[1], height];
}

/** @type {(cell: Cell, position: Vector) => Vector[]} */
function inPlaneImages(cell, position) {
  const steps = [-1, 0, 1];
  return steps.flatMap((i) => steps.map((j) => add(position, combine(cell, [i, j, 0]))));
}
