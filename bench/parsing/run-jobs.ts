/**
 * Times commands side by side: each is a process of its own, they take turns, and only ratios within one run count,
 * because machines are noisy. Files that were just written are in the page cache for all of them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Job {
  readonly name: string;
  /** Program and arguments; a text is given to `sh`. */
  readonly command: readonly string[] | string;
  /** Work of the command in units of the comparison, when it does less than all (a sample of folders). */
  readonly share?: number;
}

export interface Timing {
  readonly name: string;
  /** Whole process, seconds: of the fastest round and of the middle one. */
  readonly wallSeconds: number;
  readonly medianWallSeconds: number;
  /** As the job tells it, without the start of its process: of the fastest round. */
  readonly innerSeconds?: number;
  /** Largest resident memory, MB (10⁶ bytes). */
  readonly memoryMegabytes: number;
  readonly rounds: number;
  /** What the job found, to compare. */
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly share: number;
}

/** Waits for its only child and tells wall seconds, largest resident set (kB) and status on its last line. */
const MEASURE = [
  'import os, subprocess, sys, time',
  'start = time.perf_counter()',
  'child = subprocess.Popen(sys.argv[1:])',
  '_, status, usage = os.wait4(child.pid, 0)',
  'sys.stderr.write("\\n%f %d %d" % (time.perf_counter() - start, usage.ru_maxrss, status))',
].join('\n');
const PYTHON = '/usr/bin/python3';

interface Round {
  readonly wallSeconds: number;
  readonly memoryMegabytes: number;
  readonly answer?: Readonly<Record<string, unknown>>;
}

export async function timeJobs(jobs: readonly Job[], rounds: number): Promise<Map<string, Timing>> {
  const measured = new Map<string, Round[]>(jobs.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const job of jobs) measured.get(job.name)?.push(await runJob(job));
  }
  return new Map(jobs.map((job) => [job.name, timingOf(job, measured.get(job.name) ?? [])]));
}

function timingOf({ name, share = 1 }: Job, rounds: readonly Round[]): Timing {
  const walls = rounds.map(({ wallSeconds }) => wallSeconds).sort((a, b) => a - b);
  const inner = rounds.map(({ answer }) => answer?.innerSeconds).filter((value) => typeof value === 'number');
  const answer = rounds.at(-1)?.answer;
  return {
    name,
    wallSeconds: walls[0] ?? Number.NaN,
    medianWallSeconds: walls[Math.floor(walls.length / 2)] ?? Number.NaN,
    ...(inner.length > 0 && { innerSeconds: Math.min(...inner) }),
    memoryMegabytes: Math.max(...rounds.map(({ memoryMegabytes }) => memoryMegabytes)),
    rounds: rounds.length,
    ...(answer !== undefined && { answer }),
    share,
  };
}

async function runJob({ name, command }: Job): Promise<Round> {
  const [program, ...parameters] = typeof command === 'string' ? ['sh', '-c', command] : command;
  const child = spawn(PYTHON, ['-S', '-c', MEASURE, program ?? '', ...parameters], {
    env: { ...process.env, OMP_NUM_THREADS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // An answer is one line at the end; what a job prints before it is not kept.
  let output = '';
  let notes = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-4096);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    notes = (notes + chunk.toString('utf8')).slice(-4096);
  });
  await once(child, 'close');
  const [wall, kilobytes, status] = (notes.split('\n').at(-1) ?? '').split(' ').map(Number);
  if (wall === undefined || kilobytes === undefined || status !== 0) throw new Error(`${name} failed: ${notes}`);
  const answer = answerOf(output);
  return { wallSeconds: wall, memoryMegabytes: (kilobytes * 1024) / 1e6, ...(answer !== undefined && { answer }) };
}

function answerOf(output: string): Readonly<Record<string, unknown>> | undefined {
  const line = output.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{"innerSeconds"')) return undefined;
  // `as`: written by the jobs of this folder.
  return JSON.parse(line) as Readonly<Record<string, unknown>>;
}
