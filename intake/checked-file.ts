/**
 * One value in one file, written whole or not at all and checked when it is read: a name of what it is, the SHA-256 of
 * the payload, the payload (structured clone, so that a Float64Array stays one).
 *
 * The mistake avoided here: a file cut by a full disk or written by two processes at once that is read as a value.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { isSystemError } from './system-error.ts';

const MAGIC = 'adatom checked file 1\n';
const HASH_CHARACTERS = 64;

/** Part of the name of a file that is being written. */
export const TEMPORARY_MARK = '.writing-';

/** Replaces the file in one step: a reader sees the old content or the new. */
export function writeChecked(path: string, name: string, value: unknown): void {
  const payload = serialize(value);
  const temporary = `${path}${TEMPORARY_MARK}${randomUUID()}`;
  try {
    writeFileSync(temporary, Buffer.concat([Buffer.from(headOf(name, payload), 'latin1'), payload]));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The value; `absent` when there is no file, `foreign` when its bytes are not what `writeChecked` wrote under `name`. */
export function readChecked(path: string, name: string): { readonly value: unknown } | 'absent' | 'foreign' {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? 'absent' : 'foreign';
  }
  const payload = bytes.subarray(MAGIC.length + name.length + 1 + HASH_CHARACTERS + 1);
  if (payload.length === 0) return 'foreign';
  const head = bytes.subarray(0, bytes.length - payload.length).toString('latin1');
  if (head !== headOf(name, payload)) return 'foreign';
  try {
    return { value: deserialize(payload) };
  } catch (error) {
    // A newer V8 may have written it; anything else thrown by reading checked bytes is a fault of the bytes too.
    if (error instanceof Error) return 'foreign';
    throw error;
  }
}

function headOf(name: string, payload: Uint8Array): string {
  return `${MAGIC}${name}\n${createHash('sha256').update(payload).digest('hex')}\n`;
}
