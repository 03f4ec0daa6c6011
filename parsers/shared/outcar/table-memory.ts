/**
 * Memory for the coordinates and forces of many steps: large pieces shared by many tables, or one piece used again.
 *
 * The mistake avoided here: an array of its own for each table of a long run costs more in bookkeeping than in numbers,
 * and arrays that nobody keeps pile up until the collector comes. What is kept of a file when its other steps are
 * dropped (the last step) must own its memory, or it would keep a whole piece.
 */
import type { IonicStep } from '../../../model/calculation.ts';
import type { RowLayout } from './fixed-rows.ts';

/** The positions and the forces of one step, and both as one array; what they hold is not cleared. */
export interface StepTables {
  readonly numbers: Float64Array;
  readonly positions: Float64Array;
  readonly forces: Float64Array;
}

export interface TableMemory {
  /** Positions and forces of `length` numbers each. */
  readonly take: (length: number) => StepTables;
  /** Where in `numbers` the six columns of the first of so many rows stand. */
  readonly offsets: (rows: number) => readonly number[];
  /** Of the rows of the table before: the next one's are most likely printed alike. */
  layout: RowLayout | undefined;
}

const LARGEST_PIECE = 64 * 1024;

/** `last`: each pair takes the memory of the one before. */
export function tableMemory(keep: 'all' | 'last'): TableMemory {
  let piece = new Float64Array(0);
  let used = 0;
  let taken: StepTables | undefined;
  let offsets: readonly number[] = [];
  const take = (length: number): StepTables => {
    if (keep === 'last' && taken?.positions.length === length) return taken;
    const needed = 2 * length;
    if (keep === 'last') used = 0;
    if (used + needed > piece.length) {
      // Twice as much as before: a file of one step takes what it needs, a long one few pieces.
      piece = new Float64Array(Math.max(needed, Math.min(LARGEST_PIECE, 2 * piece.length)));
      used = 0;
    }
    const numbers = piece.subarray(used, used + needed);
    used += needed;
    taken = { numbers, positions: numbers.subarray(0, length), forces: numbers.subarray(length) };
    return taken;
  };
  return {
    take,
    offsets: (rows) => {
      const [, , , first] = offsets;
      if (first !== 3 * rows) offsets = [0, 1, 2, 3 * rows, 3 * rows + 1, 3 * rows + 2];
      return offsets;
    },
    layout: undefined,
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
