/**
 * Servers for tests: PostgreSQL from TEST_POSTGRES_URL, else the embedded one; Redis from TEST_REDIS_URL, else
 * redis-server from PATH, which root on Debian gets by apt. A test never touches a server that nobody gave it.
 *
 * What is missing is named with the command that installs it, and its suites are skipped; REQUIRE_SERVICES=1 fails
 * instead. What is started here is stopped here, also when a later step fails or the run is interrupted.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { descriptorDescriptions } from '../../pipeline/screen.ts';
import { startEmbeddedPostgres } from '../../store/embedded/start-postgres.ts';
import { migrateDatabase } from '../../store/migrate.ts';
import { makeDatabase } from './database.ts';
import { endProcess, freePort, runRedis } from './run-redis.ts';
import { programPath, type Services } from './services.ts';
import { silentLog } from './silent-log.ts';

type Step = () => Promise<void> | void;

export default async function setup(project: TestProject): Promise<Step> {
  const undo: Step[] = [];
  const teardown = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const folder = mkdtempSync(join(tmpdir(), 'adatom-services-'));
    chmodSync(folder, 0o755);
    undo.push(() => endEverythingBelow(folder));
    const missing: string[] = [];
    const postgres = await postgresServer(folder, undo, missing);
    const redis = await redisServer(folder, undo, missing);
    tell(missing);
    project.provide('services', { folder, missing, ...postgres, ...redis });
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

async function postgresServer(
  folder: string,
  undo: Step[],
  missing: string[],
): Promise<Pick<Services, 'postgresUrl' | 'template'>> {
  let postgresUrl = process.env.TEST_POSTGRES_URL;
  if (postgresUrl === undefined) {
    try {
      const embedded = await startEmbeddedPostgres(join(folder, 'postgres'), { holder: 'the setup of the tests' });
      undo.push(embedded.stop);
      postgresUrl = embedded.databaseUrl;
    } catch (error) {
      missing.push(`PostgreSQL (${String(error)}): npm ci, or set TEST_POSTGRES_URL`);
      return {};
    }
  }
  const template = await makeDatabase(postgresUrl, 'template0');
  undo.push(template.drop);
  await migrateDatabase(template.databaseUrl, descriptorDescriptions(), silentLog);
  return { postgresUrl, template: new URL(template.databaseUrl).pathname.slice(1) };
}

async function redisServer(folder: string, undo: Step[], missing: string[]): Promise<Pick<Services, 'redisUrl'>> {
  const given = process.env.TEST_REDIS_URL;
  if (given !== undefined) return { redisUrl: given };
  if (programPath('redis-server') === undefined && !installRedis()) {
    missing.push('Redis: apt-get install redis-server (or brew install redis), or set TEST_REDIS_URL');
    return {};
  }
  const own = mkdtempSync(join(folder, 'redis-'));
  const port = await freePort();
  const child = await runRedis(own, port);
  undo.push(() => endProcess(child, 'SIGTERM'));
  return { redisUrl: `redis://127.0.0.1:${port}` };
}

/** The package starts a server on the usual port by itself; policy-rc.d is Debian's way to say no. */
function installRedis(): boolean {
  if (process.geteuid?.() !== 0 || programPath('apt-get') === undefined) return false;
  const script = `
    [ -e /usr/sbin/policy-rc.d ] || { printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d; own=1; }
    apt-get install -y -q redis-server || { apt-get update -q && apt-get install -y -q redis-server; }
    [ -z "$own" ] || rm -f /usr/sbin/policy-rc.d`;
  spawnSync('sh', ['-c', script], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return programPath('redis-server') !== undefined;
}

function tell(missing: readonly string[]): void {
  if (missing.length === 0) return;
  const text = `missing for the tests of the service:\n  ${missing.join('\n  ')}\n`;
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(text);
  process.stderr.write(`${text}Their suites are skipped.\n`);
}

/** Servers of test files that ended without stopping them: each has its process number in its folder. */
function endEverythingBelow(folder: string): void {
  for (const name of readdirSync(folder)) {
    for (const file of ['redis.pid', 'postgres/data/postmaster.pid']) {
      const path = join(folder, name, file);
      if (existsSync(path)) endLeftover(Number.parseInt(readFileSync(path, 'utf8'), 10), join(folder, name));
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Only when the number still is a server of that folder. */
function endLeftover(pid: number, folder: string): void {
  const command = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  if (command.includes('redis-server') || command.includes(folder)) process.kill(pid, 'SIGKILL');
}
