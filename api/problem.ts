/**
 * What a request is refused with: RFC 9457 problem documents, `{type, title, status, detail, code, issues, requestId}`,
 * with `faults` where several things are wrong with a request.
 *
 * Routes throw an `AdatomError` for a fault of the input (its class gives the status) or a `Problem` where HTTP has a
 * status of its own; anything else that is thrown is a bug: status 500 without its text.
 */
import type { Issue } from '../model/issues.ts';

/** One thing that is wrong with a request, and where. */
export interface RequestFault {
  /** Part of the request: `body`, `query`, `params`, `headers`. */
  readonly part: string;
  /** E.g. `sources[0].kind`; empty for the whole part. */
  readonly path: string;
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
}

export interface ProblemOptions {
  readonly issues?: readonly Issue[];
  readonly faults?: readonly RequestFault[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

export class Problem extends Error {
  readonly status: number;
  /** Stable word for programs, e.g. `not-found`. */
  readonly code: string;
  readonly issues: readonly Issue[];
  readonly faults: readonly RequestFault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.issues = options.issues ?? [];
    this.faults = options.faults ?? [];
    this.headers = options.headers ?? {};
  }
}

/** Also for an object of another project: whether an id exists there is nobody else's business. */
export function notFound(what: string): Problem {
  return new Problem(404, 'not-found', `${what} does not exist`);
}

/** For what passes by itself: the client is told when to come again. */
export function tryLater(status: 409 | 429 | 503, code: string, detail: string, afterSeconds: number): Problem {
  return new Problem(status, code, detail, {
    headers: { 'retry-after': String(Math.max(1, Math.ceil(afterSeconds))) },
  });
}
