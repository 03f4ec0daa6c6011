/**
 * Distances, tangents and projected forces along a band.
 *
 * The reaction coordinate is the cumulative norm of minimum-image displacements over all 3N coordinates: not
 * mass-weighted, not divided by N. TOTAL-FORCE is the plain DFT force; what belongs to the path is its projection on
 * the improved tangent of Henkelman and Jónsson, J. Chem. Phys. 113, 9978 (2000) (SCIENCE §3.2, §3.4).
 */
import { minimumImage } from '../../model/lattice.ts';
import { type Structure, vectorAt } from '../../model/structure.ts';

/** Displacement of every atom from `from` to `to`, length 3N, Å, each the shortest periodic image. */
export function displacement(from: Structure, to: Structure): Float64Array {
  const image = minimumImage(from.latticeAngstrom);
  const result = new Float64Array(from.cartesianAngstrom.length);
  for (let atom = 0; atom < from.species.length; atom += 1) {
    const [x, y, z] = vectorAt(from.cartesianAngstrom, atom);
    const [u, v, w] = vectorAt(to.cartesianAngstrom, atom);
    result.set(image([u - x, v - y, w - z]), 3 * atom);
  }
  return result;
}

/** Largest displacement of one atom, Å. */
export function largestDisplacement(from: Structure, to: Structure): number {
  return largestAtomNorm(displacement(from, to));
}

/** Euclidean norm over all 3N components. */
export function norm3N(values: Float64Array): number {
  let square = 0;
  for (const value of values) square += value * value;
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
  return length > 0 ? values.map((value) => value / length) : undefined;
}

/** F = −dE/ds: projection of a force on a unit tangent, eV/Å. */
export function projection(force: Float64Array, tangent: Float64Array): number {
  let sum = 0;
  for (const [index, value] of force.entries()) sum += value * (tangent[index] ?? 0);
  return sum;
}

/** The force without its component along the tangent, 3N. */
export function perpendicular(force: Float64Array, tangent: Float64Array): Float64Array {
  const along = projection(force, tangent);
  return force.map((value, index) => value - along * (tangent[index] ?? 0));
}

/** Largest norm of an atom's vector. */
export function largestAtomNorm(values: Float64Array): number {
  let largest = 0;
  for (let atom = 0; 3 * atom + 2 < values.length; atom += 1) {
    const [x, y, z] = vectorAt(values, atom);
    largest = Math.max(largest, Math.hypot(x, y, z));
  }
  return largest;
}
