/**
 * One pipeline, three ways to run it: the command line, the embedded service, and the service of separate processes on
 * Redis and PostgreSQL. The expected bytes are those that `adatom screen` writes.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type Client, headersOf } from '../../bench/shared/client.ts';
import { type EmbeddedService, startEmbeddedService } from '../../bench/shared/embedded-service.ts';
import { openFolder } from '../../bench/shared/open-folder.ts';
import { runProgram } from '../../bench/shared/program.ts';
import { type RunningService, startService } from '../../bench/shared/service.ts';
import { packOutcars, tellByVasprun } from '../cli/other-formats.ts';
import { CORPUS, CORPUS_MISSING, corpusIsThere } from '../corpus/corpus.ts';
import { gridText } from '../reading/grid-text.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));

let folder: string;
let embedded: EmbeddedService;
let separate: RunningService;

beforeAll(async () => {
  folder = openFolder('adatom-three-ways-');
  mkdirSync(join(folder, 'service'));
  mkdirSync(join(folder, 'roots'));
  const roots = [EXAMPLE, join(folder, 'roots'), ...(corpusIsThere ? [CORPUS] : [])].join(':');
  embedded = await startEmbeddedService(join(folder, 'embedded'), roots);
  separate = await startService({ folder: join(folder, 'service'), roots, workers: 2, queue: 'redis' });
});

afterAll(async () => {
  await separate?.stop();
  await embedded?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const WAYS: readonly (readonly [name: string, service: () => Client, how: readonly string[]])[] = [
  ['the embedded service, by path', () => embedded, ['--by-path']],
  ['the embedded service, by upload', () => embedded, []],
  ['processes on Redis and PostgreSQL, by path', () => separate, ['--by-path']],
  ['processes on Redis and PostgreSQL, by upload', () => separate, []],
];

describe('the example campaign', () => {
  test.each(WAYS)('%s gives the bytes of the command line', async (_, service, how) => {
    expect(await served(service(), [EXAMPLE], how)).toEqual(await written('example', [EXAMPLE]));
  });

  test('two folders keep their names as prefixes', async () => {
    const folders = [join(EXAMPLE, 'zno-002'), join(EXAMPLE, 'zno-020')];
    const expected = await written('two-folders', folders);
    expect(expected.calculations).toContain('zno-020/slab');
    expect(await served(embedded, folders, [])).toEqual(expected);
  });
});

describe('the campaign in other formats', () => {
  test.each([
    ['told by vasprun.xml', tellByVasprun],
    ['packed with zstd, bzip2 and xz', packOutcars],
  ])('%s, gives the bytes of the command line by path and by upload', async (name, make) => {
    const tree = join(folder, 'roots', name.replaceAll(' ', '-'));
    make(EXAMPLE, tree);
    const expected = await written(basename(tree), [tree]);
    expect(expected.ranking).toContain('zno-002');
    expect(await served(embedded, [tree], ['--by-path'])).toEqual(expected);
    expect(await served(separate, [tree], [])).toEqual(expected);
  });

  test('as a tar.zst with a tar.gz for each surface gives the bytes of the command line', async () => {
    const tree = join(folder, 'roots', 'nested');
    cpSync(EXAMPLE, tree, { recursive: true });
    for (const surface of readdirSync(EXAMPLE).filter((name) => name.startsWith('zno-'))) {
      execFileSync('tar', ['-czf', join(tree, `${surface}.tar.gz`), '-C', join(tree, surface), '.']);
      rmSync(join(tree, surface), { recursive: true });
    }
    const archive = execFileSync('zstd', ['-c'], { input: execFileSync('tar', ['-cf', '-', '-C', tree, '.']) });
    const headers = { 'content-type': 'application/octet-stream', ...headersOf(embedded) };
    const url = new URL('/v1/archives?fileName=campaign.tar.zst', embedded.address);
    const sent = await fetch(url, { method: 'POST', headers, body: new Uint8Array(archive) });
    expect(sent.status).toBe(201);
    const { upload } = (await sent.json()) as { readonly upload: string }; // shape: fails in the next request
    const created = await fetch(new URL('/v1/screenings', embedded.address), {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ sources: [{ kind: 'upload', upload }] }),
    });
    const text = await created.text();
    expect(created.status, text).toBeLessThan(300);
    const { id } = JSON.parse(text) as { readonly id: string }; // shape: as above
    await expect
      .poll(async () => JSON.parse(await ask(embedded, `/v1/screenings/${id}`)).state, { timeout: 50_000 })
      .toBe('done');
    expect(await exported(embedded, id)).toEqual(await written('example', [EXAMPLE]));
  });
});

describe('a campaign with a potential beside a slab', () => {
  test('is told by an upload as by the command line when the potential is sent too', async () => {
    const tree = join(folder, 'roots', 'beside');
    cpSync(EXAMPLE, tree, { recursive: true });
    const contcar = readFileSync(join(tree, 'zno-002/slab/CONTCAR'), 'utf8');
    writeFileSync(
      join(tree, 'zno-002/slab/LOCPOT'),
      gridText(contcar, [2, 2, 120], () => 4.5),
    );
    const expected = await written('beside', [tree]);
    expect(expected.ranking).toContain('"file": "zno-002/slab/LOCPOT"');
    expect(await served(embedded, [tree], ['--companions'])).toEqual(expected);
    const { stderr } = await submitted(embedded, [tree], []);
    expect(stderr).toMatch(/1 files beside the runs are not sent \(LOCPOT; 0\.0 MB\): --companions sends them/);
  });
});

describe('the corpus of real files', () => {
  test.skipIf(!corpusIsThere)(`${corpusIsThere ? '' : CORPUS_MISSING}gives the bytes of the command line`, async () => {
    const expected = await written('corpus', [CORPUS]);
    expect(await served(embedded, [CORPUS], ['--by-path'])).toEqual(expected);
    expect(await served(separate, [CORPUS], ['--by-path'])).toEqual(expected);
  });
});

interface Answer {
  readonly ranking: string;
  readonly calculations: string;
  readonly csv: string;
}

/** What `adatom screen` writes. */
async function written(name: string, folders: readonly string[]): Promise<Answer> {
  const out = join(folder, 'written', name);
  await runProgram(['screen', ...folders, '--out', out, '--quiet']);
  const text = (file: string): string => readFileSync(join(out, file), 'utf8');
  return { ranking: text('ranking.json'), calculations: text('calculations.ndjson'), csv: text('ranking.csv') };
}

/** What a service gives out for the same folders. */
async function served(service: Client, folders: readonly string[], how: readonly string[]): Promise<Answer> {
  const { stdout } = await submitted(service, folders, how);
  // `as`: an answer without an id fails in the next request.
  const { id } = JSON.parse(stdout) as { readonly id: string };
  return exported(service, id);
}

async function submitted(service: Client, folders: readonly string[], how: readonly string[]) {
  const environment = service.key === undefined ? {} : { ADATOM_KEY: service.key };
  const args = ['submit', ...folders, ...how, '--server', service.address, '--wait', '--json'];
  const ended = await runProgram(args, environment);
  if (ended.exitCode !== 0) throw new Error(`adatom submit ended with ${ended.exitCode}: ${ended.stderr}`);
  return ended;
}

async function exported(service: Client, id: string): Promise<Answer> {
  const text = (format: string): Promise<string> => ask(service, `/v1/screenings/${id}/exports/${format}`);
  return { ranking: await text('json'), calculations: await text('calculations'), csv: await text('csv') };
}
