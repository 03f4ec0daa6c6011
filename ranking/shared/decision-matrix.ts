/**
 * The candidates that are ranked as one matrix: a row per candidate, a column per objective.
 *
 * Draws, weights and methods work on its columns of plain numbers; what has no value is marked in `known` and its number
 * is never read. Rows are in the order of the ids, so that no order of the input can change a result.
 */
import type { Objective } from '../../model/profile.ts';

export interface DecisionMatrix {
  readonly ids: readonly string[];
  readonly objectives: readonly Objective[];
  /** Row by row, each in the unit of its objective. */
  readonly values: Float64Array;
  /** 1σ of each. */
  readonly uncertainties: Float64Array;
  /** 1 where there is a value. */
  readonly known: Uint8Array;
  /** Weights of a row, which add up to 1 over those of its objectives that count. */
  readonly shares: Float64Array;
}

/** One objective of one candidate. */
export interface Cell {
  readonly value: number;
  readonly uncertainty: number;
}

export interface MatrixRow {
  readonly id: string;
  /** In the order of the objectives; undefined = not known. */
  readonly cells: readonly (Cell | undefined)[];
  /** Whether a value that is not known keeps its weight (and counts as the worst) or gives it to the others. */
  readonly keepsWeight: readonly boolean[];
}

export function decisionMatrix(rows: readonly MatrixRow[], objectives: readonly Objective[]): DecisionMatrix {
  const size = rows.length * objectives.length;
  const matrix = {
    ids: rows.map(({ id }) => id),
    objectives,
    values: new Float64Array(size),
    uncertainties: new Float64Array(size),
    known: new Uint8Array(size),
    shares: new Float64Array(size),
  };
  rows.forEach(({ cells }, row) => {
    cells.forEach((cell, column) => {
      if (cell === undefined) return;
      const at = row * objectives.length + column;
      matrix.values[at] = cell.value;
      matrix.uncertainties[at] = cell.uncertainty;
      matrix.known[at] = 1;
    });
  });
  const counts = rows.map(({ cells, keepsWeight }) => cells.map((cell, at) => cell !== undefined || keepsWeight[at]));
  const weights = objectives.map((objective) => objective.weight);
  counts.forEach((counted, row) => {
    const sum = weights.reduce((total, weight, column) => total + (counted[column] === true ? weight : 0), 0);
    weights.forEach((weight, column) => {
      if (counted[column] === true) matrix.shares[row * weights.length + column] = weight / sum;
    });
  });
  return matrix;
}

/** The same rows under other weights, one per objective. */
export function withWeights(matrix: DecisionMatrix, weights: readonly number[]): DecisionMatrix {
  const shares = new Float64Array(matrix.shares.length);
  const columns = weights.length;
  for (let row = 0; row < matrix.ids.length; row += 1) {
    let sum = 0;
    for (let column = 0; column < columns; column += 1) {
      if ((matrix.shares[row * columns + column] ?? 0) > 0) sum += weights[column] ?? 0;
    }
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      if ((matrix.shares[at] ?? 0) > 0 && sum > 0) shares[at] = (weights[column] ?? 0) / sum;
    }
  }
  return { ...matrix, shares };
}
