/**
 * Which files of a folder are read, and the key under which their readings are kept: SHA-256 over the parsing code and
 * what identifies each file. An uploaded file is identified by its content; a file on a file system by its real path,
 * size, times and inode, because hashing terabytes to find out that nothing changed would cost as much as parsing.
 *
 * The trap is a file that changes within the clock tick in which it was looked at: its stamp stays. A reading of a file
 * that is that young, or that could not be read whole, is kept for this pass only.
 */
import { createHash } from 'node:crypto';
import { type BigIntStats, realpathSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { FoundFile } from '../../intake/find-runs.ts';
import { isSystemError } from '../../intake/system-error.ts';
import type { FolderTask } from '../../store/store.ts';

const plannedFileSchema = z.strictObject({
  /** Absolute path under which it was found. */
  path: z.string(),
  /** Where its bytes lie: a real path, or `s3://bucket/key`. */
  location: z.string(),
  /** Of an object. */
  etag: z.string().exactOptional(),
});
export type PlannedFile = z.output<typeof plannedFileSchema>;

const folderPlanSchema = z.strictObject({
  files: z.array(plannedFileSchema),
  /** Whether another pass may use the reading, as far as can be told before reading. */
  reusable: z.boolean(),
});
export type FolderPlan = z.output<typeof folderPlanSchema>;

export function folderPlan({ plan }: FolderTask): FolderPlan {
  return folderPlanSchema.parse(plan);
}

/** Key of a reading that only this pass may use. */
export function passingKey(
  readingKey: string,
  pass: { readonly screening: string; readonly generation: number },
): string {
  return sha256(['pass', readingKey, pass.screening, pass.generation]);
}

/** What is known of a file without opening it. */
export interface KnownContent {
  readonly location: string;
  readonly etag?: string;
  /** What changes when the content does. */
  readonly identity: readonly (string | number)[];
  readonly reusable: boolean;
}

/** The folders of the files as units of work, by name. `contentOf` looks a file up; undefined when it has vanished. */
export function folderTasks(
  files: readonly FoundFile[],
  code: string,
  contentOf: (file: FoundFile) => KnownContent | undefined,
): FolderTask[] {
  const byFolder = new Map<string, FoundFile[]>();
  for (const file of files) {
    const folder = folderOf(file);
    const inFolder = byFolder.get(folder);
    if (inFolder === undefined) byFolder.set(folder, [file]);
    else inFolder.push(file);
  }
  const folders = [...byFolder].sort(([left], [right]) => (left < right ? -1 : 1));
  return folders.map(([folder, found]) => {
    const sorted = [...found].sort((left, right) => (left.path < right.path ? -1 : 1));
    const contents = sorted.map((file) => ({ file, content: contentOf(file) }));
    const plan: FolderPlan = {
      files: contents.map(({ file, content }) => ({
        path: file.absolutePath,
        location: content?.location ?? file.absolutePath,
        ...(content?.etag !== undefined && { etag: content.etag }),
      })),
      reusable: contents.every(({ content }) => content?.reusable === true),
    };
    const identities = contents.map(({ file, content }) => [nameOf(file), ...(content?.identity ?? [])]);
    return { folder, readingKey: sha256([code, ...identities]), plan: { ...plan } };
  });
}

/** Younger files may change without a change of their stamp; clocks of file servers tick as coarsely as 2 s (FAT, NFS). */
const SETTLED_AFTER_NS = 2_000_000_000n;

export function contentOnDisk({ absolutePath }: FoundFile, nowNs: bigint): KnownContent | undefined {
  let location: string;
  let stats: BigIntStats;
  try {
    location = realpathSync(absolutePath);
    stats = statSync(location, { bigint: true });
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
  const { size, mtimeNs, ctimeNs, ino } = stats;
  const isSettled = mtimeNs < nowNs - SETTLED_AFTER_NS && ctimeNs < nowNs - SETTLED_AFTER_NS;
  return { location, identity: [location, `${size}`, `${mtimeNs}`, `${ctimeNs}`, `${ino}`], reusable: isSettled };
}

function folderOf({ path }: FoundFile): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

function nameOf({ path }: FoundFile): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function sha256(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
