/**
 * Whether the electronic loop and the relaxation reached their goals. vasprun.xml has no line that says so: the number of
 * steps, the last change of the energy and the forces decide. Unlike OUTCAR it knows which atoms are fixed.
 */
import type { Convergence, IonicStep, Settings } from '../../../model/calculation.ts';
import { type Matrix3, reciprocal, toCartesian, toFractional, type Vector3 } from '../../../model/lattice.ts';
import type { ScfLoop } from './scf-loop.ts';

/**
 * VASP judges by the change that its own line search expects, not by the printed one: in real files that say `reached
 * required accuracy` beside their vasprun.xml the printed change was up to 12 times EDIFFG.
 */
const NEAR_GOAL = 20;
/** eV/Å: atoms at rest by symmetry, or a single one, have nothing to relax. */
const NO_FORCE = 1e-3;

export function electronicOutcome(loop: ScfLoop, settings: Settings): IonicStep['electronic'] {
  const nelm = numberOf(settings, 'NELM');
  const count = loop.count();
  if (count === 0 || nelm === undefined) return 'unknown';
  if (count < nelm) return 'reached';
  const change = Math.abs((loop.last()?.freeEnergyEv ?? Number.NaN) - (loop.beforeLast()?.freeEnergyEv ?? Number.NaN));
  const ediff = numberOf(settings, 'EDIFF');
  if (ediff === undefined || Number.isNaN(change)) return 'unknown';
  // The energies have eight decimals.
  return change <= Math.max(ediff, 1e-8) ? 'reached' : 'notReached';
}

export interface Relaxation {
  readonly settings: Settings;
  readonly steps: readonly IonicStep[];
  readonly lattice: Matrix3 | undefined;
  readonly flags: Uint8Array | undefined;
  /** The document has its end: VASP stopped by itself or was asked to. */
  readonly closed: boolean;
}

export function ionicOutcome(relaxation: Relaxation): Convergence['ionic'] {
  const { settings, steps, lattice, flags, closed } = relaxation;
  const ibrion = numberOf(settings, 'IBRION');
  const nsw = numberOf(settings, 'NSW');
  const ediffg = numberOf(settings, 'EDIFFG');
  if (ibrion === undefined || nsw === undefined) return 'unknown';
  if (nsw < 1 || ibrion < 1 || ibrion > 3) return 'notApplicable';
  const last = steps.at(-1);
  if (last === undefined || ediffg === undefined) return 'unknown';
  if (ediffg < 0) {
    const forces = last.forcesEvPerAngstrom;
    if (forces === undefined) return 'unknown';
    return largestFreeForce(forces, lattice, flags) <= -ediffg ? 'reached' : 'notReached';
  }
  const change = Math.abs((last.freeEnergyEv ?? Number.NaN) - (steps.at(-2)?.freeEnergyEv ?? Number.NaN));
  if (change <= ediffg) return 'reached';
  // Before NSW it ends at its goal or by STOPCAR, which the file does not tell apart; the goal is then near.
  const mayBeReached = steps.length < nsw || change <= NEAR_GOAL * ediffg;
  if (!closed || !mayBeReached) return 'notReached';
  const isAtGoal = change <= NEAR_GOAL * ediffg || isAtRest(relaxation);
  return steps.length < nsw && last.electronic === 'reached' && isAtGoal ? 'reached' : 'unknown';
}

/** A first step after which there was nothing to move. */
function isAtRest({ settings, steps, lattice, flags }: Relaxation): boolean {
  const forces = steps.at(-1)?.forcesEvPerAngstrom;
  const isif = numberOf(settings, 'ISIF');
  if (steps.length !== 1 || forces === undefined || isif === undefined || isif >= 3) return false;
  return largestFreeForce(forces, lattice, flags) <= NO_FORCE;
}

/** max over atoms of |F|, eV/Å, without the components along fixed lattice vectors (SCIENCE §1.8). */
export function largestFreeForce(
  forces: Float64Array,
  lattice: Matrix3 | undefined,
  flags: Uint8Array | undefined,
): number {
  const inverse = lattice === undefined || flags?.length !== forces.length ? undefined : reciprocal(lattice);
  let largest = 0;
  for (let at = 0; at + 2 < forces.length; at += 3) {
    let force: Vector3 = [forces[at] ?? 0, forces[at + 1] ?? 0, forces[at + 2] ?? 0];
    if (inverse !== undefined && lattice !== undefined && flags !== undefined) {
      const [f, g, h] = toFractional(force, inverse);
      if (flags[at] !== 1 || flags[at + 1] !== 1 || flags[at + 2] !== 1) {
        force = toCartesian([flags[at] ? f : 0, flags[at + 1] ? g : 0, flags[at + 2] ? h : 0], lattice);
      }
    }
    largest = Math.max(largest, Math.hypot(...force));
  }
  return largest;
}

export function numberOf(settings: Settings, tag: string): number | undefined {
  const value = settings[tag];
  return typeof value === 'number' ? value : undefined;
}
