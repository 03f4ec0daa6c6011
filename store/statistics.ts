/** Sums over all workers since the database was made, and how many rows there are. */
import { sql } from 'kysely';
import { type Database, inTransaction, query } from './database.ts';
import type { JobStatistic, StatisticStore } from './store.ts';

export function openStatistics(database: Database): StatisticStore {
  return {
    add: async (statistics) => {
      const rows = summed(statistics);
      if (rows.length === 0) return;
      await inTransaction(database, (queries) =>
        queries
          .insertInto('job_statistics')
          .values(rows)
          .onConflict((conflict) =>
            conflict.columns(['job', 'outcome']).doUpdateSet({
              count: sql`job_statistics.count + excluded.count`,
              seconds: sql`job_statistics.seconds + excluded.seconds`,
              bytes: sql`job_statistics.bytes + excluded.bytes`,
            }),
          )
          .execute(),
      );
    },
    sums: () =>
      query(database, (db) => db.selectFrom('job_statistics').selectAll().orderBy('job').orderBy('outcome').execute()),
    /** As the database estimates them; counting a million rows for each look would cost more than it tells. */
    rowCounts: async () => {
      const { rows } = await query(database, (db) =>
        sql<{ name: string; count: number }>`
          select relname as name, n_live_tup as count from pg_stat_user_tables
          where schemaname = 'public' order by relname
        `.execute(db),
      );
      return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
    },
  };
}

/** One row per job and outcome, in one order for everybody: two workers never wait for each other in a circle. */
function summed(statistics: readonly JobStatistic[]): JobStatistic[] {
  const sums = new Map<string, JobStatistic>();
  for (const one of statistics) {
    const name = `${one.job} ${one.outcome}`;
    const sum = sums.get(name);
    sums.set(name, {
      ...one,
      count: (sum?.count ?? 0) + one.count,
      seconds: (sum?.seconds ?? 0) + one.seconds,
      bytes: (sum?.bytes ?? 0) + one.bytes,
    });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
