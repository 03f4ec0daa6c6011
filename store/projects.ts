/** Projects: who shares screenings, keys and uploads. */
import type { Project } from '../model/service.ts';
import { type Database, query } from './database.ts';
import type { ProjectStore } from './store.ts';

export function openProjects(database: Database): ProjectStore {
  return {
    ensure: async (name) => {
      await query(database, (db) =>
        db
          .insertInto('projects')
          .values({ name })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .execute(),
      );
      const row = await query(database, (db) =>
        db.selectFrom('projects').selectAll().where('name', '=', name).executeTakeFirstOrThrow(),
      );
      return toProject(row);
    },
    list: async () => {
      const rows = await query(database, (db) => db.selectFrom('projects').selectAll().orderBy('name').execute());
      return rows.map(toProject);
    },
  };
}

function toProject(row: { id: string; name: string; created_at: string }): Project {
  return { id: row.id, name: row.name, createdAt: row.created_at };
}
