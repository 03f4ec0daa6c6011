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

/** A profile that comes with the program; no other name is looked up, so a request over the network opens no file. */
export function shippedProfile(name: string): Profile {
  const { text, shownName } = onShelf(name, PROFILES) ?? refuse(name, PROFILES, 'state it in full');
  return parseProfile(text, shownName);
}

/** Like `shippedProfile`, for protocols. */
export function shippedProtocol(name: string): Protocol {
  const { text, shownName } = onShelf(name, PROTOCOLS) ?? refuse(name, PROTOCOLS, 'state it in full');
  return parseYamlDocument(text, shownName, protocolSchema);
}

/** The profiles that come with the program. */
export function profileNames(): string[] {
  return namesIn(PROFILES);
}

/** The protocols that come with the program. */
export function protocolNames(): string[] {
  return namesIn(PROTOCOLS);
}

interface Shelf {
  readonly kind: 'profile' | 'protocol';
  /** From the package folder. */
  readonly folder: string;
}

const PROFILES: Shelf = { kind: 'profile', folder: 'profiles/' };
const PROTOCOLS: Shelf = { kind: 'protocol', folder: 'profiles/protocols/' };

interface Found {
  readonly text: string;
  readonly shownName: string;
}

function find(nameOrFile: string, shelf: Shelf): Found {
  const shipped = onShelf(nameOrFile, shelf);
  if (shipped !== undefined) return shipped;
  if (isPath(nameOrFile)) return { text: readText(nameOrFile), shownName: nameOrFile };
  return refuse(nameOrFile, shelf, 'give the path of a YAML file');
}

function onShelf(name: string, shelf: Shelf): Found | undefined {
  if (!namesIn(shelf).includes(name)) return undefined;
  const fileName = `${name}${EXTENSION}`;
  return { text: readText(`${folderOf(shelf)}${fileName}`), shownName: `${shelf.folder}${fileName}` };
}

function refuse(name: string, shelf: Shelf, otherwise: string): never {
  const names = namesIn(shelf);
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
