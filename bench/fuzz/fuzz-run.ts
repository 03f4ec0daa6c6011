/** Keeps the processes that read damaged files busy, kills those that hang, and adds their reports up. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failure, Order, Report } from './fuzz-process.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly processes: number;
  /** Only these formats. */
  readonly only?: readonly string[];
  /** Only this case. */
  readonly single?: number;
  readonly onFailure: (failure: Failure, count: number) => void;
  readonly onProgress: (line: string) => void;
}

export interface FuzzSummary {
  readonly cases: number;
  readonly failures: number;
  readonly seconds: number;
  readonly byFormat: Readonly<Record<string, number>>;
  readonly byMutation: Readonly<Record<string, number>>;
  readonly failuresByFormat: Readonly<Record<string, number>>;
}

const PROGRAM = fileURLToPath(new URL('./fuzz-process.ts', import.meta.url));
/** No file of 64 kB takes a tenth of this, however it is damaged. */
const HANG_SECONDS = 20;
/** A reader of small files that needs more has believed a count. */
const MEMORY_MEGABYTES = 400;

export async function fuzzWith(options: FuzzOptions): Promise<FuzzSummary> {
  const folder = mkdtempSync(join(tmpdir(), 'adatom-fuzz-'));
  const start = performance.now();
  const total: Total = { cases: 0, failures: 0, byFormat: {}, byMutation: {}, failuresByFormat: {} };
  const isOver = (): boolean => performance.now() - start > 1000 * options.seconds;
  const take = (report: Report): void => {
    total.cases += report.cases;
    for (const [kind, count] of Object.entries(report.byKind)) countKind(total, kind, count);
    for (const failure of report.failures) {
      options.onFailure(failure, ++total.failures);
      total.failuresByFormat[failure.format] = (total.failuresByFormat[failure.format] ?? 0) + 1;
    }
  };
  const timer = setInterval(() => options.onProgress(`${total.cases} cases, ${total.failures} failed`), 10_000);
  try {
    const runs = Array.from({ length: options.processes }, (_, number) =>
      keepRunning({ options, number, folder, take, isOver }),
    );
    await Promise.all(runs);
  } finally {
    clearInterval(timer);
    rmSync(folder, { recursive: true });
  }
  return { ...total, seconds: (performance.now() - start) / 1000 };
}

interface Total {
  cases: number;
  failures: number;
  readonly byFormat: Record<string, number>;
  readonly byMutation: Record<string, number>;
  readonly failuresByFormat: Record<string, number>;
}

interface Runner {
  readonly options: FuzzOptions;
  readonly number: number;
  readonly folder: string;
  readonly take: (report: Report) => void;
  readonly isOver: () => boolean;
}

/** Starts a process again behind a case that killed it. */
async function keepRunning({ options, number, folder, take, isOver }: Runner): Promise<void> {
  const { seed, single, processes, only } = options;
  const statusFile = join(folder, `case-${number}`);
  let from = single ?? number;
  for (;;) {
    const narrowed = { ...(single !== undefined && { to: single }), ...(only !== undefined && { only }) };
    const order: Order = { seed, from, stride: processes, ...narrowed, statusFile };
    const end = await runProcess(order, take, isOver);
    if (end === 'done') return;
    if (!existsSync(statusFile)) throw new Error('a process ended before its first case');
    const index = Number(readFileSync(statusFile, 'latin1'));
    take({ cases: 1, byKind: {}, failures: [lost(seed, index, end)], next: index });
    if (single !== undefined) return;
    from = index + processes;
  }
}

function runProcess(order: Order, take: (report: Report) => void, isOver: () => boolean): Promise<'done' | string> {
  const child: ChildProcess = fork(PROGRAM, [], {
    execArgv: [...process.execArgv, `--max-old-space-size=${MEMORY_MEGABYTES}`],
    // It is killed at its end: what it leaves goes with the folder of the run.
    env: { ...process.env, TMPDIR: dirname(order.statusFile) },
  });
  return new Promise((resolve) => {
    let heard = performance.now();
    let reason = '';
    const end = (why: string): void => {
      reason = why;
      child.kill('SIGKILL');
    };
    const watch = setInterval(() => {
      if (performance.now() - heard > 1000 * HANG_SECONDS) end(`no end after ${HANG_SECONDS} s`);
    }, 500);
    child.on('message', (report: Report) => {
      heard = performance.now();
      take(report);
      if (order.to === undefined && isOver()) end('done');
    });
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      resolve(reason || (code === 0 ? 'done' : `the process ended with ${signal ?? `code ${code}`}`));
    });
    child.send(order);
  });
}

/** The case that ended its process, made again for the record without reading it. */
function lost(seed: number, index: number, reason: string): Failure {
  return { index, format: 'unknown', mutation: 'unknown', sample: `seed ${seed}`, faults: [reason], content: '' };
}

function countKind(total: Total, kind: string, count: number): void {
  const [format = '', ...mutation] = kind.split(' ');
  const name = mutation.join(' ');
  total.byFormat[format] = (total.byFormat[format] ?? 0) + count;
  total.byMutation[name] = (total.byMutation[name] ?? 0) + count;
}
