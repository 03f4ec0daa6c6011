/**
 * Ends an upload: its files lie in its tree, on the disk and not only on their way to it, before the answer says so.
 *
 * What cannot be completed leaves nothing: an archive that is refused at its last entry takes all the entries before it
 * along. Completing again what is complete answers the same, as the first answer may have been lost.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { extractArchive, type SkipReason } from '../../intake/archives/extract-archive.ts';
import { isLicensedHead, LICENSED_HEAD_BYTES } from '../../intake/licensed-file.ts';
import { isLicensedHdf5 } from '../../intake/licensed-hdf5.ts';
import { uploadLimits } from '../../intake/upload-limits.ts';
import { AdatomError } from '../../model/errors.ts';
import type { StoredUpload, UploadFile } from '../../store/store.ts';
import type { UploadAddress, UploadFolder } from '../../store/upload-folder.ts';
import type { ApiContext } from '../context.ts';
import { Problem } from '../problem.ts';
import { severalAtOnce } from './several-at-once.ts';
import { diskProblem } from './upload-body.ts';

export interface CompletedUpload {
  readonly upload: string;
  readonly files: number;
  readonly bytes: number;
  /** Of an archive: what was passed over. Not kept, so absent when the upload was complete already. */
  readonly skipped?: Readonly<Record<SkipReason, number>>;
  /** Of those the HDF5 files with POTCARs in them, which may be all there is of a run; absent when there are none. */
  readonly licensedHdf5?: readonly string[];
}

interface Completing {
  readonly context: ApiContext;
  readonly folder: UploadFolder;
  readonly upload: StoredUpload;
}

export async function completeUpload(
  context: ApiContext,
  folder: UploadFolder,
  upload: StoredUpload,
): Promise<CompletedUpload> {
  const completing = { context, folder, upload };
  if (upload.state === 'complete') return countsOf(upload, await context.store.uploads.files(upload.id));
  if (upload.state === 'failed') throw new Problem(409, 'upload-failed', upload.failure ?? 'the upload has failed');
  return upload.fileName === undefined ? completeFiles(completing) : completeArchive(completing);
}

export function addressOf({ project, id }: StoredUpload): UploadAddress {
  return { project, upload: id };
}

