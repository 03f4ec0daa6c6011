/**
 * Values of a decision matrix drawn again from their uncertainties (SCIENCE §10.5).
 *
 * Every candidate has a stream of random numbers of its own per descriptor, named by seed, descriptor and id: its errors
 * do not depend on who else is ranked.
 */
import type { DecisionMatrix } from './decision-matrix.ts';
import { randomStreams } from './normal-stream.ts';

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

/** Cells whose draws are laid out together: as many as a line of the processor's cache holds. */
const CELLS_AT_ONCE = 8;

export interface DrawnValues {
  /** Makes the next `DRAWS_AT_ONCE` draws. */
  readonly next: () => void;
  /** Draw `draw` of these, laid out as the matrix; holds until the next ones are made. */
  readonly read: (draw: number) => Float64Array;
}

interface Errors {
  readonly seed: number;
  readonly correlations: Readonly<Record<string, number>>;
}

export function drawnValues(matrix: DecisionMatrix, { seed, correlations }: Errors): DrawnValues {
  const { ids, objectives, values, uncertainties } = matrix;
  const names = objectives.map(({ descriptor }) => descriptor);
  const rho = names.map((name) => correlationOf(name, correlations));
  const own = randomStreams(ids.flatMap((id) => names.map((name) => JSON.stringify([seed, name, id]))));
  const shared = randomStreams(names.map((name) => JSON.stringify([seed, name])));
  const common = names.map(() => new Float64Array(DRAWS_AT_ONCE));
  const tile = new Float64Array(CELLS_AT_ONCE * DRAWS_AT_ONCE);
  const drawn = new Float64Array(DRAWS_AT_ONCE * values.length);
  /** All draws of one cell, one after the other. */
  const draw = (cell: number, block: Float64Array): void => {
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
  };
  const blocks = Array.from({ length: CELLS_AT_ONCE }, (_, cell) =>
    tile.subarray(cell * DRAWS_AT_ONCE, (cell + 1) * DRAWS_AT_ONCE),
  );
  return {
    next: () => {
      common.forEach((target, column) => {
        if ((rho[column] ?? 0) > 0) shared.normals(column, target);
      });
      for (let from = 0; from < values.length; from += CELLS_AT_ONCE) {
        const count = Math.min(CELLS_AT_ONCE, values.length - from);
        for (const [cell, block] of blocks.slice(0, count).entries()) draw(from + cell, block);
        for (let at = 0; at < DRAWS_AT_ONCE; at += 1) {
          const to = at * values.length + from;
          for (let cell = 0; cell < count; cell += 1) drawn[to + cell] = tile[cell * DRAWS_AT_ONCE + at] ?? 0;
        }
      }
    },
    read: (at) => drawn.subarray(at * values.length, (at + 1) * values.length),
  };
}

export function correlationOf(name: string, correlations: Readonly<Record<string, number>>): number {
  const stated = Object.hasOwn(correlations, name) ? correlations[name] : undefined;
  return stated ?? DEFAULT_CORRELATIONS.get(name) ?? 0;
}
