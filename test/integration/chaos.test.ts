/** The short form of `npm run chaos`: the same disturbances, fewer of each. */
import { expect, test } from 'vitest';
import { runChaos } from '../../bench/chaos/run-chaos.ts';

test('nothing is lost when workers, API, Redis and PostgreSQL are killed while folders are screened', async () => {
  const figures = await runChaos({ folders: 100, workerKills: 8, restarts: 1, note: () => undefined });
  expect(figures.problems).toEqual([]);
  expect(figures.folders).toBe(100);
  expect(figures.disturbances).toEqual({
    'worker killed': 8,
    'API killed': 1,
    'Redis restarted': 1,
    'PostgreSQL restarted': 1,
  });
}, 300_000);
