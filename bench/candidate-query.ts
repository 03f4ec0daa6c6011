/**
 * Candidates of one project queried by three values, with the indexes of the store and without them.
 *
 *   npx tsx bench/candidate-query.ts [--rows 1000000] [--repeats 200] [--record]
 *
 * Prints p50 and p99 in milliseconds per shape of query, of calls of `store.candidates.query` one after another on a
 * warm database: by the clock, and on a processor, which others on the machine do not change. Also what the indexes
 * cost when rows are inserted. `--record` keeps the figures in bench/runs/.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import type { CandidateQuery } from '../model/candidate-query.ts';
import { descriptorDescriptions } from '../pipeline/screen.ts';
import { startEmbeddedPostgres } from '../store/embedded/start-postgres.ts';
import { migrateDatabase } from '../store/migrate.ts';
import { openStore } from '../store/open-store.ts';
import type { CandidateStore } from '../store/store.ts';
import { silentLog } from '../test/services/silent-log.ts';
import { fillCandidates, numbersFrom } from './candidates/fill-candidates.ts';
import { processorTime } from './candidates/processor-time.ts';

const { values: stated } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    repeats: { type: 'string', default: '200' },
    record: { type: 'boolean', default: false },
  },
});
const CANDIDATES_OF_SCREENING = 1000;
const SCREENINGS = Math.ceil(Number(stated.rows) / CANDIDATES_OF_SCREENING);
const REPEATS = Number(stated.repeats);
/** Without indexes every call reads the table, for seconds. */
const REPEATS_WITHOUT = Math.min(3, REPEATS);
/** The first calls fill the caches. */
const MOST_WARM_UP = 5;

type Question = Pick<CandidateQuery, 'where' | 'sort' | 'screening'>;
type Shape = (random: () => number, screenings: readonly string[]) => Question;

const by = (field: string, operator: '<=' | '>=', value: number) => ({ field, operator, value });
const three = (adsorption: number, barrier: number, surface: number): Question['where'] => [
  by('adsorption-energy', '<=', adsorption),
  by('migration-barrier', '<=', barrier),
  by('surface-energy', '>=', surface),
];

/** Limits move a little from call to call, so that no call repeats another. */
const SHAPES: Readonly<Record<string, Shape>> = {
  'unselective, by rank': (random) => ({ where: three(-0.5 + 0.1 * random(), 0.6, 0.5) }),
  'unselective, by score': (random) => ({
    where: three(-0.5 + 0.1 * random(), 0.6, 0.5),
    sort: { field: 'score', direction: 'desc' },
  }),
  'unselective, by barrier': (random) => ({
    where: three(-0.5 + 0.1 * random(), 0.9, 0.5),
    sort: { field: 'migration-barrier', direction: 'asc' },
  }),
  'one in a thousand, by rank': (random) => ({ where: three(-1.5, 0.2 + 0.01 * random(), 2.7) }),
  'one in a million, by score': (random) => ({
    where: three(-2 - 0.1 * random(), 0.26, 2.95),
    sort: { field: 'score', direction: 'desc' },
  }),
  'nothing, from values that exclude each other': (random) => ({
    where: [
      by('adsorption-energy', '<=', -2.2 - 0.1 * random()),
      by('nucleation-driving-force', '>=', -0.5),
      by('surface-energy', '>=', 1),
    ],
  }),
  'the end of the order': (random) => ({
    where: three(-3.8 + 0.05 * random(), 0.9, 0.5),
    sort: { field: 'rank', direction: 'asc' },
  }),
  'best of those the order has last': (random) => ({
    where: three(-2.5 + 0.1 * random(), 0.7, 0.5),
    sort: { field: 'adsorption-energy', direction: 'desc' },
  }),
  'of one screening, by rank': (random, screenings) => ({
    where: three(-1, 0.5, 1),
    screening: screenings[Math.floor(random() * screenings.length)] ?? '',
  }),
};

