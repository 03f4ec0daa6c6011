/**
 * How fast coincidence cells are found, beside pymatgen's ZSLGenerator in the same run:
 * `npx tsx bench/matching.ts [--pairs 50] [--area 400] [--keep]`, or bundled as the program is (docs/performance.md).
 * Needs Debian's python3-pymatgen and some minutes.
 *
 * The pairs are seeded: oblique, hexagonal, square and rectangular lattices. The sets of matches have to be equal, match
 * by match, or the bench fails. Processor time of both, so that a busy machine favours neither; ours with all threads of
 * Node, warm (the median of the rounds per pair) and in the first round.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { findBestCoincidences, findCoincidences } from '../descriptors/shared/coincidence/find-coincidences.ts';
import { PYMATGEN_LIMITS, pymatgenPairs } from '../descriptors/shared/coincidence/find-like-pymatgen.ts';
import { matrixOf } from '../descriptors/shared/coincidence/orientations.ts';
import { planeLattice } from '../model/plane-lattice.ts';
import { hermiteForm } from '../test/descriptors/shared/coincidence/hermite-form.ts';
import { randomOf } from './shared/random.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '50' },
    area: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '9' },
    keep: { type: 'boolean', default: false },
  },
});
const SEED = 55378;
const maxAreaAngstrom2 = Number(values.area);
const limits = { ...PYMATGEN_LIMITS, maxAreaAngstrom2 };

type Cell = readonly [a: number, b: number, gammaDegrees: number];

interface Peer {
  readonly allSeconds: number;
  readonly lowestSeconds: number;
  readonly keys: readonly (readonly number[])[];
  readonly program: string;
}

/** Of all pairs in turn. */
interface Timing {
  readonly firstSeconds: readonly number[];
  readonly medianSeconds: readonly number[];
}

const cells = Array.from({ length: Number(values.pairs) }, (_, at) => [cellOf(2 * at), cellOf(2 * at + 1)] as const);
const lattices = cells.map(([film, substrate]) => [planeLattice(...film), planeLattice(...substrate)] as const);
const timings = {
  // What pymatgen does: every pair of supercells that agrees, no strain.
  pairs: timed(([film, substrate]) => pymatgenPairs(film, substrate, limits)),
  // What `adatom match` does: strains, kinds, orientation.
  matches: timed(([film, substrate]) => findCoincidences(film, substrate, limits)),
  best: timed(([film, substrate]) => findBestCoincidences(film, substrate, limits)),
};
const peers = peer();
const counts = peers.map((theirs, at) => checked(theirs, at));
report();

/** One in four is hexagonal, square or rectangular. */
function cellOf(index: number): Cell {
  const random = randomOf(SEED, index);
  const a = 2.4 + 2.2 * random.next();
  const kind = random.below(12);
  if (kind === 0) return [a, a, 120];
  if (kind === 1) return [a, a, 90];
  const b = a * (1 + 0.7 * random.next());
  return [a, b, kind === 2 ? 90 : 60 + 60 * random.next()];
}

function timed(work: (pair: (typeof lattices)[number]) => unknown): Timing {
  const rounds = Array.from({ length: Number(values.rounds) }, () =>
    lattices.map((pair) => {
      const start = process.cpuUsage();
      work(pair);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    }),
  );
  return {
    firstSeconds: rounds[0] ?? [],
    medianSeconds: lattices.map((_, at) => median(rounds.map((round) => round[at] ?? 0))),
  };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? 0;
}

function peer(): Peer[] {
  const script = readFileSync(new URL('matching/zsl-peer.py', import.meta.url), 'utf8');
  const run = spawnSync('/usr/bin/python3', ['-c', script], {
    input: JSON.stringify({ maxAreaAngstrom2, pairs: cells }),
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Peer); // what zsl-peer.py prints
}

/** The number of matches, equal in both: each has the same Hermite forms. */
function checked({ keys }: Peer, at: number): number {
  const pair = lattices[at];
  if (pair === undefined) throw new Error('a pair that was not asked for');
  const { film, substrate, found } = pymatgenPairs(...pair, limits);
  const ours = found.map(([filmCell, substrateCell]) =>
    [...hermiteForm(matrixOf(film, filmCell)), ...hermiteForm(matrixOf(substrate, substrateCell))].join(),
  );
  const theirs = keys.map((key) => key.join());
  if (ours.sort().join(' ') === theirs.sort().join(' ')) return ours.length;
  throw new Error(`${cells[at]?.join(' on ')}: ${ours.length} matches, pymatgen ${theirs.length}`);
}

function report(): void {
  const all = sum(peers.map(({ allSeconds }) => allSeconds));
  const lowest = sum(peers.map(({ lowestSeconds }) => lowestSeconds));
  const rows = Object.entries(timings).map(([name, { firstSeconds, medianSeconds }]) => {
    const [first, warm] = [sum(firstSeconds), sum(medianSeconds)];
    const milliseconds = ((1000 * warm) / cells.length).toFixed(3);
    return `| ${name} | ${milliseconds} | ${(all / warm).toFixed(0)} | ${(lowest / warm).toFixed(1)} | ${(all / first).toFixed(0)} |`;
  });
  const text = [
    `${cells.length} pairs up to ${maxAreaAngstrom2} Å², ${sum(counts)} matches, equal sets; ${peers[0]?.program}: ` +
      `${(all / cells.length).toFixed(3)} s a pair, lowest=True ${(lowest / cells.length).toFixed(4)} s`,
    '| | ms a pair | × faster than pymatgen, all | than lowest=True | all, first round |',
    '|---|---|---|---|---|',
    ...rows,
  ];
  process.stdout.write(`${text.join('\n')}\n`);
  if (!values.keep) return;
  const date = new Date().toISOString().slice(0, 10);
  const machine = { processor: cpus()[0]?.model, cores: cpus().length, node: process.version };
  const figures = cells.map(([film, substrate], at) => ({
    film,
    substrate,
    matches: counts[at],
    pymatgenSeconds: peers[at]?.allSeconds,
    pymatgenLowestSeconds: peers[at]?.lowestSeconds,
    ...Object.fromEntries(Object.entries(timings).map(([name, { medianSeconds }]) => [name, medianSeconds[at]])),
  }));
  const document = { date, machine, maxAreaAngstrom2, program: peers[0]?.program, table: text, figures };
  writeFileSync(`bench/runs/matching-${date}.json`, `${JSON.stringify(document, undefined, 2)}\n`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
