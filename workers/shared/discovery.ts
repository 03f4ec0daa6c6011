/**
 * Looking at submitted folders: which runs are there, what is asked for, and which folders are to be read. Runs in a
 * thread, because a walk over a large tree waits for the disk all the time.
 */
import { type FoundFile, type FoundTree, findRuns } from '../../intake/find-runs.ts';
import type { CompletedRequest, StatedScreening } from '../../model/service.ts';
import { checkProfile } from '../../pipeline/rank-screening.ts';
import { recordCodeVersion } from '../../reading/code-version.ts';
import { filesToRead } from '../../reading/found-tree.ts';
import type { LoadedManifest } from '../../reading/load-manifest.ts';
import { nothingFound } from '../../reading/refusals.ts';
import { DEFAULT_SEED, serviceRequest } from '../../reading/screening-request.ts';
import type { FolderTask } from '../../store/store.ts';
import { pack } from './compact.ts';
import { contentOnDisk, folderTasks, type KnownContent } from './folder-plan.ts';

export interface SearchedRoot {
  /** Real path of the folder that is walked. */
  readonly folder: string;
  /** As its submitter knows it. */
  readonly shownAs: string;
  /** What is known of its files without looking at them, by path below the folder; absent where the disk says it. */
  readonly contents?: ReadonlyMap<string, Omit<KnownContent, 'reusable'>>;
}

export interface DiscoveryTask {
  readonly stated: StatedScreening;
  readonly roots: readonly SearchedRoot[];
  readonly nowNs: bigint;
}

export interface Discovery {
  readonly request: CompletedRequest;
  /** A packed `KeptTree`. */
  readonly foundTree: Uint8Array;
  readonly folders: readonly FolderTask[];
}

/** What assembly must know of the search. */
export interface KeptTree {
  readonly found: FoundTree;
  readonly manifest?: Omit<LoadedManifest, 'manifest'>;
}

/** Throws `AdatomError`: nothing found, or a request that cannot be followed. */
export function discover({ stated, roots, nowNs }: DiscoveryTask): Discovery {
  const folders = roots.map(({ folder }) => folder);
  const { manifest, ...request } = serviceRequest(folders, stated);
  checkProfile(request.profile);
  const found = findRuns(folders);
  const nothing = nothingFound(
    roots.map(({ shownAs }) => shownAs),
    found,
  );
  if (nothing !== undefined) throw nothing;
  const tree: KeptTree = {
    found,
    ...(manifest !== undefined && { manifest: { file: manifest.file, folders: manifest.folders } }),
  };
  return {
    request: {
      ...request,
      ...(manifest !== undefined && { manifest: manifest.manifest }),
      seed: stated.seed ?? DEFAULT_SEED,
    },
    foundTree: pack(tree),
    folders: folderTasks(filesToRead(found), recordCodeVersion(), (file) => contentOf(file, roots, nowNs)),
  };
}

function contentOf(file: FoundFile, roots: readonly SearchedRoot[], nowNs: bigint): KnownContent | undefined {
  for (const { folder, contents } of roots) {
    if (contents === undefined || !file.absolutePath.startsWith(`${folder}/`)) continue;
    const known = contents.get(file.absolutePath.slice(folder.length + 1));
    if (known !== undefined) return { ...known, reusable: true };
  }
  return contentOnDisk(file, nowNs);
}