function countsOf(upload: StoredUpload, files: readonly UploadFile[]): CompletedUpload {
  return { upload: upload.id, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

// ---- files by their content

const PLACED_AT_ONCE = 16;
const NAMED_HASHES = 5;

/** Gives every file whose content the project has its name; returns the hashes of those it does not have. */
export async function placeFiles(
  folder: UploadFolder,
  address: UploadAddress,
  files: readonly UploadFile[],
): Promise<readonly string[]> {
  const missing = new Set<string>();
  await severalAtOnce(files, PLACED_AT_ONCE, async ({ path, sha256, bytes }) => {
    const found = await folder.place(address, path, sha256);
    if (found === undefined) missing.add(sha256);
    else if (found !== bytes) {
      throw new AdatomError('request', `${path}: a content with this SHA-256 has ${found} bytes, stated are ${bytes}`);
    }
  });
  return [...missing].sort();
}

async function completeFiles({ context, folder, upload }: Completing): Promise<CompletedUpload> {
  const { uploads } = context.store;
  const files = await uploads.files(upload.id);
  const missing = await placeFiles(folder, addressOf(upload), files);
  if (missing.length > 0) {
    const named = missing.slice(0, NAMED_HASHES).join(', ');
    throw new Problem(409, 'blobs-missing', `${missing.length} contents are missing: ${named}`);
  }
  await folder.seal(addressOf(upload));
  await uploads.setState(upload.project, upload.id, 'complete');
  return countsOf(upload, files);
}

// ---- archives

async function completeArchive(completing: Completing): Promise<CompletedUpload> {
  const { context, folder, upload } = completing;
  const { sizeBytes, receivedBytes } = upload;
  if (receivedBytes === 0 || (sizeBytes !== undefined && receivedBytes !== sizeBytes)) {
    throw new Problem(
      409,
      'upload-incomplete',
      `${receivedBytes} of ${sizeBytes ?? 'an unknown number of'} bytes came`,
      {
        headers: { 'upload-offset': String(receivedBytes) },
      },
    );
  }
  const kept: UploadFile[] = [];
  try {
    const parts = await folder.parts(addressOf(upload), receivedBytes);
    const extracted = await extractInto(completing, parts, kept);
    await context.store.uploads.addFiles(upload.project, upload.id, kept);
    await folder.seal(addressOf(upload));
    await context.store.uploads.setState(upload.project, upload.id, 'complete');
    await folder.removeParts(addressOf(upload));
    return { ...countsOf(upload, kept), ...extracted };
  } catch (error) {
    throw await failedArchive(completing, kept, diskProblem(error));
  }
}

/** Fills `kept` as it goes, so that it can be taken back. Returns what was passed over. */
async function extractInto(
  { context, folder, upload }: Completing,
  parts: readonly string[],
  kept: UploadFile[],
): Promise<Pick<CompletedUpload, 'skipped' | 'licensedHdf5'>> {
  const address = addressOf(upload);
  const limits = uploadLimits(context.settings);
  // First without keeping: a file that is kept costs a flush of the disk, of which a hostile archive asks for millions.
  const { unseen } = await extractArchive(parts, passOver, limits);
  const notYetSeen = new Set(unseen);
  const withPotcars: string[] = [];
  const sink = async (path: string, content: AsyncIterable<Buffer>): Promise<void> => {
    const look = notYetSeen.has(path) ? {} : { look: leaveLicensedHdf5 };
    try {
      kept.push({
        path,
        ...(await folder.putFile(address, [path], content, { maxBytes: limits.maxFileBytes, ...look })),
      });
    } catch (error) {
      if (!(error instanceof LicensedHdf5)) throw error;
      withPotcars.push(path);
    }
  };
  const { skipped } = await extractArchive(parts, sink, limits);
  const dropped = await dropLicensed({ folder, address, kept, unseen: notYetSeen });
  withPotcars.push(...dropped.hdf5);
  const licensed = skipped.licensed + dropped.potcars + withPotcars.length;
  if (kept.length === 0) {
    const passed = skipped['not-vasp'] + skipped.link + licensed;
    const named = withPotcars.length === 0 ? '' : `; ${NAMED_HDF5}: ${withPotcars.slice(0, NAMED_FILES).join(', ')}`;
    throw new AdatomError(
      'request',
      `the archive holds no file of VASP that is kept (${passed} were passed over${named})`,
    );
  }
  const licensedHdf5 = withPotcars.length === 0 ? {} : { licensedHdf5: withPotcars.slice(0, NAMED_FILES) };
  return { skipped: { ...skipped, licensed }, ...licensedHdf5 };
}

const NAMED_FILES = 20;
const NAMED_HDF5 = 'HDF5 with POTCARs in it, which are licensed';

/** A content that has come and must not be kept. */
class LicensedHdf5 extends Error {}

async function leaveLicensedHdf5(path: string): Promise<void> {
  if (await isLicensedHdf5(path)) throw new LicensedHdf5();
}

async function passOver(_path: string, content: AsyncIterable<Buffer>): Promise<void> {
  for await (const _chunk of content);
}

interface Unseen {
  readonly folder: UploadFolder;
  readonly address: UploadAddress;
  readonly kept: UploadFile[];
  readonly unseen: ReadonlySet<string>;
}

/** Takes away what could not be told while the archive was open; returns how many POTCARs, and which files with them. */
async function dropLicensed({ folder, address, kept, unseen }: Unseen): Promise<{ potcars: number; hdf5: string[] }> {
  const dropped = { potcars: 0, hdf5: [] as string[] };
  for (const file of kept.filter(({ path }) => unseen.has(path))) {
    const path = join(folder.treeFolder(address), file.path);
    const isPotcar = await isLicensedHead(await headOf(path));
    if (!isPotcar && !(await isLicensedHdf5(path))) continue;
    await folder.dropFile(address, file.path, file.sha256);
    kept.splice(kept.indexOf(file), 1);
    if (isPotcar) dropped.potcars += 1;
    else dropped.hdf5.push(file.path);
  }
  return dropped;
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(LICENSED_HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Takes everything back. A fault of the archive or a full disk ends the upload; after an outage of ours its parts stay
 * where they are, and it may be completed again.
 */
async function failedArchive(
  { context, folder, upload }: Completing,
  kept: readonly UploadFile[],
  error: unknown,
): Promise<unknown> {
  const address = addressOf(upload);
  // Another process has completed it meanwhile: what lies there is in use.
  const now = await context.store.uploads.get(upload.project, upload.id);
  if (now?.state !== 'open') return new Problem(409, 'upload-ended', 'the upload was ended by another request');
  const isFinal = error instanceof Problem || (error instanceof AdatomError && error.class !== 'transient');
  const hashes = kept.map(({ sha256 }) => sha256);
  if (!isFinal) {
    await folder.removeTree(address, hashes);
    return error;
  }
  await folder.remove(address, hashes);
  await context.store.uploads.setState(upload.project, upload.id, 'failed', error.message);
  return error;
}
