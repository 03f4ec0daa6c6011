/** The files of a folder where they can be read: in their place, or fetched from object storage for as long as needed. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ObjectStorage } from '../../intake/object-storage.ts';
import type { PlannedFile } from './folder-plan.ts';
import { placeInStorage } from './storage-place.ts';

export interface LocalFiles {
  /** In the order of the planned files; `realPath` is where `path` must lead. */
  readonly paths: readonly { readonly path: string; readonly realPath: string }[];
  readonly close: () => void;
}

/** Throws `AdatomError('request')` for an object that has changed since it was found. */
export async function localFiles(files: readonly PlannedFile[], objects: ObjectStorage): Promise<LocalFiles> {
  if (files.every(({ etag }) => etag === undefined)) {
    return { paths: files.map(({ path, location }) => ({ path, realPath: location })), close: () => undefined };
  }
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'adatom-objects-')));
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const paths = [];
    for (const [index, { path, location, etag }] of files.entries()) {
      const { bucket, key } = placeInStorage(location);
      // The name decides the format, so it stays; a folder of its own keeps two of one name apart.
      mkdirSync(join(folder, `${index}`));
      const copy = join(folder, `${index}`, basename(path));
      await objects.fetch(bucket, key, copy, etag);
      paths.push({ path: copy, realPath: copy });
    }
    return { paths, close };
  } catch (error) {
    close();
    throw error;
  }
}
