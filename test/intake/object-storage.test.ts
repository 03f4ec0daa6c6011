/**
 * Against a real server of the S3 protocol: TEST_S3_ENDPOINT (with TEST_S3_ACCESS_KEY_ID and TEST_S3_SECRET_ACCESS_KEY,
 * default S3RVER, and the right to make buckets). Without it only what needs no server is tested.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ObjectStorage, openObjectStorage, type StoredObject } from '../../intake/object-storage.ts';
import { serviceSettingsSchema } from '../../model/service-settings.ts';
import { temporaryFolder } from './temporary-folder.ts';

const {
  TEST_S3_ENDPOINT: endpoint,
  TEST_S3_ACCESS_KEY_ID: accessKeyId = 'S3RVER',
  TEST_S3_SECRET_ACCESS_KEY: secretAccessKey = 'S3RVER',
} = process.env;
const BUCKET = `adatom-${randomUUID()}`;

function storage(given: {
  readonly endpoint: string;
  readonly secret?: string;
  readonly buckets?: string;
}): ObjectStorage {
  const opened = openObjectStorage(
    serviceSettingsSchema.parse({
      ADATOM_S3_ENDPOINT: given.endpoint,
      ADATOM_S3_BUCKETS: given.buckets ?? BUCKET,
      ADATOM_S3_ACCESS_KEY_ID: accessKeyId,
      ADATOM_S3_SECRET_ACCESS_KEY: given.secret ?? secretAccessKey,
    }),
  );
  onTestFinished(opened.close);
  return opened;
}

async function all(objects: AsyncIterable<StoredObject>): Promise<StoredObject[]> {
  const list: StoredObject[] = [];
  for await (const object of objects) list.push(object);
  return list;
}

describe.skipIf(endpoint === undefined)('calculations in a bucket', () => {
  const address = endpoint ?? '';
  beforeAll(async () => {
    const client = new S3Client({
      endpoint: address,
      forcePathStyle: true,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
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
  });

  test('are listed below the prefix as a folder, with size and etag', async () => {
    for (const prefix of ['campaign', 'campaign/']) {
      const objects = await all(storage({ endpoint: address }).list(BUCKET, prefix));
      expect(objects.map(({ path, bytes }) => [path, bytes])).toEqual([
        ['bulk/OUTCAR', 11],
        ['slab/OUTCAR', 11],
      ]);
      expect(new Set(objects.map(({ etag }) => etag)).size).toBe(2);
    }
  });

  test('are all listed when there are more than on one page', async () => {
    const objects = await all(storage({ endpoint: address }).list(BUCKET, 'many'));
    expect(objects).toHaveLength(1050);
    expect(objects.at(-1)?.path).toBe('1049/OUTCAR');
  });

  test('are fetched whole, and only while they are what was listed', async () => {
    const folder = temporaryFolder();
    const opened = storage({ endpoint: address });
    const [object] = await all(opened.list(BUCKET, 'campaign/slab'));
    await opened.fetch(BUCKET, 'campaign/slab/OUTCAR', join(folder, 'OUTCAR'), object?.etag);
    expect(readFileSync(join(folder, 'OUTCAR'), 'utf8')).toBe('of the slab');
    const other = opened.fetch(BUCKET, 'campaign/bulk/OUTCAR', join(folder, 'other'), object?.etag);
    await expect(other).rejects.toMatchObject({ class: 'request', message: expect.stringContaining('has changed') });
    const missing = opened.fetch(BUCKET, 'campaign/gone', join(folder, 'gone'));
    await expect(missing).rejects.toMatchObject({ class: 'request', message: expect.stringContaining('NoSuchKey') });
    expect(readdirSync(folder)).toEqual(['OUTCAR']);
  });

  test('are refused to a wrong secret', async () => {
    const objects = all(storage({ endpoint: address, secret: 'wrong' }).list(BUCKET, ''));
    await expect(objects).rejects.toMatchObject({ class: 'request' });
  });
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
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-length': 1000, etag: '"e"' });
    response.write('half of it');
    setTimeout(() => response.destroy(), 20);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  // `as`: a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const folder = temporaryFolder();
  const fetched = storage({ endpoint: `http://127.0.0.1:${port}` }).fetch(BUCKET, 'OUTCAR', join(folder, 'OUTCAR'));
  await expect(fetched).rejects.toMatchObject({ class: 'transient' });
  expect(readdirSync(folder)).toEqual([]);
});

test('keys that are no paths say so', async () => {
  const keys = ['p/a/OUTCAR', 'p/../OUTCAR', 'p//OUTCAR', 'p/folder/'];
  const contents = keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size><ETag>"e"</ETag></Contents>`).join('');
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`,
    );
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  // `as`: a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const objects = await all(storage({ endpoint: `http://127.0.0.1:${port}` }).list(BUCKET, 'p'));
  expect(objects.map(({ path, fault }) => [path, fault === undefined])).toEqual([
    ['a/OUTCAR', true],
    ['../OUTCAR', false],
    ['/OUTCAR', false],
  ]);
});
