/** A database as an administrator sees it: what its tables hold, and backups taken apart and put together again. */
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { extract, pack } from 'tar-stream';
import { descriptorDescriptions } from '../../pipeline/screen.ts';
import { openDatabase } from '../../store/database.ts';
import { type Maintenance, openMaintenance } from '../../store/maintenance/index.ts';
import { storeTables } from '../../store/maintenance/tables.ts';
import { silentLog } from '../services/silent-log.ts';

export const DEFINITIONS = descriptorDescriptions();

export function maintenanceOf(databaseUrl: string, dataFolder: string): Maintenance {
  return openMaintenance({ databaseUrl, dataFolder, definitions: DEFINITIONS, log: silentLog });
}

/** Every row of every table as PostgreSQL writes it. */
export async function allRows(databaseUrl: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const database = openDatabase(databaseUrl, silentLog, 1);
  try {
    const tables: Record<string, readonly string[]> = {};
    for (const { name, columns } of await storeTables(database.db)) {
      const cells = columns.map((column) => `coalesce("${column.name}"::text, '∅')`).join(" || '|' || ");
      const { rows } = await database.pool.query<{ row: string }>(`select ${cells} as row from "${name}" order by 1`);
      tables[name] = rows.map(({ row }) => row);
    }
    return tables;
  } finally {
    await database.close();
  }
}

export async function entriesOf(file: string): Promise<Map<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  const archive = extract();
  const read = pipeline(createReadStream(file), createGunzip(), archive);
  for await (const entry of archive) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer); // a tar entry yields buffers
    entries.set(entry.header.name, Buffer.concat(parts));
  }
  await read;
  return entries;
}

export async function writeEntries(file: string, entries: ReadonlyMap<string, Buffer>): Promise<void> {
  const archive = pack();
  for (const [name, content] of entries) archive.entry({ name }, content);
  archive.finalize();
  await pipeline(archive, createGzip(), createWriteStream(file));
}

/** The backup with this in its manifest instead of what is there. */
export async function withManifest(
  from: string,
  to: string,
  change: (manifest: Record<string, unknown>) => unknown,
): Promise<void> {
  const entries = await entriesOf(from);
  const manifest: unknown = JSON.parse(entries.get('manifest.json')?.toString() ?? '');
  const changed = change(manifest as Record<string, unknown>); // shape: the manifest
  await writeEntries(to, entries.set('manifest.json', Buffer.from(JSON.stringify(changed))));
}

/** A connection of its own, for what a test does behind the store's back. */
export async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}

/** Until somebody in this database waits for a lock. */
export async function someoneWaits(client: pg.Client): Promise<void> {
  for (let count = 0; count < 500; count += 1) {
    const { rowCount } = await client.query('select from pg_locks where not granted');
    if ((rowCount ?? 0) > 0) return;
    await delay(10);
  }
  throw new Error('nobody waits for a lock');
}
