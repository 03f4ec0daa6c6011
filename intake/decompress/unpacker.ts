/** What the readers of the packed formats have in common. */
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Unpacker {
  readonly chunks: AsyncIterable<Buffer>;
  /** How much of the stored bytes went into the chunks so far. */
  readonly usedBytes: () => number;
}

/** `memory`: it wants more than any file needs; `options`: a kind that is not supported. */
export type PackedFault = 'cut' | 'damaged' | 'memory' | 'options';

/** What is wrong with a packed stream. What came before it was right. */
export class PackedStreamError extends Error {
  readonly fault: PackedFault;

  /** `reason`: goes on after "it" or "its". */
  constructor(fault: PackedFault, reason: string) {
    super(reason);
    this.fault = fault;
  }
}

/** How long others may have to wait for their turn. */
const LONGEST_TURN_MILLISECONDS = 10;

/** To be awaited between two pieces of work: lets others have their turn when this one has been long. */
export function turns(): () => Promise<void> | undefined {
  let start = performance.now();
  return () => {
    if (performance.now() - start <= LONGEST_TURN_MILLISECONDS) return undefined;
    return nextTurn().then(() => {
      start = performance.now();
    });
  };
}
