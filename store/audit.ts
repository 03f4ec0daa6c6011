/** Who did what, when. Only appended to; the database refuses to change or delete an entry (migrations/0001-service.ts). */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { AuditEntry } from '../model/service.ts';
import { pageOf, readCursor } from './cursor.ts';
import { type Database, inTransaction, query } from './database.ts';
import type { AuditStore } from './store.ts';
import type { ServiceTables } from './tables/service.ts';

const cursorSchema = z.tuple([z.int()]);

export function openAudit(database: Database): AuditStore {
  return {
    append: async ({ project, key, action, subject, requestId, details }) => {
      await inTransaction(database, (queries) =>
        queries
          .insertInto('audit')
          .values({
            project,
            key: key ?? null,
            action,
            subject,
            request_id: requestId,
            details: JSON.stringify(details),
          })
          .execute(),
      );
    },
    /** Newest first. */
    list: async (project, { limit, after }) => {
      const [before] = after === undefined ? [] : readCursor(after, cursorSchema);
      const rows = await query(database, (db) =>
        db
          .selectFrom('audit')
          .selectAll()
          .where('project', '=', project)
          .$if(before !== undefined, (entries) => entries.where('sequence', '<', before ?? 0))
          .orderBy('sequence', 'desc')
          .limit(limit + 1)
          .execute(),
      );
      return pageOf(rows, limit, { show: toEntry, cursor: ({ sequence }) => [sequence] });
    },
  };
}

function toEntry({ key, request_id, ...row }: Selectable<ServiceTables['audit']>): AuditEntry {
  return { ...row, requestId: request_id, ...(key === null ? {} : { key }) };
}
