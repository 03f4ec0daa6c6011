/**
 * Against a server of the S3 protocol: TEST_S3_ENDPOINT (with TEST_S3_ACCESS_KEY_ID and TEST_S3_SECRET_ACCESS_KEY, and
 * the right to make buckets), else one from npm that is started here. What that one does not do (it checks no signature,
 * and refuses keys that are no paths) is answered as the API reference of Amazon S3 has it.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ObjectStorage, openObjectStorage, type StoredObject } from '../../intake/object-storage.ts';
import { serviceSettingsSchema } from '../../model/service-settings.ts';
import { type S3Server, s3Client, startS3Server } from '../services/s3-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

const BUCKET = `adatom-${randomUUID()}`;

let server: S3Server;
let folder: string;
let stop: (() => Promise<void>) | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adatom-s3-'));
  server = givenServer() ?? (await ownServer());
  await fillBucket();
});

afterAll(async () => {
  await stop?.();
  rmSync(folder, { recursive: true, force: true });
});

function givenServer(): S3Server | undefined {
  const { TEST_S3_ENDPOINT, TEST_S3_ACCESS_KEY_ID = 'S3RVER', TEST_S3_SECRET_ACCESS_KEY = 'S3RVER' } = process.env;
  if (TEST_S3_ENDPOINT === undefined) return undefined;
  return {
    endpoint: TEST_S3_ENDPOINT,
    accessKeyId: TEST_S3_ACCESS_KEY_ID,
    secretAccessKey: TEST_S3_SECRET_ACCESS_KEY,
  };
}

async function ownServer(): Promise<S3Server> {
  const started = await startS3Server(folder);
  stop = started.stop;
  return started;
}

async function fillBucket(): Promise<void> {
  const client = s3Client(server);
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const put = (key: string, body: string) =>
    client.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));
  await put('campaign/slab/OUTCAR', 'of the slab');
  await put('campaign/bulk/OUTCAR', 'of the bulk');
  await put('campaign-old/OUTCAR', 'of another one');
  const numbers = Array.from({ length: 1050 }, (_, index) => String(index).padStart(4, '0'));
  for (let at = 0; at < numbers.length; at += 50) {
    await Promise.all(numbers.slice(at, at + 50).map((number) => put(`many/${number}/OUTCAR`, number)));
  }
  client.destroy();
}

interface Given extends Partial<S3Server> {
  readonly buckets?: string;
}

function storage(given: Given = {}): ObjectStorage {
  const { endpoint, accessKeyId, secretAccessKey, buckets = BUCKET } = { ...server, ...given };
  const opened = openObjectStorage(
    serviceSettingsSchema.parse({
      ADATOM_S3_ENDPOINT: endpoint,
      ADATOM_S3_BUCKETS: buckets,
      ADATOM_S3_ACCESS_KEY_ID: accessKeyId,
      ADATOM_S3_SECRET_ACCESS_KEY: secretAccessKey,
    }),
  );
  onTestFinished(opened.close);
  return opened;
}

/** Answers every request itself. */
async function answering(listener: RequestListener): Promise<string> {
  const listening = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void listening.close());
  await new Promise((resolve) => listening.once('listening', resolve));
  // `as`: a server that listens on a port has an address of this kind.
  const { port } = listening.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function all(objects: AsyncIterable<StoredObject>): Promise<StoredObject[]> {
  const list: StoredObject[] = [];
  for await (const object of objects) list.push(object);
  return list;
}

