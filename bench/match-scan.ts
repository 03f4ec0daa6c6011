/**
 * How long the program takes to match everything against everything, and how that grows:
 * `npm run build`, then `npx tsx bench/match-scan.ts [--substrates 100,300,1000] [--keep]`.
 *
 * Four film facets on all facets up to Miller 2 of seeded crystals of four systems, one run per size, from files to
 * matches.csv, .json and .parquet; then the same command again, which takes every pair from the run before. The clock, and
 * the processor time of all threads, because other work may run beside.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { randomOf } from './shared/random.ts';

const PROGRAM = fileURLToPath(new URL('../dist/cli/adatom.js', import.meta.url));
const SEED = 55378;
const { values } = parseArgs({
  options: { substrates: { type: 'string', default: '100,300,1000' }, keep: { type: 'boolean', default: false } },
});

interface Site {
  readonly element: string;
  readonly fractional: readonly [number, number, number];
}

interface Figure {
  readonly substrates: number;
  readonly pairs: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly againSeconds: number;
  readonly loadAverage: number;
}

const folder = mkdtempSync(join(tmpdir(), 'adatom-match-scan-'));
try {
  writeFilms(join(folder, 'films'));
  const figures = values.substrates.split(',').map((count) => measured(Number(count)));
  report(figures);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measured(count: number): Figure {
  const [substrates, out] = [join(folder, `coatings-${count}`), join(folder, `out-${count}`)];
  mkdirSync(substrates);
  for (let at = 0; at < count; at += 1) writeFileSync(join(substrates, `c${at}.vasp`), crystal(at));
  const loadAverage = loadavg()[0] ?? 0;
  const first = run(substrates, out);
  const again = run(substrates, out);
  if (again.searched !== 0 || again.kept !== first.searched)
    throw new Error('the second run did not take what was kept');
  const { searched: pairs, seconds, processorSeconds } = first;
  return { substrates: count, pairs, seconds, processorSeconds, againSeconds: again.seconds, loadAverage };
}

function run(substrates: string, out: string) {
  const films = `${join(folder, 'films')}:0,0,1`;
  const args = ['match', '--film', films, '--substrate', substrates, '--max-miller', '2', '--out', out];
  const start = performance.now();
  // Bash's own clock: Node tells the processor time of no child.
  const child = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', process.execPath, PROGRAM, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const seconds = (performance.now() - start) / 1000;
  if (child.status !== 0) throw new Error(child.stderr);
  const [, searched, kept] = /(\d+) pairs searched, (\d+) taken/.exec(child.stderr) ?? [];
  const [user, system] = (child.stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { seconds, processorSeconds: (user ?? 0) + (system ?? 0), searched: Number(searched), kept: Number(kept) };
}

/** Zn, Mg, Li and Cu: their (001) are the four film facets. */
function writeFilms(into: string): void {
  mkdirSync(into);
  const close: Site['fractional'][] = [
    [1 / 3, 2 / 3, 0.25],
    [2 / 3, 1 / 3, 0.75],
  ];
  const centred: Site['fractional'][] = [
    [0, 0, 0],
    [0.5, 0.5, 0.5],
  ];
  const faces: Site['fractional'][] = [
    [0, 0, 0],
    [0.5, 0.5, 0],
    [0.5, 0, 0.5],
    [0, 0.5, 0.5],
  ];
  const metals = [
    ['Zn', hexagonal(2.665, 4.947), close],
    ['Mg', hexagonal(3.209, 5.211), close],
    ['Li', orthogonal(3.51, 3.51, 3.51), centred],
    ['Cu', orthogonal(3.615, 3.615, 3.615), faces],
  ] as const;
  for (const [element, lattice, sites] of metals) {
    const atoms = sites.map((fractional) => ({ element, fractional }));
    writeFileSync(join(into, `${element}.vasp`), poscar(lattice, atoms));
  }
}

/** Rock-salt like, wurtzite like, tetragonal and orthorhombic in turn. */
function crystal(index: number): string {
  const random = randomOf(SEED, index);
  const a = 3 + 3 * random.next();
  const [b, c] = [a * (1.05 + 0.35 * random.next()), a * (1.1 + 0.8 * random.next())];
  const pair = (height: number): Site[] => [
    { element: 'Ti', fractional: [0, 0, 0] },
    { element: 'O', fractional: [0.5, 0.5, height] },
  ];
  const kind = index % 4;
  if (kind === 0) return poscar(orthogonal(a, a, a), pair(0.5));
  if (kind === 2) return poscar(orthogonal(a, a, c), pair(0.4));
  if (kind === 3) return poscar(orthogonal(a, b, c), pair(0.5));
  return poscar(hexagonal(a, c), [
    { element: 'Zn', fractional: [1 / 3, 2 / 3, 0] },
    { element: 'Zn', fractional: [2 / 3, 1 / 3, 0.5] },
    { element: 'O', fractional: [1 / 3, 2 / 3, 0.38] },
    { element: 'O', fractional: [2 / 3, 1 / 3, 0.88] },
  ]);
}

function orthogonal(a: number, b: number, c: number): number[][] {
  return [
    [a, 0, 0],
    [0, b, 0],
    [0, 0, c],
  ];
}

function hexagonal(a: number, c: number): number[][] {
  return [
    [a, 0, 0],
    [-a / 2, (a * Math.sqrt(3)) / 2, 0],
    [0, 0, c],
  ];
}

function poscar(lattice: readonly (readonly number[])[], atoms: readonly Site[]): string {
  const elements = [...new Set(atoms.map(({ element }) => element))];
  const counts = elements.map((each) => atoms.filter(({ element }) => element === each).length);
  const rows = [...lattice, elements, counts, ['Direct'], ...atoms.map(({ fractional }) => fractional)];
  return `made for a bench\n1.0\n${rows.map((row) => row.join(' ')).join('\n')}\n`;
}

function report(figures: readonly Figure[]): void {
  const rows = figures.map(
    ({ substrates, pairs, seconds, processorSeconds, againSeconds }) =>
      `| ${substrates} | ${pairs} | ${seconds.toFixed(1)} | ${processorSeconds.toFixed(1)} | ${((1000 * processorSeconds) / pairs).toFixed(2)} | ${againSeconds.toFixed(1)} |`,
  );
  const head = '| substrates | pairs | s | s of processor | ms of processor a pair | s, again |';
  const table = [head, '|---|---|---|---|---|---|', ...rows];
  process.stdout.write(`${table.join('\n')}\n`);
  if (!values.keep) return;
  const date = new Date().toISOString().slice(0, 10);
  const machine = { processor: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
  const document = { date, machine, figures };
  writeFileSync(`bench/runs/match-scan-${date}.json`, `${JSON.stringify(document, undefined, 2)}\n`);
}
