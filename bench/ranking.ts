/**
 * How fast candidates are ranked, and how that grows with their number and with the number of objectives, beside NumPy in
 * the same run: `npx tsx bench/ranking.ts [--keep]`, or bundled as the program is (docs/performance.md). Needs python3 with
 * NumPy.
 *
 * Values are uniform and seeded; every task has a process of its own. Processor time of both, the median of the rounds (at
 * least nine and a second, three of the draws). The answers are checked: scores, front numbers and probabilities of first
 * place have to be NumPy's, or the bench fails.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Profile, profileSchema } from '../model/profile.ts';
import { desirability } from '../ranking/desirability.ts';
import { firstFront } from '../ranking/first-front.ts';
import { rankCandidates } from '../ranking/index.ts';
import { paretoFronts } from '../ranking/pareto.ts';
import { decisionMatrix } from '../ranking/shared/decision-matrix.ts';
import type { MethodOf } from '../ranking/shared/scoring-method.ts';
import { topsis } from '../ranking/topsis.ts';
import { randomOf } from './shared/random.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    /** Number of the one task to do, for the processes that this one starts. */
    task: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const DRAWS = 10_000;

interface Task {
  readonly task: 'first front' | 'fronts' | 'topsis' | 'desirability' | 'draws';
  readonly candidates: number;
  readonly objectives: number;
  /** Left out where it would take minutes. */
  readonly besideNumpy: boolean;
}

const TASKS: readonly Task[] = [
  ...[10_000, 100_000, 1_000_000].map((candidates) => front('first front', candidates, 3)),
  ...[10_000, 100_000, 1_000_000].map((candidates) => front('fronts', candidates, 3)),
  ...[2, 4, 5, 6].flatMap((objectives) => [
    front('first front', 100_000, objectives),
    front('fronts', 100_000, objectives),
  ]),
  ...(['topsis', 'desirability'] as const).flatMap((task) =>
    [100_000, 1_000_000].map((candidates) => ({ task, candidates, objectives: 6, besideNumpy: true })),
  ),
  ...[10, 100, 1000].map((candidates) => ({ task: 'draws' as const, candidates, objectives: 6, besideNumpy: true })),
];

/** NumPy's peeling is quadratic: beside it stand ten thousand candidates. */
function front(task: 'first front' | 'fronts', candidates: number, objectives: number): Task {
  return { task, candidates, objectives, besideNumpy: task === 'fronts' && candidates <= 10_000 };
}

interface Figure extends Task {
  readonly seconds: number;
  readonly firstRoundSeconds: number;
  readonly numpySeconds?: number;
  readonly numpy?: string;
}

const folder = mkdtempSync(join(tmpdir(), 'adatom-bench-ranking-'));
try {
  const own = options.task === undefined ? undefined : TASKS[Number(options.task)];
  if (own === undefined) report(TASKS.map((_, at) => inProcessOfItsOwn(at)));
  else process.stdout.write(JSON.stringify(figureOf(own)));
} finally {
  rmSync(folder, { recursive: true });
}

