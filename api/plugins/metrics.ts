/**
 * Figures for Prometheus: of this process, of its requests, and of all workers as the store sums them up.
 *
 * Requests are labelled by the template of their route, never by their address: a label with an id in it makes a new
 * time series for every screening.
 */
import fastifyPlugin from 'fastify-plugin';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobStatistic } from '../../store/store.ts';
import type { ApiContext } from '../context.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The figures in Prometheus' text format. */
    readonly metricsText: () => Promise<{ readonly text: string; readonly contentType: string }>;
  }
}

const DURATION_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

export const metrics = fastifyPlugin(
  async (app) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: 'adatom_' });
    const durations = new Histogram({
      name: 'adatom_http_request_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets: DURATION_SECONDS,
      registers: [registry],
    });
    const refresh = serviceFigures(registry, app.adatom);
    app.decorate('metricsText', async () => {
      await refresh();
      return { text: await registry.metrics(), contentType: registry.contentType };
    });
    app.addHook('onResponse', async (request, reply) => {
      const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
      durations.observe(labels, reply.elapsedTime / 1000);
    });
    app.addHook('onClose', async () => registry.clear());
  },
  { name: 'metrics' },
);

/** Figures that are asked for when the text is: a scrape is all they cost. Returns what brings them up to date. */
function serviceFigures(registry: Registry, { store, queue }: ApiContext): () => Promise<void> {
  const registers = [registry];
  const queued = new Gauge({ ...QUEUE_JOBS, registers });
  const ended = new Gauge({ ...JOBS, registers });
  const seconds = new Gauge({ ...JOB_SECONDS, registers });
  const bytes = new Gauge({ ...JOB_BYTES, registers });
  const rate = new Gauge({ ...PARSE_RATE, registers });
  const rows = new Gauge({ ...ROWS, registers });
  return async () => {
    const [counts, sums, rowCounts] = await Promise.all([
      queue?.counts() ?? [],
      store.statistics.sums(),
      store.statistics.rowCounts(),
    ]);
    // A state that no job is in any more is not told of.
    queued.reset();
    for (const { job, state, count } of counts) queued.set({ job, state }, count);
    for (const { job, outcome, ...sum } of sums) {
      ended.set({ job, outcome }, sum.count);
      seconds.set({ job, outcome }, sum.seconds);
      bytes.set({ job, outcome }, sum.bytes);
    }
    rate.set(megabytesPerSecond(sums));
    for (const [table, count] of Object.entries(rowCounts)) rows.set({ table }, count);
  };
}

const JOB_LABELS = { labelNames: ['job', 'outcome'] } as const;
const QUEUE_JOBS = { name: 'adatom_queue_jobs', help: 'Jobs in the queue', labelNames: ['job', 'state'] };
const JOBS = { name: 'adatom_jobs_total', help: 'Jobs that ended, since the database was made', ...JOB_LABELS };
const ROWS = { name: 'adatom_store_rows', help: 'Rows by table, as estimated by the database', labelNames: ['table'] };
const JOB_SECONDS = { name: 'adatom_job_seconds_total', help: 'Time spent in jobs that ended', ...JOB_LABELS };
const JOB_BYTES = { name: 'adatom_job_bytes_total', help: 'Bytes of files read by jobs that ended', ...JOB_LABELS };
const PARSE_RATE = {
  name: 'adatom_parse_megabytes_per_second',
  help: 'Bytes of files read per second of parse jobs, over all workers since the database was made',
};

function megabytesPerSecond(sums: readonly JobStatistic[]): number {
  const parsed = sums.filter(({ job, outcome }) => job === 'parse-calculation' && outcome === 'completed');
  const seconds = parsed.reduce((sum, entry) => sum + entry.seconds, 0);
  const bytes = parsed.reduce((sum, entry) => sum + entry.bytes, 0);
  return seconds > 0 ? bytes / 1e6 / seconds : 0;
}
