/**
 * The entries of a tar stream, one at a time, none of them held in memory.
 * Formats: POSIX ustar and pax (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html), GNU, v7.
 *
 * Not by `tar-stream`: it merges a pax header for the whole archive (up to 4 MB) into that of every entry (0.4 s each,
 * measured with 300,000 keys), reads on behind the end of the archive and takes an archive for whole that ends between
 * two entries. Here the extended headers are small and few, and after the end mark there may only be padding.
 */

import { ByteReader } from '../decompress/byte-reader.ts';
import { type ArchiveEntry, partPath } from './archive-entry.ts';
import { cutArchive, refusedArchive, refusedEntry } from './archive-limits.ts';

const BLOCK_BYTES = 512;
/** A name has at most a kilobyte; times, owners and attributes take some more. */
const MAX_EXTENDED_BYTES = 64 * 1024;
/** pax header, GNU name and GNU link name of one entry, and one header for the whole archive. */
const MAX_EXTENDED_HEADERS = 4;

export function isTarHead(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar';
}

/** The content of an entry must be read, or left, before the next one is asked for. */
export async function* readTar(bytes: AsyncIterable<Buffer>): AsyncGenerator<ArchiveEntry, void> {
  const reader = new ByteReader(bytes);
  try {
    yield* entriesOf(reader);
    await expectPadding(reader);
  } finally {
    await reader.close();
  }
}

async function* entriesOf(reader: ByteReader): AsyncGenerator<ArchiveEntry, void> {
  let extended: Extended = {};
  let extendedHeaders = 0;
  for (;;) {
    const at = reader.offset;
    const block = await reader.take(BLOCK_BYTES);
    if (block.length < BLOCK_BYTES) throw cutArchive();
    if (isZero(block)) return;
    const header = headerOf(block, at);
    if (EXTENDED_TYPES.has(header.type)) {
      extendedHeaders += 1;
      if (extendedHeaders > MAX_EXTENDED_HEADERS) throw refusedArchive(`too many extended headers at byte ${at}`);
      extended = { ...extended, ...(await readExtended(reader, header)) };
      continue;
    }
    const entry = entryOf(header, extended);
    extended = {};
    extendedHeaders = 0;
    yield* contentOf(reader, entry);
  }
}

