/**
 * What a screening is asked for, completed: the manifest of the folders speaks where the user is silent, the defaults
 * where the manifest is. The command line and the service complete a request by the same code.
 */
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { workingIon, workingIonElements } from '../model/elements.ts';
import { AdatomError } from '../model/errors.ts';
import type { Manifest } from '../model/manifest.ts';
import { ANY_ION, type Profile } from '../model/profile.ts';
import type { Protocol } from '../model/protocol.ts';
import { loadProfile, loadProtocol, shippedProfile, shippedProtocol } from './find-profile.ts';
import { findManifest, type LoadedManifest, MANIFEST_FILE_NAME } from './load-manifest.ts';

/** Recorded with every ranking; any other number gives the same probabilities within their noise. */
const DEFAULT_SEED = 1;
const DEFAULT_ION = 'Li';
const DEFAULT_PROFILES: Readonly<Record<string, string>> = { Li: 'li-moderate', Zn: 'zn-philic' };

/** Of the Monte Carlo draws: what is stated, else the profile's. */
export function seedFor(profile: Profile, stated: number | undefined): number {
  return stated ?? profile.monteCarlo.seed ?? DEFAULT_SEED;
}

export interface StatedRequest {
  readonly ion?: string;
  /** Name of a profile or protocol that comes with the program, or a path where the caller allows one. */
  readonly profile?: string;
  readonly protocol?: string;
  /** Path of the manifest; without it the first folder that holds an adatom.yaml gives one. */
  readonly manifest?: string;
}

export interface ScreeningRequest {
  readonly ion: string;
  readonly profile: Profile;
  readonly protocol?: Protocol;
  readonly manifest?: LoadedManifest;
}

/** Throws `AdatomError('request')`: unknown profile, protocol or ion, or a manifest that cannot be read. */
export function screeningRequest(folders: readonly string[], stated: StatedRequest): ScreeningRequest {
  const { ion, profile, protocol } = stated;
  const manifest = findManifest(folders, stated.manifest);
  return complete({ ion, profile, protocol, manifest }, { profileNamed: loadProfile, protocolNamed: loadProtocol });
}

export interface InspectionRequest {
  readonly ion: string;
  readonly protocol?: Protocol;
  readonly manifest?: LoadedManifest;
}

/** Without a profile, and with a protocol only where one is asked for. Throws as `screeningRequest` does. */
export function inspectionRequest(
  folders: readonly string[],
  stated: Omit<StatedRequest, 'profile'>,
): InspectionRequest {
  const manifest = findManifest(folders, stated.manifest);
  const ion = stated.ion ?? (manifest === undefined ? undefined : statedIon(manifest.manifest));
  return {
    ion: ion ?? DEFAULT_ION,
    ...(stated.protocol !== undefined && { protocol: loadProtocol(stated.protocol) }),
    ...(manifest !== undefined && { manifest }),
  };
}

export interface StatedOverNetwork {
  readonly ion?: string;
  /** In full, or the name of one that comes with the program. */
  readonly profile?: Profile | string;
  readonly protocol?: Protocol | string;
  /** Its paths are relative to the submitted folders. */
  readonly manifest?: Manifest;
}

/**
 * The same for a request that came over the network, on real paths of folders. Names of profiles and protocols are those
 * that come with the program, also where an adatom.yaml states them: a path would open a file of the server.
 */
export function serviceRequest(folders: readonly string[], stated: StatedOverNetwork): ScreeningRequest {
  const { ion, profile, protocol } = stated;
  const manifest =
    stated.manifest === undefined
      ? manifestInside(folders)
      : { manifest: stated.manifest, file: 'manifest', folders: [...folders] };
  return complete(
    { ion, profile, protocol, manifest },
    { profileNamed: shippedProfile, protocolNamed: shippedProtocol },
  );
}

interface Statement {
  readonly ion: string | undefined;
  readonly profile: Profile | string | undefined;
  readonly protocol: Protocol | string | undefined;
  readonly manifest: LoadedManifest | undefined;
}

interface Shelves {
  readonly profileNamed: (name: string) => Profile;
  readonly protocolNamed: (name: string) => Protocol;
}

function complete(stated: Statement, { profileNamed, protocolNamed }: Shelves): ScreeningRequest {
  const manifest = stated.manifest;
  const inManifest: Partial<Manifest> = manifest?.manifest ?? {};
  const wanted = stated.ion ?? statedIon(inManifest);
  const named = stated.profile ?? inManifest.profile ?? DEFAULT_PROFILES[wanted ?? DEFAULT_ION];
  if (named === undefined)
    throw new AdatomError('request', `no default profile for ${wanted}: state one with --profile`);
  const profile = typeof named === 'string' ? profileNamed(named) : named;
  const protocol = stated.protocol ?? inManifest.protocol;
  return {
    ion: wanted ?? (profile.ion === ANY_ION ? DEFAULT_ION : profile.ion),
    profile,
    ...(protocol !== undefined && { protocol: typeof protocol === 'string' ? protocolNamed(protocol) : protocol }),
    ...(manifest !== undefined && { manifest }),
  };
}

/** An adatom.yaml that is a link out of the submitted folders would show another file of the server in its faults. */
function manifestInside(folders: readonly string[]): LoadedManifest | undefined {
  const path = folders.map((folder) => join(folder, MANIFEST_FILE_NAME)).find((candidate) => existsSync(candidate));
  if (path === undefined) return undefined;
  const real = realpathSync(path);
  if (folders.some((folder) => real.startsWith(`${folder}/`))) return findManifest(folders, path);
  throw new AdatomError('request', `${path}: a link to a file outside the submitted folders`);
}

function statedIon(manifest: Partial<Manifest>): string | undefined {
  if (manifest.ion === undefined || workingIon(manifest.ion) !== undefined) return manifest.ion;
  const known = workingIonElements().join(', ');
  throw new AdatomError('request', `manifest: ion: expected one of ${known}, found "${manifest.ion}"`);
}
