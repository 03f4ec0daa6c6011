/**
 * Finds and reads the manifest, and translates the paths it states into those of the searched tree.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ManifestSource } from '../assembly/stated-links.ts';
import type { FoundTree } from '../intake/find-runs.ts';
import { isSystemError, reasonOf } from '../intake/system-error.ts';
import { AdatomError } from '../model/errors.ts';
import { type Manifest, manifestSchema } from '../model/manifest.ts';
import { parseYamlDocument } from '../model/yaml-document.ts';

export interface LoadedManifest {
  readonly manifest: Manifest;
  readonly sourceFor: (tree: FoundTree) => ManifestSource;
}

const FILE_NAME = 'adatom.yaml';

/** `stated` must exist; without it the first folder that holds an adatom.yaml gives one. */
export function findManifest(folders: readonly string[], stated: string | undefined): LoadedManifest | undefined {
  const path = stated ?? folders.map((folder) => join(folder, FILE_NAME)).find((candidate) => existsSync(candidate));
  if (path === undefined) return undefined;
  const manifest = parseYamlDocument(textOf(path), path, manifestSchema);
  const folder = realpathSync(dirname(resolve(path)));
  return { manifest, sourceFor: (tree) => ({ file: path, locate: locator(tree, folder) }) };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AdatomError('request', `manifest ${path}: ${reasonOf(error)}`, { where: { file: path }, cause: error });
  }
}

/** Paths in the manifest are relative to its folder; calculations are known by their path in the tree. */
function locator(tree: FoundTree, manifestFolder: string): ManifestSource['locate'] {
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
  return (path) => known.get(resolve(manifestFolder, path));
}