/** Yields the entry and passes over what its reader has left of it. */
async function* contentOf(
  reader: ByteReader,
  entry: Omit<ArchiveEntry, 'content'>,
): AsyncGenerator<ArchiveEntry, void> {
  let left = entry.sizeBytes;
  async function* content(): AsyncGenerator<Buffer, void> {
    while (left > 0) {
      const chunk = await reader.upTo(left);
      if (chunk.length === 0) throw cutArchive();
      left -= chunk.length;
      yield chunk;
    }
  }
  yield { ...entry, content: content() };
  for await (const _ of content());
  const padding = (BLOCK_BYTES - (entry.sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES;
  if ((await reader.take(padding)).length < padding) throw cutArchive();
}

/** Everything behind the end mark is the zeros that fill the last record. */
async function expectPadding(reader: ByteReader): Promise<void> {
  for (let at = reader.offset, chunk = await reader.upTo(Infinity); chunk.length > 0; ) {
    if (!isZero(chunk)) throw refusedArchive(`there is something behind the end of the tar archive (byte ${at})`);
    at = reader.offset;
    chunk = await reader.upTo(Infinity);
  }
}

function isZero(bytes: Buffer): boolean {
  return ZEROS.length >= bytes.length
    ? bytes.equals(ZEROS.subarray(0, bytes.length))
    : bytes.every((byte) => byte === 0);
}

const ZEROS = Buffer.alloc(256 * 1024);

// ---- headers

interface Header {
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
}

function headerOf(block: Buffer, at: number): Header {
  let sum = 0;
  // The field of the checksum counts as eight spaces.
  for (let index = 0; index < BLOCK_BYTES; index += 1) sum += index >= 148 && index < 156 ? 32 : (block[index] ?? 0);
  if (numberOf(block.subarray(148, 156)) !== sum) throw refusedArchive(`there is no tar header at byte ${at}`);
  const name = textOf(block.subarray(0, 100), at);
  const isUstar = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isUstar ? textOf(block.subarray(345, 500), at) : '';
  const sizeBytes = numberOf(block.subarray(124, 136));
  if (sizeBytes === undefined) throw refusedArchive(`the tar header at byte ${at} has no valid size`);
  const type = String.fromCharCode(block[156] ?? 0);
  return { name: prefix === '' ? name : `${prefix}/${name}`, type, sizeBytes };
}

/** Octal digits, or base 256 when the first bit is set (GNU, sizes of 8 GiB and more). */
function numberOf(field: Buffer): number | undefined {
  if (field[0] === 0x80) {
    const value = BigInt(`0x${field.subarray(1).toString('hex')}`);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
  }
  const digits = /^ *([0-7]*)[ \0]*$/.exec(field.toString('latin1'))?.[1];
  if (digits === undefined) return undefined;
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function textOf(field: Buffer, at: number): string {
  const end = field.indexOf(0);
  const bytes = end < 0 ? field : field.subarray(0, end);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw refusedEntry(bytes.toString('latin1'), `its name at byte ${at} is not UTF-8`, error);
  }
}

const KINDS: Readonly<Record<string, ArchiveEntry['kind']>> = { '0': 'file', '\0': 'file', '7': 'file', '5': 'folder' };
const REFUSED_TYPES: Readonly<Record<string, string>> = {
  '3': 'devices are refused',
  '4': 'devices are refused',
  '6': 'named pipes are refused',
  S: 'sparse files are refused; pack without --sparse',
  M: 'archives in several volumes are refused',
};

/** Whether they are refused or passed over is for who reads them to say. */
const LINK_TYPES: Readonly<Record<string, string>> = {
  '1': 'hard links are refused; pack with --hard-dereference',
  '2': 'symbolic links are refused; pack with --dereference',
};

function entryOf(header: Header, extended: Extended): Omit<ArchiveEntry, 'content'> {
  const stated = extended.path ?? header.name;
  const refused = REFUSED_TYPES[header.type];
  if (refused !== undefined) throw refusedEntry(stated, refused);
  const linkRule = LINK_TYPES[header.type];
  // A size that is stated for a link is that of the file it leads to; its bytes are there.
  if (linkRule !== undefined) return { path: partPath(stated), kind: 'link', linkRule, sizeBytes: 0 };
  const kind = KINDS[header.type];
  if (kind === undefined) throw refusedEntry(stated, `tar type ${JSON.stringify(header.type)} is refused`);
  const sizeBytes = extended.sizeBytes ?? header.sizeBytes;
  // Before POSIX a folder was a file whose name ends in a slash.
  const isFolder = kind === 'folder' || stated.endsWith('/');
  if (isFolder && sizeBytes > 0) throw refusedEntry(stated, 'a folder with content is refused');
  return { path: partPath(stated), kind: isFolder ? 'folder' : 'file', sizeBytes };
}

// ---- extended headers

interface Extended {
  readonly path?: string;
  readonly sizeBytes?: number;
}

const EXTENDED_TYPES: ReadonlySet<string> = new Set(['x', 'g', 'L', 'K']);

async function readExtended(reader: ByteReader, header: Header): Promise<Extended> {
  const at = reader.offset;
  if (header.sizeBytes > MAX_EXTENDED_BYTES) throw refusedArchive(`the extended header at byte ${at} is too long`);
  const stored = Math.ceil(header.sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
  const block = await reader.take(stored);
  if (block.length < stored) throw cutArchive();
  const content = block.subarray(0, header.sizeBytes);
  if (header.type === 'L') return { path: textOf(content, at) };
  // The target of a link: the link itself is refused when it comes.
  if (header.type === 'K') return {};
  return paxOf(content, at, header.type === 'g');
}

/** Records `LENGTH KEY=VALUE\n`; the length counts itself. */
function paxOf(content: Buffer, at: number, isGlobal: boolean): Extended {
  let path: string | undefined;
  let sizeBytes: number | undefined;
  for (let start = 0; start < content.length; ) {
    const digits = /^(\d{1,6}) /.exec(content.toString('latin1', start, start + 7))?.[1];
    const end = start + Number(digits);
    const record = content.subarray(start + (digits ?? '').length + 1, end - 1);
    const equals = record.indexOf('=');
    if (digits === undefined || end > content.length || content[end - 1] !== 10 || equals < 0) {
      throw refusedArchive(`the pax header at byte ${at} is damaged`);
    }
    const key = record.toString('latin1', 0, equals);
    const value = record.subarray(equals + 1);
    if (isGlobal && (key === 'path' || key === 'size')) throw refusedArchive(`one ${key} for all entries (byte ${at})`);
    if (key.startsWith('GNU.sparse.')) throw refusedArchive('sparse files are refused; pack without --sparse');
    if (key === 'path') path = paxPath(value, at);
    if (key === 'size') sizeBytes = paxSize(value, at);
    start = end;
  }
  return { ...(path === undefined ? {} : { path }), ...(sizeBytes === undefined ? {} : { sizeBytes }) };
}

function paxPath(value: Buffer, at: number): string {
  // Unlike in a fixed field, a NUL does not end the name: readers that stop there would see another one.
  if (value.includes(0)) throw refusedEntry(value.toString('latin1'), 'control characters are refused');
  return textOf(value, at);
}

function paxSize(value: Buffer, at: number): number {
  const text = value.toString('latin1');
  const size = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (size === undefined) throw refusedArchive(`the pax header at byte ${at} has no valid size`);
  return size;
}
