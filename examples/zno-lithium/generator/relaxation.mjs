// Two ionic steps of a relaxation: where it starts and where it ends, on a harmonic energy surface.
//
// Energies, positions and forces of the two steps belong together: E1 = E2 + ½k|R1 − R2|² and F1 = −k(R1 − R2) plus the
// rest that a converged run keeps. Planes that selective dynamics holds keep large forces, as in real slabs: whoever
// takes the largest force of all atoms for the convergence is misled. VASP removes the drift, so forces sum to zero.
import { seededNoise } from './seeded-noise.mjs';
import { add, combine, dot, scale, subtract } from './vectors.mjs';

/** @typedef {import('./vectors.mjs').Vector} Vector */
/** @typedef {import('./vectors.mjs').Cell} Cell */

const STIFFNESS_EV_PER_ANGSTROM2 = 6;
/** A component of a converged force; three of them stay below 0.02 eV/Å. */
const REST_EV_PER_ANGSTROM = 0.008;
const FIXED_EV_PER_ANGSTROM = 0.12;

/**
 * @typedef {object} IonicStep
 * @property {Vector[]} fractional
 * @property {Vector[]} forces eV/Å, all atoms
 * @property {number} sigma0Ev E0
 * @property {number} entropyEv EENTRO = F − E
 * @property {number} dispersionEv
 * @property {import('./elastic-band.mjs').BandState} [band]
 */

/** @typedef {{ key: string, free: readonly boolean[], cell: Cell }} Frame what both steps share */

/** Ten decimals, so that every file of a chain holds the very same geometry. @type {(fractional: Vector[]) => Vector[]} */
export const settled = (fractional) =>
  fractional.map(([f, g, h]) => [decimals(f, 10), decimals(g, 10), decimals(h, 10)]);

/** @type {(value: number, count: number) => number} */
export const decimals = (value, count) => Number(value.toFixed(count)) + 0;

/** Forces that a converged relaxation leaves. @type {(frame: Frame) => Vector[]} */
export function restingForces({ key, free }) {
  const noise = seededNoise(key);
  const forces = free.map((isFree) => {
    const size = isFree ? REST_EV_PER_ANGSTROM : FIXED_EV_PER_ANGSTROM;
    return /** @type {Vector} */ ([size * noise(), size * noise(), size * noise()]);
  });
  return balanced(forces, free);
}

/** Energy above `end` and forces at `start`. @type {(frame: Frame, start: Vector[], end: Vector[], rest: Vector[]) => { aboveEv: number, forces: Vector[] }} */
export function harmonic({ free, cell }, start, end, rest) {
  let aboveEv = 0;
  const forces = rest.map((force, index) => {
    if (!free[index]) return force;
    const displacement = combine(cell, subtract(start[index], end[index]));
    aboveEv += 0.5 * STIFFNESS_EV_PER_ANGSTROM2 * dot(displacement, displacement) - dot(force, displacement);
    return add(force, scale(displacement, -STIFFNESS_EV_PER_ANGSTROM2));
  });
  return { aboveEv, forces: balanced(forces, free) };
}

/**
 * Six decimals, as printed, with the sum of all forces taken up by the fixed atoms (by all when none is fixed).
 * @type {(forces: Vector[], free: readonly boolean[]) => Vector[]}
 */
export function balanced(forces, free) {
  const carriers = free.some((isFree) => !isFree) ? free.map((isFree) => !isFree) : free.map(() => true);
  const count = carriers.filter(Boolean).length;
  const total = forces.reduce(add, /** @type {Vector} */ ([0, 0, 0]));
  return forces.map((force, index) => {
    const [x, y, z] = carriers[index] ? subtract(force, scale(total, 1 / count)) : force;
    return [decimals(x, 6), decimals(y, 6), decimals(z, 6)];
  });
}
