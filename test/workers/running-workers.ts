/**
 * Worker processes on a store of one test file: the built program, as on machines of their own, each with a temporary
 * folder of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FINAL_STATES, type StoredScreening, type SubmissionSource } from '../../model/service.ts';
import { descriptorDescriptions } from '../../pipeline/screen.ts';
import { openStore } from '../../store/open-store.ts';
import type { NewScreening, Store } from '../../store/store.ts';
import { PROGRAM } from '../cli/run-adatom.ts';
import { silentLog } from '../services/silent-log.ts';

export interface Surroundings {
  readonly store: Store;
  readonly project: string;
  /** Allowed to be submitted from; removed at the end. */
  readonly folder: string;
  /** Starts another worker process. */
  readonly startWorker: (environment?: Readonly<Record<string, string>>) => RunningWorker;
  readonly submit: (stated?: Partial<NewScreening['stated']>, ...paths: string[]) => Promise<StoredScreening>;
  /** Ends all workers. */
  readonly stop: () => Promise<void>;
}

export interface RunningWorker {
  readonly child: ChildProcess;
  readonly notes: () => string;
  /** Resolves with the exit code once the process has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

export interface Place {
  readonly databaseUrl: string;
  readonly redisUrl?: string;
}

export async function surroundings({ databaseUrl, redisUrl }: Place): Promise<Surroundings> {
  const store = await openStore({ databaseUrl, definitions: descriptorDescriptions(), log: silentLog });
  const { id: project } = await store.projects.ensure('test');
  const folder = mkdtempSync(join(tmpdir(), 'adatom-workers-'));
  const running: RunningWorker[] = [];
  return {
    store,
    project,
    folder,
    startWorker: (environment = {}) => {
      const worker = startWorker({
        DATABASE_URL: databaseUrl,
        ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
        ADATOM_ROOTS: folder,
        ADATOM_DATA: join(folder, 'data'),
        TMPDIR: mkdtempSync(join(folder, 'tmp-')),
        ...environment,
      });
      running.push(worker);
      return worker;
    },
    submit: (stated, ...paths) =>
      store.screenings.create({
        project,
        stated: { title: 'test', priority: 'normal', ...stated },
        sources: paths.map((path): SubmissionSource => ({ kind: 'path', paths: [path] })),
      }),
    stop: async () => {
      await Promise.all(running.map((worker) => worker.end('SIGKILL')));
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startWorker(environment: Readonly<Record<string, string>>): RunningWorker {
  const child = spawn(process.execPath, [PROGRAM, 'worker', '--concurrency', '1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, ...environment },
  });
  let notes = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    notes += text;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  return {
    child,
    notes: () => notes,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

const LIMIT_MS = 45_000;

/** The screening once it is final and nothing of its generation follows; throws after a while. */
export function finished({ store, project }: Surroundings, id: string): Promise<StoredScreening> {
  return until(`screening ${id} is final`, async () => {
    const screening = await store.screenings.get(project, id);
    return screening !== undefined && FINAL_STATES.includes(screening.state) ? screening : undefined;
  });
}

/** What `look` finds, as soon as it finds something. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, limitMs = LIMIT_MS): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms until ${what}`);
    await delay(20);
  }
}

/** How many jobs of that name ended so, over all workers; statistics are told every few seconds. */
export async function jobsDone({ store }: Surroundings, job: string, outcome = 'completed'): Promise<number> {
  const sums = await store.statistics.sums();
  return sums.find((sum) => sum.job === job && sum.outcome === outcome)?.count ?? 0;
}
