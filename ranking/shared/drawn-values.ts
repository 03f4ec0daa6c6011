/**
 * Values of a decision matrix drawn again from their uncertainties (SCIENCE §10.5).
 *
 * Every candidate has a stream of random numbers of its own per descriptor, named by seed, descriptor and id: its errors
 * do not depend on who else is ranked.
 */
import type { DecisionMatrix } from './decision-matrix.ts';
import { randomStreams } from './normal-stream.ts';
import type { ScoringMethod } from './scoring-method.ts';

/** Draws that are made at once. */
export const DRAWS_AT_ONCE = 64;

/** ρ of adsorption energies, under every name they are shown by; anything else has independent errors (§10.5). */
const DEFAULT_CORRELATIONS: ReadonlyMap<string, number> = new Map([
  ['adsorption-energy', 0.5],
  ['E_ads', 0.5],
  ['binding-energy', 0.5],
  ['E_b', 0.5],
  ['nucleation-driving-force', 0.5],
  ['ΔE_nuc', 0.5],
]);

/** Columns whose draws are laid out together: as many as a line of the processor's cache holds. */
const COLUMNS_AT_ONCE = 8;

export interface Drawn {
  /** Makes the next `DRAWS_AT_ONCE` draws. */
  readonly next: () => void;
  /** Draw `draw` of these; holds until the next ones are made. */
  readonly read: (draw: number) => Float64Array;
}

interface Errors {
  readonly seed: number;
  readonly correlations: Readonly<Record<string, number>>;
}

/** The number per row that `method` makes of each draw. */
export function drawnOrders(matrix: DecisionMatrix, method: ScoringMethod, errors: Errors): Drawn {
  const { ids, values, objectives } = matrix;
  const { orderOfDraws } = method;
  const cells = drawnCells(matrix, errors);
  if (orderOfDraws === undefined) {
    const drawn = byDraw({ columns: values.length, start: cells.start, fill: cells.fill });
    const order = new Float64Array(ids.length);
    const read = (draw: number): Float64Array => {
      method.order(drawn.read(draw), order);
      return order;
    };
    return { next: drawn.next, read };
  }
  // A row at a time: its draws stay near the processor until they are scores.
  const ofRow = new Float64Array(DRAWS_AT_ONCE * objectives.length);
  const blocks = objectives.map((_, column) => ofRow.subarray(column * DRAWS_AT_ONCE, (column + 1) * DRAWS_AT_ONCE));
  const fill = (row: number, block: Float64Array): void => {
    for (let column = 0; column < blocks.length; column += 1) {
      cells.fill(row * blocks.length + column, blocks[column] ?? block);
    }
    orderOfDraws(row, ofRow, block);
  };
  return byDraw({ columns: ids.length, start: cells.start, fill });
}

interface Blocks {
  readonly columns: number;
  /** Called before the next draws of all columns are made. */
  readonly start: () => void;
  /** Writes the next `DRAWS_AT_ONCE` draws of one column. */
  readonly fill: (column: number, block: Float64Array) => void;
}

/** Made column by column, read draw by draw. */
function byDraw({ columns, start, fill }: Blocks): Drawn {
  const tile = new Float64Array(COLUMNS_AT_ONCE * DRAWS_AT_ONCE);
  const drawn = new Float64Array(DRAWS_AT_ONCE * columns);
  const blocks = Array.from({ length: COLUMNS_AT_ONCE }, (_, column) =>
    tile.subarray(column * DRAWS_AT_ONCE, (column + 1) * DRAWS_AT_ONCE),
  );
  return {
    next: () => {
      start();
      for (let from = 0; from < columns; from += COLUMNS_AT_ONCE) {
        const count = Math.min(COLUMNS_AT_ONCE, columns - from);
        for (let column = 0; column < count; column += 1) fill(from + column, blocks[column] ?? tile);
        for (let at = 0; at < DRAWS_AT_ONCE; at += 1) {
          const to = at * columns + from;
          for (let column = 0; column < count; column += 1) {
            drawn[to + column] = tile[column * DRAWS_AT_ONCE + at] ?? 0;
          }
        }
      }
    },
    read: (at) => drawn.subarray(at * columns, (at + 1) * columns),
  };
}

/** Draws of the matrix' cells, one after the other; those of one draw share the errors made by `start`. */
function drawnCells(matrix: DecisionMatrix, { seed, correlations }: Errors): Omit<Blocks, 'columns'> {
  const { ids, objectives, values, uncertainties } = matrix;
  const names = objectives.map(({ descriptor }) => descriptor);
  const rho = names.map((name) => correlationOf(name, correlations));
  const own = randomStreams(ids.flatMap((id) => names.map((name) => JSON.stringify([seed, name, id]))));
  const shared = randomStreams(names.map((name) => JSON.stringify([seed, name])));
  const common = names.map(() => new Float64Array(DRAWS_AT_ONCE));
  return {
    start: () => {
      common.forEach((target, column) => {
        if ((rho[column] ?? 0) > 0) shared.normals(column, target);
      });
    },
    fill: (cell, block) => {
      const column = cell % names.length;
      const middle = values[cell] ?? 0;
      const sigma = uncertainties[cell] ?? 0;
      const sharedWidth = sigma * Math.sqrt(rho[column] ?? 0);
      const ownWidth = sigma * Math.sqrt(1 - (rho[column] ?? 0));
      const both = common[column] ?? block;
      if (ownWidth > 0) own.normals(cell, block);
      else block.fill(0);
      for (let at = 0; at < DRAWS_AT_ONCE; at += 1) {
        block[at] = middle + (sharedWidth * (both[at] ?? 0) + ownWidth * (block[at] ?? 0));
      }
    },
  };
}

export function correlationOf(name: string, correlations: Readonly<Record<string, number>>): number {
  const stated = Object.hasOwn(correlations, name) ? correlations[name] : undefined;
  return stated ?? DEFAULT_CORRELATIONS.get(name) ?? 0;
}
