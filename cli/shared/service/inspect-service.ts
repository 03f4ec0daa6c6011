/**
 * Looks at everything a service needs, one thing after another, and goes on when one is missing: whoever sets up a
 * machine wants the whole list at once.
 *
 * `fault`: a service cannot run; `advice`: it runs, and something about it should be known. Addresses are shown without
 * their passwords.
 */
import { existsSync } from 'node:fs';
import { AdatomError } from '../../../model/errors.ts';
import type { Log } from '../../../model/log.ts';
import type { ServiceSettings } from '../../../model/service-settings.ts';
import { descriptorDescriptions } from '../../../pipeline/screen.ts';
import { heldLock } from '../../../store/embedded/folder-lock.ts';
import { useEmbeddedPostgres } from '../../../store/embedded/start-postgres.ts';
import { inspectDatabase } from '../../../store/inspect-database.ts';
import { openStore } from '../../../store/open-store.ts';
import { inspectRedis } from '../../../workers/shared/inspect-redis.ts';
import { hasKey } from './has-key.ts';
import {
  embeddedBinaries,
  freeDisk,
  nodeVersion,
  objectStorage,
  readableRoots,
  writableFolder,
} from './inspect-machine.ts';

export interface Finding {
  readonly subject: string;
  readonly state: 'ok' | 'advice' | 'fault';
  readonly found: string;
  /** What to do. */
  readonly advice?: string;
}

/** Of clocks; beyond it times in logs and expiry of keys mislead. */
const CLOCK_TOLERANCE_SECONDS = 5;

export async function inspectService(settings: ServiceSettings): Promise<Finding[]> {
  const { DATABASE_URL, REDIS_URL, ADATOM_DATA } = settings;
  const findings: Finding[] = [nodeVersion(process.version)];
  const folder = writableFolder(ADATOM_DATA);
  findings.push(folder);
  if (folder.state === 'ok') findings.push(freeDisk(ADATOM_DATA));
  if (DATABASE_URL !== undefined) findings.push(...(await serverDatabase(DATABASE_URL)));
  else findings.push(...(await ownDatabase(ADATOM_DATA, folder)));
  if (REDIS_URL !== undefined) findings.push(...(await redis(REDIS_URL, DATABASE_URL)));
  findings.push(...readableRoots(settings), ...(await objectStorage(settings)));
  return findings;
}

async function ownDatabase(dataFolder: string, folder: Finding): Promise<Finding[]> {
  const subject = 'own database';
  const binaries = embeddedBinaries();
  if (binaries.state === 'fault' || folder.state === 'fault') return [binaries];
  if (!existsSync(dataFolder)) {
    return [binaries, { subject, state: 'ok', found: 'not made yet', advice: 'adatom serve makes it' }];
  }
  const holder = heldLock(dataFolder);
  const held = holder === undefined ? '' : `; in use by ${holder.holder}, process ${holder.pid} since ${holder.since}`;
  try {
    const postgres = await useEmbeddedPostgres(dataFolder, 'adatom doctor');
    try {
      return [binaries, ...(await database(postgres.databaseUrl, { subject, suffix: held, keysNeeded: false }))];
    } finally {
      await postgres.stop();
    }
  } catch (error) {
    return [binaries, faultOf(subject, error, 'see server.log in the folder postgres of the data folder')];
  }
}

async function serverDatabase(databaseUrl: string): Promise<Finding[]> {
  const subject = 'DATABASE_URL';
  const suffix = ` at ${withoutPassword(databaseUrl)}`;
  try {
    return await database(databaseUrl, { subject, suffix, keysNeeded: true });
  } catch (error) {
    return [faultOf(`${subject}`, error, `is PostgreSQL running${suffix}, and are name and password right?`)];
  }
}

interface Inspected {
  readonly subject: string;
  readonly suffix: string;
  readonly keysNeeded: boolean;
}

async function database(databaseUrl: string, { subject, suffix, keysNeeded }: Inspected): Promise<Finding[]> {
  const { serverVersion, schema, clockAheadSeconds } = await inspectDatabase(databaseUrl, SILENT);
  const findings: Finding[] = [{ subject, state: 'ok', found: `PostgreSQL ${serverVersion}${suffix}` }];
  if (schema.unknown.length > 0) {
    findings.push({
      subject: 'schema',
      state: 'fault',
      found: `${schema.found}, this program knows ${schema.expected}`,
      advice: 'use a newer adatom',
    });
  } else if (schema.missing.length > 0) {
    const found = schema.found === undefined ? 'empty' : `at ${schema.found}, expected ${schema.expected}`;
    findings.push({
      subject: 'schema',
      state: 'advice',
      found,
      advice: 'adatom serve or adatom db migrate brings it up',
    });
  } else {
    findings.push({ subject: 'schema', state: 'ok', found: schema.expected });
    if (keysNeeded) findings.push(await keys(databaseUrl));
  }
  findings.push(clock(clockAheadSeconds));
  return findings;
}

async function keys(databaseUrl: string): Promise<Finding> {
  const store = await openStore({ databaseUrl, definitions: descriptorDescriptions(), log: SILENT, maxConnections: 1 });
  try {
    if (await hasKey(store)) return { subject: 'API keys', state: 'ok', found: 'there are some' };
    return {
      subject: 'API keys',
      state: 'advice',
      found: 'there is none',
      advice: 'adatom keys create NAME makes one',
    };
  } finally {
    await store.close();
  }
}

function clock(aheadSeconds: number): Finding {
  const found = `${Math.abs(aheadSeconds).toFixed(1)} s from the clock of the database`;
  if (Math.abs(aheadSeconds) <= CLOCK_TOLERANCE_SECONDS) return { subject: 'clock', state: 'ok', found };
  return {
    subject: 'clock',
    state: 'advice',
    found,
    advice: 'let both machines take their time from the network (NTP)',
  };
}

async function redis(redisUrl: string, databaseUrl: string | undefined): Promise<Finding[]> {
  const subject = 'REDIS_URL';
  const place = withoutPassword(redisUrl);
  if (databaseUrl === undefined) {
    return [{ subject, state: 'fault', found: 'set without DATABASE_URL', advice: 'set both, or DATABASE_URL alone' }];
  }
  try {
    const { serverVersion, appendOnly, evictionPolicy } = await inspectRedis(redisUrl);
    const findings: Finding[] = [{ subject, state: 'ok', found: `Redis ${serverVersion} at ${place}` }];
    if (!appendOnly) {
      const found = 'keeps nothing over a restart; jobs are found again from the database then';
      findings.push({ subject: 'Redis file', state: 'advice', found, advice: 'redis-server --appendonly yes' });
    }
    if (evictionPolicy !== 'noeviction') {
      const found = `may throw jobs away when memory is short (${evictionPolicy})`;
      findings.push({ subject: 'Redis memory', state: 'advice', found, advice: 'set maxmemory-policy noeviction' });
    }
    return findings;
  } catch (error) {
    return [faultOf(subject, error, `is Redis running at ${place}, and is the password right?`)];
  }
}

function faultOf(subject: string, error: unknown, advice: string): Finding {
  if (!(error instanceof AdatomError)) throw error;
  return { subject, state: 'fault', found: error.message, advice };
}

function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return 'an address that cannot be read';
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

const SILENT: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
