/**
 * Calculations that lie in S3-compatible object storage: which objects there are, and one object as a file.
 *
 * There are no folders in a bucket, only keys. A prefix `campaign` would also find `campaign-old/OUTCAR`: it is taken as
 * the folder `campaign/`. A key may be any text (`../x`, `a//b`); the ones that are no path of an upload say so.
 */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, ListObjectsV2Command, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { AdatomError } from '../model/errors.ts';
import type { ServiceSettings } from '../model/service-settings.ts';
import { uploadPathFault } from '../model/upload-path.ts';
import { TEMPORARY_MARK } from './checked-file.ts';
import { isSystemError } from './system-error.ts';

export interface StoredObject {
  readonly key: string;
  /** The key behind the prefix, `/` between the parts. */
  readonly path: string;
  /** Why the path cannot be that of a file, if so. */
  readonly fault?: string;
  readonly bytes: number;
  /** Changes with the content. No hash that could be compared with anything else. */
  readonly etag: string;
}

export interface ObjectStorage {
  /** All objects below the prefix, in the order of their keys, a page at a time. Markers of folders are left out. */
  readonly list: (bucket: string, prefix: string) => AsyncGenerator<StoredObject, void>;
  /**
   * Writes the object to `toFile`, whole or not at all. With `etag`: throws a `request` error when it is another object
   * by now than the one that was listed.
   */
  readonly fetch: (bucket: string, key: string, toFile: string, etag?: string) => Promise<void>;
  readonly close: () => void;
}

type StorageSettings = Pick<
  ServiceSettings,
  | 'ADATOM_S3_ENDPOINT'
  | 'ADATOM_S3_REGION'
  | 'ADATOM_S3_BUCKETS'
  | 'ADATOM_S3_ACCESS_KEY_ID'
  | 'ADATOM_S3_SECRET_ACCESS_KEY'
>;

/** Opens nothing until it is asked. Only buckets in ADATOM_S3_BUCKETS are read: a `request` error for others. */
export function openObjectStorage(settings: StorageSettings): ObjectStorage {
  const client = clientOf(settings);
  const demandBucket = (bucket: string): void => {
    if (settings.ADATOM_S3_BUCKETS.includes(bucket)) return;
    throw new AdatomError('request', `bucket "${bucket}" is not one of those that may be read (ADATOM_S3_BUCKETS)`);
  };
  return {
    async *list(bucket, prefix) {
      demandBucket(bucket);
      yield* listAll(client, bucket, prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`);
    },
    async fetch(bucket, key, toFile, etag) {
      demandBucket(bucket);
      await fetchObject(client, { bucket, key, etag }, toFile);
    },
    close: () => client.destroy(),
  };
}

const ATTEMPTS = 4;
const CONNECT_MILLISECONDS = 10_000;
/** Without a byte for so long. */
const IDLE_MILLISECONDS = 60_000;

function clientOf(settings: StorageSettings): S3Client {
  const { ADATOM_S3_ENDPOINT: endpoint, ADATOM_S3_ACCESS_KEY_ID: id, ADATOM_S3_SECRET_ACCESS_KEY: secret } = settings;
  return new S3Client({
    region: settings.ADATOM_S3_REGION,
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECT_MILLISECONDS, socketTimeout: IDLE_MILLISECONDS },
    // Servers other than Amazon's know no bucket as a part of their host name, nor all of its checksums.
    ...(endpoint === undefined
      ? {}
      : { endpoint, forcePathStyle: true, responseChecksumValidation: 'WHEN_REQUIRED' as const }),
    ...(id === undefined || secret === undefined ? {} : { credentials: { accessKeyId: id, secretAccessKey: secret } }),
  });
}

async function* listAll(client: S3Client, bucket: string, prefix: string): AsyncGenerator<StoredObject, void> {
  let token: string | undefined;
  do {
    const page = await answered(`bucket "${bucket}"`, () =>
      client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token })),
    );
    for (const { Key: key, Size: bytes, ETag: etag } of page.Contents ?? []) {
      if (key === undefined || bytes === undefined || etag === undefined || key.endsWith('/')) continue;
      const path = key.slice(prefix.length);
      const fault = uploadPathFault(path);
      yield { key, path, ...(fault === undefined ? {} : { fault }), bytes, etag };
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

interface WantedObject {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string | undefined;
}

async function fetchObject(client: S3Client, wanted: WantedObject, toFile: string): Promise<void> {
  const { bucket, key, etag } = wanted;
  const temporary = `${toFile}${TEMPORARY_MARK}${randomUUID()}`;
  try {
    await answered(`object "${key}" of bucket "${bucket}"`, async () => {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag }));
      const body = answer.Body;
      if (!(body instanceof Readable)) throw new TypeError('the body of an object is a stream on Node');
      // Not every server knows the condition.
      if (etag !== undefined && answer.ETag !== etag) {
        body.destroy();
        throw changed(`object "${key}" of bucket "${bucket}"`);
      }
      await pipeline(body, createWriteStream(temporary, { flags: 'wx', mode: 0o600 }));
    });
    await rename(temporary, toFile);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const NOT_MODIFIED_STATUS = 412;

/** What the storage refuses is a fault of the request; what it cannot do just now may be tried again. */
async function answered<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof S3ServiceException) {
      const status = error.$metadata.httpStatusCode ?? 0;
      if (status === NOT_MODIFIED_STATUS) {
        throw changed(what, error);
      }
      const isRefused = status >= 400 && status < 500 && error.$retryable === undefined;
      const text = `${what}: ${error.name} (HTTP ${status})`;
      throw new AdatomError(isRefused ? 'request' : 'transient', text, { cause: error });
    }
    if (isConnectionError(error)) {
      throw new AdatomError('transient', `${what}: the object storage does not answer`, { cause: error });
    }
    throw error;
  }
}

function changed(what: string, cause?: unknown): AdatomError {
  return new AdatomError('request', `${what} has changed since it was listed; submit it again`, { cause });
}

/** Of the network, not of the file that is written. */
function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TimeoutError') return true;
  if (isSystemError(error)) return ['connect', 'read', 'getaddrinfo'].includes(error.syscall);
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE');
}
