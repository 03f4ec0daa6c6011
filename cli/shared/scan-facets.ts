/**
 * Searches all pairs of a scan on threads, those excepted whose result is kept from an earlier one.
 *
 * The order in which threads finish is chance; results are put in their places, so that it shows nowhere.
 */
import { availableParallelism } from 'node:os';
import type { CoincidenceLimits } from '../../model/coincidence.ts';
import { type BestCoincidences, type FacetPair, matchFacets } from '../../pipeline/match-facets.ts';
import { adatomVersion } from '../../reading/version.ts';
import { type KeptPlane, keptMatches, NOTHING_KEPT, pairKey, planeDigest } from './kept-matches.ts';
import { type MatchTask, openMatchPool } from './match-pool.ts';
import { startProgress } from './progress.ts';

export interface ScanOptions {
  readonly limits: CoincidenceLimits;
  readonly threads?: number;
  /** Folder in which results are kept; without it none are. */
  readonly out?: string;
  readonly quiet: boolean;
}

export interface ScannedPairs<P> {
  readonly pairs: readonly FacetPair<P>[];
  /** How many of them are from an earlier scan. */
  readonly kept: number;
}

/** Pairs per message to a thread, and per write. */
const TASK_PAIRS = 16;

export async function scanFacets<P extends KeptPlane>(
  films: readonly P[],
  substrates: readonly P[],
  options: ScanOptions,
): Promise<ScannedPairs<P>> {
  const store = options.out === undefined ? NOTHING_KEPT : keptMatches(options.out, options.limits, adatomVersion());
  const digests = new Map([...films, ...substrates].map((plane) => [plane, planeDigest(plane)]));
  const keyOf = (film: P, substrate: P): string => pairKey(digests.get(film) ?? '', digests.get(substrate) ?? '');
  const found = new Map<string, string>();
  const missing: Missing<P>[] = [];
  for (const film of films) {
    const unknown = substrates.filter((substrate) => {
      const key = keyOf(film, substrate);
      const json = store.get(key);
      if (json !== undefined) found.set(key, json);
      return json === undefined;
    });
    for (let at = 0; at < unknown.length; at += TASK_PAIRS) {
      missing.push({ film, substrates: unknown.slice(at, at + TASK_PAIRS) });
    }
  }
  const kept = films.length * substrates.length - pairCount(missing);
  await searchMissing(missing, options, (film, entries) => {
    const keyed = entries.map(([substrate, json]) => [keyOf(film, substrate), json] as const);
    for (const [key, json] of keyed) found.set(key, json);
    store.add(keyed);
  });
  const resultOf = (film: P, substrate: P): BestCoincidences => {
    const json = found.get(keyOf(film, substrate));
    if (json === undefined) throw new Error('a pair that was not searched');
    return JSON.parse(json) as BestCoincidences; // written by `searchTask`; a kept line has its digest
  };
  return { pairs: matchFacets(films, substrates, resultOf), kept };
}

interface Missing<P> {
  readonly film: P;
  readonly substrates: readonly P[];
}

type Take<P> = (film: P, entries: readonly (readonly [substrate: P, json: string])[]) => void;

async function searchMissing<P extends KeptPlane>(
  missing: readonly Missing<P>[],
  { limits, threads = availableParallelism(), quiet, out }: ScanOptions,
  take: Take<P>,
): Promise<void> {
  const total = pairCount(missing);
  const pool = openMatchPool(total, threads);
  const progress = startProgress('matching pair', total, quiet);
  let done = 0;
  const interrupted = (): void => {
    progress.done();
    const where = out === undefined ? 'nothing is kept without --out' : `kept in ${out}; the same command goes on`;
    if (!quiet) process.stderr.write(`stopped after ${done} of ${total} pairs; ${where}\n`);
  };
  // Before the listener that ends the program.
  process.prependListener('SIGINT', interrupted);
  const queue = missing.values();
  const work = async (): Promise<void> => {
    for (const { film, substrates } of queue) {
      const task: MatchTask = { film: film.lattice, substrates: substrates.map(({ lattice }) => lattice), limits };
      const results = await pool.search(task);
      take(
        film,
        substrates.map((substrate, at) => [substrate, results[at] ?? ''] as const),
      );
      done += substrates.length;
      progress.advance(substrates.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: pool.atOnce }, work));
  } finally {
    progress.done();
    process.removeListener('SIGINT', interrupted);
    await pool.close();
  }
}

function pairCount(missing: readonly Missing<unknown>[]): number {
  return missing.reduce((sum, { substrates }) => sum + substrates.length, 0);
}
