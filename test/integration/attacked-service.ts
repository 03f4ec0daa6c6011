/** A service of separate processes with two projects, and everything that an attack could leave behind in it. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { openFolder } from '../../bench/shared/open-folder.ts';
import { runProgram } from '../../bench/shared/program.ts';
import { startService } from '../../bench/shared/service.ts';
import { type Answer, type CallOptions, call } from '../api/upload-server.ts';

export interface AttackedService {
  readonly address: string;
  /** Administrator of the project that is attacked. */
  readonly owner: string;
  /** Administrator of another project. */
  readonly stranger: string;
  /** What may be submitted by path. */
  readonly roots: string;
  readonly ask: (key: string | undefined, method: string, path: string, options?: CallOptions) => Promise<Answer>;
  /** Bytes as they are; resolves with all that was answered once the server has ended the connection. */
  readonly send: (bytes: string) => Promise<string>;
  /** Files of the data folder, and rows of every table but the log of who did what. */
  readonly state: () => Promise<object>;
  readonly notes: () => string;
  readonly stop: () => Promise<void>;
}

/** Without workers: what was handed in waits, so that nothing changes but by requests. */
export async function startAttackedService(): Promise<AttackedService> {
  const folder = openFolder('adatom-hostile-');
  const roots = join(folder, 'roots');
  mkdirSync(roots);
  const service = await startService({ folder, roots, workers: 0, queue: 'postgres' });
  const { address, key: owner, databaseUrl } = service;
  const stranger = await newKey(databaseUrl);
  return {
    address,
    owner,
    stranger,
    roots,
    ask: (key, method, path, options = {}) =>
      call(`${address}${path}`, method, { ...options, ...(key !== undefined && { key }) }),
    send: (bytes) => send(Number(new URL(address).port), bytes),
    state: async () => ({ files: filesBelow(join(folder, 'data')), rows: await rowsOf(databaseUrl) }),
    notes: service.notes,
    stop: async () => {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function newKey(databaseUrl: string): Promise<string> {
  const args = ['keys', 'create', 'stranger', '--project', 'stranger', '--scope', 'read,submit,admin', '--json'];
  const { stdout } = await runProgram(args, { DATABASE_URL: databaseUrl });
  // `as`: without a secret every request of the stranger fails.
  return (JSON.parse(stdout) as { readonly secret: string }).secret;
}

function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}

async function rowsOf(databaseUrl: string): Promise<Readonly<Record<string, number>>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'audit' order by 1",
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables.rows) {
      // A refused upload keeps its row, with the reason for whoever asks.
      const condition = name === 'uploads' ? "where state <> 'failed'" : '';
      const { rows } = await client.query<{ count: string }>(`select count(*) from "${name}" ${condition}`);
      counts[name] = Number(rows[0]?.count);
    }
    return counts;
  } finally {
    await client.end();
  }
}

function send(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
    });
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
