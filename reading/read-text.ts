/**
 * A small text file that the user names: a profile, a table, a list of numbers. Whatever keeps it from being read is a
 * fault of the request and names the file.
 *
 * The mistake avoided here: bytes that are no UTF-8 silently become replacement characters in names and units.
 */
import { readFileSync, statSync } from 'node:fs';
import { isSystemError, reasonOf } from '../intake/system-error.ts';
import { AdatomError } from '../model/errors.ts';

/** A file of this kind is written by hand or by a script; a larger one was named by mistake. */
const LARGEST_BYTES = 256 * 1024 * 1024;

/** Throws `AdatomError('request')` when the file cannot be read or is no text in UTF-8. */
export function readText(path: string): string {
  const bytes = bytesOf(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw fault(path, 'expected text in UTF-8, found other bytes', cause);
  }
}

function bytesOf(path: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size > LARGEST_BYTES) throw fault(path, `expected at most ${LARGEST_BYTES} bytes, found ${size}`);
    return readFileSync(path);
  } catch (error) {
    if (isSystemError(error)) throw fault(path, reasonOf(error), error);
    throw error;
  }
}

function fault(path: string, reason: string, cause?: unknown): AdatomError {
  return new AdatomError('request', `${path}: ${reason}`, { where: { file: path }, cause });
}
