/**
 * Puts the service together: database, store, workers, HTTP. The only place that knows all of them.
 *
 * What was started is stopped in the opposite order, also when a later part fails to start: nothing stays behind.
 */
import { parse, resolve } from 'node:path';
import { startServer } from '../../../api/server.ts';
import { AdatomError } from '../../../model/errors.ts';
import { type Principal, SCOPES } from '../../../model/service.ts';
import type { ServiceSettings } from '../../../model/service-settings.ts';
import { descriptorDescriptions } from '../../../pipeline/screen.ts';
import { adatomVersion } from '../../../reading/version.ts';
import { startEmbeddedPostgres } from '../../../store/embedded/start-postgres.ts';
import { migrateDatabase } from '../../../store/migrate.ts';
import { openStore } from '../../../store/open-store.ts';
import type { Store } from '../../../store/store.ts';
import { openQueueView, startWorkers } from '../../../workers/index.ts';
import { makeDataFolder } from '../data-folder.ts';
import type { ServiceLog } from '../service-log.ts';
import { hasKey } from './has-key.ts';
import { onceDatabaseAnswers } from './once-database-answers.ts';
import { openStopList, type StopList } from './stop-list.ts';
import type { StopSignal } from './stop-signal.ts';

export interface RunningService {
  /** E.g. `http://127.0.0.1:8420`. */
  readonly address: string;
  readonly isEmbedded: boolean;
  readonly dataFolder: string;
  /** `none`: everybody on this machine may ask; `missing`: a key is needed and there is none yet. */
  readonly keys: 'none' | 'needed' | 'missing';
  readonly stop: () => Promise<void>;
}

export interface ServiceOptions {
  readonly settings: ServiceSettings;
  /** Whether this process also works. */
  readonly workers: boolean;
  readonly log: ServiceLog;
  readonly signal: StopSignal;
}

/** Long enough for a restart of PostgreSQL; a database that is somewhere else is told soon. */
const DATABASE_PATIENCE_SECONDS = 15;

/** Project of the user of an embedded service, and of keys that name no other. */
const OWN_PROJECT = 'default';

export async function startService(options: ServiceOptions): Promise<RunningService> {
  const stops = openStopList();
  try {
    return await start(options, stops);
  } catch (error) {
    await stops.stopAll();
    throw error;
  }
}

async function start(options: ServiceOptions, stops: StopList): Promise<RunningService> {
  const { workers, log, signal } = options;
  const isAnonymous = answersWithoutKey(options.settings);
  const settings = completed(options.settings, isAnonymous);
  if (settings.REDIS_URL !== undefined && settings.DATABASE_URL === undefined) {
    const advice = 'set DATABASE_URL too, or leave both out for a service with its own database';
    throw new AdatomError(
      'request',
      `REDIS_URL without DATABASE_URL: workers elsewhere could not reach results; ${advice}`,
    );
  }
  const isEmbedded = settings.DATABASE_URL === undefined;
  const databaseUrl = settings.DATABASE_URL ?? (await embedded(settings, stops));
  const definitions = descriptorDescriptions();
  const patience = { log, signal, seconds: isEmbedded ? 0 : DATABASE_PATIENCE_SECONDS };
  const store = await onceDatabaseAnswers(async () => {
    await migrateDatabase(databaseUrl, definitions, log);
    return openStore({ databaseUrl, definitions, log });
  }, patience);
  stops.add(store.close);
  const queueOptions = { store, settings, databaseUrl, log };
  const queue = await onceDatabaseAnswers(() => openQueue(queueOptions, workers, stops), patience);
  const anonymous = isAnonymous ? await ownPrincipal(store) : undefined;
  const context = { store, settings, queue, log, adatomVersion: adatomVersion(), ...(anonymous && { anonymous }) };
  const server = await startServer(context, { logStream: log.stream }).catch((error: unknown) => {
    throw listenError(error, settings);
  });
  stops.add(server.stop);
  const keys = isAnonymous ? 'none' : (await hasKey(store)) ? 'needed' : 'missing';
  return { address: server.address, isEmbedded, dataFolder: settings.ADATOM_DATA, keys, stop: stops.stopAll };
}

/** Who needs no key is a user of this machine, and may hand in what that user may read. */
function completed(settings: ServiceSettings, isAnonymous: boolean): ServiceSettings {
  const { ADATOM_DATA, ADATOM_ROOTS } = settings;
  const roots = isAnonymous && ADATOM_ROOTS.length === 0 ? [parse(process.cwd()).root] : ADATOM_ROOTS;
  return { ...settings, ADATOM_DATA: resolve(ADATOM_DATA), ADATOM_ROOTS: roots };
}

async function embedded(settings: ServiceSettings, stops: StopList): Promise<string> {
  makeDataFolder(settings.ADATOM_DATA);
  const postgres = await startEmbeddedPostgres(settings.ADATOM_DATA, { holder: 'adatom serve' });
  stops.add(postgres.stop);
  return postgres.databaseUrl;
}

type QueueOptions = Parameters<typeof startWorkers>[0];

async function openQueue(options: QueueOptions, workers: boolean, stops: StopList) {
  if (!workers) {
    const { queueView, close } = await openQueueView(options);
    stops.add(close);
    return queueView;
  }
  const { queueView, stop } = await startWorkers(options);
  stops.add(stop);
  return queueView;
}

/** Keys may be left out only where nobody but the users of this machine can ask. */
function answersWithoutKey({ DATABASE_URL, ADATOM_HOST, ADATOM_AUTH }: ServiceSettings): boolean {
  const isClosed = DATABASE_URL === undefined && LOOPBACK_HOSTS.includes(ADATOM_HOST);
  if (ADATOM_AUTH === 'off' && !isClosed) {
    const where = 'on its own database and a loopback address (127.0.0.1, ::1, localhost)';
    throw new AdatomError('request', `ADATOM_AUTH=off: a service without keys is allowed only ${where}`);
  }
  return isClosed && ADATOM_AUTH !== 'keys';
}

const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

async function ownPrincipal(store: Store): Promise<Principal> {
  const { id, name } = await store.projects.ensure(OWN_PROJECT);
  return { project: id, projectName: name, scopes: SCOPES };
}

function listenError(error: unknown, { ADATOM_HOST, ADATOM_PORT }: ServiceSettings): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = LISTEN_REASONS[String(code)];
  if (reason === undefined) return error;
  const message = `${ADATOM_HOST}:${ADATOM_PORT}: ${reason}; choose another with --host and --port`;
  return new AdatomError('request', message, { cause: error });
}

const LISTEN_REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there (another adatom serve?)',
  EACCES: 'ports below 1024 are for the administrator',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'this machine has no such address',
};
