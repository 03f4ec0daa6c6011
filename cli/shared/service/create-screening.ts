/**
 * Creates a screening exactly once, whatever happens to the connection or to this program in the meantime.
 *
 * The order is what makes it so: key and upload are on the disk before the request is sent, and are forgotten after its
 * answer has arrived.
 */
import { randomUUID } from 'node:crypto';
import { AdatomError } from '../../../model/errors.ts';
import type { SubmissionSource } from '../../../model/service.ts';
import type { ServiceClient } from './client.ts';
import { expectDocument, type ScreeningDocument, screeningDocument } from './documents.ts';
import type { PendingSubmission } from './pending-submission.ts';
import type { SubmissionRequest } from './submission-request.ts';
import type { Upload } from './upload-files.ts';

export interface CreatedScreening {
  readonly answer: unknown;
  readonly screening: ScreeningDocument;
  /** What had to be sent; absent when an earlier attempt had sent it all. */
  readonly upload?: Upload;
}

export interface Submission {
  readonly request: SubmissionRequest;
  readonly pending: PendingSubmission;
  /** Sends the files; absent when the service reads them where they are. */
  readonly upload?: () => Promise<Upload>;
  /** What the service reads where it is. */
  readonly inPlace: readonly SubmissionSource[];
}

export async function createScreening(client: ServiceClient, submission: Submission): Promise<CreatedScreening> {
  const { pending, upload, inPlace } = submission;
  const { idempotencyKey } = pending.earlier;
  if (upload === undefined) {
    pending.remember({ idempotencyKey });
    return create(client, submission, inPlace);
  }
  if (pending.earlier.upload !== undefined) {
    const earlier = await create(client, submission, [{ kind: 'upload', upload: pending.earlier.upload }]).catch(
      (error: unknown) => {
        // The service does not know that upload any more: it is done anew.
        if (error instanceof AdatomError && error.class === 'request') return undefined;
        throw error;
      },
    );
    if (earlier !== undefined) return earlier;
  }
  const done = await upload();
  // Another upload is another request. An earlier one was refused: it has made nothing.
  const fresh = pending.earlier.upload === undefined ? idempotencyKey : randomUUID();
  pending.remember({ idempotencyKey: fresh, upload: done.id });
  return { ...(await create(client, submission, [{ kind: 'upload', upload: done.id }], fresh)), upload: done };
}

async function create(
  client: ServiceClient,
  { request, pending }: Submission,
  sources: readonly SubmissionSource[],
  idempotencyKey = pending.earlier.idempotencyKey,
): Promise<CreatedScreening> {
  const answer = await client.json('/v1/screenings', {
    method: 'POST',
    document: { ...request, sources },
    headers: { 'idempotency-key': idempotencyKey },
    repeatable: true,
  });
  const screening = expectDocument(screeningDocument, answer, 'the new screening');
  pending.forget();
  return { answer, screening };
}
