/**
 * Time that the connections of the store spent on a processor, as Linux counts it. On a machine that others use too it
 * says what a question costs; the clock says what it cost that day.
 */
import { readFileSync } from 'node:fs';
import pg from 'pg';

/** Milliseconds until now, of all connections that were open when it was made; undefined where there is no /proc. */
export type ProcessorTime = () => number | undefined;

export async function processorTime(databaseUrl: string): Promise<ProcessorTime> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'adatom' and datname = current_database()`,
  );
  await client.end();
  if (process.platform !== 'linux') return () => undefined;
  return () => rows.reduce((sum, { pid }) => sum + nanosecondsOf(pid), 0) / 1e6;
}

/** The first field of /proc/PID/schedstat: nanoseconds on a processor. */
function nanosecondsOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);
}
