/** Exports over HTTP: the bytes of `adatom screen`, streams that do not gather in memory, and who may have them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get as httpGet, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportsAs } from '../../api/routes/exports.ts';
import { structuresAs } from '../../api/routes/structures.ts';
import { EXPORTS, type ExportFormat } from '../../exports/index.ts';
import { loadProfile } from '../../reading/find-profile.ts';
import { runAdatom } from '../cli/run-adatom.ts';
import { withoutPostgres } from '../services/services.ts';
import { CAMPAIGN, type StoredCampaign, storedCampaign, storeGeneration } from './stored-campaign.ts';

/** Several times what the buffers of a connection hold. */
const MANY_STRUCTURES = 8_000;

describe.skipIf(withoutPostgres())('exports', () => {
  let campaign: StoredCampaign;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'adatom-export-'));
    campaign = await storedCampaign({ data: join(folder, 'data') });
    const { exitCode, stderr } = await runAdatom(['screen', CAMPAIGN, '--ion', 'Li', '--out', join(folder, 'out')]);
    expect(exitCode, stderr).toBe(0);
  });
  afterAll(async () => {
    await campaign?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const exported = (format: string, query = '') =>
    campaign.get(`/v1/screenings/${campaign.screening}/exports/${format}${query}`);

  it.each([
    ['json', 'ranking.json', 'application/json'],
    ['csv', 'ranking.csv', 'text/csv; charset=utf-8; header=present'],
    ['calculations', 'calculations.ndjson', 'application/x-ndjson'],
  ])('as %s are the bytes of %s of the command line', async (format, file, mediaType) => {
    const answer = await exported(format);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe(mediaType);
    expect(answer.rawPayload.equals(readFileSync(join(folder, 'out', file)))).toBe(true);
  });

  it('have a file name that is safe everywhere', async () => {
    const { headers } = await exported('optimade');
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="adatom-[0-9a-f]{8}-optimade\.optimade\.json"$/,
    );
  });

  it('have every structure once, across pages', async () => {
    const frames = (await exported('extxyz')).body.split('\n').filter((line) => line.startsWith('Lattice='));
    const { data } = JSON.parse((await exported('optimade')).body) as { data: { id: string }[] };
    expect(frames).toHaveLength(19);
    expect(new Set(data.map(({ id }) => id)).size).toBe(19);
  });

  it('as Parquet are the table of the ranking', async () => {
    const { rawPayload } = await exported('parquet');
    const rows = await parquetReadObjects({ file: new Uint8Array(rawPayload).buffer });
    expect(rows.map(({ id, rank }) => [id, rank])).toEqual([
      ['zno-002', 1],
      ['zno-020', 2],
      ['zno-202', null],
    ]);
  });

  it('of an unknown format are refused with the formats there are', async () => {
    const answer = await exported('xlsx');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toContain('parquet');
    expect((await exported('poscar')).statusCode).toBe(400);
  });

  it('are of a ranking of this screening and this project, or of none', async () => {
    expect((await exported('csv', `?ranking=${campaign.ranking}`)).statusCode).toBe(200);
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect((await exported('csv', `?ranking=${unknown}`)).statusCode).toBe(404);
    expect((await exported('csv', '?ranking=1 or 1=1')).statusCode).toBe(400);
    const { store, project } = campaign;
    const stated = { title: 'other', priority: 'normal' } as const;
    const other = await store.screenings.create({ project, stated, sources: [{ kind: 'path', paths: ['/a'] }] });
    const foreign = await campaign.get(`/v1/screenings/${other.id}/exports/csv?ranking=${campaign.ranking}`);
    expect(foreign.statusCode).toBe(404);
    const early = await campaign.get(`/v1/screenings/${other.id}/exports/csv`);
    expect([early.statusCode, early.json().code]).toEqual([409, 'not-ranked']);
    const stranger = await store.projects.ensure('strangers');
    const { secret } = await store.keys.create({ project: stranger.id, name: 'x', scopes: ['admin'] });
    for (const path of ['exports/csv', 'exports/extxyz', 'exports/calculations', 'structures/li-bcc%2FOUTCAR']) {
      const answer = await campaign.get(`/v1/screenings/${campaign.screening}/${path}`, secret);
      expect(answer.statusCode, path).toBe(404);
    }
  });

  it.each(['extxyz', 'optimade', 'calculations'])(
    'as %s are of the ranking that is asked for, or refused: of an unknown one, one that waits, one of older folders',
    async (format) => {
      const changed = await storedCampaign({ data: join(folder, `changed-${format}`) });
      try {
        const { store, project, screening, ranking: first } = changed;
        const asked = async (ranking: string) => {
          const answer = await changed.get(`/v1/screenings/${screening}/exports/${format}?ranking=${ranking}`);
          return answer.statusCode === 200 ? 200 : [answer.statusCode, answer.json().code];
        };
        expect(await asked(first)).toBe(200);
        expect(await asked('00000000-0000-4000-8000-000000000000')).toEqual([404, 'not-found']);
        await store.screenings.addSources(project, screening, [{ kind: 'path', paths: [CAMPAIGN] }]);
        const second = await storeGeneration(store, { screening, generation: 2 });
        expect(await asked(second)).toBe(200);
        expect(await asked(first)).toEqual([409, 'other-generation']);
        const wanted = { profile: loadProfile('zn-weak'), seed: 1, current: false };
        const queued = await store.screenings.requestRanking(project, screening, wanted);
        expect(await asked(queued?.id ?? '')).toEqual([409, 'not-ranked']);
      } finally {
        await changed.close();
      }
    },
  );

  it('of a ranking that waits are not there yet', async () => {
    const { store, project, screening } = campaign;
    const [ranking] = await store.screenings.rankings(project, screening);
    if (ranking === undefined) throw new Error('a ranking');
    const wanted = { profile: ranking.profile, seed: 7, current: false };
    const queued = await store.screenings.requestRanking(project, screening, wanted);
    const answer = await exported('csv', `?ranking=${queued?.id}`);
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'not-ranked']);
  });

  it('in a format that is added to the list are there, without other code', async () => {
    const added: ExportFormat = {
      identifier: 'names',
      title: 'Names of the candidates',
      mediaType: 'text/plain; charset=utf-8',
      extension: 'txt',
      madeOf: 'result',
      write: (result) => result.candidates.map(({ id }) => `${id}\n`),
    };
    const counted: ExportFormat = {
      identifier: 'count',
      title: 'Number of atoms',
      mediaType: 'text/plain; charset=utf-8',
      extension: 'txt',
      madeOf: 'structure',
      write: ({ species }) => [String(species.length)],
    };
    const formats = [...EXPORTS, added, counted];
    const second = await storedCampaign({ data: join(folder, 'second') });
    try {
      await second.app.register(exportsAs(formats), { prefix: '/more' });
      await second.app.register(structuresAs(formats), { prefix: '/more' });
      const base = `/more/v1/screenings/${second.screening}`;
      const names = await second.get(`${base}/exports/names`);
      expect([names.statusCode, names.body]).toEqual([200, 'zno-002\nzno-020\nzno-202\n']);
      expect(names.headers['content-disposition']).toMatch(/-names\.txt"$/);
      expect((await second.get(`${base}/structures/li-bcc%2FOUTCAR?format=count`)).body).toBe('2');
      expect(JSON.stringify(second.app.swagger())).toContain('Names of the candidates');
    } finally {
      await second.close();
    }
  });
});

