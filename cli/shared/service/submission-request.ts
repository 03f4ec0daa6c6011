/**
 * What is asked for with a submission. Everything that can be wrong about it is found here, before a byte is sent.
 *
 * The service opens no file for a name: profiles and protocols of the user's own, also those that an adatom.yaml names,
 * go along in full.
 */
import type { Manifest } from '../../../model/manifest.ts';
import type { Profile } from '../../../model/profile.ts';
import type { Protocol } from '../../../model/protocol.ts';
import type { Priority } from '../../../model/service.ts';
import { profileNames } from '../../../reading/find-profile.ts';
import { type StatedRequest, screeningRequest } from '../../../reading/screening-request.ts';
import { manifestInTree, treePathFinder } from './manifest-in-tree.ts';

export interface SubmissionOptions extends StatedRequest {
  readonly seed?: number;
  readonly title: string;
  readonly priority?: Priority;
}

/** As `POST /v1/screenings` takes it, without the sources. */
export interface SubmissionRequest {
  readonly title: string;
  readonly ion?: string;
  readonly profile?: Profile | string;
  readonly protocol?: Protocol;
  readonly manifest?: Manifest;
  readonly seed?: number;
  readonly priority?: Priority;
}

export interface SubmittedRoot {
  readonly absolutePath: string;
  /** In the tree that the service sees. */
  readonly path: string;
}

/**
 * `folders`: those that are uploaded; none when the service reads them where they are. The service finds the adatom.yaml
 * of a single folder by itself; of several it sees one tree, and the manifest goes along.
 */
export function submissionRequest(
  folders: readonly string[],
  roots: readonly SubmittedRoot[],
  options: SubmissionOptions,
): SubmissionRequest {
  const { ion, seed, title, priority } = options;
  const completed = screeningRequest(folders, options);
  const inManifest = completed.manifest?.manifest;
  const profile = profileToSend(options.profile, inManifest?.profile);
  const protocol = options.protocol ?? inManifest?.protocol;
  const goesAlong = options.manifest !== undefined || folders.length !== 1;
  return {
    title,
    ...(ion !== undefined && { ion }),
    ...(profile !== undefined && { profile: profile.isShipped ? profile.name : completed.profile }),
    ...(protocol !== undefined && completed.protocol !== undefined && { protocol: completed.protocol }),
    ...(goesAlong &&
      completed.manifest && {
        manifest: manifestInTree(completed.manifest.manifest, completed.manifest.folders, treePathFinder(roots)),
      }),
    ...(seed !== undefined && { seed }),
    ...(priority !== undefined && { priority }),
  };
}

/** Undefined when the service comes to the same one by itself. */
function profileToSend(
  stated: string | undefined,
  inManifest: string | undefined,
): { readonly name: string; readonly isShipped: boolean } | undefined {
  const name = stated ?? inManifest;
  if (name === undefined) return undefined;
  const isShipped = profileNames().includes(name);
  return stated === undefined && isShipped ? undefined : { name, isShipped };
}
