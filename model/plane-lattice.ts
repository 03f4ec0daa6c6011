/**
 * The lattice of a plane: two vectors, in Å, in axes of their own within the plane.
 *
 * The mistake avoided here: comparing vectors of two crystals in their own Cartesian frames. Only lengths and the angle
 * between the two belong to the plane; where x points is a choice, made here once: along the first vector.
 */
import { cross, dot, norm, type Vector3 } from './lattice.ts';

export type Vector2 = readonly [number, number];
/** Rows. */
export type Matrix2 = readonly [Vector2, Vector2];
/** Rows a and b, Å, with a × b > 0. */
export type PlaneLattice = Matrix2;

/** From lengths in Å and the angle between them. */
export function planeLattice(a: number, b: number, gammaDegrees: number): PlaneLattice {
  const gamma = (gammaDegrees * Math.PI) / 180;
  return [
    [a, 0],
    [b * Math.cos(gamma), b * Math.sin(gamma)],
  ];
}

/** The plane that two vectors of space span, seen from the side of u × v; x along u. */
export function planeLatticeOf(u: Vector3, v: Vector3): PlaneLattice {
  const length = norm(u);
  return [
    [length, 0],
    [dot(u, v) / length, norm(cross(u, v)) / length],
  ];
}

/** Å². */
export function planeArea([a, b]: PlaneLattice): number {
  return Math.abs(a[0] * b[1] - a[1] * b[0]);
}
