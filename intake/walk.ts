/**
 * Visits every folder below one or more roots, in one order on every machine.
 *
 * Symbolic links are the trap of a walk: a link upwards never ends, a link out of the tree pulls in what was not asked
 * for, and a link beside its target finds the same calculation twice. A link to a folder is followed only when its real
 * path lies inside a root and has not been visited, after everything that is really there; a link to a file counts when
 * its target lies inside a root. Hidden folders, node_modules and folders that hold our own output are not entered, nor
 * is a folder that is closed.
 */
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { AdatomError } from '../model/errors.ts';
import { type Issue, issue } from '../model/issues.ts';
import { isSystemError, reasonOf } from './system-error.ts';

/** A folder with this file in it was written by Adatom and holds no calculations. */
export const OUTPUT_MARKER = '.adatom-output';

export interface VisitedFile {
  readonly name: string;
  /** Real path of the target when the file is a symbolic link. */
  readonly linkTarget?: string;
}

export interface VisitedFolder {
  /** From the root, `/` between the parts; `.` for the root itself; begins with the root's name when there are several. */
  readonly path: string;
  readonly absolutePath: string;
  /** In the order of their names. Hidden files are left out. */
  readonly files: readonly VisitedFile[];
  /** Names of the folders in it, those behind followed links included. */
  readonly folders: readonly string[];
}

export interface Walk {
  /** By path, in the order of code units. */
  readonly folders: readonly VisitedFolder[];
  /** Path of a link to a folder → path of the folder as it was visited. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly issues: readonly Issue[];
}

/**
 * `isWanted` picks file names; a link with another name is not worth an issue when it cannot be followed. `closed` is the
 * real path of a folder that is entered neither from above nor through a link; only a root may lie in it.
 */
export function walk(roots: readonly string[], isWanted: (fileName: string) => boolean, closed?: string): Walk {
  const state = startState(roots, isWanted, closed);
  for (const root of state.roots) visit(state, { path: root.prefix, absolutePath: root.realPath, isRoot: true });
  // Links come last, so that a calculation is known by its real path whenever that lies in the tree.
  state.links.sort((a, b) => compare(a.path, b.path));
  for (let next = state.links.shift(); next !== undefined; next = state.links.shift()) followLink(state, next);
  return { folders: sortByPath(state.folders), aliases: aliasesOf(state), issues: sortByFile(state.issues) };
}

interface Root {
  readonly prefix: string;
  readonly realPath: string;
}

interface FolderLink {
  readonly path: string;
  readonly realPath: string;
}

interface State {
  readonly roots: readonly Root[];
  readonly isWanted: (fileName: string) => boolean;
  readonly closed: string | undefined;
  /** Real path → path under which the folder was visited. */
  readonly visited: Map<string, string>;
  readonly folders: VisitedFolder[];
  readonly links: FolderLink[];
  readonly linkedFolders: FolderLink[];
  readonly issues: Issue[];
}

function startState(
  roots: readonly string[],
  isWanted: (fileName: string) => boolean,
  closed: string | undefined,
): State {
  const prefixes = new Set<string>();
  const several = roots.length > 1;
  return {
    roots: roots.map((root) => ({ realPath: realRoot(root), prefix: several ? uniquePrefix(root, prefixes) : '.' })),
    isWanted,
    closed,
    visited: new Map(),
    folders: [],
    links: [],
    linkedFolders: [],
    issues: [],
  };
}

function realRoot(root: string): string {
  try {
    const realPath = realpathSync(root);
    if (statSync(realPath).isDirectory()) return realPath;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AdatomError('request', `${root}: ${reasonOf(error)}`, { where: { file: root }, cause: error });
  }
  throw new AdatomError('request', `${root}: a folder is needed, this is none`, { where: { file: root } });
}

function uniquePrefix(root: string, taken: Set<string>): string {
  const name = basename(resolve(root)) || 'root';
  let prefix = name;
  for (let number = 2; taken.has(prefix); number += 1) prefix = `${name}-${number}`;
  taken.add(prefix);
  return prefix;
}

interface Visit {
  readonly path: string;
  readonly absolutePath: string;
  readonly isRoot: boolean;
}

/** Visits a folder and everything really below it; `absolutePath` is a real path. */
function visit(state: State, start: Visit): void {
  const pending: Visit[] = [start];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (state.visited.has(folder.absolutePath)) continue;
    if (folder.absolutePath === state.closed && !folder.isRoot) continue;
    state.visited.set(folder.absolutePath, folder.path);
    const entries = entriesOf(state, folder);
    if (!folder.isRoot && entries.some((entry) => entry.name === OUTPUT_MARKER)) continue;
    for (const name of readFolder(state, folder, entries)) {
      pending.push({
        path: childPath(folder.path, name),
        absolutePath: join(folder.absolutePath, name),
        isRoot: false,
      });
    }
  }
}

