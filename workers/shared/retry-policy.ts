/**
 * When a job is tried again: only for faults that pass by themselves (`transient` in the table of model/errors.ts). A
 * wrong request and a bug would fail the same way each time.
 */
import { AdatomError, ERROR_TABLE } from '../../model/errors.ts';

/** With the pauses below some three minutes: longer than a database or a network file system takes to restart. */
export const ATTEMPTS = 15;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

export function isWorthRetrying(error: unknown): boolean {
  return error instanceof AdatomError && ERROR_TABLE[error.class].queue === 'retry';
}

/** Pause before the next attempt; the random part keeps jobs that failed together from coming back together. */
export function pauseMs(attemptsMade: number): number {
  const full = Math.min(FIRST_PAUSE_MS * 2 ** (attemptsMade - 1), LONGEST_PAUSE_MS);
  return Math.round(full * (0.75 + 0.5 * Math.random()));
}

/**
 * What the submitter and the administrator are told. It may quote what they wrote; a NUL in it, which no text of the
 * database holds, would make the failure itself impossible to record, and the job come back for ever.
 */
export function failureSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const sentence = error instanceof AdatomError ? message : `a fault of adatom, not of the calculations: ${message}`;
  return sentence.replaceAll('\0', '\uFFFD');
}
