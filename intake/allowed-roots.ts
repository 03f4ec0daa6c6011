/**
 * Which folders of the server a request may name: real paths below the roots that an administrator allows.
 *
 * The trap is a path that begins like an allowed one and leads elsewhere: by `..`, by a symbolic link in any of its
 * parts, or by being a longer name (`/data-secret` is not below `/data`). Whether something exists outside the roots is
 * not told.
 */
import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import { AdatomError } from '../model/errors.ts';
import { isSystemError, reasonOf } from './system-error.ts';

/**
 * The real path of the folder. No roots allow nothing; the root `/` allows every folder.
 * Throws `AdatomError('request')` for a path that is not allowed, is relative, or is no folder.
 */
export function resolveAllowed(path: string, roots: readonly string[]): string {
  if (!isAbsolute(path)) throw fault(path, 'expected an absolute path on the server');
  const realRoots = roots.flatMap((root) => realPathOf(root) ?? []);
  if (!isBelow(resolve(path), [...realRoots, ...roots.map((root) => resolve(root))])) throw notAllowed(path);
  const real = realFolder(path);
  if (!isBelow(real, realRoots)) throw notAllowed(path);
  return real;
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
