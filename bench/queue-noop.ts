/**
 * How many jobs a second the queues move when the jobs do nothing: the bound that the service cannot pass on a machine.
 *
 *   npx tsx bench/queue-noop.ts [--jobs 5000] [--parallel 8]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Log } from '../model/log.ts';
import { startEmbeddedPostgres } from '../store/embedded/start-postgres.ts';
import { endProcess, freePort, runRedis } from '../test/services/run-redis.ts';
import { connectQueues, type QueuePlace } from '../workers/shared/queue-connection.ts';
import { openQueues } from '../workers/shared/queues.ts';

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '5000' }, parallel: { type: 'string', default: '8' } },
});
const jobs = Number(values.jobs);
const concurrency = Number(values.parallel);
const SCREENING = '00000000-0000-4000-8000-000000000000';
const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const folder = mkdtempSync(join(tmpdir(), 'adatom-queue-'));
await chmod(folder, 0o755);
const postgres = await startEmbeddedPostgres(join(folder, 'data'), { holder: 'a benchmark' });
const redisPort = await freePort();
const redis = await runRedis(folder, redisPort);
const { databaseUrl } = postgres;
try {
  const figures = {
    redis: await measure({ databaseUrl, redisUrl: `redis://127.0.0.1:${redisPort}` }),
    postgresql: await measure({ databaseUrl }),
  };
  process.stdout.write(`${JSON.stringify({ jobs, parallel: concurrency, ...figures }, null, 1)}\n`);
} finally {
  await endProcess(redis, 'SIGTERM');
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(place: QueuePlace) {
  const connection = await connectQueues(place, silent);
  const queues = openQueues(connection);
  const addedPerSecond = await rate(async () => {
    for (let from = 0; from < jobs; from += 1000) {
      await queues.jobs.add(
        Array.from({ length: Math.min(1000, jobs - from) }, (_, index) => ({
          name: 'parse-calculation' as const,
          payload: { screening: SCREENING, generation: 1, folder: `folder-${from + index}` },
          priority: from + index + 1,
        })),
      );
    }
  });
  let done = 0;
  let finish = (): void => undefined;
  const all = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const worker = connection.worker(
    'parse-calculation',
    async () => {
      done += 1;
      if (done === jobs) finish();
    },
    { concurrency },
  );
  await connection.ready();
  const donePerSecond = await rate(async () => {
    worker.run();
    await all;
  });
  await worker.close();
  await queues.close();
  await connection.close();
  return { addedPerSecond, donePerSecond };
}

/** Jobs a second. */
async function rate(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(jobs / ((performance.now() - start) / 1000));
}
