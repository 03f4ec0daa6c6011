/**
 * Reads damaged files until the time is over: `npm run fuzz -- --seconds 60 [--seed N] [--processes N] [--keep]`, or one
 * case again: `npm run fuzz -- --seed N --case N`. `--only outcar,packed` damages files of these formats alone; its cases
 * have numbers of their own, so that one of them is made again with the same `--only`.
 *
 * Every format and archives, every damage of `fuzz/mutations.ts`. A case fails when the reader throws, hangs, runs out of
 * memory, gives a record that contradicts the file, or a different one without an issue. Failing files are kept in `fuzz-failures/`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Failure } from './fuzz/fuzz-process.ts';
import { fuzzWith } from './fuzz/fuzz-run.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    case: { type: 'string' },
    only: { type: 'string' },
    processes: { type: 'string', default: String(availableParallelism()) },
    keep: { type: 'boolean', default: false },
  },
});
const FAILURES = 'fuzz-failures';
const SHOWN = 20;

const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const single = values.case === undefined ? undefined : Number(values.case);
const summary = await fuzzWith({
  seed,
  seconds: Number(values.seconds),
  processes: single === undefined ? Number(values.processes) : 1,
  ...(values.only !== undefined && { only: values.only.split(',') }),
  ...(single !== undefined && { single }),
  onFailure: keep,
  onProgress: (line) => void process.stderr.write(`${line}\n`),
});
const { cases, failures, seconds, byFormat, byMutation, failuresByFormat } = summary;
process.stdout.write(`${cases} damaged files in ${seconds.toFixed(0)} s, seed ${seed}: ${failures} failed\n`);
for (const [name, count] of Object.entries(byFormat)) {
  process.stdout.write(`  ${name.padEnd(16)}${count}, ${failuresByFormat[name] ?? 0} failed\n`);
}
for (const [name, count] of Object.entries(byMutation)) process.stdout.write(`  ${name.padEnd(16)}${count}\n`);
if (values.keep) {
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(`bench/runs/fuzz-${date}.json`, `${JSON.stringify({ date, seed, ...summary }, undefined, 2)}\n`);
}
process.exitCode = failures === 0 ? 0 : 1;

function keep(failure: Failure, count: number): void {
  if (count > SHOWN) return;
  mkdirSync(FAILURES, { recursive: true });
  const path = `${FAILURES}/${failure.format}-${seed}-${failure.index}`;
  writeFileSync(path, Buffer.from(failure.content, 'base64'));
  const [first = 'no reason'] = failure.faults;
  process.stderr.write(`case ${failure.index}: ${failure.sample}, ${failure.mutation}: ${first}\n  kept as ${path}\n`);
}
