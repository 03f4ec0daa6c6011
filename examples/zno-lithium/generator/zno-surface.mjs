// Slabs of wurtzite ZnO, cut from the bulk cell so that the surface normal is the third lattice vector.
//
// XRD reflections carry the order, planes do not: (002) ∥ (0001), (020) ∥ (10-10), (202) ∥ (10-11). A slab here is a
// whole number of lattice planes d_hkl and so keeps the composition of the bulk; where it is cut decides the
// termination. Structure: P6₃mc with the lattice constants of numbers.mjs.
import { LATTICE_ANGSTROM } from './numbers.mjs';
import { add, combine, cross, dot, length, reciprocal, scale, toFractional } from './vectors.mjs';

/** @typedef {import('./vectors.mjs').Vector} Vector */
/** @typedef {import('./vectors.mjs').Cell} Cell */
/** @typedef {'002' | '020' | '202'} Facet named by its XRD reflection */
/** @typedef {{ element: string, position: Vector, plane: number }} SlabAtom `plane` counts atomic planes from the bottom */
/** @typedef {{ cell: Cell, atoms: SlabAtom[], planes: number }} Slab */

const { znoA, znoC, znoU } = LATTICE_ANGSTROM;

/** @type {Cell} */
export const BULK_CELL = [
  [znoA, 0, 0],
  [-znoA / 2, (znoA * Math.sqrt(3)) / 2, 0],
  [0, 0, znoC],
];

/**
 * Fractional coordinates. Along +c each Zn is followed by its O, so (0001) ends with Zn and (000-1) with O.
 * @type {{ element: string, fractional: Vector }[]}
 */
export const BULK_BASIS = [
  { element: 'Zn', fractional: [1 / 3, 2 / 3, 0] },
  { element: 'Zn', fractional: [2 / 3, 1 / 3, 0.5] },
  { element: 'O', fractional: [1 / 3, 2 / 3, znoU] },
  { element: 'O', fractional: [2 / 3, 1 / 3, 0.5 + znoU] },
];

/**
 * How a slab is cut: `normal` is the Miller index that points out of the top, `step` a lattice vector from one plane of
 * that index to the next, `inPlane` two lattice vectors in the plane, `periods` the number of planes d_hkl, `cut` the
 * height of the cut in units of d_hkl, chosen where the fewest bonds are broken.
 * @type {Record<Facet, { name: string, normal: Vector, step: Vector, inPlane: [Vector, Vector], repeats: [number, number], periods: number, cut: number }>}
 */
export const FACETS = {
  // O-terminated side up: the paper does not say which termination its value belongs to.
  '002': {
    name: '(0001)',
    normal: [0, 0, -1],
    step: [0, 0, -1],
    inPlane: [
      [1, 0, 0],
      [-1, -1, 0],
    ],
    repeats: [2, 2],
    periods: 2,
    cut: 0.8,
  },
  // Non-polar: dimers of Zn and O lie in the surface.
  '020': {
    name: '(10-10)',
    normal: [1, 0, 0],
    step: [1, 0, 0],
    inPlane: [
      [0, 1, 0],
      [0, 0, 1],
    ],
    repeats: [2, 1],
    periods: 4,
    cut: 0,
  },
  // Semi-polar, O-terminated side up.
  202: {
    name: '(10-11)',
    normal: [1, 0, 1],
    step: [1, 0, 0],
    inPlane: [
      [0, 1, 0],
      [-1, -1, 1],
    ],
    repeats: [2, 1],
    periods: 4,
    cut: 0,
  },
};

const VACUUM_ANGSTROM = 22;
/** Two heights belong to one atomic plane when they differ by less than this, Å. */
const PLANE_TOLERANCE_ANGSTROM = 0.1;

