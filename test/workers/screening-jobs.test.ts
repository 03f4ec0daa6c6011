/** Screenings through both queues, done by the built worker program, against what the command line writes. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedProfile } from '../../reading/find-profile.ts';
import { runAdatom } from '../cli/run-adatom.ts';
import { gridText } from '../reading/grid-text.ts';
import { newDatabase, type TestDatabase } from '../services/database.ts';
import { newRedis, type PrivateRedis } from '../services/redis.ts';
import { withoutPostgres, withoutRedis } from '../services/services.ts';
import { copyExample } from './campaign.ts';
import { finished, jobsDone, type Surroundings, surroundings, until } from './running-workers.ts';
import { storedFiles } from './stored-files.ts';

const SLAB = 'zno-002/slab';

/** Everywhere the same: its level is that of the vacuum, too. */
function flatPotential(contcar: string): string {
  return gridText(contcar, [2, 2, 120], () => 4.5);
}

/** Workers tell their statistics every three seconds. */
const TOLD_WITHIN_MS = 4000;

describe.skipIf(withoutPostgres() || withoutRedis()).each(['redis', 'postgresql'])(
  'screenings by jobs on %s',
  (queue) => {
    let database: TestDatabase;
    let redis: PrivateRedis | undefined;
    let around: Surroundings;

    beforeAll(async () => {
      database = await newDatabase();
      redis = queue === 'redis' ? await newRedis() : undefined;
      around = await surroundings({
        databaseUrl: database.databaseUrl,
        ...(redis !== undefined && { redisUrl: redis.redisUrl }),
      });
      around.startWorker();
    });

    afterAll(async () => {
      await around?.stop();
      await redis?.stop();
      await database?.drop();
    });

    /** What `adatom screen` writes for the folders. */
    async function plainFiles(...folders: readonly string[]) {
      const out = join(around.folder, `plain-${Math.random().toString(36).slice(2)}`);
      const run = await runAdatom(['screen', ...folders, '--out', out, '--quiet']);
      expect(run.stderr).toBe('');
      const read = (name: string): string => readFileSync(join(out, name), 'utf8');
      return { 'ranking.json': read('ranking.json'), 'calculations.ndjson': read('calculations.ndjson') };
    }

    it('the example campaign comes out byte for byte as on the command line', async () => {
      const folder = copyExample(around.folder, 'example');
      const { id } = await around.submit({}, folder);
      const screening = await finished(around, id);
      expect(screening).toMatchObject({ state: 'done', folders: { waiting: 0, failed: 0 } });
      expect(await storedFiles(around.store, screening)).toEqual(await plainFiles(folder));
    });

    it('a repeated screening reads nothing again', async () => {
      const folder = copyExample(around.folder, 'repeated');
      await new Promise((resolve) => setTimeout(resolve, 2500));
      const first = await finished(around, (await around.submit({}, folder)).id);
      const parsed = await until('its parse jobs are counted', async () => {
        const count = await jobsDone(around, 'parse-calculation');
        return count >= 2 * first.folders.total ? count : undefined;
      });
      const second = await finished(around, (await around.submit({}, folder)).id);
      expect(await storedFiles(around.store, second)).toEqual(await storedFiles(around.store, first));
      await until('the second ranking is counted', async () =>
        (await jobsDone(around, 'rank-screening')) >= 3 ? true : undefined,
      );
      expect(await jobsDone(around, 'parse-calculation')).toBe(parsed);
    });

    it('of added folders only the new ones are read, and the result is that of all together', async () => {
      const folder = copyExample(around.folder, 'grown');
      const later = join(around.folder, 'later');
      mkdirSync(later);
      copyExample(later, 'zno-extra', 'zno-020');
      await new Promise((resolve) => setTimeout(resolve, 2500));
      const { id } = await around.submit({}, folder);
      const first = await finished(around, id);
      const before = await settledParseCount();
      await around.store.screenings.addSources(around.project, id, [{ kind: 'path', paths: [later] }]);
      const screening = await until('the second generation is done', async () => {
        const now = await around.store.screenings.get(around.project, id);
        return now?.generation === 2 && now.state === 'done' ? now : undefined;
      });
      expect(await storedFiles(around.store, screening)).toEqual(await plainFiles(folder, later));
      const extra = screening.folders.total - first.folders.total;
      expect(extra).toBeGreaterThan(0);
      expect((await settledParseCount()) - before).toBe(extra);
    });

    /** The count once everything that was done has been told. */
    async function settledParseCount(): Promise<number> {
      await new Promise((resolve) => setTimeout(resolve, TOLD_WITHIN_MS));
      return jobsDone(around, 'parse-calculation');
    }

    it('another profile runs the ranking alone', async () => {
      const folder = copyExample(around.folder, 'ranked-again');
      const { id } = await finished(around, (await around.submit({}, folder)).id);
      const others = ['discover-folders', 'parse-calculation', 'assemble-screening', 'describe-screening'];
      await settledParseCount();
      const before = await Promise.all(others.map((job) => jobsDone(around, job)));
      const ranked = await jobsDone(around, 'rank-screening');
      const profile = shippedProfile('zn-philic');
      const ranking = await around.store.screenings.requestRanking(around.project, id, {
        profile,
        seed: 7,
        current: false,
      });
      const done = await until('it is ranked', async () => {
        const stored = await around.store.work.ranking(ranking?.id ?? '');
        return stored?.state === 'done' ? stored : undefined;
      });
      expect(done).toMatchObject({ seed: 7, profile: { name: 'zn-philic' } });
      await until('the ranking is counted', async () =>
        (await jobsDone(around, 'rank-screening')) === ranked + 1 ? true : undefined,
      );
      expect(await Promise.all(others.map((job) => jobsDone(around, job)))).toEqual(before);
    });

    it('an unreadable folder is told and takes nothing from the others', async () => {
      const folder = copyExample(around.folder, 'damaged');
      writeFileSync(join(folder, 'zno-020', 'slab', 'OUTCAR'), Buffer.alloc(4096));
      const screening = await finished(around, (await around.submit({}, folder)).id);
      expect(screening.state).toBe('done');
      expect(await storedFiles(around.store, screening)).toEqual(await plainFiles(folder));
    });

    it('a folder without calculations fails in the words of the command line', async () => {
      const folder = join(around.folder, 'empty');
      mkdirSync(folder);
      const screening = await finished(around, (await around.submit({}, folder)).id);
      const plain = await runAdatom(['screen', folder, '--out', join(around.folder, 'none'), '--quiet']);
      expect(screening).toMatchObject({ state: 'failed' });
      expect(plain.stderr).toContain(screening.failure);
    });

    it('a statement of the manifest that cannot be followed is refused', async () => {
      const folder = copyExample(around.folder, 'misstated');
      const manifest = { version: 1 as const, calculations: { 'not-there': { role: 'slab' as const } } };
      const screening = await finished(around, (await around.submit({ manifest }, folder)).id);
      expect(screening).toMatchObject({ state: 'failed', failure: expect.stringContaining('not-there') });
    });

    it('a path that has become a link out of the allowed folders is not read', async () => {
      const screening = await finished(around, (await around.submit({}, '/etc')).id);
      expect(screening).toMatchObject({ state: 'failed', failure: expect.stringContaining('ADATOM_ROOTS') });
    });

    it('a cancelled screening stops', async () => {
      const folder = join(around.folder, 'many');
      for (let copy = 0; copy < 20; copy += 1) copyExample(join(folder, `${copy}`), 'zno');
      const { id } = await around.submit({}, folder);
      await until('it parses', async () => {
        const screening = await around.store.screenings.get(around.project, id);
        return screening?.state === 'parsing' ? true : undefined;
      });
      await around.store.screenings.cancel(around.project, id);
      const next = await finished(around, (await around.submit({}, join(around.folder, 'example'))).id);
      expect(next.state).toBe('done');
      const cancelled = await around.store.screenings.get(around.project, id);
      expect(cancelled?.state).toBe('cancelled');
      expect(cancelled?.ranking).toBeUndefined();
    });

    it('a failed job leaves a letter, and is done when it is sent back', async () => {
      const folder = join(around.folder, 'not-yet');
      mkdirSync(folder);
      const { id } = await finished(around, (await around.submit({}, folder)).id);
      const letters = await around.store.deadLetters.list(around.project, { limit: 100 });
      const letter = letters.rows.find(({ screening }) => screening === id);
      expect(letter).toMatchObject({ job: 'discover-folders', state: 'open', attempts: 1 });
      rmSync(folder, { recursive: true });
      copyExample(around.folder, 'not-yet');
      await around.store.deadLetters.setState(around.project, letter?.id ?? '', 'rerun');
      const screening = await until('it is done', async () => {
        const now = await around.store.screenings.get(around.project, id);
        return now?.state === 'done' ? now : undefined;
      });
      expect(await storedFiles(around.store, screening)).toEqual(await plainFiles(folder));
    });

    it('files beside the runs that a descriptor can use are read as on the command line, and once', async () => {
      const folder = copyExample(around.folder, 'beside');
      writeFileSync(join(folder, SLAB, 'LOCPOT'), flatPotential(readFileSync(join(folder, SLAB, 'CONTCAR'), 'utf8')));
      await new Promise((resolve) => setTimeout(resolve, 2500));
      const first = await finished(around, (await around.submit({}, folder)).id);
      const stored = await storedFiles(around.store, first);
      expect(stored).toEqual(await plainFiles(folder));
      expect(stored['ranking.json']).toContain(`"file": "${SLAB}/LOCPOT"`);
      const second = await finished(around, (await around.submit({}, folder)).id);
      expect(await storedFiles(around.store, second)).toEqual(stored);
    });
  },
);
