/**
 * The few errors that cross a border, and the one table that maps each class to exit code, queue behaviour and HTTP
 * status.
 *
 * Contract: an `AdatomError` means the request or the input is at fault; anything else is our bug (exit code 70).
 * Faults *inside* the input of a request that can still be answered are issues, not errors.
 */
import type { Where } from './issues.ts';

export type ErrorClass = 'request' | 'unanswerable' | 'transient';

/** What each border does with an error of a class. */
export const ERROR_TABLE = {
  request: { exitCode: 2, queue: 'fail', httpStatus: 400 },
  unanswerable: { exitCode: 3, queue: 'fail', httpStatus: 422 },
  transient: { exitCode: 3, queue: 'retry', httpStatus: 503 },
} as const satisfies Record<ErrorClass, { exitCode: number; queue: 'fail' | 'retry'; httpStatus: number }>;

/** sysexits EX_SOFTWARE: a fault of ours. */
export const BUG_EXIT_CODE = 70;

export class AdatomError extends Error {
  readonly class: ErrorClass;
  readonly where: Where;

  constructor(errorClass: ErrorClass, message: string, options: { where?: Where; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AdatomError';
    this.class = errorClass;
    this.where = options.where ?? {};
  }
}

export function exitCodeOf(error: unknown): number {
  return error instanceof AdatomError ? ERROR_TABLE[error.class].exitCode : BUG_EXIT_CODE;
}