/** The unrelaxed slab in the middle of its cell; atoms ordered Zn, O and from the bottom up. @type {(facet: Facet) => Slab} */
export function cutSlab(facet) {
  const { normal, inPlane, repeats } = FACETS[facet];
  const [u, v] = inPlane.map((indices) => combine(BULK_CELL, indices));
  const frame = frameOf(u, v);
  const raw = planesOf(facet).flatMap((atom) => {
    const at = rotate(frame, atom.position);
    return repeated(repeats, frame, u, v).map((shift) => ({ element: atom.element, position: add(at, shift) }));
  });
  const bottom = Math.min(...raw.map((atom) => atom.position[2]));
  const top = Math.max(...raw.map((atom) => atom.position[2]));
  const cell = /** @type {Cell} */ ([
    scale(rotate(frame, u), repeats[0]),
    scale(rotate(frame, v), repeats[1]),
    [0, 0, top - bottom + VACUUM_ANGSTROM],
  ]);
  if (dot(cross(u, v), combine(reciprocal(BULK_CELL), normal)) <= 0) throw new Error(`${facet}: normal points down`);
  const lifted = raw.map((atom) => ({
    ...atom,
    position: wrapped(cell, add(atom.position, [0, 0, VACUUM_ANGSTROM / 2 - bottom])),
  }));
  return numbered(cell, lifted);
}

/** Å² of the slab's surface. @type {(cell: Cell) => number} */
export const surfaceArea = (cell) => length(cross(cell[0], cell[1]));

/** One surface cell's atoms between the two cuts, in the bulk's frame. @type {(facet: Facet) => { element: string, position: Vector }[]} */
function planesOf(facet) {
  const { normal, step, periods, cut } = FACETS[facet];
  return BULK_BASIS.flatMap(({ element, fractional }) => {
    const first = Math.ceil(cut - dot(normal, fractional));
    return Array.from({ length: periods }, (_, index) => ({
      element,
      position: combine(BULK_CELL, add(fractional, scale(step, first + index))),
    }));
  });
}

/** x along u, z along u × v. @type {(u: Vector, v: Vector) => Cell} */
function frameOf(u, v) {
  const x = scale(u, 1 / length(u));
  const up = cross(u, v);
  const z = scale(up, 1 / length(up));
  return [x, cross(z, x), z];
}

/** @type {(frame: Cell, position: Vector) => Vector} */
function rotate(frame, position) {
  return [dot(frame[0], position), dot(frame[1], position), dot(frame[2], position)];
}

/** @type {(repeats: [number, number], frame: Cell, u: Vector, v: Vector) => Vector[]} */
function repeated([countU, countV], frame, u, v) {
  const shifts = [];
  for (let i = 0; i < countU; i += 1) {
    for (let j = 0; j < countV; j += 1) shifts.push(rotate(frame, add(scale(u, i), scale(v, j))));
  }
  return shifts;
}

/** Into [0, 1) along both in-plane vectors. @type {(cell: Cell, position: Vector) => Vector} */
function wrapped(cell, position) {
  const [f, g] = toFractional(cell, position);
  return add(position, combine(cell, [-Math.floor(f + 1e-9), -Math.floor(g + 1e-9), 0]));
}

/** @type {(cell: Cell, atoms: { element: string, position: Vector }[]) => Slab} */
function numbered(cell, atoms) {
  const heights = [...atoms].map((atom) => atom.position[2]).sort((a, b) => a - b);
  const starts = heights.filter((z, index) => index === 0 || z - heights[index - 1] > PLANE_TOLERANCE_ANGSTROM);
  const plane = (/** @type {number} */ z) => starts.filter((start) => start <= z + 1e-9).length - 1;
  const order = (/** @type {{ element: string }} */ atom) => (atom.element === 'Zn' ? 0 : 1);
  const sorted = atoms
    .map((atom) => ({ ...atom, plane: plane(atom.position[2]) }))
    .sort(
      (a, b) =>
        order(a) - order(b) || a.plane - b.plane || a.position[0] - b.position[0] || a.position[1] - b.position[1],
    );
  return { cell, atoms: sorted, planes: starts.length };
}
