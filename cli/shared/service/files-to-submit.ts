/**
 * Which files of the named folders are handed in, and under which paths: those the search of `adatom screen` looks at,
 * under the paths it would know them by, so that the service finds the same calculations under the same names.
 *
 * Never POTCAR (licensed), nor what a screening does not read (WAVECAR). What it reads when a descriptor asks for it (LOCPOT,
 * CHGCAR, DOSCAR, ACF.dat) only on request: it may have gigabytes.
 */
import { basename, join } from 'node:path';
import { isAskedForBeside, OUTPUT_KINDS, vaspFileName } from '../../../intake/vasp-file-name.ts';
import { childPath, type VisitedFolder, type Walk, walk } from '../../../intake/walk.ts';
import { AdatomError } from '../../../model/errors.ts';
import type { Issue } from '../../../model/issues.ts';
import { uploadPathFault } from '../../../model/upload-path.ts';

export interface FileToSubmit {
  /** In the upload, `/` between the parts. */
  readonly path: string;
  readonly absolutePath: string;
}

export interface FilesToSubmit {
  /** In the order of code units. */
  readonly files: readonly FileToSubmit[];
  /** Companions of runs that a screening of the folders would read and that are not handed in. */
  readonly left: readonly FileToSubmit[];
  /** Links that are handed in as the files they lead to: an upload has no links. */
  readonly linkCount: number;
  /** What the search passed by, e.g. links that lead out of the folders: it is not handed in. */
  readonly issues: readonly Issue[];
  /** Real path of each folder that was named, with its path in the upload. */
  readonly roots: readonly { readonly absolutePath: string; readonly path: string }[];
}

const MANIFEST = 'adatom.yaml';
/** Folders of an NEB band. */
const IMAGE_NAME = /^\d\d$/;

/** Throws `AdatomError('request')` for a folder that is not there and for names that no upload may contain. */
export function filesToSubmit(folders: readonly string[], { companions = false } = {}): FilesToSubmit {
  const found = walk(folders, (name) => vaspFileName(name) !== undefined);
  const roots = rootsOf(folders, found);
  if (roots.filter(({ path }) => IMAGE_NAME.test(path)).length > 1) {
    throw new AdatomError('request', `${folders.join(', ')}: images of a band; name the folder above them`);
  }
  const rootPaths = new Set(roots.map(({ path }) => path));
  const realPaths = new Set(found.folders.flatMap((folder) => realFilesOf(folder)));
  const files: FileToSubmit[] = [];
  const left: FileToSubmit[] = [];
  let linkCount = 0;
  for (const folder of found.folders) {
    (companions ? files : left).push(...companionsIn(folder));
    const names = [...wantedNames(folder), ...(rootPaths.has(folder.path) ? manifestIn(folder) : [])];
    const links = new Map(folder.files.map((file) => [file.name, file.linkTarget]));
    for (const name of names) {
      const target = links.get(name);
      // The search passes by such a link, but for the endpoint of a band, which gets its energy by it.
      if (target !== undefined && realPaths.has(target) && !IMAGE_NAME.test(basename(folder.path))) continue;
      if (target !== undefined) linkCount += 1;
      files.push({ path: childPath(folder.path, name), absolutePath: join(folder.absolutePath, name) });
    }
  }
  const behindLinks = imagesBehindLinks(found);
  const all = [...files, ...behindLinks].sort((a, b) => (a.path < b.path ? -1 : 1));
  refuseNames(all);
  return { files: all, left, linkCount: linkCount + behindLinks.length, issues: found.issues, roots };
}

/** The walk names several folders after themselves, and a single one `.`. */
function rootsOf(folders: readonly string[], found: Walk): FilesToSubmit['roots'] {
  const tops = found.folders.filter(({ path }) => path === '.' || (folders.length > 1 && !path.includes('/')));
  return tops.map(({ path, absolutePath }) => ({ path, absolutePath }));
}

function realFilesOf(folder: VisitedFolder): string[] {
  return folder.files
    .filter(({ linkTarget }) => linkTarget === undefined)
    .filter(({ name }) => isMainFile(name))
    .map(({ name }) => join(folder.absolutePath, name));
}

function isMainFile(name: string): boolean {
  const kind = vaspFileName(name)?.kind;
  return OUTPUT_KINDS.some((output) => output === kind);
}

function wantedNames(folder: VisitedFolder): string[] {
  return folder.files.map(({ name }) => name).filter((name) => vaspFileName(name) !== undefined);
}

function companionsIn({ path, absolutePath, files }: VisitedFolder): FileToSubmit[] {
  return files
    .filter(({ name }) => isAskedForBeside(name))
    .map(({ name }) => ({ path: childPath(path, name), absolutePath: join(absolutePath, name) }));
}

function manifestIn(folder: VisitedFolder): string[] {
  return folder.files.some(({ name }) => name === MANIFEST) ? [MANIFEST] : [];
}

/** Image folders that are links to folders read elsewhere in the tree: their files, once more under the image's name. */
function imagesBehindLinks(found: Walk): FileToSubmit[] {
  const byPath = new Map(found.folders.map((folder) => [folder.path, folder]));
  return [...found.aliases].flatMap(([link, visited]) => {
    const folder = byPath.get(visited);
    if (folder === undefined || !IMAGE_NAME.test(basename(link))) return [];
    return wantedNames(folder).map((name) => ({
      path: childPath(link, name),
      absolutePath: join(folder.absolutePath, name),
    }));
  });
}

function refuseNames(files: readonly FileToSubmit[]): void {
  for (const { path } of files) {
    const fault = uploadPathFault(path);
    if (fault === undefined) continue;
    throw new AdatomError(
      'request',
      `${JSON.stringify(path)} cannot be uploaded: ${fault}; rename it, or use --by-path`,
    );
  }
}
