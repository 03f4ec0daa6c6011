/**
 * Calculations in a bucket, screened by a service of separate processes: each worker fetches what it parses into a
 * temporary folder of its own. The expected bytes are those that `adatom screen` writes for the same tree.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ask, headersOf, isFinal, type ScreeningState, screeningState } from '../../bench/shared/client.ts';
import { openFolder } from '../../bench/shared/open-folder.ts';
import { runProgram } from '../../bench/shared/program.ts';
import { type RunningService, startService } from '../../bench/shared/service.ts';
import { type RunningS3Server, s3Client, startS3Server } from '../services/s3-server.ts';

/** On a machine that does much else at the same time. */
const LONGEST_MILLISECONDS = 300_000;
vi.setConfig({ testTimeout: LONGEST_MILLISECONDS, hookTimeout: LONGEST_MILLISECONDS });

const EXAMPLE = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));
const BUCKET = 'calculations';

let folder: string;
let objects: RunningS3Server;
let watched: WatchedStorage;
let service: RunningService;

beforeAll(async () => {
  folder = openFolder('adatom-object-storage-');
  objects = await startS3Server(join(folder, 'objects'));
  watched = await watchStorage(objects.endpoint);
  await fillBucket();
  mkdirSync(join(folder, 'service'), { mode: 0o755 });
  service = await startService({
    folder: join(folder, 'service'),
    roots: '',
    workers: 2,
    queue: 'redis',
    settings: {
      ADATOM_S3_ENDPOINT: watched.endpoint,
      ADATOM_S3_BUCKETS: BUCKET,
      ADATOM_S3_ACCESS_KEY_ID: objects.accessKeyId,
      ADATOM_S3_SECRET_ACCESS_KEY: objects.secretAccessKey,
    },
  });
});

afterAll(async () => {
  await service?.stop();
  watched?.server.close();
  await objects?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function fillBucket(): Promise<void> {
  const client = s3Client(objects);
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  for (const entry of readdirSync(EXAMPLE, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const put = (prefix: string) => {
      const key = `${prefix}/${relative(EXAMPLE, file)}`;
      return client.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: readFileSync(file) }));
    };
    await Promise.all(['2026/calculations', 'torn'].map(put));
  }
  // Of other content than in the other tree: what is known already is not fetched.
  const comment = {
    Bucket: BUCKET,
    Key: 'torn/zno-020/slab/INCAR',
    Body: `${readFileSync(join(EXAMPLE, 'zno-020/slab/INCAR'), 'utf8')}! torn\n`,
  };
  await client.send(new PutObjectCommand(comment));
  client.destroy();
}

interface WatchedStorage {
  readonly endpoint: string;
  readonly server: Server;
  /** Keys of objects that were asked for since it was emptied. */
  readonly fetched: string[];
  /** Objects that are deleted when they are asked for, before that is answered. */
  readonly vanishing: Set<string>;
}

