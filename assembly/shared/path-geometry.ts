/**
 * Distances, tangents and projected forces along a band.
 *
 * The reaction coordinate is the cumulative norm of minimum-image displacements over all 3N coordinates: not
 * mass-weighted, not divided by N. TOTAL-FORCE is the plain DFT force; what belongs to the path is its projection on
 * the improved tangent of Henkelman and Jónsson, J. Chem. Phys. 113, 9978 (2000) (SCIENCE §3.2, §3.4).
 */
import { minimumImage, surelyShortest } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';

/** Displacement of every atom from `from` to `to`, length 3N, Å, each the shortest periodic image. */
export type Displace = (from: Structure, to: Structure) => Float64Array;

/** A plain loop: most atoms of a path hardly move, and no image of those is looked for. */
export const displacement: Displace = (from, to) => {
  const [start, end] = [from.cartesianAngstrom, to.cartesianAngstrom];
  if (end.length < start.length) throw new RangeError(`${end.length / 3} atoms for ${start.length / 3}`);
  const shortSquare = surelyShortest(from.latticeAngstrom) ** 2;
  let image: ReturnType<typeof minimumImage> | undefined;
  const result = new Float64Array(start.length);
  for (let at = 0; at < start.length; at += 3) {
    const x = (end[at] ?? 0) - (start[at] ?? 0);
    const y = (end[at + 1] ?? 0) - (start[at + 1] ?? 0);
    const z = (end[at + 2] ?? 0) - (start[at + 2] ?? 0);
    if (x * x + y * y + z * z < shortSquare) {
      result[at] = x;
      result[at + 1] = y;
      result[at + 2] = z;
      continue;
    }
    image ??= minimumImage(from.latticeAngstrom);
    result.set(image([x, y, z]), at);
  }
  return result;
};

/** Of the displacements between the images of one path, each is asked for several times. To be read only. */
export function rememberedDisplacements(): Displace {
  const known = new Map<Structure, Map<Structure, Float64Array>>();
  return (from, to) => {
    const fromThis = known.get(from) ?? new Map<Structure, Float64Array>();
    known.set(from, fromThis);
    const way = fromThis.get(to) ?? displacement(from, to);
    fromThis.set(to, way);
    return way;
  };
}

/** Largest displacement of one atom, Å. */
export function largestDisplacement(from: Structure, to: Structure): number {
  return largestAtomNorm(displacement(from, to));
}

/** Euclidean norm over all 3N components. */
export function norm3N(values: Float64Array): number {
  let square = 0;
  for (let at = 0; at < values.length; at += 1) square += (values[at] ?? 0) * (values[at] ?? 0);
  return Math.sqrt(square);
}

/**
 * Unit tangent of an image, length 3N: towards the higher neighbour; at an extremum the energy-weighted sum of both
 * directions. `before` and `behind` are displacements from the previous and to the next image.
 */
export function improvedTangent(
  before: Float64Array,
  behind: Float64Array,
  energiesEv: readonly [previous: number, own: number, next: number],
): Float64Array | undefined {
  const [previous, own, next] = energiesEv;
  if (next > own && own > previous) return unit(behind);
  if (next < own && own < previous) return unit(before);
  const larger = Math.max(Math.abs(next - own), Math.abs(previous - own));
  const smaller = Math.min(Math.abs(next - own), Math.abs(previous - own));
  const [weightBehind, weightBefore] = next > previous ? [larger, smaller] : [smaller, larger];
  // Three equal energies leave no weights: then both directions count alike.
  const flat = larger === 0;
  return unit(
    behind.map((value, index) => (flat ? 1 : weightBehind) * value + (flat ? 1 : weightBefore) * (before[index] ?? 0)),
  );
}

/** The vector divided by its norm; undefined for a vector without length (identical images). */
export function unit(values: Float64Array): Float64Array | undefined {
  const length = norm3N(values);
  if (!(length > 0)) return undefined;
  const result = new Float64Array(values.length);
  for (let at = 0; at < values.length; at += 1) result[at] = (values[at] ?? 0) / length;
  return result;
}

/** F = −dE/ds: projection of a force on a unit tangent, eV/Å. */
export function projection(force: Float64Array, tangent: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < force.length; at += 1) sum += (force[at] ?? 0) * (tangent[at] ?? 0);
  return sum;
}

/** The force without its component along the tangent, 3N. */
export function perpendicular(force: Float64Array, tangent: Float64Array): Float64Array {
  const along = projection(force, tangent);
  const rest = new Float64Array(force.length);
  for (let at = 0; at < force.length; at += 1) rest[at] = (force[at] ?? 0) - along * (tangent[at] ?? 0);
  return rest;
}

/** Norm of one atom's vector. */
export function atomNorm(values: Float64Array, atom: number): number {
  return Math.hypot(values[3 * atom] ?? 0, values[3 * atom + 1] ?? 0, values[3 * atom + 2] ?? 0);
}

/** Relative; what the square of a length can be off by. */
const ROUNDING = 1e-12;

/** Whether the square alone tells that an atom's vector is shorter: a length that keeps all digits costs many times more. */
export function isSurelyShorter(values: Float64Array, atom: number, length: number): boolean {
  const x = values[3 * atom] ?? 0;
  const y = values[3 * atom + 1] ?? 0;
  const z = values[3 * atom + 2] ?? 0;
  return x * x + y * y + z * z < length * length * (1 - ROUNDING);
}

/** Largest norm of an atom's vector. */
export function largestAtomNorm(values: Float64Array): number {
  let largest = 0;
  for (let atom = 0; 3 * atom + 2 < values.length; atom += 1) {
    if (!isSurelyShorter(values, atom, largest)) largest = Math.max(largest, atomNorm(values, atom));
  }
  return largest;
}
