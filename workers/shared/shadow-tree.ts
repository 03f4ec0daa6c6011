/**
 * Objects below a prefix as a tree of empty files: a search looks at names only, so nothing but the manifest is fetched.
 */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../intake/make-folder.ts';
import type { ObjectStorage } from '../../intake/object-storage.ts';
import { companionFileName, vaspFileName } from '../../intake/vasp-file-name.ts';
import { uploadPathFault } from '../../model/upload-path.ts';
import { MANIFEST_FILE_NAME } from '../../reading/load-manifest.ts';
import type { SearchedRoot } from './discovery.ts';
import { storageLocation } from './storage-place.ts';

export interface ShadowTree {
  readonly root: SearchedRoot;
  readonly close: () => void;
}

/** Objects whose key is no path, or that are no files of VASP's, are passed by. */
export async function shadowTree(bucket: string, prefix: string, objects: ObjectStorage): Promise<ShadowTree> {
  const above = realpathSync(mkdtempSync(join(tmpdir(), 'adatom-shadow-')));
  const folder = join(above, folderName(bucket, prefix));
  const close = (): void => rmSync(above, { recursive: true, force: true });
  const contents = new Map<string, { location: string; identity: readonly (string | number)[]; etag: string }>();
  try {
    makeFolder(folder);
    for await (const { key, path, fault, bytes, etag } of objects.list(bucket, prefix)) {
      if (fault !== undefined) continue;
      if (path === MANIFEST_FILE_NAME) await objects.fetch(bucket, key, join(folder, path), etag);
      if (vaspFileName(basename(path)) === undefined && companionFileName(basename(path)) === undefined) continue;
      makeFolder(join(folder, dirname(path)));
      writeFileSync(join(folder, path), '');
      contents.set(path, { location: storageLocation({ bucket, key }), identity: [etag, bytes], etag });
    }
    return { root: { folder, shownAs: storageLocation({ bucket, key: prefix }), contents }, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** The last part of the prefix; one that means another folder (`..`) would search that one. */
function folderName(bucket: string, prefix: string): string {
  const name = basename(prefix);
  return uploadPathFault(name) === undefined ? name : bucket;
}