/** Stands in front of the storage: what passes is seen, and something may happen just before an answer. */
async function watchStorage(endpoint: string): Promise<WatchedStorage> {
  const fetched: string[] = [];
  const vanishing = new Set<string>();
  const server = createServer(async (asked, answer) => {
    const { pathname } = new URL(asked.url ?? '/', endpoint);
    const key = decodeURIComponent(pathname).slice(`/${BUCKET}/`.length);
    if (key !== '') fetched.push(key);
    if (vanishing.delete(key)) await deleteObject(key);
    const passed = request(endpoint + asked.url, { method: asked.method, headers: asked.headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // `as`: a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, server, fetched, vanishing };
}

async function deleteObject(key: string): Promise<void> {
  const client = s3Client(objects);
  await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: key }));
  client.destroy();
}

describe('calculations in a bucket', () => {
  test('are ranked as adatom screen ranks the same tree', async () => {
    const id = await submitted(BUCKET, '2026/calculations');
    expect(await finished(id)).toMatchObject({ state: 'done', folders: { failed: 0 } });
    expect(watched.fetched.length).toBeGreaterThan(100);
    expect(await served(id)).toEqual(await screened());
    expect(temporaryFiles()).toEqual([]);
  });

  test('are not fetched again while their etags are the same', async () => {
    watched.fetched.length = 0;
    const id = await submitted(BUCKET, '2026/calculations/');
    expect(await finished(id)).toMatchObject({ state: 'done', folders: { failed: 0 } });
    expect(watched.fetched).toEqual([]);
    expect(await served(id)).toEqual(await screened());
  });

  test('are handed in by adatom submit s3://bucket/prefix', async () => {
    const args = ['submit', `s3://${BUCKET}/2026/calculations`, '--server', service.address, '--wait', '--json'];
    const run = await runProgram(args, { ADATOM_KEY: service.key });
    expect(run.exitCode, run.stderr).toBe(0);
    const { id } = JSON.parse(run.stdout) as { readonly id: string }; // without an id the next request fails
    expect(JSON.parse(await ask(service, `/v1/screenings/${id}`))).toMatchObject({ stated: { title: 'calculations' } });
    expect(await served(id)).toEqual(await screened());
    const mixed = await runProgram(['submit', EXAMPLE, `s3://${BUCKET}`, '--server', service.address]);
    expect(mixed).toMatchObject({ exitCode: 2, stdout: '' });
    expect(mixed.stderr).toContain('one after the other');
  });

  test('that vanish after they were found fail their folder, with the reason; the rest is ranked', async () => {
    const lost = 'torn/zno-020/slab/OUTCAR';
    watched.vanishing.add(lost);
    const id = await submitted(BUCKET, 'torn');
    expect(await finished(id)).toMatchObject({ state: 'done', folders: { failed: 1, waiting: 0 } });
    expect(watched.vanishing.size).toBe(0);
    const { csv, calculations } = await served(id);
    const reason = String.raw`object \"${lost}\" of bucket \"${BUCKET}\": NoSuchKey (HTTP 404)`;
    expect(calculations).toContain(reason);
    expect(csv).toMatch(/^zno-002,zno-002,Li,1,/m);
    expect(csv).toMatch(/^zno-020\/slab-li,.*reference missing: the clean slab/m);
    expect(temporaryFiles()).toEqual([]);
  });

  test('of a bucket that the service may not read are refused when they are handed in', async () => {
    const { status, body } = await submit('secrets', 'campaign');
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ detail: expect.stringContaining('bucket "secrets"') });
  });

  test.each(['2026/calculations/..', '..', '../calculations/2026', '2026/calc'])(
    'of another folder are not found below the prefix %s',
    async (prefix) => {
      const screening = await finished(await submitted(BUCKET, prefix));
      const failure = `no calculation (OUTCAR, vasprun.xml, vaspout.h5, OSZICAR) in s3://${BUCKET}/${prefix}`;
      expect(screening).toMatchObject({ state: 'failed', failure, folders: { total: 0 } });
    },
  );
});

/** What workers have left in their temporary folders. */
function temporaryFiles(): string[] {
  const inService = join(folder, 'service');
  const temporary = readdirSync(inService).filter((name) => name.startsWith('temporary-'));
  expect(temporary).toHaveLength(2);
  return temporary.flatMap((name) => readdirSync(join(inService, name)));
}

async function submit(bucket: string, prefix: string): Promise<{ readonly status: number; readonly body: string }> {
  const answer = await fetch(`${service.address}/v1/screenings`, {
    method: 'POST',
    headers: { ...headersOf(service), 'content-type': 'application/json' },
    body: JSON.stringify({ sources: [{ kind: 's3', bucket, prefix }] }),
  });
  return { status: answer.status, body: await answer.text() };
}

async function submitted(bucket: string, prefix: string): Promise<string> {
  const { status, body } = await submit(bucket, prefix);
  expect(status, body).toBe(201);
  // `as`: an answer without an id fails in the next request.
  return (JSON.parse(body) as { readonly id: string }).id;
}

async function finished(id: string): Promise<ScreeningState> {
  for (;;) {
    const screening = await screeningState(service, id);
    if (isFinal(screening)) return screening;
    await wait(100);
  }
}

type Files = Readonly<Record<'ranking' | 'calculations' | 'csv', string>>;

async function served(id: string): Promise<Files> {
  const text = (format: string): Promise<string> => ask(service, `/v1/screenings/${id}/exports/${format}`);
  return { ranking: await text('json'), calculations: await text('calculations'), csv: await text('csv') };
}

async function screened(): Promise<Files> {
  const out = join(folder, 'screened');
  await runProgram(['screen', EXAMPLE, '--out', out, '--quiet']);
  const text = (file: string): string => readFileSync(join(out, file), 'utf8');
  return { ranking: text('ranking.json'), calculations: text('calculations.ndjson'), csv: text('ranking.csv') };
}
