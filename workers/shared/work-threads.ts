/**
 * The threads of one worker process: some that parse, two for the other stages. They live as long as the process;
 * starting one costs more than parsing a small folder.
 *
 * The main thread must stay free: a queue takes a job away from a worker that does not renew its lock in time.
 */
import { Piscina } from 'piscina';
import type { FolderReading, FolderReadTask } from './read-folder-thread.ts';
import type { StageName, StageResults, StageTasks } from './stage-thread.ts';
import { answered, type ThreadAnswer } from './thread-answer.ts';

export interface WorkThreads {
  readonly parseThreads: number;
  readonly readFolder: (task: FolderReadTask) => Promise<FolderReading>;
  readonly runStage: <S extends StageName>(stage: S, task: StageTasks[S]) => Promise<StageResults[S]>;
  readonly close: () => Promise<void>;
}

const STAGE_THREADS = 2;
const STAGE_IDLE_MS = 30_000;

export function openWorkThreads(parseThreads: number): WorkThreads {
  const parsing = new Piscina({
    filename: new URL('./read-folder-thread.js', import.meta.url).href,
    minThreads: 1,
    maxThreads: parseThreads,
    idleTimeout: STAGE_IDLE_MS,
  });
  const stages = new Piscina({
    filename: new URL('./stage-thread.js', import.meta.url).href,
    minThreads: 0,
    maxThreads: STAGE_THREADS,
    idleTimeout: STAGE_IDLE_MS,
  });
  return {
    parseThreads,
    // `as`: what the threads' code returns.
    readFolder: async (task) => answered((await parsing.run(task)) as ThreadAnswer<FolderReading>),
    runStage: async <S extends StageName>(stage: S, task: StageTasks[S]) =>
      answered((await stages.run({ stage, task })) as ThreadAnswer<StageResults[S]>),
    close: async () => {
      await Promise.all([parsing.destroy(), stages.destroy()]);
    },
  };
}
