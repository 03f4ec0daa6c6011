/** Every screening comes to an end, also when one of its jobs does not. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceSettingsSchema } from '../../model/service-settings.ts';
import type { JobContext } from '../../workers/shared/job-definition.ts';
import { runJob } from '../../workers/shared/run-job.ts';
import { newDatabase, type TestDatabase } from '../services/database.ts';
import { withoutPostgres } from '../services/services.ts';
import { silentLog } from '../services/silent-log.ts';
import { candidateWith, discovered, NO_ROWS } from '../store/screening-store.ts';
import { copyExample } from './campaign.ts';
import { finished, type Surroundings, surroundings } from './running-workers.ts';

/** Long enough for a thread to start on a busy machine, too short for the file below. */
const LIMIT_SECONDS = 10;
/** Of nothing but zeros, which take no place on the disk and minutes to be read. */
const ENDLESS_BYTES = 500e9;

describe.skipIf(withoutPostgres())('a screening ends', () => {
  let database: TestDatabase;
  let around: Surroundings;

  beforeAll(async () => {
    database = await newDatabase();
    around = await surroundings({ databaseUrl: database.databaseUrl });
  });

  afterAll(async () => {
    await around?.stop();
    await database?.drop();
  });

  const lettersOf = async (id: string) => {
    const { rows } = await around.store.deadLetters.list(around.project, { limit: 100 });
    return rows.filter(({ screening }) => screening === id);
  };

  it('as failed when its ranking has failed and the worker died before it could say so', async () => {
    const { id } = await discovered(around.store, around.project, []);
    await around.store.results.saveAssembly(id, 1, NO_ROWS);
    const candidates = [candidateWith('zno-002', { 'adsorption-energy': -1 })];
    await around.store.results.saveDescription(id, 1, { candidates, issues: [] });
    await around.store.work.setState(id, 1, 'ranking');
    const own = await around.store.work.ownRanking(id, 1);
    await around.store.results.failRanking(own?.id ?? '', 'the profile weighs nothing');
    const worker = around.startWorker();
    expect(await finished(around, id)).toMatchObject({ state: 'failed', failure: 'the profile weighs nothing' });
    await worker.end('SIGKILL');
  });

  it('with a reason that quotes a NUL of the manifest', async () => {
    const worker = around.startWorker();
    const manifest = { version: 1 as const, calculations: { 'not\0there': { role: 'slab' as const } } };
    const { id } = await around.submit({ manifest }, copyExample(around.folder, 'quoted'));
    expect(await finished(around, id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('not') });
    expect((await lettersOf(id)).length).toBe(1);
    await worker.end('SIGKILL');
  });

  it('without the folder whose files take longer than a job may', async () => {
    const worker = around.startWorker({ ADATOM_JOB_SECONDS: `${LIMIT_SECONDS}` });
    const folder = copyExample(around.folder, 'endless');
    mkdirSync(join(folder, 'endless'));
    writeFileSync(join(folder, 'endless', 'OUTCAR'), '');
    truncateSync(join(folder, 'endless', 'OUTCAR'), ENDLESS_BYTES);
    const { id } = await around.submit({}, folder);
    expect(await finished(around, id)).toMatchObject({ state: 'done', folders: { waiting: 0, failed: 1 } });
    const failed = (await around.store.work.folders(id, 1)).find(({ state }) => state === 'failed');
    expect(failed?.error).toContain(`within ${LIMIT_SECONDS} s`);
    await worker.end('SIGKILL');
  });

  it('by another worker when this one gives its job back: the threads that it stops are no failure', async () => {
    const { id } = await discovered(around.store, around.project, ['a']);
    const job = {
      name: 'parse-calculation' as const,
      parallel: () => 1,
      run: () => Promise.reject(new Error('Terminating worker thread')),
      fail: ({ folder }: { readonly folder: string }, error: string) =>
        around.store.work.finishFolders([{ screening: id, generation: 1, folder, error }]),
    };
    const attempt = { data: { screening: id, generation: 1, folder: 'a' }, attemptsMade: 0 };
    // `as`: the job above asks the context for nothing but its store.
    const context = { store: around.store, log: silentLog, settings: serviceSettingsSchema.parse({}) } as JobContext;
    const statistics = { note: () => undefined, close: () => Promise.resolve() };
    const givenBack = runJob(job, { ...attempt, limit: AbortSignal.abort() }, context, statistics);
    await expect(givenBack).rejects.toThrow('Terminating worker thread');
    expect((await around.store.work.screening(id))?.folders).toMatchObject({ waiting: 1, failed: 0 });
    expect(await lettersOf(id)).toEqual([]);
    const failed = runJob(job, { ...attempt, limit: new AbortController().signal }, context, statistics);
    await expect(failed).rejects.toThrow('a fault of adatom');
    expect((await around.store.work.screening(id))?.folders).toMatchObject({ waiting: 0, failed: 1 });
    await around.store.screenings.cancel(around.project, id);
  });
});
