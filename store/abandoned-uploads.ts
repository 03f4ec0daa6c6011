/** Throws away what was begun and never finished: uploads, and files that were being written when a process ended. */
import type { UploadStore } from './store.ts';
import type { UploadFolder } from './upload-folder.ts';

/** Returns how many uploads were removed. May run in several processes at once. */
export async function removeAbandonedUploads(
  uploads: UploadStore,
  folder: UploadFolder,
  before: Date,
): Promise<number> {
  const abandoned = await uploads.abandoned(before.toISOString());
  for (const { id, project } of abandoned) {
    const files = await uploads.files(id);
    await folder.remove(
      { project, upload: id },
      files.map(({ sha256 }) => sha256),
    );
    await uploads.remove(id);
  }
  await folder.sweep(before);
  return abandoned.length;
}
