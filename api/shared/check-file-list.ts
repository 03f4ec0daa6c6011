/**
 * The list of files that an upload begins with: bounded, and looked through before anything is stored.
 *
 * The mistake avoided: a list is up to 64 MiB long, and nobody else is served while one loop goes through it.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { reasonByName } from '../../intake/archives/extract-archive.ts';
import { uploadLimits } from '../../intake/upload-limits.ts';
import { AdatomError } from '../../model/errors.ts';
import type { ServiceSettings } from '../../model/service-settings.ts';
import { pathRegister, uploadPathFault } from '../../model/upload-path.ts';
import type { UploadFile } from '../../store/store.ts';
import { tooLarge } from './upload-body.ts';

/** Some milliseconds of work. */
const FILES_PER_TURN = 2000;

/** Throws 400 for a body, not looked at otherwise, whose list has more entries than an upload may have files. */
export function refuseLongList(body: unknown, most: number): void {
  if (typeof body !== 'object' || body === null || !('files' in body) || !Array.isArray(body.files)) return;
  const { length } = body.files;
  if (length > most) throw new AdatomError('request', `files: more than ${most} are refused, found ${length}`);
}

/** Throws 400 for a path or size that no upload may have, before anything is stored. */
export async function checkFiles(files: readonly UploadFile[], settings: ServiceSettings): Promise<void> {
  const limits = uploadLimits(settings);
  const register = pathRegister(limits.maxEntries);
  let total = 0;
  for (const [index, { path, bytes }] of files.entries()) {
    if (index % FILES_PER_TURN === FILES_PER_TURN - 1) await turn();
    const fault = uploadPathFault(path) ?? register.add(path, 'file') ?? nameFault(path);
    if (fault !== undefined) throw new AdatomError('request', `file ${JSON.stringify(path.slice(0, 200))}: ${fault}`);
    if (bytes > limits.maxFileBytes) throw tooLarge(limits.maxFileBytes);
    total += bytes;
  }
  if (total > limits.maxTotalBytes) throw tooLarge(limits.maxTotalBytes);
}

function nameFault(path: string): string | undefined {
  const reason = reasonByName(path, { companions: true });
  if (reason === 'licensed') return 'a POTCAR is licensed and is not kept';
  return reason === undefined ? undefined : 'it is no file of VASP that is read; leave it out';
}
