/**
 * A backup as a file: a tar.gz that begins with its manifest, then one entry per table.
 *
 * `readBackup` reads all of it before a row is written anywhere: a file that was cut off or damaged is told as such, and
 * not as the complaint of a database about a value.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { AdatomError } from '../../model/errors.ts';
import { pathText, readBySchema } from '../../model/schema-faults.ts';
import { codeOf } from '../durable-file.ts';
import {
  type BackupManifest,
  backupManifestSchema,
  FORMAT_VERSION,
  MANIFEST_NAME,
  tableEntry,
} from './backup-manifest.ts';

export type BackupTable = BackupManifest['tables'][number];
type Content = AsyncIterable<Buffer>;

/** The manifest of a backup that is whole: every table is there, in its size and with its SHA-256. */
export async function readBackup(file: string): Promise<BackupManifest> {
  try {
    return await readEntries(file);
  } catch (error) {
    // Nothing but the file is read here, so that what is no bug of ours is a fault of the file.
    if (!(error instanceof Error) || error instanceof AdatomError || error instanceof TypeError) throw error;
    if (!('syscall' in error)) throw damaged(file, error.message, error);
    throw new AdatomError('request', `${file} cannot be read: ${String(codeOf(error))}`, { cause: error });
  }
}

/** Hands each table to `visit`, in the order of the file, which is that of references. */
export async function forEachTable(
  file: string,
  { tables }: BackupManifest,
  visit: (table: BackupTable, content: Content) => Promise<void>,
): Promise<void> {
  await forEachEntry(file, async (name, content) => {
    const table = tables.find((one) => tableEntry(one.name) === name);
    if (table === undefined) for await (const _ of content);
    else await visit(table, content);
  });
}

export function damaged(file: string, reason: string, cause?: unknown): AdatomError {
  return new AdatomError('request', `${file} is no complete backup: ${reason}`, { cause });
}

async function readEntries(file: string): Promise<BackupManifest> {
  let manifest: BackupManifest | undefined;
  const left = new Set<string>();
  await forEachEntry(file, async (name, content) => {
    if (manifest === undefined) {
      if (name !== MANIFEST_NAME) throw damaged(file, `it begins with ${name}, expected ${MANIFEST_NAME}`);
      manifest = manifestOf(file, await textOf(content));
      for (const table of manifest.tables) left.add(table.name);
      return;
    }
    const table = manifest.tables.find((one) => tableEntry(one.name) === name);
    if (table === undefined) throw damaged(file, `${name} is not in its manifest`);
    const hash = createHash('sha256');
    for await (const part of content) hash.update(part);
    if (hash.digest('hex') !== table.sha256) throw damaged(file, `${table.name} does not have its SHA-256`);
    left.delete(table.name);
  });
  if (manifest === undefined) throw damaged(file, `it has no ${MANIFEST_NAME}`);
  if (left.size > 0) throw damaged(file, `${[...left].join(', ')} is not in it`);
  return manifest;
}

async function textOf(content: Content): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function manifestOf(file: string, text: string): BackupManifest {
  let stated: unknown;
  try {
    stated = JSON.parse(text);
  } catch (error) {
    throw damaged(file, `${MANIFEST_NAME} is not JSON`, error);
  }
  const reading = readBySchema(backupManifestSchema, stated);
  if (reading.valid) return reading.value;
  const version: unknown =
    typeof stated === 'object' && stated !== null ? Reflect.get(stated, 'formatVersion') : undefined;
  if (typeof version === 'number' && version > FORMAT_VERSION) {
    const message = `${file}: a backup of format ${version}, this program reads ${FORMAT_VERSION}; use a newer adatom`;
    throw new AdatomError('request', message);
  }
  const faults = reading.faults.map(({ path, text: told }) => `${pathText(path)}: ${told}`);
  throw new AdatomError('request', `${file}: ${MANIFEST_NAME} is not that of a backup: ${faults.join('; ')}`);
}

async function forEachEntry(file: string, visit: (name: string, content: Content) => Promise<void>): Promise<void> {
  const archive = extract();
  const read = pipeline(createReadStream(file), createGunzip(), archive);
  // Told by the loop, which fails with it.
  read.catch(() => {});
  try {
    for await (const entry of archive) await visit(entry.header.name, Readable.from(entry));
    await read;
  } finally {
    archive.destroy();
  }
}
