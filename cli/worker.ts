/**
 * `adatom worker`: runs the jobs of a service. Any number of these, on any number of machines, share the work; they need
 * the same database, the same Redis if there is one, and the same folders.
 *
 * A signal lets the jobs under way finish and gives the others back; a second one ends at once, and other workers take
 * over what it had.
 */
import type { Command } from 'commander';
import { AdatomError } from '../model/errors.ts';
import { descriptorDescriptions } from '../pipeline/screen.ts';
import { openStore } from '../store/open-store.ts';
import { startWorkers } from '../workers/index.ts';
import { type CommonOptions, newCommand, wholeNumber } from './shared/command.ts';
import { onceDatabaseAnswers } from './shared/service/once-database-answers.ts';
import { untilStopSignal } from './shared/service/stop-signal.ts';
import { openServiceLog } from './shared/service-log.ts';
import { serviceSettings } from './shared/service-settings.ts';
import { paintFor } from './shared/terminal.ts';

/** A hundred workers share one PostgreSQL, whose connections are its scarcest part. */
const STORE_CONNECTIONS = 4;

interface WorkerOptions extends CommonOptions {
  readonly concurrency?: number;
}

export function workerCommand(): Command {
  return newCommand('worker', 'run jobs of a service, beside other workers')
    .option(
      '--concurrency <number>',
      'threads to parse with (default: ADATOM_CONCURRENCY, else one per core)',
      wholeNumber(1),
    )
    .action(work);
}

async function work({ concurrency }: WorkerOptions): Promise<void> {
  const settings = serviceSettings();
  const databaseUrl = settings.DATABASE_URL;
  if (databaseUrl === undefined) {
    throw new AdatomError('request', 'a worker needs the database of a service: set DATABASE_URL (and REDIS_URL)');
  }
  const log = openServiceLog(settings.ADATOM_LOG_LEVEL, process.stderr, paintFor(process.stderr));
  const signal = untilStopSignal();
  const definitions = descriptorDescriptions();
  const patience = { log, signal, seconds: Number.POSITIVE_INFINITY };
  const store = await onceDatabaseAnswers(
    () => openStore({ databaseUrl, definitions, log, maxConnections: STORE_CONNECTIONS }),
    patience,
  );
  const options = { store, settings, databaseUrl, log, ...(concurrency !== undefined && { concurrency }) };
  try {
    const workers = await onceDatabaseAnswers(() => startWorkers(options), patience);
    log.info({ pid: process.pid, queue: settings.REDIS_URL === undefined ? 'postgresql' : 'redis' }, 'working');
    await signal.received;
    log.info({}, 'finishing what is under way; once more ends at once');
    await workers.stop();
  } finally {
    await store.close();
  }
  log.info({}, 'stopped');
}
