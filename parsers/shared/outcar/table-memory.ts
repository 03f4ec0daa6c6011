/**
 * Memory for the coordinates and forces of many steps: large pieces shared by many tables, or one piece used again.
 *
 * The mistake avoided here: an array of its own for each table of a long run costs more in bookkeeping than in numbers,
 * and arrays that nobody keeps pile up until the collector comes. What is kept of a file when its other steps are
 * dropped (the last step) must own its memory, or it would keep a whole piece.
 */
import type { IonicStep } from '../../../model/calculation.ts';

export interface TableMemory {
  /** Two arrays of `length` numbers, for the positions and the forces of one step; what they hold is not cleared. */
  readonly take: (length: number) => readonly [positions: Float64Array, forces: Float64Array];
}

const LARGEST_PIECE = 64 * 1024;

/** `last`: each pair takes the memory of the one before. */
export function tableMemory(keep: 'all' | 'last'): TableMemory {
  let piece = new Float64Array(0);
  let used = 0;
  return {
    take: (length) => {
      const needed = 2 * length;
      if (keep === 'last') used = 0;
      if (used + needed > piece.length) {
        // Twice as much as before: a file of one step takes what it needs, a long one few pieces.
        piece = new Float64Array(Math.max(needed, Math.min(LARGEST_PIECE, 2 * piece.length)));
        used = 0;
      }
      const start = used;
      used += needed;
      return [piece.subarray(start, start + length), piece.subarray(start + length, start + needed)];
    },
  };
}

/** The step with arrays of its own. */
export function ownTables(step: IonicStep): IonicStep {
  const { cartesianAngstrom, forcesEvPerAngstrom, machineLearned } = step;
  const learnedForces = machineLearned?.forcesEvPerAngstrom;
  return {
    ...step,
    ...(cartesianAngstrom !== undefined && { cartesianAngstrom: cartesianAngstrom.slice() }),
    ...(forcesEvPerAngstrom !== undefined && { forcesEvPerAngstrom: forcesEvPerAngstrom.slice() }),
    ...(learnedForces !== undefined && {
      machineLearned: { ...machineLearned, forcesEvPerAngstrom: learnedForces.slice() },
    }),
  };
}
