/**
 * What a request is refused with: RFC 9457 problem documents, `{type, title, status, detail, code, issues, requestId}`.
 *
 * Routes throw an `AdatomError` for a fault of the input (its class gives the status) or a `Problem` where HTTP has a
 * status of its own; anything else that is thrown is a bug: status 500 without its text.
 */
import type { Issue } from '../model/issues.ts';

export interface ProblemOptions {
  readonly issues?: readonly Issue[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

export class Problem extends Error {
  readonly status: number;
  /** Stable word for programs, e.g. `not-found`. */
  readonly code: string;
  readonly issues: readonly Issue[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.issues = options.issues ?? [];
    this.headers = options.headers ?? {};
  }
}

/** Also for an object of another project: whether an id exists there is nobody else's business. */
export function notFound(what: string): Problem {
  return new Problem(404, 'not-found', `${what} does not exist`);
}
