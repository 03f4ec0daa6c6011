/**
 * A whole service of separate processes on servers of its own: Redis, PostgreSQL, the API, any number of workers. Each
 * worker has a temporary folder of its own, as on a machine of its own; they share the servers and the data folder.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../../store/embedded/start-postgres.ts';
import { endProcess, freePort, runRedis } from '../../test/services/run-redis.ts';
import { runProgram, startProgram } from './program.ts';

export interface ServicePlan {
  /** Everything of the service lies in it. */
  readonly folder: string;
  /** What may be submitted by path. */
  readonly roots: string;
  readonly workers: number;
  /** Where the queue is kept. */
  readonly queue: 'redis' | 'postgres';
  /** Settings beside those of the servers and folders. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface RunningService {
  readonly address: string;
  readonly key: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** By power cut; a new process takes its place. */
  readonly killWorker: (index: number) => Promise<void>;
  readonly killApi: () => Promise<void>;
  readonly restartQueue: () => Promise<void>;
  readonly restartDatabase: () => Promise<void>;
  /** Last words of every process, to see why something went wrong. */
  readonly notes: () => string;
  readonly stop: () => Promise<void>;
}

const START_LIMIT_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 50;

export async function startService(plan: ServicePlan): Promise<RunningService> {
  const place = (name: string): string => {
    const folder = join(plan.folder, name);
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    return folder;
  };
  const redisPort = await freePort();
  const apiPort = await freePort();
  const redisUrl = `redis://127.0.0.1:${redisPort}`;
  let redis = plan.queue === 'redis' ? await runRedis(place('redis'), redisPort) : undefined;
  let postgres = await startEmbeddedPostgres(place('postgres'), { holder: 'a benchmark' });
  const environment = {
    DATABASE_URL: postgres.databaseUrl,
    ...(plan.queue === 'redis' && { REDIS_URL: redisUrl }),
    ADATOM_DATA: place('data'),
    ADATOM_ROOTS: plan.roots,
    ADATOM_PORT: String(apiPort),
    ADATOM_REQUESTS_PER_MINUTE: '1000000',
    ...plan.settings,
  };
  await mustSucceed(['db', 'migrate'], environment);
  const key = await newKey(environment);
  const address = `http://127.0.0.1:${apiPort}`;
  const startApi = () => startProgram(['serve', '--no-workers'], environment);
  const startWorker = (index: number) =>
    startProgram(['worker', '--concurrency', '1'], { ...environment, TMPDIR: place(`temporary-${index}`) });
  let api = startApi();
  const workers = Array.from({ length: plan.workers }, (_, index) => startWorker(index));
  await untilReady(address, () => api.notes());
  return {
    address,
    key,
    databaseUrl: postgres.databaseUrl,
    redisUrl,
    killWorker: async (index) => {
      await workers[index]?.end('SIGKILL');
      workers[index] = startWorker(index);
    },
    killApi: async () => {
      await api.end('SIGKILL');
      api = startApi();
    },
    restartQueue: async () => {
      if (redis === undefined) return;
      await endProcess(redis, 'SIGKILL');
      redis = await runRedis(place('redis'), redisPort);
    },
    restartDatabase: async () => {
      await postgres.stop();
      postgres = await startEmbeddedPostgres(place('postgres'), { holder: 'a benchmark' });
    },
    notes: () => [api, ...workers].map((program) => program.notes()).join('\n---\n'),
    stop: async () => {
      await Promise.all([api, ...workers].map((program) => program.end('SIGKILL')));
      if (redis !== undefined) await endProcess(redis, 'SIGKILL');
      await postgres.stop();
    },
  };
}

async function mustSucceed(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const { exitCode, stdout, stderr } = await runProgram(args, environment);
  if (exitCode !== 0) throw new Error(`adatom ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

async function newKey(environment: Readonly<Record<string, string>>): Promise<string> {
  const scopes = ['--scope', 'read,submit,admin'];
  const answer: unknown = JSON.parse(
    await mustSucceed(['keys', 'create', 'bench', '--project', 'bench', ...scopes, '--json'], environment),
  );
  if (typeof answer === 'object' && answer !== null && 'secret' in answer && typeof answer.secret === 'string') {
    return answer.secret;
  }
  throw new Error('keys create printed no secret');
}

/** Until the API says that it can reach what it needs. */
export async function untilReady(address: string, notes: () => string): Promise<void> {
  for (const limit = Date.now() + START_LIMIT_MILLISECONDS; ; await wait(POLL_MILLISECONDS)) {
    const answer = await fetch(`${address}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    if (Date.now() > limit) throw new Error(`the API did not become ready:\n${notes()}`);
  }
}
