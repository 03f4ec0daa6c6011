/**
 * Finds and reads the manifest, and translates the paths it states into those of the searched tree.
 */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ManifestSource } from '../assembly/stated-links.ts';
import type { FoundTree } from '../intake/find-runs.ts';
import { isSystemError, reasonOf } from '../intake/system-error.ts';
import { AdatomError } from '../model/errors.ts';
import { type Manifest, manifestSchema } from '../model/manifest.ts';
import { parseYamlDocument } from '../model/yaml-document.ts';

export interface LoadedManifest {
  readonly manifest: Manifest;
  /** How its file is called in messages. */
  readonly file: string;
  /** Folders its paths are relative to, the first that fits. */
  readonly folders: readonly string[];
}

export const MANIFEST_FILE_NAME = 'adatom.yaml';

/** `stated` must exist; without it the first folder that holds an adatom.yaml gives one. */
export function findManifest(folders: readonly string[], stated: string | undefined): LoadedManifest | undefined {
  const path =
    stated ?? folders.map((folder) => join(folder, MANIFEST_FILE_NAME)).find((candidate) => existsSync(candidate));
  if (path === undefined) return undefined;
  const manifest = parseYamlDocument(textOf(path), path, manifestSchema);
  return { manifest, file: path, folders: [realpathSync(dirname(resolve(path)))] };
}

/** Where the paths of the manifest lie in the tree. */
export function manifestSource({ file, folders }: LoadedManifest, tree: FoundTree): ManifestSource {
  return { file, locate: locator(tree, folders) };
}

/** Written by hand; whatever is larger only has its name. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/** A named pipe of that name would be waited for, a device read without end. */
function textOf(path: string): string {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new AdatomError('request', `manifest ${path}: a file is needed, this is none`);
    if (stats.size <= LARGEST_BYTES) return readFileSync(path, 'utf8');
    throw new AdatomError('request', `manifest ${path}: expected at most ${LARGEST_BYTES} bytes, found ${stats.size}`);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AdatomError('request', `manifest ${path}: ${reasonOf(error)}`, { where: { file: path }, cause: error });
  }
}

/** Calculations are known by their path in the tree. */
function locator(tree: FoundTree, manifestFolders: readonly string[]): ManifestSource['locate'] {
  const known = new Map<string, string>();
  const add = (absolutePath: string, path: string): void => {
    known.set(absolutePath, path);
    known.set(dirname(absolutePath), path.includes('/') ? dirname(path) : '.');
  };
  for (const run of tree.runs) for (const file of Object.values(run.files)) add(file.absolutePath, file.path);
  for (const band of tree.bands) {
    const image = band.images.find((candidate) => (candidate.poscar ?? candidate.contcar) !== undefined);
    const file = image?.poscar ?? image?.contcar ?? band.incar ?? band.table;
    if (file === undefined) continue;
    const bandFolder =
      image === undefined || file === band.incar ? dirname(file.absolutePath) : dirname(dirname(file.absolutePath));
    known.set(bandFolder, band.folder);
  }
  return (path) => {
    const places = manifestFolders.map((folder) => known.get(resolve(folder, path)));
    return places.find((place) => place !== undefined);
  };
}
