/**
 * Opens what needs the database of a service. Its processes are often started before the database is up, or while it is
 * being restarted: that delays them, and does not end them.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { AdatomError } from '../../../model/errors.ts';
import type { Log } from '../../../model/log.ts';
import type { StopSignal } from './stop-signal.ts';

export interface DatabasePatience {
  readonly log: Log;
  /** Who is told to stop waits no longer. */
  readonly signal: StopSignal;
  /** From the first attempt on. */
  readonly seconds: number;
}

const PAUSE_MS = 500;

/** Throws what `open` throws: at once where waiting does not help, else when the patience is over or the signal came. */
export async function onceDatabaseAnswers<T>(
  open: () => Promise<T>,
  { log, signal, seconds }: DatabasePatience,
): Promise<T> {
  const limit = performance.now() + seconds * 1000;
  // One listener however long it takes: a race with `received` at every attempt would leave a trace of each on it.
  const stopping = new AbortController();
  void signal.received.then(() => stopping.abort());
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof AdatomError) || error.class !== 'transient' || performance.now() > limit) throw error;
      if (attempt === 1) log.warn({ error: error.message }, 'waiting for the database');
      await delay(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {
        throw error;
      });
    }
  }
}
