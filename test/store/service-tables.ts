/** A database of one test file with a project in it. */
import { openDatabase } from '../../store/database.ts';
import { openProjects } from '../../store/projects.ts';
import { newDatabase } from '../services/database.ts';
import { silentLog } from '../services/silent-log.ts';

export async function openTestDatabase() {
  const { databaseUrl, drop } = await newDatabase();
  const database = openDatabase(databaseUrl, silentLog);
  const project = (await openProjects(database).ensure('zinc')).id;
  return {
    databaseUrl,
    database,
    project,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

export type OpenTestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;

/** A screening with nothing in it, for what hangs on one. */
export async function insertScreening({ database, project }: OpenTestDatabase): Promise<string> {
  const stated = JSON.stringify({ title: 'facets', priority: 'normal' });
  const { id } = await database.db
    .insertInto('screenings')
    .values({ project, stated })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
