/** The HTTP side on a database of its own, with two projects that must never see each other. */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { type AppOptions, buildApp } from '../../api/app.ts';
import type { ApiContext } from '../../api/context.ts';
import { SCOPES, type Scope } from '../../model/service.ts';
import { serviceSettingsSchema } from '../../model/service-settings.ts';
import { descriptorDescriptions } from '../../pipeline/screen.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { newDatabase } from '../services/database.ts';
import { silentLog } from '../services/silent-log.ts';

export interface TestProject {
  readonly id: string;
  /** Secret of a key with this one scope. */
  readonly secrets: Readonly<Record<Scope, string>>;
}

export interface TestService {
  readonly app: FastifyInstance;
  readonly context: ApiContext;
  readonly store: Store;
  readonly own: TestProject;
  readonly other: TestProject;
  /** Everything that was logged. */
  readonly logLines: string[];
  readonly close: () => Promise<void>;
}

export interface TestServiceOptions extends AppOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly context?: Partial<ApiContext>;
}

export async function testService(wanted: TestServiceOptions = {}): Promise<TestService> {
  const { settings, context: own, ...options } = wanted;
  const database = await newDatabase();
  const { databaseUrl } = database;
  const store = await openStore({ databaseUrl, definitions: descriptorDescriptions(), log: silentLog });
  const context: ApiContext = {
    store,
    settings: serviceSettingsSchema.parse({ ADATOM_PORT: 0, ...settings }),
    log: silentLog,
    adatomVersion: '0.1.0',
    ...own,
  };
  const logLines: string[] = [];
  const app = await buildApp(context, { logStream: { write: (line) => logLines.push(line) }, ...options });
  return {
    app,
    context,
    store,
    own: await testProject(store, 'own'),
    other: await testProject(store, 'other'),
    logLines,
    close: async () => {
      await app.close();
      await store.close();
      await database.drop();
    },
  };
}

async function testProject(store: Store, name: string): Promise<TestProject> {
  const { id } = await store.projects.ensure(name);
  const secrets: Record<Scope, string> = { read: '', submit: '', admin: '' };
  for (const scope of SCOPES) {
    secrets[scope] = (await store.keys.create({ project: id, name: scope, scopes: [scope] })).secret;
  }
  return { id, secrets };
}

/** How many screenings a project has. */
export async function screeningCount({ store, own }: TestService): Promise<number> {
  const { rows, next } = await store.screenings.list(own.id, { limit: 1000 });
  if (next !== undefined) throw new Error('more screenings than a test makes');
  return rows.length;
}

/** A request with a key; a payload that is an object goes as JSON. */
export function ask(
  { app, own }: Pick<TestService, 'app' | 'own'>,
  method: NonNullable<InjectOptions['method']>,
  url: string,
  options: InjectOptions & { readonly secret?: string } = {},
): Promise<LightMyRequestResponse> {
  const { secret = own.secrets.admin, headers, ...rest } = options;
  return app.inject({ method, url, headers: { authorization: `Bearer ${secret}`, ...headers }, ...rest });
}
