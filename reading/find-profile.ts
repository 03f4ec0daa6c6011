/**
 * Profiles and protocols by name or by file: `li-moderate` is the one that comes with the program, `./mine.yaml` is the
 * user's own.
 *
 * The mistake avoided here: a name that means another file in another working directory. A plain name is looked up in
 * the package first.
 */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isSystemError } from '../intake/system-error.ts';
import { AdatomError } from '../model/errors.ts';
import type { Profile } from '../model/profile.ts';
import { type Protocol, protocolSchema } from '../model/protocol.ts';
import { nearest } from '../model/schema-wording.ts';
import { parseYamlDocument } from '../model/yaml-document.ts';
import { parseProfile } from '../ranking/index.ts';
import { readText } from './read-text.ts';

/** Throws `AdatomError('request')`: unknown name with those there are, or every fault of the file with its line. */
export function loadProfile(nameOrFile: string): Profile {
  const { text, shownName } = find(nameOrFile, PROFILES);
  return parseProfile(text, shownName);
}

/** Like `loadProfile`, for the settings that calculations are held against. */
export function loadProtocol(nameOrFile: string): Protocol {
  const { text, shownName } = find(nameOrFile, PROTOCOLS);
  return parseYamlDocument(text, shownName, protocolSchema);
}

/** The profiles that come with the program. */
export function profileNames(): string[] {
  return namesIn(PROFILES);
}

interface Shelf {
  readonly kind: 'profile' | 'protocol';
  /** From the package folder. */
  readonly folder: string;
}

const PROFILES: Shelf = { kind: 'profile', folder: 'profiles/' };
const PROTOCOLS: Shelf = { kind: 'protocol', folder: 'profiles/protocols/' };

function find(nameOrFile: string, shelf: Shelf): { readonly text: string; readonly shownName: string } {
  const names = namesIn(shelf);
  if (names.includes(nameOrFile)) {
    const fileName = `${nameOrFile}${EXTENSION}`;
    return { text: readText(`${folderOf(shelf)}${fileName}`), shownName: `${shelf.folder}${fileName}` };
  }
  if (isPath(nameOrFile)) return { text: readText(nameOrFile), shownName: nameOrFile };
  const near = nearest(nameOrFile, names);
  const question = near === undefined ? '' : ` Did you mean "${near}"?`;
  throw new AdatomError(
    'request',
    `unknown ${shelf.kind} "${nameOrFile}".${question} Available: ${names.join(', ')}; or give the path of a YAML file`,
  );
}

const EXTENSION = '.yaml';

function isPath(text: string): boolean {
  return /[/\\]|\.ya?ml$/i.test(text) || existsSync(text);
}

function namesIn(shelf: Shelf): string[] {
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
