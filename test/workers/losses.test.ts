/** What is lost on the way (a worker, the queue, the database) only delays: results are those of an undisturbed run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceSettingsSchema } from '../../model/service-settings.ts';
import { openQueueView } from '../../workers/index.ts';
import { newPostgres, type PrivatePostgres } from '../services/postgres.ts';
import { newRedis, type PrivateRedis } from '../services/redis.ts';
import { withoutPostgres, withoutRedis } from '../services/services.ts';
import { silentLog } from '../services/silent-log.ts';
import { copyExample } from './campaign.ts';
import { finished, type Surroundings, surroundings, until } from './running-workers.ts';
import { storedFiles } from './stored-files.ts';

describe.skipIf(withoutPostgres() || withoutRedis()).each(['redis', 'postgresql'])(
  'losses with the queue on %s',
  (queue) => {
    let postgres: PrivatePostgres;
    let redis: PrivateRedis | undefined;
    let around: Surroundings;
    let plain: Awaited<ReturnType<typeof storedFiles>>;

    beforeAll(async () => {
      postgres = await newPostgres();
      redis = queue === 'redis' ? await newRedis() : undefined;
      around = await surroundings({
        databaseUrl: postgres.databaseUrl,
        ...(redis !== undefined && { redisUrl: redis.redisUrl }),
      });
      const worker = around.startWorker();
      const { id } = await around.submit({}, copies('plain'));
      plain = await storedFiles(around.store, await finished(around, id));
      await worker.end('SIGTERM');
    });

    afterAll(async () => {
      await around?.stop();
      await redis?.stop();
      await postgres?.stop();
    });

    /** Folders enough to be in the middle of them for a while. */
    function copies(name: string): string {
      const folder = join(around.folder, name, 'campaign');
      mkdirSync(folder, { recursive: true });
      for (let copy = 1; copy <= 6; copy += 1) copyExample(folder, `copy-${copy}`);
      return folder;
    }

    /** Jobs that the queue believes to be in the hands of a worker. */
    async function activeJobs(): Promise<number> {
      const settings = serviceSettingsSchema.parse(redis === undefined ? {} : { REDIS_URL: redis.redisUrl });
      const { queueView, close } = await openQueueView({ settings, databaseUrl: postgres.databaseUrl, log: silentLog });
      const counts = await queueView.counts();
      await close();
      return counts.filter(({ state }) => state === 'active').reduce((sum, { count }) => sum + count, 0);
    }

    const midway = (id: string) =>
      until('some folders are read and others not', async () => {
        const screening = await around.store.screenings.get(around.project, id);
        return screening !== undefined && screening.folders.done >= 5 ? screening : undefined;
      });

    it('a worker that is asked to end finishes what it has and leaves nothing behind', async () => {
      const worker = around.startWorker();
      const { id } = await around.submit({}, copies('asked-to-end'));
      const { folders } = await midway(id);
      expect(folders.waiting).toBeGreaterThan(0);
      expect(await worker.end('SIGTERM')).toBe(0);
      expect(await activeJobs()).toBe(0);
      const next = around.startWorker();
      const screening = await finished(around, id);
      expect(await storedFiles(around.store, screening)).toEqual(plain);
      await next.end('SIGTERM');
    });

    it('what a killed worker had is done by another one', async () => {
      const [victim, other] = [around.startWorker(), around.startWorker()];
      const { id } = await around.submit({}, copies('killed'));
      await midway(id);
      await victim.end('SIGKILL');
      const screening = await finished(around, id);
      expect(screening.folders.failed).toBe(0);
      expect(await storedFiles(around.store, screening)).toEqual(plain);
      await other.end('SIGTERM');
    });

    it('a database that is away only delays', async () => {
      const worker = around.startWorker();
      const { id } = await around.submit({}, copies('database-away'));
      await midway(id);
      for (let restart = 0; restart < 2; restart += 1) {
        await postgres.pause();
        await delay(500);
        await postgres.restart();
        await delay(500);
      }
      const screening = await finished(around, id);
      expect(await storedFiles(around.store, screening)).toEqual(plain);
      expect(await worker.end('SIGTERM')).toBe(0);
    });

    it('an emptied queue is filled again', async ({ skip }) => {
      if (redis === undefined) return skip();
      const worker = around.startWorker();
      const { id } = await around.submit({}, copies('emptied'));
      await midway(id);
      const client = new Redis(redis.redisUrl);
      await client.flushall();
      client.disconnect();
      const screening = await finished(around, id);
      expect(await storedFiles(around.store, screening)).toEqual(plain);
      await worker.end('SIGTERM');
    });

    it('a Redis that is killed and comes back only delays', async ({ skip }) => {
      if (redis === undefined) return skip();
      const worker = around.startWorker();
      const { id } = await around.submit({}, copies('redis-away'));
      await midway(id);
      for (let restart = 0; restart < 2; restart += 1) {
        await redis.kill();
        await delay(300);
        await redis.restart();
        await delay(300);
      }
      const screening = await finished(around, id);
      expect(await storedFiles(around.store, screening)).toEqual(plain);
      expect(await worker.end('SIGTERM')).toBe(0);
    });

    it('many folders of one project do not hold up the few of another', async () => {
      const other = await around.store.projects.ensure('other');
      const many = join(around.folder, 'many', 'campaign');
      for (let copy = 0; copy < 20; copy += 1) copyExample(join(many, `${copy}`), 'zno');
      const few = copyExample(around.folder, 'few');
      writeFileSync(join(few, 'note.txt'), 'another project');
      const worker = around.startWorker();
      const first = await around.submit({}, many);
      await midway(first.id);
      const second = await around.store.screenings.create({
        project: other.id,
        stated: { title: 'few', priority: 'normal' },
        sources: [{ kind: 'path', paths: [few] }],
      });
      await finished({ ...around, project: other.id }, second.id);
      const { folders, state } = (await around.store.screenings.get(around.project, first.id)) ?? {};
      expect(state).toBe('parsing');
      expect(folders?.waiting).toBeGreaterThan((folders?.total ?? 0) / 2);
      await worker.end('SIGKILL');
    });
  },
);
