/**
 * The data folder, made before anything else looks into it: one that cannot be made is told by its name, at once, also
 * where the system never answers (/proc).
 */
import { accessSync, constants } from 'node:fs';
import { makeFolder } from '../../intake/make-folder.ts';
import { isSystemError } from '../../intake/system-error.ts';
import { AdatomError } from '../../model/errors.ts';

/** Throws `AdatomError('request')` for a folder that cannot be made or written. */
export function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    const message = `${folder}: the data folder cannot be made or written (${cause.code}); choose another with --data or ADATOM_DATA`;
    throw new AdatomError('request', message, { cause });
  }
}
