/**
 * Which folders of the server a request may name: real paths below the roots that an administrator allows.
 *
 * The trap is a path that begins like an allowed one and leads elsewhere: by `..`, by a symbolic link in any of its
 * parts, or by being a longer name (`/data-secret` is not below `/data`). Whether something exists outside the roots is
 * not told, also not through a link that leads there. The service's own data folder holds what all projects have handed
 * in: it is no folder to submit, even where the roots contain it.
 */
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { AdatomError } from '../model/errors.ts';
import { isSystemError, reasonOf } from './system-error.ts';

/**
 * The real path of the folder. No roots allow nothing; the root `/` allows every folder but `dataFolder`.
 * Throws `AdatomError('request')` for a path that is not allowed, is relative, or is no folder.
 */
export function resolveAllowed(path: string, roots: readonly string[], dataFolder: string): string {
  if (!isAbsolute(path)) throw fault(path, 'expected an absolute path on the server');
  if (path.includes('\0')) throw fault(path, 'no path holds a character 0');
  const realRoots = realFolders(roots);
  if (!isBelow(resolve(path), [...realRoots, ...roots.map((root) => resolve(root))])) throw notAllowed(path);
  const isOpen = (real: string): boolean => isBelow(real, realRoots) && !isBelow(real, realFolders([dataFolder]));
  if (!isOpen(nearestReal(resolve(path)) ?? '')) throw notAllowed(path);
  const real = realFolder(path);
  if (!isOpen(real)) throw notAllowed(path);
  return real;
}

function realFolders(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => realPathOf(folder) ?? []);
}

/** Of the path or of what is there above it; undefined when a link in it leads to nothing. */
function nearestReal(path: string): string | undefined {
  const real = realPathOf(path);
  if (real !== undefined) return real;
  return isLink(path) ? undefined : nearestReal(dirname(path));
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** A root that is not mounted allows nothing. */
function realPathOf(root: string): string | undefined {
  try {
    return realpathSync(root);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

function realFolder(path: string): string {
  try {
    const real = realpathSync(path);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    if (isSystemError(error)) throw fault(path, reasonOf(error), error);
    throw error;
  }
  throw fault(path, 'a folder is needed, this is none');
}

function isBelow(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep));
}

function notAllowed(path: string): AdatomError {
  return fault(path, 'not below a folder that this service may read; ask its administrator (ADATOM_ROOTS)');
}

function fault(path: string, reason: string, cause?: unknown): AdatomError {
  return new AdatomError('request', `${path}: ${reason}`, { where: { file: path }, cause });
}
