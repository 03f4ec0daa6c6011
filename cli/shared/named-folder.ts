/**
 * Folders and files that the user named: links in them are followed wherever they lead, which the search of a tree must
 * not do.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contentOf, type FolderContent } from '../../intake/run-files.ts';
import { isSystemError } from '../../intake/system-error.ts';
import { vaspFileName } from '../../intake/vasp-file-name.ts';

/** Undefined for what is not there, a link without target included. */
export function pathKind(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** The runs and structures in one folder; `path` is what their ids begin with. */
export function folderContent(path: string, absolutePath: string): FolderContent {
  const names = namesIn(absolutePath).filter((name) => vaspFileName(name) !== undefined);
  const files = names.filter((name) => pathKind(join(absolutePath, name)) === 'file').map((name) => ({ name }));
  return contentOf({ path, absolutePath, files, folders: [] });
}

/** Names of the folders in a folder, without links to folders; empty when it may not be listed. */
export function subfolders(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return entries.map((entry) => entry.name).sort();
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

/** In the order of code units; empty when the folder may not be listed. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}
