/**
 * Damaged archives: packed files (gzip, xz, bzip2, zstd) and uploads (tar, tar.gz, zip), read as intake reads them.
 *
 * An archive has checksums, so more can be asked than of a text: what is given out as whole is the content and nothing
 * else, what is given out of a cut one is its beginning, and everything else is a refusal. No temporary file is left,
 * and no path handed to the sink leads out of its folder.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { extractArchive } from '../../intake/archives/extract-archive.ts';
import { archiveKind, decompress, UnreadableArchive } from '../../intake/decompress.ts';
import type { ByteSource } from '../../model/byte-source.ts';
import { memorySource } from '../../model/byte-source.ts';
import { AdatomError } from '../../model/errors.ts';
import { NUMBERS, REPEATED, sample } from '../../test/intake/decompress/samples.ts';
import type { Target } from './target.ts';

/** A bomb is one at this size already. */
const MAX_BYTES = 8 * 1024 * 1024;
const LIMITS = { maxEntries: 50, maxFileBytes: MAX_BYTES, maxTotalBytes: MAX_BYTES };

export function archiveTargets(): ReadonlyMap<string, readonly Target[]> {
  // Intake asks for the folder of temporary files each time it needs one: this one is ours to count.
  const folder = mkdtempSync(join(tmpdir(), 'adatom-fuzz-archives-'));
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return new Map([
    ['packed', packedTargets(folder)],
    ['upload', uploadTargets(folder)],
  ]);
}

function packedTargets(folder: string): Target[] {
  const twoMembers = Buffer.concat([gzipSync(NUMBERS), gzipSync(NUMBERS)]);
  const packed: readonly (readonly [name: string, bytes: Buffer, content: string])[] = [
    ['numbers.gz', gzipSync(NUMBERS), NUMBERS],
    ['two members.gz', twoMembers, NUMBERS + NUMBERS],
    ['numbers.zst', sample('zstdNumbers'), NUMBERS],
    ['repeated.zst', sample('zstdRepeated'), REPEATED],
    ['pzstd.zst', sample('pzstdNumbers'), NUMBERS],
    ['numbers.bz2', sample('bzip2Numbers'), NUMBERS],
    ['repeated.bz2', sample('bzip2Repeated'), REPEATED],
    ['repeated.xz', sample('xzRepeated'), REPEATED],
  ];
  return packed.map(([name, bytes, content]) => ({
    format: 'packed',
    name,
    bytes,
    faults: (damaged, { mutation }) => packedFaults(damaged, content, mutation?.name === 'cut', folder),
  }));
}

async function packedFaults(bytes: Buffer, content: string, isCut: boolean, folder: string): Promise<string[]> {
  const kind = archiveKind(bytes.subarray(0, 512));
  if (kind === undefined) return [];
  try {
    const { source, truncated, close } = await decompress(kind, memorySource(bytes), MAX_BYTES);
    const text = textOf(source);
    close();
    const left = leftIn(folder);
    // Copies of a member are members; what a damaged stream gives before its checksum is only known to be unfinished.
    const isRight = truncated ? !isCut || content.startsWith(text) : isCopies(text, content);
    return isRight ? left : [`${text.length} bytes that are not the content${truncated ? ', cut' : ''}`, ...left];
  } catch (error) {
    return error instanceof UnreadableArchive ? leftIn(folder) : [thrown(error)];
  }
}

/** Whole numbers of the content, or of the halves that two members are. */
function isCopies(text: string, content: string): boolean {
  const half = content.slice(0, content.length / 2);
  const unit = half + half === content ? half : content;
  return text === unit.repeat(Math.round(text.length / unit.length));
}

function uploadTargets(folder: string): Target[] {
  const files = [
    { path: 'slab/OUTCAR', content: NUMBERS },
    { path: 'slab/INCAR', content: 'ENCUT = 520\n' },
    { path: 'bulk/POSCAR', content: NUMBERS.slice(7, 900) },
  ];
  const archives: readonly (readonly [name: string, bytes: Buffer, isChecked: boolean])[] = [
    ['upload.tar', tar(files), false],
    ['upload.tar.gz', gzipSync(tar(files)), true],
    ['nested.tar', tar([{ path: 'inner.tar.gz', content: gzipSync(tar(files)) }]), false],
    ['upload.zip', zip(files), true],
  ];
  const contents = new Set(files.map(({ content }) => content));
  return archives.map(([name, bytes, isChecked]) => ({
    format: 'upload',
    name,
    bytes,
    faults: (damaged) => uploadFaults(damaged, isChecked ? contents : undefined, folder),
  }));
}

/** `contents`: the only ones that may come out, where checksums guard them. */
async function uploadFaults(bytes: Buffer, contents: Set<string> | undefined, folder: string): Promise<string[]> {
  const path = join(folder, 'upload');
  writeFileSync(path, bytes);
  const faults: string[] = [];
  const kept: string[] = [];
  try {
    const sink = async (name: string, content: AsyncIterable<Buffer>): Promise<void> => {
      if (isOutside(name)) faults.push(`the path ${JSON.stringify(name)} was handed out`);
      kept.push(await contentOf(content));
    };
    await extractArchive([path], sink, LIMITS);
    if (contents !== undefined && !kept.every((text) => contents.has(text))) faults.push('a file has another content');
  } catch (error) {
    if (!(error instanceof AdatomError && error.class === 'request')) faults.push(thrown(error));
  } finally {
    rmSync(path);
  }
  return [...faults, ...leftIn(folder)];
}

function isOutside(path: string): boolean {
  return path.startsWith('/') || /[\\\0]/.test(path) || path.split('/').some((part) => part === '..' || part === '');
}

function leftIn(folder: string): string[] {
  return readdirSync(folder).map((name) => `the temporary file ${name} was left`);
}

function thrown(error: unknown): string {
  return `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function textOf(source: ByteSource): string {
  const bytes = Buffer.alloc(source.sizeBytes);
  for (let at = 0; at < bytes.length; ) {
    const count = source.read(bytes.subarray(at), at);
    if (count === 0) break;
    at += count;
  }
  return bytes.toString('latin1');
}

async function contentOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString('latin1');
}

interface StoredFile {
  readonly path: string;
  readonly content: string | Buffer;
}

/** POSIX.1-1988 ustar. */
function tar(files: readonly StoredFile[]): Buffer {
  const members = files.map(({ path, content }) => {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(path);
    header.write(
      `0000644\0${'0001750\0'.repeat(2)}${bytes.length.toString(8).padStart(11, '0')}\x0014717311130\0`,
      100,
    );
    header.write(' '.repeat(8), 148);
    header.write('0', 156);
    header.write('ustar\x0000', 257, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
  });
  return Buffer.concat([...members, Buffer.alloc(1024)]);
}

/** PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. */
function zip(files: readonly StoredFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content } of files) {
    const packed = deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(Buffer.byteLength(content), 18);
    fields.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    place.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(path), packed]);
    locals.push(local);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), fields, place, Buffer.from(path)]));
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
