/**
 * Looking at submitted folders: which runs are there, what is asked for, and which folders are to be read. Runs in a
 * thread, because a walk over a large tree waits for the disk all the time.
 *
 * The trap is somebody who changes the tree meanwhile: a folder that was checked, or a file that was seen, becomes a link
 * to anywhere. What lies outside of the searched folders by then is not taken for theirs.
 */
import { realpathSync } from 'node:fs';
import { type FoundFile, type FoundTree, findRuns } from '../../intake/find-runs.ts';
import { isSystemError } from '../../intake/system-error.ts';
import { isInside } from '../../intake/walk.ts';
import { AdatomError } from '../../model/errors.ts';
import type { CompletedRequest, StatedScreening } from '../../model/service.ts';
import { checkProfile } from '../../pipeline/rank-screening.ts';
import { recordCodeVersion } from '../../reading/code-version.ts';
import { companionFiles, filesToRead } from '../../reading/found-tree.ts';
import type { LoadedManifest } from '../../reading/load-manifest.ts';
import { nothingFound } from '../../reading/refusals.ts';
import { seedFor, serviceRequest } from '../../reading/screening-request.ts';
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
  /** Of the service: it is not searched where a root contains it. */
  readonly dataFolder: string;
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
  readonly searched: SearchedPlaces;
}

/** Where files that are asked for later were found, so that they are looked for nowhere else. */
export interface SearchedPlaces {
  readonly folders: readonly string[];
  readonly closed?: string;
  /** Of files beside the runs that do not lie where they seem to, by the path under which they were found. */
  readonly known: ReadonlyMap<string, KnownContent>;
}

/** Throws `AdatomError`: nothing found, or a request that cannot be followed. */
export function discover({ stated, roots, dataFolder, nowNs }: DiscoveryTask): Discovery {
  const folders = roots.map(({ folder }) => folder);
  const { manifest, ...request } = serviceRequest(folders, stated);
  checkProfile(request.profile);
  const closed = realPathOf(dataFolder);
  const found = findRuns(folders, closed);
  const files = filesToRead(found);
  refuseStrayed(files, folders);
  const nothing = nothingFound(
    roots.map(({ shownAs }) => shownAs),
    found,
  );
  if (nothing !== undefined) throw nothing;
  const tree: KeptTree = {
    found,
    searched: {
      folders,
      ...(closed !== undefined && { closed }),
      known: new Map(
        [...companionFiles(found).values()].flatMap(({ absolutePath }) => {
          const content = toldContent(absolutePath, roots);
          return content === undefined ? [] : [[absolutePath, content] as const];
        }),
      ),
    },
    ...(manifest !== undefined && { manifest: { file: manifest.file, folders: manifest.folders } }),
  };
  return {
    request: {
      ...request,
      ...(manifest !== undefined && { manifest: manifest.manifest }),
      seed: seedFor(request.profile, stated.seed),
    },
    foundTree: pack(tree),
    folders: folderTasks(files, recordCodeVersion(), (file) => contentOf(file, { roots, closed, nowNs })),
  };
}

/** The data folder is not there before the first upload. */
function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** A searched folder that has become a link since it was checked was searched where the link leads. */
function refuseStrayed(files: readonly FoundFile[], folders: readonly string[]): void {
  const strayed = files.find(({ absolutePath }) => !folders.some((folder) => isInside(absolutePath, folder)));
  if (strayed === undefined) return;
  throw new AdatomError('request', `${strayed.path}: its folder leads elsewhere than when it was handed in`);
}

interface Searched {
  readonly roots: readonly SearchedRoot[];
  readonly closed: string | undefined;
  readonly nowNs: bigint;
}

/** Undefined for a file that has vanished or lies elsewhere by now; whoever reads it tells so. */
function contentOf(file: FoundFile, { roots, closed, nowNs }: Searched): KnownContent | undefined {
  const told = toldContent(file.absolutePath, roots);
  if (told !== undefined) return told;
  return contentInside(file, { folders: roots.map(({ folder }) => folder), closed, nowNs });
}

/** What a root knows of its files without the disk. */
function toldContent(absolutePath: string, roots: readonly SearchedRoot[]): KnownContent | undefined {
  for (const { folder, contents } of roots) {
    if (contents === undefined || !absolutePath.startsWith(`${folder}/`)) continue;
    const known = contents.get(absolutePath.slice(folder.length + 1));
    if (known !== undefined) return { ...known, reusable: true };
  }
  return undefined;
}

interface Inside {
  readonly folders: readonly string[];
  readonly closed: string | undefined;
  readonly nowNs: bigint;
}

function contentInside(file: FoundFile, { folders, closed, nowNs }: Inside): KnownContent | undefined {
  const content = contentOnDisk(file, nowNs);
  if (content === undefined || (closed !== undefined && isInside(content.location, closed))) return undefined;
  return folders.some((folder) => isInside(content.location, folder)) ? content : undefined;
}

/** Files beside the runs as units of work, each folder one. What has vanished meanwhile, or lies elsewhere, is left out. */
export function companionTasks(
  files: readonly FoundFile[],
  { folders, closed, known }: SearchedPlaces,
  nowNs: bigint,
): FolderTask[] {
  const contents = new Map(
    files.flatMap((file) => {
      const content = known.get(file.absolutePath) ?? contentInside(file, { folders, closed, nowNs });
      return content === undefined ? [] : [[file, content] as const];
    }),
  );
  return folderTasks([...contents.keys()], recordCodeVersion(), (file) => contents.get(file));
}
