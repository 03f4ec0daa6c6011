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
    readonly metrics: Registry;
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
    app.decorate('metrics', registry);
    app.addHook('onResponse', async (request, reply) => {
      const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
      durations.observe(labels, reply.elapsedTime / 1000);
    });
    addServiceGauges(registry, app.adatom);
    app.addHook('onClose', async () => registry.clear());
  },
  { name: 'metrics' },
);

/** Read when they are asked for, so that a scrape is all they cost. */
function addServiceGauges(registry: Registry, { store, queue }: ApiContext): void {
  const registers = [registry];
  if (queue !== undefined) {
    new Gauge({
      name: 'adatom_queue_jobs',
      help: 'Jobs in the queue',
      labelNames: ['job', 'state'],
      registers,
      async collect() {
        this.reset();
        for (const { job, state, count } of await queue.counts()) this.set({ job, state }, count);
      },
    });
  }
  const seconds = new Gauge({ ...JOB_SECONDS, registers });
  const bytes = new Gauge({ ...JOB_BYTES, registers });
  const rate = new Gauge({ ...PARSE_RATE, registers });
  new Gauge({
    name: 'adatom_jobs_total',
    help: 'Jobs that ended, over all workers since the database was made',
    labelNames: ['job', 'outcome'],
    registers,
    async collect() {
      const sums = await store.statistics.sums();
      for (const { job, outcome, count, ...sum } of sums) {
        this.set({ job, outcome }, count);
        seconds.set({ job, outcome }, sum.seconds);
        bytes.set({ job, outcome }, sum.bytes);
      }
      rate.set(megabytesPerSecond(sums));
    },
  });
  new Gauge({
    name: 'adatom_store_rows',
    help: 'Rows by table',
    labelNames: ['table'],
    registers,
    async collect() {
      for (const [table, count] of Object.entries(await store.statistics.rowCounts())) this.set({ table }, count);
    },
  });
}

const JOB_LABELS = { labelNames: ['job', 'outcome'] } as const;
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
