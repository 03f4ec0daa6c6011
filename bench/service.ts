/**
 * `npm run bench:service`: the same campaigns through the command line, the embedded service, and the service on Redis
 * with one and with two worker processes; and what 200 readers at once notice while folders are screened.
 *
 * Only ratios inside one run mean something: the machine's speed changes from minute to minute.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConcurrently } from './service/readers.ts';
import { screenByCommandLine, screenByService } from './service/screen-campaigns.ts';
import { foldersPerCopy, makeCampaigns } from './shared/campaigns.ts';
import { startEmbeddedService } from './shared/embedded-service.ts';
import { openFolder } from './shared/open-folder.ts';
import { startService } from './shared/service.ts';

const { values } = parseArgs({
  options: {
    campaigns: { type: 'string', default: '10' },
    copies: { type: 'string', default: '8' },
    readers: { type: 'string', default: '200' },
  },
});
const copies = Number(values.copies);
const root = openFolder('adatom-bench-');
const figures: Record<string, unknown> = {};
const tell = (name: string, figure: unknown): void => {
  figures[name] = figure;
  process.stderr.write(`${name}: ${JSON.stringify(figure)}\n`);
};
try {
  const campaigns = makeCampaigns(join(root, 'campaigns'), Number(values.campaigns), copies);
  const folders = campaigns.length * copies * foldersPerCopy();
  tell('folders', folders);
  const rate = (seconds: number): number => Math.round(folders / seconds);
  const plain = rate(await screenByCommandLine(campaigns, join(root, 'plain')));
  tell('command line, folders/s', plain);
  for (const [name, start] of Object.entries({
    embedded: () => startEmbeddedService(join(root, 'embedded'), root),
    'PostgreSQL queue, 2 workers': () =>
      startService({ folder: join(root, 'postgres-2'), roots: root, workers: 2, queue: 'postgres' }),
    'Redis, 1 worker': () => startService({ folder: join(root, 'redis-1'), roots: root, workers: 1, queue: 'redis' }),
    'Redis, 2 workers': () => startService({ folder: join(root, 'redis-2'), roots: root, workers: 2, queue: 'redis' }),
  })) {
    const service = await start();
    try {
      const served = rate(await screenByService(campaigns, service));
      tell(name, { foldersPerSecond: served, ofCommandLine: Math.round((100 * served) / plain) / 100 });
      if (name !== 'Redis, 2 workers') continue;
      const screening = screenByService(makeCampaigns(join(root, 'more'), 2, copies), service);
      tell('readers while folders are screened', await readConcurrently(service, Number(values.readers), screening));
    } finally {
      await service.stop();
    }
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
process.stdout.write(`${JSON.stringify(figures, null, 1)}\n`);