interface Timing {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of PostgreSQL; absent where the system does not count it. */
  readonly processorP50Ms?: number;
  readonly processorP99Ms?: number;
  /** Processes that ran or waited for a processor in the last minute. */
  readonly load: number;
  readonly rows: number;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'adatom-bench-'));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres(folder, { holder: 'a benchmark' });
  try {
    const report = await measure(server.databaseUrl);
    const text = `${JSON.stringify(report, null, 1)}\n`;
    process.stdout.write(text);
    if (stated.record) keep(text);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(databaseUrl: string) {
  const definitions = descriptorDescriptions();
  await migrateDatabase(databaseUrl, definitions, silentLog);
  const { project, screenings, seconds } = await fillCandidates(databaseUrl, {
    screenings: SCREENINGS,
    candidates: CANDIDATES_OF_SCREENING,
    seed: 20260,
  });
  const store = await openStore({ databaseUrl, definitions, log: silentLog });
  const rows = SCREENINGS * CANDIDATES_OF_SCREENING;
  const place = { project, screenings, databaseUrl };
  const withIndexes = await timings(store.candidates, place, REPEATS);
  const indexMebibytes = await indexSize(databaseUrl);
  await dropIndexes(databaseUrl);
  const withoutIndexes = await timings(store.candidates, place, REPEATS_WITHOUT);
  const start = performance.now();
  await migrateDatabase(databaseUrl, definitions, silentLog);
  const rebuildSeconds = (performance.now() - start) / 1000;
  await store.close();
  return {
    date: new Date().toISOString(),
    processor: `${cpus().length} × ${cpus()[0]?.model ?? ''}`,
    node: process.version,
    candidates: rows,
    buffersMebibytes: await sharedBuffers(databaseUrl),
    insertRowsPerSecond: Math.round(rows / seconds),
    rebuildIndexesSeconds: rounded(rebuildSeconds),
    indexMebibytes,
    repeats: REPEATS,
    withIndexes,
    withoutIndexes,
  };
}

interface BenchPlace {
  readonly databaseUrl: string;
  readonly project: string;
  readonly screenings: readonly string[];
}

async function timings(
  candidates: CandidateStore,
  { databaseUrl, project, screenings }: BenchPlace,
  repeats: number,
): Promise<Readonly<Record<string, Timing>>> {
  const told: Record<string, Timing> = {};
  for (const [name, shape] of Object.entries(SHAPES)) {
    const random = numbersFrom(7);
    const ask = async () => (await candidates.query({ project, limit: 50, ...shape(random, screenings) })).rows.length;
    for (let call = 0; call < Math.min(MOST_WARM_UP, repeats / 3); call += 1) await ask();
    const processor = await processorTime(databaseUrl);
    const clock: number[] = [];
    const processed: number[] = [];
    let rows = 0;
    for (let call = 0; call < repeats; call += 1) {
      const [start, before] = [performance.now(), processor()];
      rows = await ask();
      clock.push(performance.now() - start);
      const after = processor();
      if (before !== undefined && after !== undefined) processed.push(after - before);
    }
    const [p50Ms, p99Ms] = quantiles(clock);
    const [processorP50Ms, processorP99Ms] = quantiles(processed);
    told[name] = {
      p50Ms,
      p99Ms,
      ...(processed.length > 0 && { processorP50Ms, processorP99Ms }),
      load: rounded(loadavg()[0] ?? 0),
      rows,
    };
    process.stderr.write(`${name}: ${JSON.stringify(told[name])}\n`);
  }
  return told;
}

/** p50 and p99. */
function quantiles(values: readonly number[]): [number, number] {
  const sorted = [...values].sort((left, right) => left - right);
  return [quantile(sorted, 0.5), quantile(sorted, 0.99)];
}

function quantile(sorted: readonly number[], share: number): number {
  return rounded(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

const OF_QUERIES = `from pg_indexes where tablename = 'candidate_rows' and starts_with(indexname, 'candidate_rows_by_')`;

async function indexSize(databaseUrl: string): Promise<number> {
  const [row] = await rowsOf<{ bytes: string }>(
    databaseUrl,
    `select sum(pg_relation_size(indexname::regclass)) as bytes ${OF_QUERIES}`,
  );
  return Math.round(Number(row?.bytes) / 1024 ** 2);
}

async function sharedBuffers(databaseUrl: string): Promise<number> {
  const [row] = await rowsOf<{ blocks: string }>(
    databaseUrl,
    `select setting as blocks from pg_settings where name = 'shared_buffers'`,
  );
  return (Number(row?.blocks) * 8) / 1024;
}

async function dropIndexes(databaseUrl: string): Promise<void> {
  const names = await rowsOf<{ name: string }>(databaseUrl, `select indexname as name ${OF_QUERIES}`);
  await rowsOf(databaseUrl, `drop index ${names.map(({ name }) => `"${name}"`).join(', ')}`);
}

async function rowsOf<T extends pg.QueryResultRow>(databaseUrl: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

function keep(text: string): void {
  const runs = fileURLToPath(new URL('runs/', import.meta.url));
  mkdirSync(runs, { recursive: true });
  writeFileSync(`${runs}candidate-query-${new Date().toISOString().slice(0, 10)}.json`, text);
}

await main();
