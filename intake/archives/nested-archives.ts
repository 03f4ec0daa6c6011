/**
 * Archives that lie in an archive (`series1.tar.gz` in the zip of a campaign), kept until what is around them is
 * unpacked. All of them lie in one temporary file, whatever their number.
 */
import { archiveKind } from '../decompress.ts';
import { Spill } from '../spill.ts';
import { type ArchiveBytes, archiveBytesIn } from './archive-bytes.ts';
import { type ArchiveLimits, refusedArchive } from './archive-limits.ts';

/** An archive of archives of archives is somebody's order; one more is a mistake or an attack. */
export const MAX_NESTING = 3;

const ARCHIVE_NAME = /\.(?:tar|tar\.(?:gz|xz|bz2|zst)|tgz|txz|tbz2?|tzst|zip)$/i;

/** Where an archive of this path is unpacked to; undefined for a path that is none of an archive. */
export function archiveStem(path: string): string | undefined {
  const stem = path.replace(ARCHIVE_NAME, '');
  return stem === path || stem === '' || stem.endsWith('/') ? undefined : stem;
}

/** By content: `plot.zip` may be anything. */
export function isArchiveHead(head: Buffer): boolean {
  const kind = archiveKind(head);
  return kind !== undefined && kind !== 'compress' && kind !== 'lz4' && kind !== 'lzma';
}

export interface NestedArchive {
  readonly path: string;
  readonly bytes: ArchiveBytes;
}

export class NestedArchives {
  readonly #spill: Spill;
  readonly #ranges: { readonly path: string; readonly start: number; readonly end: number }[] = [];
  #sizeBytes = 0;
  #close: () => void;

  constructor({ maxTotalBytes }: ArchiveLimits) {
    this.#spill = new Spill(maxTotalBytes, () => refusedArchive(`it unpacks to more than ${maxTotalBytes} bytes`));
    this.#close = () => this.#spill.discard();
  }

  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  async add(path: string, content: AsyncIterable<Buffer>): Promise<void> {
    const start = this.#sizeBytes;
    for await (const chunk of content) {
      this.#spill.add(chunk);
      this.#sizeBytes += chunk.length;
    }
    this.#ranges.push({ path, start, end: this.#sizeBytes });
  }

  /** In the order of their coming. Nothing can be added any more. */
  opened(): readonly NestedArchive[] {
    const { source, close } = this.#spill.finish();
    this.#close = close;
    return this.#ranges.map(({ path, start, end }) => ({ path, bytes: archiveBytesIn(source, start, end) }));
  }

  discard(): void {
    this.#close();
    this.#close = () => undefined;
  }
}
