/**
 * The folders that the submissions of a screening mean, each once. Paths are checked again here: since they were handed
 * in, a link in them may have been turned elsewhere, or an administrator may have taken a root away.
 */
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { resolveAllowed } from '../../intake/allowed-roots.ts';
import type { ObjectStorage } from '../../intake/object-storage.ts';
import { isSystemError, reasonOf } from '../../intake/system-error.ts';
import { AdatomError } from '../../model/errors.ts';
import type { Submission, SubmissionSource } from '../../model/service.ts';
import type { ServiceSettings } from '../../model/service-settings.ts';
import type { Store } from '../../store/store.ts';
import type { SearchedRoot } from './discovery.ts';
import { type ShadowTree, shadowTree } from './shadow-tree.ts';

export interface SearchedRoots {
  readonly roots: readonly SearchedRoot[];
  readonly close: () => void;
}

export interface Surroundings {
  readonly project: string;
  readonly store: Store;
  readonly settings: ServiceSettings;
  readonly objects: ObjectStorage;
}

/** Throws `AdatomError('request')` for a path that may not be read. */
export async function searchedRoots(submissions: readonly Submission[], from: Surroundings): Promise<SearchedRoots> {
  const byFolder = new Map<string, SearchedRoot>();
  const shadows: ShadowTree[] = [];
  const sources = new Map(submissions.map(({ source }) => [JSON.stringify(source), source]));
  for (const source of sources.values()) {
    for (const root of await rootsOf(source, from, shadows)) {
      if (!byFolder.has(root.folder)) byFolder.set(root.folder, root);
    }
  }
  return { roots: [...byFolder.values()], close: () => closeAll(shadows) };
}

async function rootsOf(
  source: SubmissionSource,
  from: Surroundings,
  shadows: ShadowTree[],
): Promise<readonly SearchedRoot[]> {
  switch (source.kind) {
    case 'path':
      return source.paths.map((path) => ({
        folder: resolveAllowed(path, allowedRoots(from.settings), from.settings.ADATOM_DATA),
        shownAs: path,
      }));
    case 'upload':
      return [await uploadRoot(source.upload, from)];
    case 's3': {
      const shadow = await shadowTree(source.bucket, source.prefix, from.objects);
      shadows.push(shadow);
      return [shadow.root];
    }
  }
}

function closeAll(shadows: readonly ShadowTree[]): void {
  for (const shadow of shadows) shadow.close();
}

/** An embedded service that has no list accepts paths only from its own user, and reads what that user may read. */
function allowedRoots({ ADATOM_ROOTS, DATABASE_URL }: ServiceSettings): readonly string[] {
  return DATABASE_URL === undefined && ADATOM_ROOTS.length === 0 ? ['/'] : ADATOM_ROOTS;
}

async function uploadRoot(upload: string, { project, store, settings }: Surroundings): Promise<SearchedRoot> {
  const stored = await store.uploads.get(project, upload);
  if (stored?.state !== 'complete') throw new AdatomError('request', `upload ${upload}: not complete`);
  const folder = realFolder(join(resolve(settings.ADATOM_DATA), 'uploads', project, upload, 'tree'), upload);
  const files = await store.uploads.files(upload);
  const contents = new Map(
    files.map(({ path, sha256 }) => [path, { location: join(folder, path), identity: [sha256] }] as const),
  );
  return { folder, shownAs: stored.fileName ?? `upload ${upload}`, contents };
}

/** The data folder lies on a file system that all workers share, which may be away for a moment. */
function realFolder(path: string, upload: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AdatomError('transient', `upload ${upload}: ${reasonOf(error)}`, { cause: error });
  }
}