function entriesOf(state: State, folder: Visit): readonly Dirent[] {
  try {
    return readdirSync(folder.absolutePath, { withFileTypes: true }).sort((a, b) => compare(a.name, b.name));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    state.issues.push(issue('E_UNREADABLE', { reason: reasonOf(error) }, { file: folder.path }));
    return [];
  }
}

/** Records the folder and returns the names of the real folders in it. */
function readFolder(state: State, folder: Visit, entries: readonly Dirent[]): readonly string[] {
  const files: VisitedFile[] = [];
  const inside: string[] = [];
  const linked: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) {
      if (isEntered(entry.name)) inside.push(entry.name);
    } else if (entry.name.startsWith('.')) continue;
    else if (entry.isSymbolicLink()) {
      const target = linkTarget(state, folder, entry.name);
      if (target?.kind === 'file') files.push({ name: entry.name, linkTarget: target.realPath });
      if (target?.kind !== 'folder' || !isEntered(entry.name)) continue;
      linked.push(entry.name);
      state.links.push({ path: childPath(folder.path, entry.name), realPath: target.realPath });
    } else files.push({ name: entry.name });
  }
  const folders = [...inside, ...linked].sort(compare);
  state.folders.push({ path: folder.path, absolutePath: folder.absolutePath, files, folders });
  return inside;
}

function isEntered(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules';
}

type LinkTarget = { readonly kind: 'file' | 'folder'; readonly realPath: string };

/** What a link leads to, when it may be followed; otherwise an issue, if anybody can want it. */
function linkTarget(state: State, folder: Visit, name: string): LinkTarget | undefined {
  const where = { file: childPath(folder.path, name) };
  const linkPath = join(folder.absolutePath, name);
  try {
    const realPath = realpathSync(linkPath);
    const kind = statSync(realPath).isDirectory() ? 'folder' : 'file';
    const isClosed = state.closed !== undefined && isInside(realPath, state.closed);
    if (!isClosed && state.roots.some((root) => isInside(realPath, root.realPath))) return { kind, realPath };
    if (kind === 'folder' || state.isWanted(name)) {
      state.issues.push(
        issue('W_LINK_NOT_FOLLOWED', { target: `${realPath} lies outside the searched folder` }, where),
      );
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (state.isWanted(name)) {
      state.issues.push(issue('W_LINK_NOT_FOLLOWED', { target: `its target: ${reasonOf(error)}` }, where));
    }
  }
  return undefined;
}

/** Both real paths. */
export function isInside(realPath: string, rootPath: string): boolean {
  if (realPath === rootPath) return true;
  return realPath.startsWith(rootPath.endsWith(sep) ? rootPath : rootPath + sep);
}

function followLink(state: State, link: FolderLink): void {
  state.linkedFolders.push(link);
  if (!isOwnOutput(state, link.realPath)) visit(state, { path: link.path, absolutePath: link.realPath, isRoot: false });
}

/** A link into a folder that the walk has passed by because it is our own output. */
function isOwnOutput(state: State, realPath: string): boolean {
  const root = state.roots.find((candidate) => isInside(realPath, candidate.realPath));
  if (root === undefined) return false;
  const parts = relative(root.realPath, realPath).split(sep);
  return parts.some((_, index) => {
    const ancestor = join(root.realPath, ...parts.slice(0, index + 1));
    return statSync(join(ancestor, OUTPUT_MARKER), { throwIfNoEntry: false }) !== undefined;
  });
}

function aliasesOf(state: State): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const link of state.linkedFolders) {
    const visited = state.visited.get(link.realPath);
    if (visited !== undefined && visited !== link.path) aliases.set(link.path, visited);
  }
  return aliases;
}

/** Path of an entry of a folder. */
export function childPath(folderPath: string, name: string): string {
  return folderPath === '.' ? name : `${folderPath}/${name}`;
}

function sortByPath(folders: readonly VisitedFolder[]): readonly VisitedFolder[] {
  return [...folders].sort((a, b) => compare(a.path, b.path));
}

function sortByFile(issues: readonly Issue[]): readonly Issue[] {
  return [...issues].sort((a, b) => compare(a.where.file ?? '', b.where.file ?? ''));
}

/** Order of code units, the same under every locale. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
