/**
 * The one place that decides what a failure of the database means. Codes: PostgreSQL manual, appendix A.
 *
 * `transient`: the server is away, going away, full of connections, or asks to repeat. `request`: it refuses the value
 * or the login. Everything else stays as it is, because it is a bug of ours.
 */
import { AdatomError } from '../model/errors.ts';

/** Of the system: nobody listens, or the line broke. */
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** The driver gives these no code. */
const CONNECTION_MESSAGES =
  /^(Connection terminated|Connection ended|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed)/;
/** The store was closed while something still asked. */
const CLOSED_MESSAGE = /^(Cannot use a pool after calling end|driver has already been destroyed)/;

/** Connection, resources, operator intervention, and two of "lock" and "repeat". */
const TRANSIENT_STATES = /^(08...|53...|57P..|55P03|40001|40P01)$/;
/** Deadlock and serialization: the server has rolled back and a repeat may pass. */
const REPEAT_STATES = /^(40001|40P01)$/;
/** The statement took longer than it was given, or an administrator ended it. */
const ENDED_STATE = '57014';
/** Data exceptions: a number out of range, a NUL in a text, no UUID. */
const VALUE_STATES = /^22...$/;
/** Unknown user or wrong password, no right, no such database. */
const LOGIN_STATES = /^(28...|3D000|42501)$/;

export function databaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AdatomError) return error;
  if (isTransient(error) || CLOSED_MESSAGE.test(error.message)) {
    return new AdatomError('transient', `the database does not answer: ${reasonOf(error)}`, { cause: error });
  }
  const code = codeOf(error);
  if (VALUE_STATES.test(code)) {
    return new AdatomError('request', `the database refuses a value: ${error.message}`, { cause: error });
  }
  if (LOGIN_STATES.test(code)) {
    return new AdatomError('request', `the database refuses the login: ${error.message}`, { cause: error });
  }
  return error;
}

/** Whether the database cannot answer now, but may later. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AdatomError) return error.class === 'transient';
  const code = codeOf(error);
  return CONNECTION_CODES.has(code) || TRANSIENT_STATES.test(code) || CONNECTION_MESSAGES.test(error.message);
}

/** Whether the server asks to repeat the transaction at once, rather than being away. */
export function asksToRepeat(error: unknown): boolean {
  return error instanceof Error && REPEAT_STATES.test(codeOf(error));
}

/** Whether the server ended a statement that took too long. */
export function wasEnded(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === ENDED_STATE;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A name that resolves to two addresses fails with one error for each and no text of its own. */
function reasonOf(error: Error): string {
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  return first instanceof Error ? first.message : error.message;
}
