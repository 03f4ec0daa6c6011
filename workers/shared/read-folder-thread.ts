/** The code of a parse thread: reads the files of one folder and packs what they say. */
import { closeSync, constants, openSync, realpathSync } from 'node:fs';
import { isSystemError, reasonOf } from '../../intake/system-error.ts';
import { AdatomError } from '../../model/errors.ts';
import { SCREENING_READ_OPTIONS } from '../../reading/found-tree.ts';
import { type FileReading, readRecord } from '../../reading/read-record.ts';
import { encodeReadings } from './reading-codec.ts';
import { answering, type ThreadAnswer } from './thread-answer.ts';

export interface FolderReadTask {
  readonly files: readonly {
    readonly path: string;
    /** Where the path must lead; another place than when it was found is not read. */
    readonly realPath: string;
  }[];
}

export interface FolderReading {
  readonly encoded: Uint8Array;
  readonly bytesRead: number;
  /** False while a file is being written or cannot be read: another pass looks again. */
  readonly settled: boolean;
}

export async function onTask(task: FolderReadTask): Promise<ThreadAnswer<FolderReading>> {
  return answering(async () => {
    const readings: FileReading[] = [];
    for (const { path, realPath } of task.files) {
      refuseOtherPlace(path, realPath);
      const reading = await readRecord(path, { ...SCREENING_READ_OPTIONS, realPath });
      if (reading.identity === undefined) retryPassingFault(path);
      readings.push(reading);
    }
    return {
      encoded: encodeReadings(readings),
      bytesRead: readings.reduce((sum, { identity }) => sum + (identity?.bytes ?? 0), 0),
      settled: readings.every(({ identity, record }) => identity !== undefined && record.completeness !== 'running'),
    };
  });
}

/** Between finding and reading a file can be replaced by a link to anywhere. */
function refuseOtherPlace(path: string, realPath: string): void {
  let place: string;
  try {
    place = realpathSync(path);
  } catch (error) {
    // It has vanished: reading it tells so.
    if (isSystemError(error)) return;
    throw error;
  }
  if (place !== realPath) throw new AdatomError('unanswerable', `${path}: leads elsewhere than when it was found`);
}

/** Faults of disks and network file systems that may be gone in a moment. */
const PASSING = new Set(['EIO', 'ESTALE', 'EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY', 'ETIMEDOUT', 'ENETUNREACH']);

/** A file that could not be read is a record that says why, unless it is worth trying again. */
function retryPassingFault(path: string): void {
  try {
    // Opening a named pipe would wait for somebody who writes into it.
    closeSync(openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (PASSING.has(error.code)) throw new AdatomError('transient', `${path}: ${reasonOf(error)}`, { cause: error });
  }
}