describe('calculations in a bucket', () => {
  test('are listed below the prefix as a folder, with size and etag', async () => {
    for (const prefix of ['campaign', 'campaign/']) {
      const objects = await all(storage().list(BUCKET, prefix));
      expect(objects.map(({ path, bytes }) => [path, bytes])).toEqual([
        ['bulk/OUTCAR', 11],
        ['slab/OUTCAR', 11],
      ]);
      expect(new Set(objects.map(({ etag }) => etag)).size).toBe(2);
    }
  });

  test('are all listed when there are more than on one page', async () => {
    const objects = await all(storage().list(BUCKET, 'many'));
    expect(objects).toHaveLength(1050);
    expect(objects.at(-1)?.path).toBe('1049/OUTCAR');
  });

  test('are fetched whole, and only while they are what was listed', async () => {
    const folder = temporaryFolder();
    const opened = storage();
    const [object] = await all(opened.list(BUCKET, 'campaign/slab'));
    await opened.fetch(BUCKET, 'campaign/slab/OUTCAR', join(folder, 'OUTCAR'), object?.etag);
    expect(readFileSync(join(folder, 'OUTCAR'), 'utf8')).toBe('of the slab');
    const other = opened.fetch(BUCKET, 'campaign/bulk/OUTCAR', join(folder, 'other'), object?.etag);
    await expect(other).rejects.toMatchObject({ class: 'request', message: expect.stringContaining('has changed') });
    const missing = opened.fetch(BUCKET, 'campaign/gone', join(folder, 'gone'));
    await expect(missing).rejects.toMatchObject({ class: 'request', message: expect.stringContaining('NoSuchKey') });
    expect(readdirSync(folder)).toEqual(['OUTCAR']);
  });

  test('are refused to a key that the server does not know', async () => {
    const objects = all(storage({ accessKeyId: 'somebody' }).list(BUCKET, ''));
    const refusal = { class: 'request', message: expect.stringContaining('InvalidAccessKeyId (HTTP 403)') };
    await expect(objects).rejects.toMatchObject(refusal);
  });
});

// Error responses of the S3 API reference: SignatureDoesNotMatch is 403; SlowDown is 503 and means "later".
test.each([
  ['a wrong secret', 403, 'SignatureDoesNotMatch', 'request'],
  ['too many requests', 503, 'SlowDown', 'transient'],
] as const)('what is refused for %s is told by its name', async (_, status, code, errorClass) => {
  const endpoint = await answering((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message></Error>`);
  });
  const objects = all(storage({ endpoint }).list(BUCKET, ''));
  const message = expect.stringContaining(`${code} (HTTP ${status})`);
  await expect(objects).rejects.toMatchObject({ class: errorClass, message });
});

test('a bucket that is not allowed is refused before anything is asked', async () => {
  const opened = storage({ endpoint: 'http://127.0.0.1:9', buckets: 'calculations' });
  await expect(all(opened.list('secret', ''))).rejects.toMatchObject({ class: 'request' });
  const file = join(temporaryFolder(), 'OUTCAR');
  await expect(opened.fetch('secret', 'OUTCAR', file)).rejects.toMatchObject({ class: 'request' });
  expect(existsSync(file)).toBe(false);
});

test('a server that does not answer, or breaks off, is tried again later, and leaves no half file', async () => {
  const nobody = storage({ endpoint: 'http://127.0.0.1:9' });
  await expect(all(nobody.list(BUCKET, ''))).rejects.toMatchObject({ class: 'transient' });
  const endpoint = await answering((_, response) => {
    response.writeHead(200, { 'content-length': 1000, etag: '"e"' });
    response.write('half of it');
    setTimeout(() => response.destroy(), 20);
  });
  const folder = temporaryFolder();
  const fetched = storage({ endpoint }).fetch(BUCKET, 'OUTCAR', join(folder, 'OUTCAR'));
  await expect(fetched).rejects.toMatchObject({ class: 'transient' });
  expect(readdirSync(folder)).toEqual([]);
});

test('keys that are no paths say so', async () => {
  const keys = ['p/a/OUTCAR', 'p/../OUTCAR', 'p//OUTCAR', 'p/folder/'];
  const contents = keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size><ETag>"e"</ETag></Contents>`).join('');
  const endpoint = await answering((_, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`,
    );
  });
  const objects = await all(storage({ endpoint }).list(BUCKET, 'p'));
  expect(objects.map(({ path, fault }) => [path, fault === undefined])).toEqual([
    ['a/OUTCAR', true],
    ['../OUTCAR', false],
    ['/OUTCAR', false],
  ]);
});
