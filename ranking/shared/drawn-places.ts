/**
 * Which place every candidate takes in every draw.
 *
 * Kept is the number of candidates before it, two bytes a draw, from which all questions about the draws are answered.
 * Equal scores share the places they take together.
 */
import { placeCounter } from './descending-places.ts';
import { DRAWS_AT_ONCE, type Drawn } from './drawn-values.ts';

export interface DrawnPlaces {
  /** Share of draws at each of the first places; candidates with one score share their places equally. */
  readonly rankProbabilities: (row: number) => readonly number[];
  /** Share of draws in which the first beats the second; equal scores count half. */
  readonly beatingProbability: (row: number, rival: number) => number;
}

interface Extent {
  readonly candidates: number;
  readonly draws: number;
  /** Of how many places the probabilities are told. */
  readonly placesTold: number;
}

export function drawnPlaces(orders: Drawn, extent: Extent): DrawnPlaces {
  const { candidates, draws } = extent;
  const told = Math.min(extent.placesTold, candidates);
  const Places = candidates <= 0xffff ? Uint16Array : Uint32Array;
  const before = new Places(candidates * draws);
  const places = new Places(candidates * DRAWS_AT_ONCE);
  /** By candidate, its draws side by side; written a block at once, because one by one each is elsewhere in memory. */
  const keepBlock = (end: number): void => {
    const start = Math.floor((end - 1) / DRAWS_AT_ONCE) * DRAWS_AT_ONCE;
    for (let row = 0; row < candidates; row += 1) {
      for (let draw = start; draw < end; draw += 1) {
        before[row * draws + draw] = places[(draw - start) * candidates + row] ?? 0;
      }
    }
  };
  const shares = new Float64Array(candidates * told);
  const countPlaces = placeCounter(candidates);
  for (let draw = 0; draw < draws; draw += 1) {
    if (draw % DRAWS_AT_ONCE === 0) orders.next();
    const from = (draw % DRAWS_AT_ONCE) * candidates;
    const ofDraw = places.subarray(from, from + candidates);
    countPlaces(orders.read(draw % DRAWS_AT_ONCE), ofDraw);
    addShares(ofDraw, shares, told);
    if ((draw + 1) % DRAWS_AT_ONCE === 0 || draw + 1 === draws) keepBlock(draw + 1);
  }
  return {
    rankProbabilities: (row) => Array.from(shares.subarray(row * told, (row + 1) * told), (share) => share / draws),
    beatingProbability: (row, rival) => {
      let halves = 0;
      for (let draw = 0; draw < draws; draw += 1) {
        const mine = before[row * draws + draw] ?? 0;
        const other = before[rival * draws + draw] ?? 0;
        halves += mine < other ? 2 : mine === other ? 1 : 0;
      }
      return halves / (2 * draws);
    },
  };
}

/** Adds one draw: candidates with one place share it and the places after it, as many as they are. */
function addShares(places: Uint16Array | Uint32Array, shares: Float64Array, told: number): void {
  const members = new Uint32Array(told);
  for (const place of places) if (place < told) members[place] = (members[place] ?? 0) + 1;
  places.forEach((place, row) => {
    if (place >= told) return;
    const equal = members[place] ?? 1;
    for (let at = place; at < Math.min(told, place + equal); at += 1) {
      shares[row * told + at] = (shares[row * told + at] ?? 0) + 1 / equal;
    }
  });
}
