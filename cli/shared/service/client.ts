/**
 * Requests to the service: the key goes along, refusals become `AdatomError`s, and what may succeed later is tried again.
 *
 * The mistakes avoided here: giving up an upload of hours because the service restarts, waiting a minute to tell that
 * the address is wrong (an address that has never answered is not tried again), and sending a second time what must not
 * happen twice (`repeatable` says what may).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AdatomError } from '../../../model/errors.ts';
import { adatomVersion } from '../../../reading/version.ts';
import type { Connection } from './connection.ts';
import { errorOfAnswer } from './problem-answer.ts';

export type RequestContent = NonNullable<RequestInit['body']>;

export interface ServiceRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Sent as a JSON document. */
  readonly document?: unknown;
  /** Sent as they are; made anew for every attempt. */
  readonly bytes?: () => { readonly body: RequestContent; readonly sizeBytes: number };
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether doing it twice is like doing it once. Default: for GET and PUT. */
  readonly repeatable?: boolean;
  /** Ends it, and the waiting for another attempt. */
  readonly signal?: AbortSignal;
}

export interface ServiceClient {
  readonly server: string;
  /** `path` begins with a slash. Throws `AdatomError` unless the answer is a success. */
  readonly request: (path: string, request?: ServiceRequest) => Promise<Response>;
  /** The document that is answered. */
  readonly json: (path: string, request?: ServiceRequest) => Promise<unknown>;
}

export interface ClientOptions {
  /** How long the service may be away or busy before a request is given up. */
  readonly patienceSeconds?: number;
  /** Told before a wait that a person would wonder about. */
  readonly onWait?: (message: string) => void;
}

/** For a question that somebody waits for. */
const SHORT_PATIENCE_SECONDS = 5;
const FIRST_WAIT_SECONDS = 0.25;
const LONGEST_WAIT_SECONDS = 10;
const TOLD_FROM_SECONDS = 2;

export function openClient(connection: Connection, options: ClientOptions = {}): ServiceClient {
  const { server } = connection;
  const patience = options.patienceSeconds ?? SHORT_PATIENCE_SECONDS;
  let hasAnswered = false;
  const request: ServiceClient['request'] = async (path, wanted = {}) => {
    const { method = 'GET', repeatable = method === 'GET' || method === 'PUT' } = wanted;
    const startedAt = performance.now();
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await send(connection, path, { ...wanted, method });
      if (outcome instanceof Response) hasAnswered = true;
      if (outcome instanceof Response && outcome.ok) return outcome;
      const error = outcome instanceof Response ? await errorOfAnswer(outcome, server) : outcome;
      const wait = waitSeconds(outcome, attempt);
      const waited = (performance.now() - startedAt) / 1000;
      if (!mayRepeat(outcome, repeatable && hasAnswered) || waited + wait > patience) throw error;
      if (wait >= TOLD_FROM_SECONDS) options.onWait?.(`${error.message}; trying again in ${Math.ceil(wait)} s`);
      await sleep(wait * 1000, undefined, wanted.signal && { signal: wanted.signal });
    }
  };
  return { server, request, json: async (path, wanted) => documentOf(await request(path, wanted), server) };
}

/** The answer, or why there is none. */
async function send(
  { server, key }: Connection,
  path: string,
  { method, document, bytes, headers, signal }: ServiceRequest,
): Promise<Response | AdatomError> {
  const content = bytes?.();
  const init: RequestInit & { duplex?: 'half' } = {
    method: method ?? 'GET',
    redirect: 'error',
    ...(signal && { signal }),
    headers: {
      accept: 'application/json, application/problem+json',
      'user-agent': `adatom/${adatomVersion()}`,
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(document !== undefined && { 'content-type': 'application/json' }),
      ...(content && { 'content-type': 'application/octet-stream', 'content-length': String(content.sizeBytes) }),
      ...headers,
    },
    ...(document !== undefined && { body: JSON.stringify(document) }),
    // A body that is a stream is sent while the answer may come already.
    ...(content && { body: content.body, duplex: 'half' as const }),
  };
  try {
    return await fetch(`${server}${path}`, init);
  } catch (error) {
    return unreachable(server, error);
  }
}

/** `fetch` tells every failure of the network as a TypeError whose cause is the failure. */
function unreachable(server: string, error: unknown): AdatomError {
  if (!(error instanceof TypeError)) throw error;
  const code = codeOf(error.cause) ?? codeOf(error) ?? '';
  const said = error.cause instanceof Error ? error.cause.message : error.message;
  const reason = REASONS[code] ?? REASONS[said] ?? said;
  const advice = code === 'ECONNREFUSED' ? ' (adatom serve starts one; --server names another)' : '';
  return new AdatomError('transient', `no answer from ${server}: ${reason}${advice}`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no service listens there',
  ENOTFOUND: 'there is no machine of this name',
  EAI_AGAIN: 'the name of the machine cannot be looked up',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'the answer did not come in time',
  EHOSTUNREACH: 'the machine cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  'bad port': 'HTTP is not spoken on this port; choose another with --port',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; name its authority in NODE_EXTRA_CA_CERTS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https; try http',
};

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** 429 and 503 say that nothing was done, 409 with a time that it is being done; a gateway's 502 and 504 say neither. */
function mayRepeat(outcome: Response | AdatomError, isHarmless: boolean): boolean {
  if (!(outcome instanceof Response)) return isHarmless;
  if (outcome.status === 429 || outcome.status === 503) return true;
  if (outcome.status === 409) return isHarmless && outcome.headers.has('retry-after');
  return isHarmless && (outcome.status === 502 || outcome.status === 504);
}

/** What the service asks for, else twice as long as before. */
function waitSeconds(outcome: Response | AdatomError, attempt: number): number {
  const asked = outcome instanceof Response ? outcome.headers.get('retry-after') : null;
  if (asked !== null && /^\d+$/.test(asked)) return Math.max(Number(asked), FIRST_WAIT_SECONDS);
  return Math.min(FIRST_WAIT_SECONDS * 2 ** attempt, LONGEST_WAIT_SECONDS);
}

async function documentOf(answer: Response, server: string): Promise<unknown> {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const found = answer.headers.get('content-type') ?? 'nothing';
    const message = `${server}: expected a JSON document, found ${found}; is this the address of an Adatom service?`;
    throw new AdatomError('request', message, { cause });
  }
}
