/**
 * The folder that results are written to (`--out`).
 *
 * Each file is written beside its place and then moved there, so that a reader never sees half a file and a full disk costs
 * no earlier result. The folder is marked, so that the next run does not search it.
 */
import { closeSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../intake/make-folder.ts';
import { isSystemError, reasonOf } from '../../intake/system-error.ts';
import { OUTPUT_MARKER } from '../../intake/walk.ts';
import { AdatomError } from '../../model/errors.ts';
import { visible } from './terminal.ts';

const MARKER_TEXT = 'Written by adatom: this folder holds results and is not searched for calculations.\n';
/** Written at once: one string of a whole scan could be longer than a string may be. */
const GROUP_CHARACTERS = 1 << 20;

export type Content = Iterable<string | Uint8Array>;

/** Does the work in the folder, which is made if need be. Throws a `request` error when it cannot be written. */
export function writingTo<T>(out: string, work: () => T): T {
  try {
    makeFolder(out);
    writeFileSync(join(out, OUTPUT_MARKER), MARKER_TEXT);
    return work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AdatomError('request', visible(`cannot write to ${out}: ${reasonOf(error)}`), { cause: error });
  }
}

/** Returns the paths. */
export function writeFiles(out: string, files: readonly (readonly [name: string, content: Content])[]): string[] {
  return writingTo(out, () => files.map(([name, content]) => writeWhole(join(out, name), content)));
}

/** Returns the path. */
export function writeWhole(path: string, content: Content): string {
  const temporary = `${path}.${process.pid}.part`;
  try {
    writeInGroups(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return path;
}

function writeInGroups(path: string, content: Content): void {
  const file = openSync(path, 'w');
  let group = '';
  const put = (bytes: Uint8Array): void => {
    for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
  };
  const flush = (): void => {
    put(Buffer.from(group));
    group = '';
  };
  try {
    for (const piece of content) {
      if (typeof piece === 'string') group += piece;
      if (typeof piece !== 'string' || group.length > GROUP_CHARACTERS) flush();
      if (typeof piece !== 'string') put(piece);
    }
    flush();
  } finally {
    closeSync(file);
  }
}
