/**
 * Errors on their way out of a thread: structured clone keeps only name and message of an error, so the class of an
 * `AdatomError`, which decides about retries, would be lost.
 */
import { AdatomError, type ErrorClass } from '../../model/errors.ts';

export type ThreadAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly class: ErrorClass; readonly message: string };

/** In the thread. */
export async function answering<T>(work: () => T | Promise<T>): Promise<ThreadAnswer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof AdatomError) return { ok: false, class: error.class, message: error.message };
    throw error;
  }
}

/** Outside the thread: the value, or the error thrown again. */
export function answered<T>(answer: ThreadAnswer<T>): T {
  if (answer.ok) return answer.value;
  throw new AdatomError(answer.class, answer.message);
}
