/**
 * YAML files that come with the program, by name, and the user's own, by path.
 *
 * The mistake avoided here: a name that means another file in another working directory. A plain name is looked up in
 * the package first.
 */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isSystemError } from '../intake/system-error.ts';
import { AdatomError } from '../model/errors.ts';
import { nearest } from '../model/schema-wording.ts';
import { readText } from './read-text.ts';

export interface Shelf {
  readonly kind: 'profile' | 'protocol' | 'reference' | 'set of claims';
  /** From the package folder. */
  readonly folder: string;
}

export interface Found {
  readonly text: string;
  readonly shownName: string;
}

/** One that comes with the program, or a file. Throws `AdatomError('request')` with the names there are. */
export function find(nameOrFile: string, shelf: Shelf): Found {
  const shipped = onShelf(nameOrFile, shelf);
  if (shipped !== undefined) return shipped;
  if (isPath(nameOrFile)) return { text: readText(nameOrFile), shownName: nameOrFile };
  return refuse(nameOrFile, shelf, 'give the path of a YAML file');
}

export function onShelf(name: string, shelf: Shelf): Found | undefined {
  if (!namesOn(shelf).includes(name)) return undefined;
  const fileName = `${name}${EXTENSION}`;
  return { text: readText(`${folderOf(shelf)}${fileName}`), shownName: `${shelf.folder}${fileName}` };
}

export function refuse(name: string, shelf: Shelf, otherwise: string): never {
  const names = namesOn(shelf);
  const near = nearest(name, names);
  const question = near === undefined ? '' : ` Did you mean "${near}"?`;
  throw new AdatomError(
    'request',
    `unknown ${shelf.kind} "${name}".${question} Available: ${names.join(', ')}; or ${otherwise}`,
  );
}

const EXTENSION = '.yaml';

function isPath(text: string): boolean {
  return /[/\\]|\.ya?ml$/i.test(text) || existsSync(text);
}

export function namesOn(shelf: Shelf): string[] {
  return readdirSync(folderOf(shelf))
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .sort();
}

function folderOf({ folder }: Shelf): string {
  // Sources lie one folder below the package, built files two.
  for (const above of ['../', '../../']) {
    const path = fileURLToPath(new URL(above + folder, import.meta.url));
    if (isFolder(path)) return path;
  }
  throw new Error(`the folder ${folder} of adatom is missing`);
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}
