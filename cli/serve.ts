/**
 * `adatom serve`: the service on this machine, API and workers. Without any setting it brings its own database and
 * answers this machine only.
 */
import { type Command, InvalidArgumentError } from 'commander';
import { type CommonOptions, newCommand } from './shared/command.ts';
import { standardOutput, writeJsonLine } from './shared/output.ts';
import { type RunningService, startService } from './shared/service/start-service.ts';
import { untilStopSignal } from './shared/service/stop-signal.ts';
import { openServiceLog } from './shared/service-log.ts';
import { serviceSettings } from './shared/service-settings.ts';
import { paintFor } from './shared/terminal.ts';

interface ServeOptions extends CommonOptions {
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
  readonly roots?: string;
  /** `--no-workers` */
  readonly workers: boolean;
}

export function serveCommand(): Command {
  return newCommand('serve', 'run the service on this machine: API and workers')
    .option('--host <address>', 'address to listen on (default: $ADATOM_HOST, else 127.0.0.1)')
    .option('--port <number>', 'port to listen on, 0 for any free one (default: $ADATOM_PORT, else 8420)', port)
    .option('--data <folder>', 'folder of uploads and of the own database (default: $ADATOM_DATA, else .adatom)')
    .option('--roots <folders>', 'folders that may be submitted by path, ":" between them (default: $ADATOM_ROOTS)')
    .option('--no-workers', 'only the API; "adatom worker" does the work')
    .addHelpText('after', NOTES)
    .action(serve);
}

const NOTES = `
Without DATABASE_URL it runs a PostgreSQL of its own in the data folder; without REDIS_URL the queue lives in PostgreSQL.
Ctrl-C (or SIGTERM) stops it in order, a second one at once. docs/service.md lists all settings.`;

async function serve(options: ServeOptions): Promise<void> {
  const settings = serviceSettings({
    ...process.env,
    ...(options.host !== undefined && { ADATOM_HOST: options.host }),
    ...(options.port !== undefined && { ADATOM_PORT: options.port }),
    ...(options.data !== undefined && { ADATOM_DATA: options.data }),
    ...(options.roots !== undefined && { ADATOM_ROOTS: options.roots }),
  });
  const log = openServiceLog(settings.ADATOM_LOG_LEVEL, process.stderr, paintFor(process.stderr));
  const signal = untilStopSignal();
  const service = await startService({ settings, workers: options.workers, log, signal });
  try {
    await tell(service, options);
    await signal.received;
    log.info({}, 'finishing what is under way; once more ends at once');
  } finally {
    await service.stop();
  }
  log.info({}, 'stopped');
}

async function tell(service: RunningService, options: ServeOptions): Promise<void> {
  const output = standardOutput();
  const { address, dataFolder, isEmbedded, keys } = service;
  if (options.json === true) {
    await writeJsonLine(output, { address, dataFolder, embedded: isEmbedded });
    return;
  }
  const where = isEmbedded ? `, results in ${dataFolder}` : '';
  await output.write(`Adatom answers on ${address}${where}\n`);
  if (keys === 'missing' && options.quiet !== true) {
    process.stderr.write('It needs a key and has none yet: adatom keys create NAME makes one\n');
  }
}

function port(text: string): string {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return text;
  throw new InvalidArgumentError(`expected a port from 0 to 65535, found "${text}".`);
}
