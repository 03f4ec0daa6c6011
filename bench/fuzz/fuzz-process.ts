/**
 * Runs cases in a process of its own, which may hang or run out of memory: the number of the case under way stands in
 * a small file for whoever kills it.
 */
import { openSync, writeSync } from 'node:fs';
import { allTargets, type CaseResult, caseRunner } from './run-case.ts';

export interface Order {
  readonly seed: number;
  readonly from: number;
  readonly stride: number;
  /** Ends after this case; absent: when it is killed or told to. */
  readonly to?: number;
  readonly statusFile: string;
  /** Formats; absent: all of them. */
  readonly only?: readonly string[];
}

/** What a process tells: figures of its last second, and every case with faults. */
export interface Report {
  readonly cases: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
  readonly next: number;
}

export interface Failure extends Pick<CaseResult, 'format' | 'mutation' | 'sample' | 'faults'> {
  readonly index: number;
  /** The damaged file, base64. */
  readonly content: string;
}

const REPORT_MILLISECONDS = 500;

async function run({ seed, from, stride, to, statusFile, only }: Order): Promise<void> {
  const runCase = caseRunner(await allTargets(only));
  const status = openSync(statusFile, 'w');
  let report = emptyReport();
  let reported = performance.now();
  let index = from;
  for (; to === undefined || index <= to; index += stride) {
    writeSync(status, String(index).padEnd(20), 0);
    const result = await runCase(seed, index);
    report.cases += 1;
    const kind = `${result.format} ${result.mutation}`;
    report.byKind[kind] = (report.byKind[kind] ?? 0) + 1;
    if (result.faults.length > 0) report.failures.push(failureOf(index, result));
    if (performance.now() - reported < REPORT_MILLISECONDS) continue;
    await send({ ...report, next: index + stride });
    report = emptyReport();
    reported = performance.now();
  }
  await send({ ...report, next: index });
  process.disconnect();
}

function emptyReport(): { cases: number; byKind: Record<string, number>; failures: Failure[] } {
  return { cases: 0, byKind: {}, failures: [] };
}

function failureOf(index: number, { format, mutation, sample, faults, bytes }: CaseResult): Failure {
  return { index, format, mutation, sample, faults, content: bytes.toString('base64') };
}

/** Waits until it is handed over: a process that only sends would keep all its reports in memory. */
function send(report: Report): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(report, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}

process.once('message', (order: Order) => void run(order));
