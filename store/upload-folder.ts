/**
 * The files of uploads on disk: `blobs/PROJECT/ab/SHA256` each content once, `uploads/PROJECT/UPLOAD/tree/…` its names.
 *
 * Blobs belong to a project: a hash that another project has handed in is neither known nor usable, or anybody who
 * guesses the hash of a file would get the file. A content is written under a temporary name, flushed and then linked to
 * its name, so that what was acknowledged survives a kill and a power cut and nothing half-written has a name. The names
 * of a tree are hard links to the blob: a blob that only one name is left for belongs to no upload any more.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { AdatomError } from '../model/errors.ts';
import { uploadPathFault } from '../model/upload-path.ts';
import {
  type Content,
  codeOf,
  type ExpectedContent,
  entriesIn,
  FOLDER_MODE,
  flushFolder,
  flushFolders,
  linkOrCopy,
  statOf,
  type TemporaryFile,
  type WrittenFile,
  writeTemporary,
} from './durable-file.ts';

/** An upload of a project, both UUIDs. */
export interface UploadAddress {
  readonly project: string;
  readonly upload: string;
}

export interface UploadFolder {
  /** Writes one content and gives it these names in the tree, instead of what has them now. */
  readonly putFile: (
    address: UploadAddress,
    paths: readonly string[],
    content: Content,
    expected: ExpectedContent,
  ) => Promise<WrittenFile>;
  /** Gives a content that the project has one more name; its size, or undefined when the project has no such content. */
  readonly place: (address: UploadAddress, path: string, sha256: string) => Promise<number | undefined>;
  /** Takes a name away, and the content when nothing else has it. */
  readonly dropFile: (address: UploadAddress, path: string, sha256: string) => Promise<void>;
  /** Flushes the folders of the tree: after this all of its names survive a power cut. */
  readonly seal: (address: UploadAddress) => Promise<void>;
  readonly treeFolder: (address: UploadAddress) => string;
  /** Removes the upload, and those of its contents that nothing else has. Nothing there: nothing to do. */
  readonly remove: (address: UploadAddress, sha256s: Iterable<string>) => Promise<void>;
  /** Removes the names and those of the contents, but not the parts of the archive they come from. */
  readonly removeTree: (address: UploadAddress, sha256s: Iterable<string>) => Promise<void>;
  /**
   * Keeps the next part of an archive, from byte `from` on; nothing of a part counts that was not received in full. Of
   * several parts for one place the first one stays: `isOwn` tells whether it is this one.
   */
  readonly putPart: (
    address: UploadAddress,
    from: number,
    content: Content,
    expected: ExpectedContent,
  ) => Promise<{ readonly bytes: number; readonly isOwn: boolean }>;
  /** The kept parts in their order, those that begin before `receivedBytes`. */
  readonly parts: (address: UploadAddress, receivedBytes: number) => Promise<readonly string[]>;
  readonly removeParts: (address: UploadAddress) => Promise<void>;
  /** All that have a folder, last changed before that time. */
  readonly uploads: (before: Date) => Promise<readonly UploadAddress[]>;
  /** Removes what was being written before that time and never finished, and contents that no upload has. */
  readonly sweep: (before: Date) => Promise<void>;
}

/** The folders are made when the first file comes. */
export function openUploadFolder(dataFolder: string): UploadFolder {
  const places = placesIn(resolve(dataFolder));
  return {
    async putFile(address, paths, content, expected) {
      for (const path of paths) places.file(address, path);
      const written = await writeTemporary(places.incoming(address.project), content, expected);
      const blob = places.blob(address.project, written.sha256);
      return keeping(written, async () => {
        await linkInto(written.path, blob);
        for (const path of paths) {
          // The blob may be removed with another upload just now; the temporary name is ours.
          if (await giveName(places, address, { source: blob, path })) continue;
          await giveName(places, address, { source: written.path, path });
        }
      });
    },
    async place(address, path, sha256) {
      const source = places.blob(address.project, sha256);
      const bytes = (await statOf(source))?.size;
      return bytes !== undefined && (await giveName(places, address, { source, path })) ? bytes : undefined;
    },
    async dropFile(address, path, sha256) {
      await rm(places.file(address, path), { force: true });
      await removeUnused(places.blob(address.project, sha256));
    },
    seal: (address) => flushFolders(places.tree(address)),
    treeFolder: (address) => places.tree(address),
    remove: (address, sha256s) => removeFiles(places, address, { folder: places.upload(address), sha256s }),
    removeTree: (address, sha256s) => removeFiles(places, address, { folder: places.tree(address), sha256s }),
    async putPart(address, from, content, expected) {
      const written = await writeTemporary(places.incoming(address.project), content, expected);
      // An empty part would take the place that the next one needs.
      if (written.bytes === 0) {
        await rm(written.path, { force: true });
        throw new AdatomError('request', 'a part of an archive has at least one byte');
      }
      const part = join(places.parts(address), partName(from));
      let isOwn = false;
      await keeping(written, async () => {
        isOwn = await linkInto(written.path, part);
      });
      return { bytes: isOwn ? written.bytes : (await stat(part)).size, isOwn };
    },
    async parts(address, receivedBytes) {
      const folder = places.parts(address);
      const names = (await entriesIn(folder)).map((entry) => entry.name).sort();
      return names.filter((name) => Number(name) < receivedBytes).map((name) => join(folder, name));
    },
    removeParts: (address) => rm(places.parts(address), { recursive: true, force: true }),
    uploads: (before) => uploadsIn(places.uploads, before.getTime()),
    sweep: (before) => sweep(places.blobs, before.getTime()),
  };
}

