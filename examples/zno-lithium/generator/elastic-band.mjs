// The climbing-image nudged elastic band: tangents, projections and NEB forces of the images, as the VTST patch prints
// them.
//
// F = −dE/ds is the projection of the plain DFT force on the tangent and negative while the energy rises. TOTAL-FORCE in
// an image's OUTCAR is that plain force; the NEB force appears in FORCES only. Tangents: Henkelman & Jónsson, J. Chem.
// Phys. 113, 9978 (2000); climbing image: Henkelman, Uberuaga & Jónsson, J. Chem. Phys. 113, 9901 (2000).
import { add, combine, dot, length, scale, subtract } from './vectors.mjs';

/** @typedef {import('./vectors.mjs').Vector} Vector */
/** @typedef {import('./vectors.mjs').Cell} Cell */

export const SPRING_EV_PER_ANGSTROM2 = -5;

/**
 * @typedef {object} BandState what one image knows about the band, eV, Å, eV/Å
 * @property {boolean} previousHigher
 * @property {boolean} nextHigher
 * @property {[number, number]} differences smaller and larger |ΔE| to the neighbours
 * @property {Vector[]} tangent unit vector of 3N components, forward
 * @property {[number, number, number]} geometry distance to the previous and next image, angle between, degrees
 * @property {number} springProjection
 * @property {number} realProjection F = −dE/ds
 * @property {number} perpendicularNorm over all 3N components, fixed atoms included
 * @property {Vector[]} nebForces of the free atoms, 0 for the fixed ones
 */

/** @typedef {{ cell: Cell, free: readonly boolean[], images: Vector[][], freeEnergiesEv: number[], climbing: number }} Band images are fractional and unwrapped */

/** Forward tangent at an interior image. @type {(band: Band, index: number) => Vector[]} */
export function tangentAt({ cell, images, freeEnergiesEv }, index) {
  const ahead = displacement(cell, images[index], images[index + 1]);
  const behind = displacement(cell, images[index - 1], images[index]);
  const [previous, here, next] = [freeEnergiesEv[index - 1], freeEnergiesEv[index], freeEnergiesEv[index + 1]];
  if (next > here && here >= previous) return unit(ahead);
  if (next <= here && here < previous) return unit(behind);
  const [small, large] = sorted(Math.abs(next - here), Math.abs(previous - here));
  const [weightAhead, weightBehind] = next > previous ? [large, small] : [small, large];
  return unit(ahead.map((vector, atom) => add(scale(vector, weightAhead), scale(behind[atom], weightBehind))));
}

/** @type {(band: Band, index: number, forces: Vector[]) => BandState} */
export function bandState(band, index, forces) {
  const { cell, free, images, freeEnergiesEv } = band;
  const tangent = tangentAt(band, index);
  const toPrevious = displacement(cell, images[index], images[index - 1]);
  const toNext = displacement(cell, images[index], images[index + 1]);
  const [before, after] = [norm(toPrevious), norm(toNext)];
  const realProjection = inner(forces, tangent);
  const springProjection = -SPRING_EV_PER_ANGSTROM2 * (after - before);
  const perpendicular = forces.map((force, atom) => subtract(force, scale(tangent[atom], realProjection)));
  const along = index === band.climbing ? -realProjection : springProjection;
  const nebForces = perpendicular.map((force, atom) =>
    free[atom] ? add(force, scale(tangent[atom], along)) : /** @type {Vector} */ ([0, 0, 0]),
  );
  const [previous, here, next] = [freeEnergiesEv[index - 1], freeEnergiesEv[index], freeEnergiesEv[index + 1]];
  return {
    previousHigher: previous > here,
    nextHigher: next > here,
    differences: sorted(Math.abs(next - here), Math.abs(previous - here)),
    tangent,
    geometry: [before, after, (Math.acos(inner(toPrevious, toNext) / (before * after)) * 180) / Math.PI],
    springProjection,
    realProjection,
    perpendicularNorm: norm(perpendicular),
    nebForces,
  };
}

/**
 * Positions along t ∈ [0, 1] whose neighbours are equally far apart in all 3N coordinates.
 * @type {(cell: Cell, positionsAt: (t: number) => Vector[], between: number) => Vector[][]}
 */
export function equallySpaced(cell, positionsAt, between) {
  const segments = between + 1;
  let parameters = Array.from({ length: segments + 1 }, (_, index) => index / segments);
  for (let round = 0; round < 200; round += 1) {
    const images = parameters.map(positionsAt);
    const distances = cumulative(cell, images);
    const total = distances[segments];
    parameters = parameters.map((_, index) => interpolate(distances, parameters, (total * index) / segments));
  }
  return parameters.map(positionsAt);
}

/** Distance of every image from the first along the band, Å. @type {(cell: Cell, images: Vector[][]) => number[]} */
export function cumulative(cell, images) {
  const distances = [0];
  for (let index = 1; index < images.length; index += 1) {
    distances.push(distances[index - 1] + norm(displacement(cell, images[index - 1], images[index])));
  }
  return distances;
}

/** @type {(vectors: Vector[], others: Vector[]) => number} */
export const inner = (vectors, others) => vectors.reduce((sum, vector, atom) => sum + dot(vector, others[atom]), 0);

/** @type {(vectors: Vector[]) => number} */
export const norm = (vectors) => Math.sqrt(inner(vectors, vectors));

/** @type {(vectors: Vector[]) => number} */
export const largest = (vectors) => Math.max(...vectors.map(length));

/** @type {(cell: Cell, from: Vector[], to: Vector[]) => Vector[]} */
const displacement = (cell, from, to) => from.map((position, atom) => combine(cell, subtract(to[atom], position)));

/** @type {(vectors: Vector[]) => Vector[]} */
const unit = (vectors) => vectors.map((vector) => scale(vector, 1 / norm(vectors)));

/** @type {(one: number, other: number) => [number, number]} */
const sorted = (one, other) => (one <= other ? [one, other] : [other, one]);

/** @type {(xs: number[], ys: number[], x: number) => number} */
function interpolate(xs, ys, x) {
  const upper = Math.max(
    1,
    xs.findIndex((value) => value >= x - 1e-12),
  );
  const fraction = (x - xs[upper - 1]) / (xs[upper] - xs[upper - 1]);
  return ys[upper - 1] + fraction * (ys[upper] - ys[upper - 1]);
}
