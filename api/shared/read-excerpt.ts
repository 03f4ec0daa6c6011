/**
 * The text around a value, from the file it was parsed from. Offsets count decompressed bytes, as provenance does.
 *
 * What is shown must be what was parsed: the bytes are hashed again, so that a file that was written anew, or another
 * one that was put in its place, is never quoted as the source of a value.
 */
import { isLicensedHead, LICENSED_HEAD_BYTES } from '../../intake/licensed-file.ts';
import { isHdf5Head } from '../../intake/licensed-hdf5.ts';
import { type ReadableFile, readFile } from '../../intake/read-file.ts';
import type { ByteSource } from '../../model/byte-source.ts';
import { lineNumbers } from '../../reading/resolve-lines.ts';

export interface ExcerptTask {
  readonly path: string;
  /** Of the file as it was stored when it was parsed. */
  readonly sha256: string;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** Bytes before and after. */
  readonly context: number;
  readonly maxDecompressedBytes: number;
}

export interface ExcerptText {
  /** Of the first byte of the value, counted from 1. */
  readonly line: number;
  readonly before: string;
  readonly value: string;
  readonly after: string;
  /** latin1 where the bytes are no UTF-8: then every byte is one character. */
  readonly encoding: 'utf-8' | 'latin1';
}

export type ExcerptReading =
  | { readonly outcome: 'read'; readonly text: ExcerptText }
  | { readonly outcome: 'changed' | 'licensed' | 'binary' }
  | { readonly outcome: 'unreadable'; readonly reason: string }
  | { readonly outcome: 'outside'; readonly sizeBytes: number };

export async function readExcerpt(task: ExcerptTask): Promise<ExcerptReading> {
  const file = await readFile(task.path, { maxDecompressedBytes: task.maxDecompressedBytes });
  if (!file.readable) {
    if (file.identity !== undefined && file.identity.sha256 !== task.sha256) return { outcome: 'changed' };
    return { outcome: 'unreadable', reason: file.issue.message };
  }
  try {
    return await excerptOf(file, task);
  } finally {
    file.close();
  }
}

async function excerptOf({ identity, source }: ReadableFile, task: ExcerptTask): Promise<ExcerptReading> {
  if (identity.sha256 !== task.sha256) return { outcome: 'changed' };
  const head = bytesOf(source, 0, LICENSED_HEAD_BYTES);
  // HDF5 has no text around a value, and VASP keeps the POTCARs of the run in it.
  if (isHdf5Head(head)) return { outcome: 'binary' };
  if (await isLicensedHead(head)) return { outcome: 'licensed' };
  const { byteOffset, byteLength, context } = task;
  const end = byteOffset + byteLength;
  if (end > source.sizeBytes) return { outcome: 'outside', sizeBytes: source.sizeBytes };
  const start = Math.max(0, byteOffset - context);
  const parts = [
    withoutCutStart(bytesOf(source, start, byteOffset - start), start > 0),
    bytesOf(source, byteOffset, byteLength),
    withoutCutEnd(bytesOf(source, end, context), end + context < source.sizeBytes),
  ] as const;
  const line = lineNumbers(source, [byteOffset]).get(byteOffset) ?? 1;
  return { outcome: 'read', text: { line, ...decoded(parts) } };
}

function bytesOf(source: ByteSource, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, Math.min(length, source.sizeBytes - offset)));
  let filled = 0;
  while (filled < bytes.length) {
    const count = source.read(bytes.subarray(filled), offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** Bytes 10xxxxxx continue a character of UTF-8; one has at most three of them. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** Without the rest of a character that begins before the window. */
function withoutCutStart(bytes: Buffer, isCut: boolean): Buffer {
  let start = 0;
  while (isCut && start < 3 && isContinuation(bytes[start])) start += 1;
  return bytes.subarray(start);
}

/** Without a character that ends behind the window. */
function withoutCutEnd(bytes: Buffer, isCut: boolean): Buffer {
  if (!isCut) return bytes;
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

function decoded(parts: readonly [Buffer, Buffer, Buffer]): Omit<ExcerptText, 'line'> {
  const encoding = parts.every(isUtf8) ? 'utf-8' : 'latin1';
  const [before, value, after] = parts.map((bytes) => bytes.toString(encoding)) as [string, string, string]; // three parts
  return { before, value, after, encoding };
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
