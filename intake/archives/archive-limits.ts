/**
 * How much an archive may contain, and the words in which it is refused.
 *
 * The sizes that an archive states are claims: what counts is what comes out of it, and that is counted while it comes.
 */
import { AdatomError } from '../../model/errors.ts';

const MEBIBYTE = 1024 * 1024;

export interface ArchiveLimits {
  /** Files and folders together. */
  readonly maxEntries: number;
  readonly maxFileBytes: number;
  /** Of the whole unpacked archive. */
  readonly maxTotalBytes: number;
}

/** Text of VASP compresses 4 to 20 times, its best gzip can do is 1032 times: beyond this it is made to be a bomb. */
export const MAX_RATIO = 1000;
/** A small archive of zeros does no harm. */
export const RATIO_FREE_BYTES = 64 * MEBIBYTE;

export function refusedArchive(rule: string, cause?: unknown): AdatomError {
  return new AdatomError('request', `the archive is refused: ${rule}`, cause === undefined ? {} : { cause });
}

export function refusedEntry(path: string, rule: string, cause?: unknown): AdatomError {
  return new AdatomError('request', `entry ${shownPath(path)} of the archive is refused: ${rule}`, {
    where: { file: path.slice(0, LONGEST_SHOWN) },
    ...(cause === undefined ? {} : { cause }),
  });
}

const LONGEST_SHOWN = 200;

export function shownPath(path: string): string {
  return JSON.stringify(path.length > LONGEST_SHOWN ? `${path.slice(0, LONGEST_SHOWN)}…` : path);
}

export function cutArchive(): AdatomError {
  return refusedArchive('it is cut off; send it again in full');
}

export function checkRatio(unpackedBytes: number, storedBytes: number): void {
  if (unpackedBytes <= RATIO_FREE_BYTES || unpackedBytes <= MAX_RATIO * storedBytes) return;
  throw refusedArchive(`it unpacks to more than ${MAX_RATIO} times its size`);
}

/** Counts what comes out of an archive and of the archives in it, all against the same limits. */
export interface ArchiveMeter {
  /**
   * A counter for one more archive, to be called for every piece that comes out of it. `usedBytes`: how much of the
   * packed bytes went into all the pieces so far.
   */
  readonly counter: () => (unpackedBytes: number, usedBytes?: number) => void;
}

export function archiveMeter(limits: ArchiveLimits, uploadBytes: number): ArchiveMeter {
  let total = 0;
  const counter: ArchiveMeter['counter'] = () => {
    let own = 0;
    return (unpackedBytes, usedBytes) => {
      own += unpackedBytes;
      total += unpackedBytes;
      if (total > limits.maxTotalBytes) {
        throw refusedArchive(`it unpacks to more than ${limits.maxTotalBytes} bytes`);
      }
      if (usedBytes !== undefined) checkRatio(own, usedBytes);
      checkRatio(total, uploadBytes);
    };
  };
  return { counter };
}

export function checkFileSize(path: string, bytes: number, limits: ArchiveLimits): void {
  if (bytes <= limits.maxFileBytes) return;
  throw refusedEntry(path, `a file has at most ${limits.maxFileBytes} bytes`);
}