describe.skipIf(withoutPostgres())('a large export', () => {
  let campaign: StoredCampaign;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'adatom-export-'));
    campaign = await storedCampaign({
      data: join(folder, 'data'),
      structures: (few) =>
        Array.from({ length: MANY_STRUCTURES }, (_, index) => ({
          ...(few[index % few.length] ?? few[0]!),
          calculation: `run-${String(index).padStart(6, '0')}/OUTCAR`,
        })),
    });
    await campaign.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await campaign?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(format: string): Promise<IncomingMessage> {
    const address = campaign.app.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const path = `/v1/screenings/${campaign.screening}/exports/${format}`;
    return new Promise((resolve, reject) => {
      const options = { port, path, headers: { authorization: `Bearer ${campaign.secret}` } };
      httpGet(options, resolve).on('error', reject);
    });
  }

  /** Bytes of the answer that left the server or wait in its process, once they grow no more. */
  async function producedBytes(socket: Socket): Promise<number> {
    let produced = -1;
    for (let now = 0; now !== produced; ) {
      produced = now;
      await delay(1000);
      now = socket.bytesWritten + socket.writableLength;
      if (produced === 0 && now === 0) throw new Error('nothing was sent');
    }
    return produced;
  }

  it('waits for a client that does not read, and arrives whole when it does', async () => {
    const connection = new Promise<Socket>((resolve) => campaign.app.server.once('connection', resolve));
    const answer = await start('extxyz');
    const produced = await producedBytes(await connection);
    let frames = 0;
    let bytes = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      frames += chunk.toString('latin1').split('pbc="T T T"').length - 1;
    }
    // What both sides of the connection hold in buffers of the operating system, and no more.
    expect(produced).toBeLessThan(bytes / 2);
    // A mark that is cut by a chunk is not counted.
    expect(frames).toBeGreaterThan(MANY_STRUCTURES * 0.9);
    expect(frames).toBeLessThanOrEqual(MANY_STRUCTURES);
  });

  it('ends on the server when the client goes away', async () => {
    const answer = await start('extxyz');
    await new Promise((resolve) => answer.once('data', resolve));
    answer.destroy();
    await delay(500);
    const connections = await new Promise<number>((resolve, reject) =>
      campaign.app.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
    );
    expect(connections).toBe(0);
    // The store still answers: no connection was kept by the broken export.
    expect((await campaign.get(`/v1/screenings/${campaign.screening}/exports/csv`)).statusCode).toBe(200);
  });
});
