/**
 * `adatom keys`: who may ask the service. A secret is printed once, when it is made, and is kept nowhere.
 */
import type { Command } from 'commander';
import { AdatomError } from '../model/errors.ts';
import { type ApiKey, SCOPES, type Scope } from '../model/service.ts';
import { descriptorDescriptions } from '../pipeline/screen.ts';
import { migrateDatabase } from '../store/migrate.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { type CommonOptions, newCommand, newCommandGroup, wholeNumber } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { QUIET_LOG, withServiceDatabase } from './shared/service-database.ts';
import { tableLines } from './shared/table.ts';
import { visible } from './shared/terminal.ts';

const DAY_MS = 24 * 3_600_000;

interface KeyOptions extends CommonOptions {
  readonly project: string;
}
interface CreateOptions extends KeyOptions {
  readonly scope: readonly Scope[];
  readonly expiresIn?: number;
}
interface RotateOptions extends KeyOptions {
  readonly grace: number;
}

export function keysCommand(): Command {
  const command = newCommandGroup('keys', 'keys of the service: who may read, submit and administer');
  command.addCommand(
    keyCommand('create', 'make a key and print its secret, once')
      .argument('<name>', 'what to know it by')
      .option('--scope <scopes>', `of ${SCOPES.join(', ')}, with commas between`, scopes, ['read', 'submit'])
      .option('--expires-in <days>', 'days until it ends; without it, it does not', wholeNumber(1))
      .action((name, options) => create(name, options)),
  );
  command.addCommand(
    keyCommand('list', 'all keys of the project, also those that are over').action((options) => list(options)),
  );
  command.addCommand(
    keyCommand('revoke', 'end a key at once')
      .argument('<id>', 'as "adatom keys list" shows it')
      .action((id, options) => revoke(id, options)),
  );
  command.addCommand(
    keyCommand('rotate', 'make a successor and print its secret; the old one ends after the grace')
      .argument('<id>', 'as "adatom keys list" shows it')
      .option('--grace <seconds>', 'how long both are good', wholeNumber(0), 0)
      .action((id, options) => rotate(id, options)),
  );
  return command;
}

function keyCommand(name: string, summary: string): Command {
  return newCommand(name, summary).option('--project <name>', 'the project of the key; "create" makes it', 'default');
}

function scopes(text: string): readonly Scope[] {
  return text.split(',').map((word) => {
    const scope = SCOPES.find((known) => known === word.trim());
    if (scope === undefined)
      throw new AdatomError('request', `--scope: expected ${SCOPES.join(', ')}, found "${word}"`);
    return scope;
  });
}

async function create(name: string, options: CreateOptions): Promise<void> {
  const { scope, expiresIn } = options;
  const expiry = expiresIn === undefined ? {} : { expiresAt: new Date(Date.now() + expiresIn * DAY_MS).toISOString() };
  const made = await onProject({ ...options, makesProject: true }, (store, project) =>
    store.keys.create({ project, name, scopes: scope, ...expiry }),
  );
  await tellSecret(options, made);
}

async function list(options: KeyOptions): Promise<void> {
  const keys = await onProject(options, (store, project) => store.keys.list(project));
  const output = standardOutput();
  if (options.json === true) return writeJson(output, { keys });
  const columns = ['id', 'name', 'prefix', 'scopes', 'state', 'last used'].map((title) => ({ title }));
  const rows = keys.map((key) => [
    key.id,
    visible(key.name),
    key.prefix,
    key.scopes.join(','),
    stateOf(key),
    key.lastUsedAt ?? 'never',
  ]);
  await output.write(`${tableLines(columns, rows).join('\n')}\n`);
}

async function revoke(id: string, options: KeyOptions): Promise<void> {
  const key = await onProject(options, (store, project) => store.keys.revoke(project, id));
  if (key === undefined) throw new AdatomError('request', `${options.project} has no key ${id}`);
  const output = standardOutput();
  if (options.json === true) await writeJson(output, { key });
  else await output.write(`${visible(key.name)} (${key.prefix}) is ${stateOf(key)}\n`);
}

async function rotate(id: string, options: RotateOptions): Promise<void> {
  const made = await onProject(options, (store, project) => store.keys.rotate(project, id, options.grace));
  if (made === undefined) throw new AdatomError('request', `${options.project} has no key ${id} that is still good`);
  await tellSecret(options, made);
}

async function tellSecret(
  options: CommonOptions,
  made: { readonly key: ApiKey; readonly secret: string },
): Promise<void> {
  const output = standardOutput();
  if (options.json === true) return writeJson(output, made);
  await output.write(`${made.secret}\n`);
  if (options.quiet !== true) {
    process.stderr.write(`${visible(made.key.name)}, id ${made.key.id}; the secret is shown this once\n`);
  }
}

function stateOf({ revokedAt, expiresAt }: ApiKey): string {
  if (revokedAt !== undefined) return `revoked ${revokedAt}`;
  if (expiresAt === undefined) return 'good';
  return Date.parse(expiresAt) <= Date.now() ? `expired ${expiresAt}` : `good until ${expiresAt}`;
}

/** Only a new key makes a project: a name with a typing error would otherwise leave one behind. */
async function projectOf({ projects }: Store, { project, makesProject }: Wanted): Promise<string> {
  if (makesProject === true) return (await projects.ensure(project)).id;
  const known = await projects.list();
  const found = known.find(({ name }) => name === project);
  if (found !== undefined) return found.id;
  const names = known.map(({ name }) => visible(name)).join(', ') || 'none';
  throw new AdatomError('request', `there is no project ${visible(project)}; there are: ${names}`);
}

type Wanted = KeyOptions & { readonly makesProject?: true };

/** The embedded database gets its schema with the first key; one on a server is its administrator's to migrate. */
function onProject<T>(options: Wanted, work: (store: Store, project: string) => Promise<T>): Promise<T> {
  return withServiceDatabase('adatom keys', async ({ databaseUrl, isEmbedded }) => {
    const definitions = descriptorDescriptions();
    if (isEmbedded) await migrateDatabase(databaseUrl, definitions, QUIET_LOG);
    const store = await openStore({ databaseUrl, definitions, log: QUIET_LOG, maxConnections: 2 });
    try {
      return await work(store, await projectOf(store, options));
    } finally {
      await store.close();
    }
  });
}
