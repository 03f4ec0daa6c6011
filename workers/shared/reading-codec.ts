/**
 * The readings of one folder as they are kept: without the place of the files, which is another one when the same files
 * are handed in again.
 */
import { issue } from '../../model/issues.ts';
import type { FileReading } from '../../reading/read-record.ts';
import { pack, unpack } from './compact.ts';
import type { PlannedFile } from './folder-plan.ts';

type KeptReading = Omit<FileReading, 'path'>;

export function encodeReadings(readings: readonly FileReading[]): Uint8Array {
  return pack(readings.map(({ path: _, ...kept }): KeptReading => kept));
}

/** `files` in the order in which they were encoded. */
export function decodeReadings(bytes: Uint8Array, files: readonly PlannedFile[]): FileReading[] {
  const kept = unpack<readonly KeptReading[]>(bytes);
  return files.flatMap(({ path }, index) => {
    const reading = kept[index];
    return reading === undefined ? [] : [{ path, ...reading }];
  });
}

/** What stands for the files of a folder that could not be read at all, so that its calculations are told, not lost. */
export function lostReadings(files: readonly PlannedFile[], reason: string): FileReading[] {
  return files.map(({ path }) => ({
    path,
    record: { completeness: 'unreadable', places: {}, issues: [issue('E_UNREADABLE', { reason })] },
  }));
}
