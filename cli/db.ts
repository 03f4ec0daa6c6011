/**
 * `adatom db`: the database of the service as a whole. All of them work on DATABASE_URL, else on the embedded database in
 * ADATOM_DATA, also while `adatom serve` runs.
 */
import type { Command } from 'commander';
import { AdatomError } from '../model/errors.ts';
import { descriptorDescriptions } from '../pipeline/screen.ts';
import { type CheckFinding, type Maintenance, openMaintenance, restoreDatabase } from '../store/maintenance/index.ts';
import { migrateDatabase } from '../store/migrate.ts';
import { type CommonOptions, newCommand, newCommandGroup, wholeNumber } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { QUIET_LOG, withServiceDatabase } from './shared/service-database.ts';

const DAY_MS = 24 * 3_600_000;
const DEFAULT_DAYS = 90;

interface PruneOptions extends CommonOptions {
  readonly olderThan: number;
}

export function dbCommand(): Command {
  const command = newCommandGroup('db', 'look after the database of the service');
  command.addCommand(
    newCommand('migrate', 'bring the database to the schema of this program').action((options) => migrate(options)),
  );
  command.addCommand(
    newCommand('check', 'look for what should not be there; ends with 3 when there is a fault').action((options) =>
      check(options),
    ),
  );
  command.addCommand(
    newCommand(
      'prune',
      'throw away rankings that are not current, unused readings and uploads, events of what is finished',
    )
      .option('--older-than <days>', 'only what is older', wholeNumber(0), DEFAULT_DAYS)
      .action((options) => prune(options)),
  );
  command.addCommand(
    newCommand('backup', 'write all tables, as they are at one moment, into a tar.gz; the service may go on')
      .argument(
        '<file>',
        'the backup; uploaded files are not in it: copy ADATOM_DATA/blobs and ADATOM_DATA/uploads after it, with hard links',
      )
      .action((file, options) => backup(file, options)),
  );
  command.addCommand(
    newCommand(
      'restore',
      'read a backup into an empty database; "adatom db check" then tells uploaded files that are missing',
    )
      .argument('<file>', 'what "adatom db backup" wrote')
      .action((file, options) => restore(file, options)),
  );
  return command;
}

async function migrate(options: CommonOptions): Promise<void> {
  const report = await withServiceDatabase('adatom db migrate', ({ databaseUrl }) =>
    migrateDatabase(databaseUrl, descriptorDescriptions(), QUIET_LOG),
  );
  const done = report.applied.length === 0 ? 'nothing to do' : `ran ${report.applied.join(', ')}`;
  await answer(options, report, [`${report.version}: ${done}`]);
}

async function check(options: CommonOptions): Promise<void> {
  const findings = await maintained('adatom db check', (maintenance) => maintenance.check());
  await answer(options, { findings }, findings.map(findingText));
  const faults = findings.filter(({ kind, count }) => kind === 'fault' && count > 0);
  if (faults.length > 0) throw new AdatomError('unanswerable', `${faults.length} fault(s) in the database`);
}

function findingText({ subject, count, kind, examples, advice }: CheckFinding): string {
  if (count === 0) return `ok     no ${subject}`;
  return `${kind.padEnd(5)}  ${count} ${subject}: ${examples.join(', ')}${count > examples.length ? ', …' : ''}; ${advice}`;
}

async function prune(options: PruneOptions): Promise<void> {
  const before = new Date(Date.now() - options.olderThan * DAY_MS);
  const report = await maintained('adatom db prune', (maintenance) => maintenance.prune(before));
  await answer(
    options,
    report,
    Object.entries(report).map(([name, count]) => `${name}: ${count}`),
  );
}

async function backup(file: string, options: CommonOptions): Promise<void> {
  const manifest = await maintained('adatom db backup', (maintenance) => maintenance.backup(file));
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const text = `${file}: ${rows} rows of ${manifest.tables.length} tables, schema ${manifest.schema}`;
  await answer(options, { file, ...manifest }, [text]);
}

async function restore(file: string, options: CommonOptions): Promise<void> {
  const manifest = await withServiceDatabase('adatom db restore', ({ databaseUrl }) =>
    restoreDatabase({ databaseUrl, file, definitions: descriptorDescriptions(), log: QUIET_LOG }),
  );
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  await answer(options, { file, ...manifest }, [
    `${rows} rows of ${manifest.tables.length} tables from ${manifest.createdAt}`,
  ]);
}

function maintained<T>(command: string, work: (maintenance: Maintenance) => Promise<T>): Promise<T> {
  return withServiceDatabase(command, async ({ databaseUrl, dataFolder }) => {
    const maintenance = openMaintenance({
      databaseUrl,
      dataFolder,
      definitions: descriptorDescriptions(),
      log: QUIET_LOG,
    });
    try {
      return await work(maintenance);
    } finally {
      await maintenance.close();
    }
  });
}

async function answer(options: CommonOptions, document: unknown, lines: readonly string[]): Promise<void> {
  const output = standardOutput();
  if (options.json === true) await writeJson(output, document);
  else await output.write(`${lines.join('\n')}\n`);
}
