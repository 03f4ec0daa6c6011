/** `s3://bucket/prefix`: calculations in object storage, which the service reads. Nothing of the prefix is encoded. */
import { AdatomError } from '../../../model/errors.ts';
import type { SubmissionSource } from '../../../model/service.ts';

const SCHEME = 's3://';

/**
 * Undefined when all are folders. Throws `AdatomError('request')` for a place without a bucket, and for folders among
 * places: one request states one kind.
 */
export function storageSources(named: readonly string[]): readonly SubmissionSource[] | undefined {
  const folder = named.find((name) => !name.startsWith(SCHEME));
  if (folder === undefined) return named.map(sourceOf);
  if (named.every((name) => !name.startsWith(SCHEME))) return undefined;
  throw new AdatomError('request', `${folder}: folders and places in object storage are handed in one after the other`);
}

function sourceOf(place: string): SubmissionSource {
  const rest = place.slice(SCHEME.length);
  const slash = rest.indexOf('/');
  const bucket = slash < 0 ? rest : rest.slice(0, slash);
  if (bucket === '') throw new AdatomError('request', `${place}: expected s3://bucket/prefix`);
  return { kind: 's3', bucket, prefix: slash < 0 ? '' : rest.slice(slash + 1) };
}