// ---- where things are

interface Places {
  readonly blobs: string;
  readonly uploads: string;
  readonly blob: (project: string, sha256: string) => string;
  readonly incoming: (project: string) => string;
  readonly upload: (address: UploadAddress) => string;
  readonly tree: (address: UploadAddress) => string;
  readonly parts: (address: UploadAddress) => string;
  readonly file: (address: UploadAddress, path: string) => string;
}

const INCOMING = 'incoming';

function placesIn(data: string): Places {
  const blobs = join(data, 'blobs');
  const uploads = join(data, 'uploads');
  const upload = ({ project, upload: id }: UploadAddress): string => join(uploads, uuid(project), uuid(id));
  const tree = (address: UploadAddress): string => join(upload(address), 'tree');
  return {
    blobs,
    uploads,
    blob: (project, sha256) => join(blobs, uuid(project), hash(sha256).slice(0, 2), sha256),
    incoming: (project) => join(blobs, uuid(project), INCOMING),
    upload,
    tree,
    parts: (address) => join(upload(address), 'parts'),
    file: (address, path) => {
      const fault = uploadPathFault(path);
      if (fault !== undefined) throw new AdatomError('request', `path ${JSON.stringify(path.slice(0, 200))}: ${fault}`);
      return join(tree(address), path);
    },
  };
}

/** Every part of a name on disk that comes from outside goes through one of these two or the rule for paths. */
function uuid(text: string): string {
  if (z.uuid().safeParse(text).success) return text.toLowerCase();
  throw new AdatomError('request', 'an id is a UUID');
}

function hash(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new AdatomError('request', 'a SHA-256 is written as 64 hexadecimal digits in small letters');
}

/** Long enough for every safe integer, so that the order of names is that of numbers. */
function partName(from: number): string {
  return String(from).padStart(16, '0');
}

// ---- writing

/** Gives a temporary file its lasting names; it loses the temporary one in any case. */
async function keeping(written: TemporaryFile, giveNames: () => Promise<unknown>): Promise<WrittenFile> {
  try {
    await giveNames();
  } finally {
    await rm(written.path, { force: true });
  }
  return { sha256: written.sha256, bytes: written.bytes };
}

/** One more name for a file, for good. False when the name is taken: what is there stays. */
async function linkInto(source: string, target: string): Promise<boolean> {
  await mkdir(dirname(target), { recursive: true, mode: FOLDER_MODE });
  try {
    await linkOrCopy(source, target);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  await flushFolder(dirname(target));
  return true;
}

interface Placing {
  readonly source: string;
  readonly path: string;
}

/** A name in the tree, instead of what has it now. False when the source is not there. */
async function giveName(places: Places, address: UploadAddress, { source, path }: Placing): Promise<boolean> {
  const target = places.file(address, path);
  const there = await statOf(source);
  if (there === undefined) return false;
  if ((await statOf(target))?.ino === there.ino) return true;
  await makeTreeFolder(dirname(target));
  // Beside the tree: a rename does not lead from one file system to another.
  const temporary = join(places.upload(address), INCOMING, randomUUID());
  await mkdir(dirname(temporary), { recursive: true, mode: FOLDER_MODE });
  try {
    await linkOrCopy(source, temporary);
    await rename(temporary, target);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    if (codeOf(error) === 'EISDIR') throw sameName(path);
    throw error;
  } finally {
    // Also after a rename: between two names of one file it does nothing, and leaves the source.
    await rm(temporary, { force: true });
  }
  return true;
}

async function makeTreeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOTDIR') throw sameName(folder.split('/').at(-1) ?? '');
    throw error;
  }
}

function sameName(path: string): AdatomError {
  return new AdatomError('request', `path ${JSON.stringify(path)}: the same name is a file and a folder`);
}

// ---- removing

interface Removal {
  readonly folder: string;
  readonly sha256s: Iterable<string>;
}

async function removeFiles(places: Places, { project }: UploadAddress, { folder, sha256s }: Removal): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const sha256 of new Set(sha256s)) await removeUnused(places.blob(project, sha256));
}

/** A content whose only name is that of the blob. Who takes a name meanwhile has the content; only the blob is lost. */
async function removeUnused(blob: string): Promise<void> {
  if ((await statOf(blob))?.nlink === 1) await rm(blob, { force: true });
}

async function uploadsIn(folder: string, beforeMilliseconds: number): Promise<readonly UploadAddress[]> {
  const found: UploadAddress[] = [];
  for (const { name: project } of await entriesIn(folder)) {
    for (const { name: upload } of await entriesIn(join(folder, project))) {
      const there = await statOf(join(folder, project, upload));
      if (there !== undefined && there.ctimeMs < beforeMilliseconds) found.push({ project, upload });
    }
  }
  return found.filter(({ project, upload }) => [project, upload].every((name) => z.uuid().safeParse(name).success));
}

/** The time of the last change of names tells when the last upload let go of a content. */
async function sweep(blobs: string, beforeMilliseconds: number): Promise<void> {
  for (const project of await entriesIn(blobs)) {
    for (const shard of await entriesIn(join(blobs, project.name))) {
      const folder = join(blobs, project.name, shard.name);
      for (const { name } of await entriesIn(folder)) {
        const path = join(folder, name);
        const there = await statOf(path);
        if (there === undefined || there.ctimeMs >= beforeMilliseconds) continue;
        if (shard.name === INCOMING || there.nlink === 1) await rm(path, { force: true });
      }
    }
  }
}
