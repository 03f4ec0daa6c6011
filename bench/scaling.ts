/**
 * What one folder costs the servers, and how that grows: Redis operations and bytes, rows and bytes of PostgreSQL, time
 * of queries, measured while a project grows from 100 to 10,000 folders. docs/scaling.md is written from this.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import pg from 'pg';
import { screenByService } from './service/screen-campaigns.ts';
import { foldersPerCopy, makeCampaigns } from './shared/campaigns.ts';
import { ask, type Client } from './shared/client.ts';
import { openFolder } from './shared/open-folder.ts';
import { type RunningService, startService } from './shared/service.ts';

const { values } = parseArgs({ options: { folders: { type: 'string', default: '100,1000,10000' } } });
const COPIES_PER_SCREENING = 4;
const QUERY_REPEATS = 50;
const QUERIES: Readonly<Record<string, string>> = {
  'three filters':
    '/v1/candidates?where=adsorption-energy<=-0.3&where=migration-barrier<=0.5&where=surface-energy>=0.1',
  'by score': '/v1/candidates?sort=-score&limit=50',
  screenings: '/v1/screenings?limit=50',
};

const root = openFolder('adatom-scaling-');
const foldersPerScreening = COPIES_PER_SCREENING * foldersPerCopy();
const service = await startService({ folder: join(root, 'service'), roots: root, workers: 2, queue: 'redis' });
const redis = new Redis(service.redisUrl);
const database = new pg.Client({ connectionString: service.databaseUrl });
await database.connect();
try {
  const figures: object[] = [];
  let done = 0;
  for (const wanted of values.folders.split(',').map(Number)) {
    const screenings = Math.max(1, Math.round((wanted - done) / foldersPerScreening));
    const before = await costs();
    const seconds = await inGroups(
      makeCampaigns(join(root, `to-${wanted}`), screenings, COPIES_PER_SCREENING),
      service,
    );
    const after = await costs();
    const folders = screenings * foldersPerScreening;
    done += folders;
    const each = (key: keyof typeof after): number => Math.round((10 * (after[key] - before[key])) / folders) / 10;
    const figure = {
      folders: done,
      foldersPerSecond: Math.round(folders / seconds),
      redisCommandsPerFolder: each('redisCommands'),
      redisBytesPerFolder: each('redisBytes'),
      redisMemoryBytes: after.redisMemory,
      rowsPerFolder: each('rows'),
      databaseBytesPerFolder: each('databaseBytes'),
      transactionsPerFolder: each('transactions'),
      connections: after.connections,
      queryMilliseconds: await queryTimes(service),
    };
    figures.push(figure);
    process.stderr.write(`${JSON.stringify(figure)}\n`);
  }
  process.stdout.write(`${JSON.stringify({ figures, largestTables: await largestTables() }, null, 1)}\n`);
} finally {
  redis.disconnect();
  await database.end();
  await service.stop();
  rmSync(root, { recursive: true, force: true });
}

/** Ten screenings under way at a time. */
async function inGroups(campaigns: readonly string[], running: RunningService): Promise<number> {
  let seconds = 0;
  for (let at = 0; at < campaigns.length; at += 10)
    seconds += await screenByService(campaigns.slice(at, at + 10), running);
  return seconds;
}

async function costs() {
  const info = await redis.info();
  const stated = (key: string): number => Number(new RegExp(`^${key}:(\\d+)`, 'm').exec(info)?.[1] ?? Number.NaN);
  await database.query('ANALYZE');
  const number = async (sql: string): Promise<number> => Number((await database.query(sql)).rows[0]?.n);
  return {
    redisCommands: stated('total_commands_processed'),
    redisBytes: stated('total_net_input_bytes') + stated('total_net_output_bytes'),
    redisMemory: stated('used_memory'),
    rows: await number('SELECT coalesce(sum(greatest(reltuples, 0)), 0) AS n FROM pg_class WHERE relkind = $$r$$'),
    databaseBytes: await number('SELECT pg_database_size(current_database()) AS n'),
    transactions: await number('SELECT xact_commit AS n FROM pg_stat_database WHERE datname = current_database()'),
    connections: await number('SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()'),
  };
}

async function queryTimes(client: Client): Promise<Readonly<Record<string, number>>> {
  const times: Record<string, number> = {};
  for (const [name, path] of Object.entries(QUERIES)) {
    const milliseconds: number[] = [];
    for (let repeat = 0; repeat < QUERY_REPEATS; repeat += 1) {
      const started = performance.now();
      await ask(client, encodeURI(path));
      milliseconds.push(performance.now() - started);
    }
    times[name] = Math.round(10 * (milliseconds.sort((a, b) => a - b)[QUERY_REPEATS / 2] ?? 0)) / 10;
  }
  return times;
}

async function largestTables(): Promise<unknown> {
  const { rows } = await database.query(
    `SELECT relname AS table, reltuples::bigint::int AS rows, pg_total_relation_size(oid)::int AS bytes FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY bytes DESC LIMIT 12`,
  );
  return rows;
}