/** Code that has seen other tasks is slower: a user ranks by one method. */
function inProcessOfItsOwn(at: number): Figure {
  const [, script = ''] = process.argv;
  const own = [...process.execArgv, script, '--rounds', options.rounds, '--task', String(at)];
  const run = spawnSync(process.execPath, own, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Figure; // what figureOf gives
}

function figureOf(task: Task): Figure {
  const values = uniform(task.candidates * task.objectives);
  const work = workOf(task, values);
  const results = [timed(work)];
  // What takes milliseconds needs more rounds until the compiler is done with it.
  const enough = () => results.length >= rounds && sum(results) > 1;
  while (results.length < 3 || (task.task !== 'draws' && !enough())) results.push(timed(work));
  const seconds = results.map((result) => result.seconds);
  const own = { ...task, seconds: median(seconds), firstRoundSeconds: seconds[0] ?? 0 };
  if (!task.besideNumpy) return own;
  const peer = numpy(task, values);
  check(task, results[0]?.answer ?? [], peer.probe);
  return { ...own, numpySeconds: peer.seconds, numpy: peer.numpy };
}

function uniform(length: number): Float64Array {
  const random = randomOf(20261122, length);
  return Float64Array.from({ length }, random.next);
}

type Answer = ArrayLike<number>;

function workOf({ task, candidates, objectives }: Task, values: Float64Array): () => Answer {
  switch (task) {
    case 'first front':
      return () => firstFront(values, objectives);
    case 'fronts':
      return () => paretoFronts(values, objectives);
    case 'topsis':
      return scoring(topsis, values, objectives);
    case 'desirability':
      return scoring(desirability, values, objectives);
    case 'draws':
      return ranking(values, candidates, objectives);
  }
}

function profileOf(objectives: number): Profile {
  return profileSchema.parse({
    name: 'bench',
    version: 1,
    description: '',
    reference: '',
    ion: 'Li',
    monteCarlo: { draws: DRAWS },
    objectives: Array.from({ length: objectives }, (_, at) => ({
      descriptor: `d${at}`,
      unit: '1',
      desirability: { kind: 'min', target: 0, upper: 1 },
    })),
  });
}

function scoring(methodOf: MethodOf, values: Float64Array, objectives: number): () => Answer {
  const count = values.length / objectives;
  const ids = Array.from({ length: count }, () => '');
  // Made by hand: of a million candidates the objects around the numbers would be what is measured.
  const empty = decisionMatrix([], profileOf(objectives).objectives);
  const known = new Uint8Array(values.length).fill(1);
  const shares = new Float64Array(values.length).fill(1 / objectives);
  const method = methodOf({ ...empty, ids, values, known, shares });
  return () => {
    const order = new Float64Array(count);
    method.order(values, order);
    return order.map(method.scoreOf);
  };
}

function ranking(values: Float64Array, count: number, objectives: number): () => Answer {
  const profile = profileOf(objectives);
  const candidates = Array.from({ length: count }, (_, row) => ({
    id: String(row).padStart(6, '0'),
    values: Object.fromEntries(
      profile.objectives.map(({ descriptor }, at) => [
        descriptor,
        { value: values[row * objectives + at] ?? 0, uncertainty: 0.05, quality: 'ok' as const },
      ]),
    ),
    missing: {},
  }));
  return () => {
    const { ranked } = rankCandidates(candidates, profile, { seed: 1 });
    const first = new Map(ranked.map(({ id, firstRankProbability }) => [id, firstRankProbability]));
    return candidates.map(({ id }) => first.get(id) ?? 0);
  };
}

function sum(results: readonly { readonly seconds: number }[]): number {
  return results.reduce((total, { seconds }) => total + seconds, 0);
}

function timed(work: () => Answer): { readonly seconds: number; readonly answer: Answer } {
  const start = process.cpuUsage();
  const answer = work();
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, answer };
}

interface Peer {
  readonly seconds: number;
  /** First and last of the answer, its sum and its largest number. */
  readonly probe: readonly number[];
  readonly numpy: string;
}

function numpy({ task, objectives }: Task, values: Float64Array): Peer {
  const file = join(folder, 'values');
  writeFileSync(file, new Uint8Array(values.buffer));
  const drawn = task === 'draws' ? { draws: DRAWS } : {};
  const request = { task, file, objectives, rounds: task === 'draws' ? 1 : 3, ...drawn };
  const run = spawnSync('/usr/bin/python3', ['bench/ranking/ranking-peer.py'], {
    input: `${JSON.stringify(request)}\n`,
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Peer; // what ranking-peer.py prints
}

function check({ task, candidates }: Task, answer: Answer, probe: readonly number[]): void {
  const numbers = Array.from(answer);
  const ours = [
    numbers[0] ?? 0,
    numbers.at(-1) ?? 0,
    numbers.reduce((sum, each) => sum + each, 0),
    numbers.reduce((most, each) => Math.max(most, each), 0),
  ];
  // Probabilities of different draws agree to four standard errors.
  const tolerance = task === 'draws' ? 4 * Math.sqrt(0.5 / DRAWS) : 1e-9 * candidates;
  ours.forEach((number, at) => {
    const theirs = probe[at] ?? Number.NaN;
    if (!(Math.abs(number - theirs) <= tolerance)) {
      throw new Error(`${task} of ${candidates}: ${ours.join(', ')}; NumPy ${probe.join(', ')}`);
    }
  });
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function report(figures: readonly Figure[]): void {
  const rows = figures.map(({ task, candidates, objectives, seconds, firstRoundSeconds, numpySeconds }) => {
    const ratio = numpySeconds === undefined ? '' : (numpySeconds / seconds).toFixed(1);
    const name = task === 'draws' ? `whole ranking, ${DRAWS} draws` : task;
    return `| ${name} | ${candidates} | ${objectives} | ${milliseconds(seconds)} | ${milliseconds(firstRoundSeconds)} | ${ratio} |`;
  });
  const head = [
    '| task | candidates | objectives | ms | ms, first round | × faster than NumPy |',
    '|---|---|---|---|---|---|',
  ];
  process.stdout.write(`${[...head, ...rows].join('\n')}\n`);
  if (!options.keep) return;
  const date = new Date().toISOString().slice(0, 10);
  const machine = { processor: cpus()[0]?.model, cores: cpus().length, node: process.version };
  writeFileSync(`bench/runs/ranking-${date}.json`, `${JSON.stringify({ date, machine, figures }, undefined, 2)}\n`);
}

function milliseconds(seconds: number): string {
  return (1000 * seconds).toPrecision(3);
}
