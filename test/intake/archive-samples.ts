/** Archives written byte by byte, so that they can say what no packer would write. */
import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import type { ArchiveLimits } from '../../intake/archives/archive-limits.ts';
import { type ExtractedArchive, extractArchive } from '../../intake/archives/extract-archive.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const LIMITS: ArchiveLimits = { maxEntries: 1000, maxFileBytes: 2 ** 30, maxTotalBytes: 4 * 2 ** 30 };

export interface TarEntry {
  readonly path: string | Buffer;
  readonly content?: string | Buffer;
  /** Type flag of POSIX ustar; '0' is a file. */
  readonly type?: string;
  readonly link?: string;
  /** Size that the header states, when it is not that of the content. */
  readonly statedBytes?: number;
}

/** Header of POSIX.1-1988 ustar. */
export function tarHeader({ path, content = '', type = '0', link = '', statedBytes }: TarEntry): Buffer {
  const header = Buffer.alloc(512);
  (Buffer.isBuffer(path) ? path : Buffer.from(path)).copy(header, 0, 0, 100);
  header.write('0000644\0' + '0001750\0' + '0001750\0', 100);
  header.write(`${(statedBytes ?? Buffer.byteLength(content)).toString(8).padStart(11, '0')}\0`, 124);
  header.write('14717311130\0', 136);
  header.write('        ', 148);
  header.write(type, 156, 'latin1');
  header.write(link, 157);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

export function tarMember(entry: TarEntry): Buffer {
  const content = Buffer.from(entry.content ?? '');
  return Buffer.concat([tarHeader(entry), content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

export const TAR_END = Buffer.alloc(1024);

export function tar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(tarMember), TAR_END]);
}

/** A pax record; its length counts itself. */
export function paxRecord(key: string, value: string | Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

export interface ZipEntry {
  readonly path: string;
  readonly content?: string | Buffer;
  readonly store?: boolean;
  /** `st_mode` of Unix. */
  readonly mode?: number;
  readonly flags?: number;
  readonly statedBytes?: number;
  readonly crc?: number;
  /** Where the directory says that the entry begins; the entry writes nothing itself then. */
  readonly at?: number;
}

/** PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const packed = entry.store === true ? content : deflateRawSync(content);
    const name = Buffer.from(entry.path);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800 | (entry.flags ?? 0), 2);
    fields.writeUInt16LE(entry.store === true ? 0 : 8, 4);
    fields.writeUInt32LE(entry.crc ?? crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(entry.statedBytes ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const start = entry.at ?? offset;
    if (entry.at === undefined) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed]);
      locals.push(local);
      offset += local.length;
    }
    const place = Buffer.alloc(14);
    place.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    place.writeUInt32LE(start, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), fields, place, name]));
  }
  const size = directory.reduce((total, record) => total + record.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

export interface Extraction extends ExtractedArchive {
  /** Path → content, in the order of their coming. */
  readonly contents: ReadonlyMap<string, string>;
}

export async function extract(archive: Buffer, limits: Partial<ArchiveLimits> = {}): Promise<Extraction> {
  const folder = temporaryFolder({ archive });
  const contents = new Map<string, string>();
  const sink = async (path: string, content: AsyncIterable<Buffer>): Promise<void> => {
    contents.set(path, (await bytesOf(content)).toString('latin1'));
  };
  return { ...(await extractArchive([`${folder}/archive`], sink, { ...LIMITS, ...limits })), contents };
}

export async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The message it is refused with. */
export async function refusal(archive: Buffer, limits: Partial<ArchiveLimits> = {}): Promise<string> {
  const error: unknown = await extract(archive, limits).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || !('class' in error) || error.class !== 'request') {
    throw new Error('it was not refused as a fault of the request', { cause: error });
  }
  return error.message;
}

export function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The first lines of a POTCAR with its numbers changed; there is nothing licensed in it. */
export const POTCAR_HEAD = `  PAW_PBE Xx 01Jan2000
   12.0000000000000
 parameters from PSCTR are:
   VRHFIN =Xx: d10 p2
   LEXCH  = PE
   TITEL  = PAW_PBE Xx 01Jan2000
`;
/** How an OUTCAR names the potentials it was made with. */
export const OUTCAR_HEAD = ` vasp.6.3.2 27Jun22 (build Nov 18 2022 11:47:58) complex
 POTCAR:    PAW_PBE Xx 01Jan2000
   VRHFIN =Xx: d10 p2
   TITEL  = PAW_PBE Xx 01Jan2000
`;

/** The signature of HDF5 with anything behind it: enough for those who search it and do not open it. */
export function hdf5(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat([Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), ...parts.map((part) => Buffer.from(part))]);
}

/** Names of /input/potcar as the local heap of a group has them (VASP 6.4). */
export const LINKS_OF_POTCARS = 'HEAP\0\0\0\0content\0potentialtype\0\0\0spec\0';
