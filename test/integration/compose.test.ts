/**
 * The processes of docker-compose.yml without containers: its commands and its environment, read from the file, with the
 * addresses of the test's own Redis and PostgreSQL and folders of its own instead.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { PROGRAM, runAdatom } from '../cli/run-adatom.ts';
import { newEmptyDatabase, type TestDatabase } from '../services/database.ts';
import { freePort } from '../services/run-redis.ts';
import { services, withoutPostgres, withoutRedis } from '../services/services.ts';

const CAMPAIGN = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));
const processSchema = z.looseObject({ command: z.array(z.string()), environment: z.record(z.string(), z.string()) });
const compose = z
  .object({
    services: z.object({
      api: processSchema,
      worker: processSchema.extend({ deploy: z.object({ replicas: z.int() }) }),
    }),
  })
  .parse(parse(readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8'), { merge: true }));

let folder = '';
let port = 0;
let database: TestDatabase | undefined;
let environment: Record<string, string> = {};
const running: ChildProcess[] = [];

/** What compose replaces by itself, and what is another place here. */
function placed(stated: Readonly<Record<string, string>>): Record<string, string> {
  const interpolated = Object.entries(stated).map(([name, text]) => [
    name,
    text.replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1'),
  ]);
  return { ...Object.fromEntries(interpolated), ...environment };
}

function start(command: readonly string[], stated: Readonly<Record<string, string>>): void {
  const env = { PATH: process.env.PATH, HOME: folder, ...placed(stated) };
  running.push(spawn(process.execPath, [PROGRAM, ...command], { env, cwd: folder, stdio: 'ignore' }));
}

beforeAll(async () => {
  if (withoutRedis() || withoutPostgres()) return;
  folder = mkdtempSync(join(services().folder, 'compose-'));
  mkdirSync(join(folder, 'data'), { mode: 0o755 });
  port = await freePort();
  database = await newEmptyDatabase();
  environment = {
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: services().redisUrl ?? '',
    ADATOM_DATA: join(folder, 'data'),
    ADATOM_ROOTS: CAMPAIGN,
    ADATOM_PORT: String(port),
  };
});

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(withoutRedis() || withoutPostgres())('the processes of docker-compose.yml', () => {
  test('screen the example, and end with 0 when they are told to stop', async () => {
    const { api, worker } = compose.services;
    start(api.command, api.environment);
    const address = `http://127.0.0.1:${port}`;
    for (let ready = false; !ready; await delay(200))
      ready = await fetch(`${address}/readyz`).then(
        (a) => a.ok,
        () => false,
      );
    for (let replica = 0; replica < worker.deploy.replicas; replica += 1) start(worker.command, worker.environment);
    Object.assign(process.env, environment);
    const made = await runAdatom(['keys', 'create', 'test', '--scope', 'submit', '--json']);
    expect(made.exitCode).toBe(0);
    const { secret } = z.looseObject({ secret: z.string() }).parse(JSON.parse(made.stdout));
    const refused = await runAdatom(['status', '--server', address]);
    expect(refused.exitCode).toBe(2);
    Object.assign(process.env, { ADATOM_KEY: secret, XDG_STATE_HOME: folder });
    const run = await runAdatom(['submit', CAMPAIGN, '--server', address, '--wait', '--json', '--quiet']);
    expect(run.stderr).toBe('');
    const { id } = z.looseObject({ id: z.string(), state: z.literal('done') }).parse(JSON.parse(run.stdout));
    const out = join(folder, 'screened');
    await runAdatom(['screen', CAMPAIGN, '--out', out, '--quiet']);
    const exported = await runAdatom(['export', id, '--format', 'json', '--server', address]);
    expect(exported.stdout).toBe(readFileSync(join(out, 'ranking.json'), 'utf8'));
    for (const child of running) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    }
  });
});
