/** One damaged file: made from seed and number, read, and what came of it checked. */
import { randomOf } from '../shared/random.ts';
import { archiveTargets } from './archive-targets.ts';
import { mutations } from './mutations.ts';
import { recordTargets } from './record-targets.ts';
import type { Target } from './target.ts';

export interface CaseResult {
  readonly format: string;
  readonly mutation: string;
  readonly sample: string;
  readonly faults: readonly string[];
  readonly bytes: Buffer;
}

/** Every so many cases the file is also read through a small window. */
const WINDOW_EVERY = 8;

export type CaseRunner = (seed: number, index: number) => Promise<CaseResult>;

/** Files of text below this size cost a tenth of the others: in the time of one of those, six of them are damaged. */
const SMALL_BYTES = 8 * 1024;
const TURNS_OF_SMALL = 6;
const COSTLY: ReadonlySet<string> = new Set(['vaspout-h5', 'packed', 'upload']);

/** The targets of each format (absent: of all); how many of them there are does not say how often they are damaged. */
export async function allTargets(only?: readonly string[]): Promise<ReadonlyMap<string, readonly Target[]>> {
  const all = new Map<string, readonly Target[]>([...(await recordTargets()), ...archiveTargets()]);
  if (only === undefined) return all;
  return new Map(
    only.map((format) => {
      const found = all.get(format);
      if (found === undefined) throw new Error(`no format ${format}: choose of ${[...all.keys()].join(', ')}`);
      return [format, found];
    }),
  );
}

export function caseRunner(targets: ReadonlyMap<string, readonly Target[]>): CaseRunner {
  const formats = [...targets.values()].flatMap((found) => new Array<readonly Target[]>(turnsOf(found)).fill(found));
  return async (seed, index) => {
    const random = randomOf(seed, index);
    const target = random.pick(random.pick(formats));
    const mutation = random.pick(mutations);
    const bytes = mutation.apply(target.bytes, random) ?? target.bytes;
    // A second damage leaves nothing to compare with, but must not harm the reader either.
    const second = random.below(4) === 0 ? random.pick(mutations) : undefined;
    const damaged = second?.apply(bytes.length === 0 ? target.bytes : bytes, random) ?? bytes;
    const damage = {
      mutation: second === undefined ? mutation : undefined,
      isWindowed: index % WINDOW_EVERY === 0,
      random,
    };
    const faults = await target.faults(damaged, damage);
    return { format: target.format, mutation: mutation.name, sample: target.name, bytes: damaged, faults };
  };
}

function turnsOf(targets: readonly Target[]): number {
  const isCostly = targets.some(({ format, bytes }) => COSTLY.has(format) || bytes.length > SMALL_BYTES);
  return isCostly ? 1 : TURNS_OF_SMALL;
}
