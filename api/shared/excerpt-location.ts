/**
 * Which file of this machine an excerpt may be read from: a real path below the allowed roots, or of an upload of the
 * same project, and never a POTCAR.
 *
 * A location was checked when its folder was handed in, but months may lie between: a link put in its place must lead
 * nowhere else. The data folder holds other projects' uploads and the database: inside it only the project's own
 * uploads are readable, also when the roots contain the whole folder.
 */
import { realpathSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { isLicensedName } from '../../intake/licensed-file.ts';
import { isSystemError } from '../../intake/system-error.ts';
import type { ServiceSettings } from '../../model/service-settings.ts';
import type { StoredFile } from '../../store/store.ts';
import { Problem } from '../problem.ts';

export interface ExcerptBounds {
  readonly project: string;
  readonly settings: Pick<ServiceSettings, 'ADATOM_DATA'>;
  readonly roots: readonly string[];
}

/** Throws 403 for a file that may not be shown, 409 for one that is gone, 422 for one in object storage. */
export function excerptLocation({ path, location }: StoredFile, bounds: ExcerptBounds): string {
  if (location.startsWith('s3://')) {
    throw new Problem(422, 'not-local', `${path} lies in object storage; only files on a file system can be quoted`);
  }
  const real = realPathOf(location);
  if (real === undefined) throw new Problem(409, 'file-changed', `${path} is not there any more`);
  if ([path, location, real].some((name) => isLicensedName(basename(name)))) throw licensed(path);
  if (!isReadable(real, bounds))
    throw new Problem(403, 'not-allowed', `${path} does not lie in a folder that may be read`);
  return real;
}

export function licensed(path: string): Problem {
  return new Problem(403, 'licensed', `${path} is a POTCAR: its text is licensed and is not shown`);
}

function isReadable(real: string, { project, settings, roots }: ExcerptBounds): boolean {
  const data = realPathOf(settings.ADATOM_DATA);
  if (data !== undefined && isBelow(real, data)) return isBelow(real, join(data, 'uploads', project));
  return roots.some((root) => {
    const realRoot = realPathOf(root);
    return realRoot !== undefined && isBelow(real, realRoot);
  });
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}
