/**
 * Profiles and protocols by name or by file: `li-moderate` is the one that comes with the program, `./mine.yaml` is the
 * user's own.
 */
import { ANY_ION, type Profile } from '../model/profile.ts';
import { type Protocol, protocolSchema } from '../model/protocol.ts';
import { parseYamlDocument } from '../model/yaml-document.ts';
import { parseProfile } from '../ranking/index.ts';
import { find, namesOn, onShelf, refuse, type Shelf } from './shelf.ts';

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
  return namesOn(PROFILES);
}

/** Of the profiles that come with the program, those for this ion and those for any. */
export function profilesFor(ion: string): Profile[] {
  return profileNames()
    .map(shippedProfile)
    .filter((profile) => profile.ion === ion || profile.ion === ANY_ION);
}

/** The protocols that come with the program. */
export function protocolNames(): string[] {
  return namesOn(PROTOCOLS);
}

const PROFILES: Shelf = { kind: 'profile', folder: 'profiles/' };
const PROTOCOLS: Shelf = { kind: 'protocol', folder: 'profiles/protocols/' };
