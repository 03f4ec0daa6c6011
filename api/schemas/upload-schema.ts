/** Uploads as requests state them and answers show them. */
import { z } from 'zod';
import { queryInteger } from './page-schema.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits in small letters');
const bytes = z.int().min(0);
const fileName = z.string().min(1).max(200);

const uploadFileSchema = z.strictObject({
  path: z.string().min(1).max(4096).describe('from the root of the upload, `/` between the parts'),
  sha256,
  bytes,
});

/** Either files, or the name of an archive. */
export const newUploadSchema = z.union([
  z.strictObject({ files: z.array(uploadFileSchema).min(1) }),
  z.strictObject({
    fileName: fileName.describe('of an archive that comes in parts; what it is, is told by its content'),
    sizeBytes: z.int().min(1).exactOptional().describe('of the whole archive'),
  }),
]);

export const uploadSchema = z.strictObject({
  upload: z.uuid(),
  state: z.enum(['open', 'complete', 'failed']),
  fileName: z.string().exactOptional(),
  sizeBytes: bytes.exactOptional(),
  receivedBytes: bytes.describe('of an archive; the next part begins here'),
  failure: z.string().exactOptional(),
  createdAt: z.string(),
});

export const startedUploadSchema = uploadSchema.extend({
  missing: z.array(z.string()).readonly().describe('SHA-256 of the contents to be sent'),
});

export const completedUploadSchema = z.strictObject({
  upload: z.uuid(),
  files: z.int(),
  bytes,
  skipped: z
    .strictObject({ 'not-vasp': z.int(), licensed: z.int(), link: z.int() })
    .exactOptional()
    .describe(
      'of an archive what was not kept: no files of VASP’s, POTCARs and HDF5 files that hold them, links in archives in ' +
        'the archive; absent when asked again',
    ),
  licensedHdf5: z
    .array(z.string())
    .readonly()
    .exactOptional()
    .describe('HDF5 files (vaspout.h5) that were not kept because POTCARs are in them; 20 at most'),
});

export const blobParams = z.strictObject({ id: z.uuid(), sha256 });

export const offsetHeaders = z.object({ 'upload-offset': queryInteger(z.int().min(0)) });

export const archiveQuery = z.strictObject({ fileName });
