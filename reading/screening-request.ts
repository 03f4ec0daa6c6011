/**
 * What a screening is asked for, completed: the manifest of the folders speaks where the user is silent, the defaults
 * where the manifest is. The command line and the service complete a request by the same code.
 */
import { workingIon, workingIonElements } from '../model/elements.ts';
import { AdatomError } from '../model/errors.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Profile } from '../model/profile.ts';
import type { Protocol } from '../model/protocol.ts';
import { loadProfile, loadProtocol } from './find-profile.ts';
import { findManifest, type LoadedManifest } from './load-manifest.ts';

/** Recorded with every ranking; any other number gives the same probabilities within their noise. */
export const DEFAULT_SEED = 1;
const DEFAULT_ION = 'Li';
const DEFAULT_PROFILES: Readonly<Record<string, string>> = { Li: 'li-moderate', Zn: 'zn-philic' };

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
  const manifest = findManifest(folders, stated.manifest);
  const inManifest: Partial<Manifest> = manifest?.manifest ?? {};
  const wanted = stated.ion ?? statedIon(inManifest);
  const name = stated.profile ?? inManifest.profile ?? DEFAULT_PROFILES[wanted ?? DEFAULT_ION];
  if (name === undefined)
    throw new AdatomError('request', `no default profile for ${wanted}: state one with --profile`);
  const profile = loadProfile(name);
  const protocolName = stated.protocol ?? inManifest.protocol;
  return {
    ion: wanted ?? profile.ion,
    profile,
    ...(protocolName !== undefined && { protocol: loadProtocol(protocolName) }),
    ...(manifest !== undefined && { manifest }),
  };
}

function statedIon(manifest: Partial<Manifest>): string | undefined {
  if (manifest.ion === undefined || workingIon(manifest.ion) !== undefined) return manifest.ion;
  const known = workingIonElements().join(', ');
  throw new AdatomError('request', `manifest: ion: expected one of ${known}, found "${manifest.ion}"`);
}
