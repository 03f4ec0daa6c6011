/** What the codes of a sequence stand for, and the tables they have unless a block brings its own (RFC 8878, 3.1.1.3.2). */
import { type StateTable, stateTable } from './entropy.ts';

export type CodeKind = 'literals' | 'offset' | 'match';

interface Codes {
  readonly maxLog: number;
  readonly predefined: StateTable;
  /** By code: the value is the baseline and so many bits more. */
  readonly extraBits: Uint8Array;
  readonly baselines: Uint32Array;
}

const LITERAL_BITS = [...Array<number>(16).fill(0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const MATCH_BITS = [
  ...Array<number>(32).fill(0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
];
const OFFSET_BITS = Array.from({ length: 32 }, (_, code) => code);

const LITERAL_COUNTS = [
  ...[4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1],
  ...[-1, -1, -1, -1],
];
const MATCH_COUNTS = [...[1, 4, 3, 2, 2, 2, 2, 2, 2, ...Array<number>(37).fill(1)], ...Array<number>(7).fill(-1)];
const OFFSET_COUNTS = [
  ...[1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  ...[-1, -1, -1, -1, -1],
];

export const CODES: Readonly<Record<CodeKind, Codes>> = {
  literals: codes({ bits: LITERAL_BITS, counts: LITERAL_COUNTS, log: 6, maxLog: 9, first: 0 }),
  match: codes({ bits: MATCH_BITS, counts: MATCH_COUNTS, log: 6, maxLog: 9, first: 3 }),
  offset: codes({ bits: OFFSET_BITS, counts: OFFSET_COUNTS, log: 5, maxLog: 8, first: 1 }),
};

interface Described {
  readonly bits: readonly number[];
  readonly counts: readonly number[];
  readonly log: number;
  readonly maxLog: number;
  readonly first: number;
}

function codes({ bits, counts, log, maxLog, first }: Described): Codes {
  const baselines = new Uint32Array(bits.length);
  let baseline = first;
  for (const [code, count] of bits.entries()) {
    baselines[code] = baseline;
    baseline += 2 ** count;
  }
  return { maxLog, predefined: stateTable(counts, log), extraBits: Uint8Array.from(bits), baselines };
}
