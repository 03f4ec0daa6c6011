/**
 * How fast files are read, side by side with pymatgen, ASE, `cat`, `wc -l` and `grep` in one run:
 * `npm run bench [-- --only P1,P6] [--scale 0.1] [--keep]`.
 *
 * Needs Debian's python3-pymatgen and python3-ase, 3 GB of disk in the temporary folder and some minutes. Every answer
 * is checked against the numbers that were written. `--keep` writes the raw figures to `bench/runs/`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Comparison, comparisons, type Target } from './parsing/comparisons.ts';
import { buildInner } from './parsing/peers.ts';
import { type Timing, timeJobs } from './parsing/run-jobs.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
/** Energies are printed with eight decimals. */
const ENERGY_TOLERANCE_EV = 1e-7;

const root = mkdtempSync(join(tmpdir(), 'adatom-bench-'));
const wanted = values.only?.split(',');
const figures: object[] = [];
const table: string[] = ['| # | work | target | reached | |', '|---|---|---|---|---|'];
buildInner();
try {
  for (const comparison of comparisons) {
    if (wanted !== undefined && !wanted.some((id) => comparison.id.includes(id))) continue;
    figures.push(await compare(comparison));
  }
} finally {
  rmSync(root, { recursive: true });
}
process.stdout.write(`${table.join('\n')}\n`);
if (values.keep) {
  const date = new Date().toISOString().slice(0, 10);
  const machine = { processor: cpus()[0]?.model, cores: cpus().length, node: process.version };
  writeFileSync(
    `bench/runs/parsing-${date}.json`,
    `${JSON.stringify({ date, machine, scale: values.scale, figures }, undefined, 2)}\n`,
  );
}

async function compare({ id, work, prepare, targets, rounds }: Comparison): Promise<object> {
  const folder = join(root, id);
  mkdirSync(folder);
  const { jobs, energyEv } = prepare(folder, Number(values.scale));
  const timings = await timeJobs(jobs, values.rounds === undefined ? rounds : Number(values.rounds));
  if (energyEv !== undefined) for (const timing of timings.values()) checkAnswer(timing, energyEv);
  rmSync(folder, { recursive: true });
  process.stderr.write(`${id}: ${work}\n${[...timings.values()].map(timingLine).join('\n')}\n`);
  for (const target of targets) table.push(`| ${id} | ${work} | ${target.text} | ${reached(target, timings)} |`);
  return { id, work, timings: [...timings.values()], targets: targets.map((target) => targetFigure(target, timings)) };
}

function checkAnswer({ name, answer }: Timing, energyEv: number): void {
  const found = answer?.energySigma0Ev;
  if (found === undefined) return;
  if (typeof found !== 'number' || Math.abs(found - energyEv) > ENERGY_TOLERANCE_EV) {
    throw new Error(`${name} found ${String(found)} eV where ${energyEv} eV was written`);
  }
}

function reached(target: Target, timings: ReadonlyMap<string, Timing>): string {
  const { value, isMet } = targetFigure(target, timings);
  return `${value.toPrecision(3)} | ${isMet ? 'reached' : 'missed'}`;
}

function targetFigure({ text, limit, atLeast, figure }: Target, timings: ReadonlyMap<string, Timing>) {
  const value = figure(timings);
  return { text, value, isMet: atLeast ? value >= limit : value <= limit };
}

function timingLine({ name, wallSeconds, innerSeconds, memoryMegabytes }: Timing): string {
  const inner = innerSeconds === undefined ? '' : `, inner ${innerSeconds.toFixed(4)} s`;
  return `  ${name.padEnd(44)}${wallSeconds.toFixed(3)} s${inner}, ${memoryMegabytes.toFixed(0)} MB`;
}
