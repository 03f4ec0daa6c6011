/** The work on screenings: states, folders counted once, generations that follow each other, turns of projects. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SubmissionSource } from '../../model/service.ts';
import type { Store } from '../../store/store.ts';
import { expectNear } from '../near.ts';
import { withoutPostgres } from '../services/services.ts';
import {
  candidateWith,
  discovered,
  doneScreening,
  folderTask,
  NO_ROWS,
  newScreening,
  newStore,
  PROFILE,
  REQUEST,
  rankingOf,
  type TestStore,
} from './screening-store.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `run-${index}`);
const MORE: SubmissionSource[] = [{ kind: 'path', paths: ['/campaigns/more'] }];

describe.skipIf(withoutPostgres())('work', () => {
  let test: TestStore;
  let store: Store;
  beforeAll(async () => {
    test = await newStore();
    store = test.store;
  });
  afterAll(() => test.end());

  const foldersOf = async (id: string) => (await store.work.screening(id))?.folders;
  const stateOf = async (id: string) => {
    const screening = await store.work.screening(id);
    return [screening?.state, screening?.generation];
  };

  it('counts every folder once, whoever finishes it, however often and at the same time', async () => {
    const { id } = await discovered(store, test.project, names(200));
    // 50 callers with 8 folders each: every folder is told twice, some fail in every telling.
    const calls = Array.from({ length: 50 }, (_, call) =>
      Array.from({ length: 8 }, (_, index) => (call * 4 + index) % 200).map((number) => ({
        screening: id,
        generation: 1,
        folder: `run-${number}`,
        ...(number % 10 === 0 && { error: 'no complete step\0' }),
      })),
    );
    await Promise.all(calls.map((finished) => store.work.finishFolders(finished)));
    expect(await foldersOf(id)).toEqual({ total: 200, waiting: 0, done: 180, failed: 20 });
    const failed = (await store.work.folders(id, 1)).filter(({ state }) => state === 'failed');
    expect(failed.map(({ folder }) => folder)).toEqual(names(200).filter((_, index) => index % 10 === 0));
    expect(failed[0]?.error).toBe('no complete step\uFFFD');
    const events = await store.events.list(test.project, id, 0, 1000);
    const progress = events.filter(({ type }) => type === 'progress');
    expect(progress.at(-1)?.data).toEqual({ generation: 1, total: 200, waiting: 0, done: 180, failed: 20 });
    expect(progress.length).toBeLessThan(10);
  });

  it('goes through two screenings in one call without a deadlock', async () => {
    const [first, second] = [
      await discovered(store, test.project, names(40)),
      await discovered(store, test.project, names(40)),
    ];
    const both = (folder: string, ids: readonly string[]) =>
      ids.map((screening) => ({ screening, generation: 1, folder }));
    await Promise.all(
      names(40).map((folder, index) =>
        store.work.finishFolders(both(folder, index % 2 === 0 ? [first.id, second.id] : [second.id, first.id])),
      ),
    );
    expect((await foldersOf(first.id))?.done).toBe(40);
    expect((await foldersOf(second.id))?.done).toBe(40);
  });

  it('keeps finished folders when discovery is repeated, and only those whose files are the same', async () => {
    const { id } = await discovered(store, test.project, ['a', 'b', 'c']);
    await store.work.finishFolders(['a', 'b'].map((folder) => ({ screening: id, generation: 1, folder })));
    const folders = [folderTask('a'), folderTask('b', 'other bytes'), folderTask('d')];
    await store.work.saveDiscovery(id, 1, { request: REQUEST, foundTree: Buffer.from('again'), folders });
    expect((await store.work.folders(id, 1)).map(({ folder, state }) => [folder, state])).toEqual([
      ['a', 'done'],
      ['b', 'waiting'],
      ['d', 'waiting'],
    ]);
    expect(await foldersOf(id)).toEqual({ total: 3, waiting: 2, done: 1, failed: 0 });
    expect((await store.work.discovery(id, 1))?.foundTree.toString()).toBe('again');
    expect(await store.work.folder(id, 1, 'b')).toEqual(folderTask('b', 'other bytes'));
    expect(await store.work.folder(id, 1, 'c')).toBeUndefined();
  });

  it('keeps what was found first once it is worked on, and a folder waits for a reading of its own files', async () => {
    const { id } = await discovered(store, test.project, ['a', 'b']);
    const told = { screening: id, generation: 1, folder: 'a' };
    await store.work.finishFolders([{ ...told, readingKey: 'key of a before it changed' }]);
    expect(await foldersOf(id)).toEqual({ total: 2, waiting: 2, done: 0, failed: 0 });
    await store.work.finishFolders([{ ...told, readingKey: 'key of a' }]);
    expect(await foldersOf(id)).toEqual({ total: 2, waiting: 1, done: 1, failed: 0 });
    await store.work.setState(id, 1, 'parsing');
    const late = { request: REQUEST, foundTree: Buffer.from('late'), folders: [folderTask('a', 'other bytes')] };
    expect(await store.work.saveDiscovery(id, 1, late)).toBe(false);
    expect(await foldersOf(id)).toEqual({ total: 2, waiting: 1, done: 1, failed: 0 });
    expect((await store.work.discovery(id, 1))?.foundTree.toString()).toBe('tree');
  });

  it('ranks a cancelled screening when that is asked for, not by the job that was under way', async () => {
    const { id } = await discovered(store, test.project, []);
    const candidates = [candidateWith('zno-002', { 'adsorption-energy': -1 })];
    await store.results.saveAssembly(id, 1, NO_ROWS);
    await store.results.saveDescription(id, 1, { candidates, issues: [] });
    await store.work.setState(id, 1, 'ranking');
    const own = (await store.work.ownRanking(id, 1))?.id ?? '';
    await store.screenings.cancel(test.project, id);
    await store.results.saveRanking(own, rankingOf({ candidates, ranked: ['zno-002'] }));
    expect((await store.work.ranking(own))?.state).toBe('failed');
    const wanted = { profile: REQUEST.profile, seed: REQUEST.seed, current: true };
    expect(await store.screenings.requestRanking(test.project, id, wanted)).toMatchObject({ id: own, state: 'queued' });
    await store.results.saveRanking(own, rankingOf({ candidates, ranked: ['zno-002'] }));
    expect((await store.work.ranking(own))?.state).toBe('done');
  });

  it('moves forward only, and tells each state once', async () => {
    const { id } = await newScreening(store, test.project);
    expect(await store.work.setState(id, 1, 'parsing')).toBe(true);
    expect(await store.work.setState(id, 1, 'discovering')).toBe(true);
    expect(await stateOf(id)).toEqual(['parsing', 1]);
    expect(await store.work.setState(id, 2, 'assembling')).toBe(false);
    expect(await store.work.setState(id, 1, 'failed', 'no folder holds a calculation')).toBe(true);
    expect(await store.work.setState(id, 1, 'done')).toBe(false);
    const screening = await store.work.screening(id);
    expect(screening?.failure).toBe('no folder holds a calculation');
    expect(screening?.finishedAt).toBeDefined();
    const events = await store.events.list(test.project, id, 0, 100);
    expect(events.map(({ data }) => data.state)).toEqual(['queued', 'parsing', 'failed']);
  });

  it('starts the next generation when the running one is final, with all folders that came meanwhile', async () => {
    const { id } = await discovered(store, test.project, ['a']);
    await store.screenings.addSources(test.project, id, MORE);
    await store.screenings.addSources(test.project, id, MORE);
    expect(await stateOf(id)).toEqual(['discovering', 1]);
    expect((await store.work.submissions(id)).length).toBe(1);
    expect((await store.screenings.submissions(test.project, id)).map(({ generation }) => generation)).toEqual([
      1, 2, 2,
    ]);
    await store.work.setState(id, 1, 'done');
    expect(await stateOf(id)).toEqual(['queued', 2]);
    expect(await foldersOf(id)).toEqual({ total: 0, waiting: 0, done: 0, failed: 0 });
    expect((await store.work.submissions(id)).length).toBe(3);
    // A late job of the first generation changes nothing.
    await store.work.finishFolders([{ screening: id, generation: 1, folder: 'a' }]);
    expect(await foldersOf(id)).toEqual({ total: 0, waiting: 0, done: 0, failed: 0 });
  });

  it('starts again at once when folders come to a finished screening, and stays cancelled until then', async () => {
    const { id } = await newScreening(store, test.project);
    await store.screenings.addSources(test.project, id, MORE);
    expect((await store.screenings.cancel(test.project, id))?.state).toBe('cancelled');
    expect(await stateOf(id)).toEqual(['cancelled', 1]);
    expect((await store.screenings.addSources(test.project, id, MORE))?.state).toBe('queued');
    expect(await stateOf(id)).toEqual(['queued', 2]);
  });

  it('is what is not final, and the rankings that wait, oldest first', async () => {
    const own = await newStore();
    const running = await discovered(own.store, own.project, ['a']);
    const candidates = [candidateWith('zno-002', { 'adsorption-energy': -1 })];
    const done = await doneScreening(own.store, own.project, { candidates, ranked: ['zno-002'] });
    const told = async () =>
      (await own.store.work.unfinished(10)).map(({ screening, rankings }) => [screening.id, rankings.length]);
    expect(await told()).toEqual([[running.id, 0]]);
    const wanted = { profile: { ...PROFILE, name: 'mine' }, seed: 1, current: false };
    const asked = await own.store.screenings.requestRanking(own.project, done.screening, wanted);
    const again = await own.store.screenings.requestRanking(own.project, done.screening, wanted);
    expect(again?.id).toBe(asked?.id);
    expect(await told()).toEqual([
      [running.id, 0],
      [done.screening, 1],
    ]);
    await own.store.results.failRanking(asked?.id ?? '', 'a descriptor does not exist');
    expect(await told()).toEqual([[running.id, 0]]);
    expect((await own.store.work.ranking(asked?.id ?? ''))?.failure).toBe('a descriptor does not exist');
    expect((await own.store.screenings.requestRanking(own.project, done.screening, wanted))?.state).toBe('queued');
    await own.end();
  });

  it('wakes whoever waits for it', async () => {
    let calls = 0;
    let heard: () => void = () => {};
    const stop = await store.work.onNewWork(() => {
      calls += 1;
      heard();
    });
    const called = new Promise<void>((resolve) => {
      heard = resolve;
    });
    await newScreening(store, test.project);
    await called;
    expect(calls).toBeGreaterThan(0);
    await stop();
  });

  it('shows the last ranked generation until the next one is ranked, and keeps the place of a candidate in both', async () => {
    const candidates = [candidateWith('zno-002', { 'adsorption-energy': -1 }), candidateWith('zno-020', {})];
    const { screening, ranking } = await doneScreening(store, test.project, { candidates, ranked: ['zno-002'] });
    await store.screenings.addSources(test.project, screening, MORE);
    await store.work.saveDiscovery(screening, 2, { request: REQUEST, foundTree: Buffer.from(''), folders: [] });
    await store.results.saveAssembly(screening, 2, NO_ROWS);
    await store.results.saveDescription(screening, 2, { candidates, issues: [] });
    expect((await store.screenings.get(test.project, screening))?.ranking).toBe(ranking);
    expect(await store.results.result(test.project, ranking)).toBeDefined();
    const next = (await store.work.ownRanking(screening, 2))?.id ?? '';
    await store.results.saveRanking(next, rankingOf({ candidates, ranked: ['zno-020', 'zno-002'] }));
    expect((await store.screenings.get(test.project, screening))?.ranking).toBe(next);
    expect(await store.results.result(test.project, ranking)).toBeUndefined();
    expect(await store.work.discovery(screening, 1)).toBeUndefined();
    const history = await store.candidates.history(test.project, screening, 'zno-002');
    expect(history.map(({ ranking: one, rank }) => [one.id, one.current, rank])).toEqual([
      [next, true, 2],
      [ranking, false, 1],
    ]);
    const rows = (await store.candidates.query({ project: test.project, screening, where: [], limit: 10 })).rows;
    expect(rows.map(({ id, ranking: one }) => [id, one])).toEqual([
      ['zno-020', next],
      ['zno-002', next],
    ]);
  });

  it('takes readings of many callers in few statements, each kept when its caller goes on', async () => {
    const keys = names(300);
    await Promise.all(keys.map((key, index) => store.readings.put(key, Buffer.from([index % 256, 0, 255]))));
    await store.readings.put('run-7', Buffer.from('another reading under a known key is not taken'));
    expect(await store.readings.known([...keys, 'unknown'])).toEqual(new Set(keys));
    const found = await store.readings.get(['run-7', 'run-299', 'unknown']);
    expect(found).toEqual(
      new Map([
        ['run-7', Buffer.from([7, 0, 255])],
        ['run-299', Buffer.from([43, 0, 255])],
      ]),
    );
  });

  it('gives a project that comes with few jobs its turn before the many of another', async () => {
    const own = await newStore();
    const many = await discovered(own.store, own.project, names(100));
    expect(await own.store.work.fairTags(own.project, 100, 1)).toEqual({ first: 1, step: 1 });
    // 90 wait, so that the next tag to run is 101 - 90.
    await own.store.work.finishFolders(names(10).map((folder) => ({ screening: many.id, generation: 1, folder })));
    await discovered(own.store, own.otherProject, names(3));
    expect(await own.store.work.fairTags(own.otherProject, 3, 2)).toEqual({ first: 11, step: 0.5 });
    // More of the first project comes after what it has.
    await discovered(own.store, own.project, names(5));
    expect((await own.store.work.fairTags(own.project, 5, 1)).first).toBe(101);
    await own.end();
  });

  it('begins again at the first tag when nothing waits, and never goes beyond the largest priority', async () => {
    const own = await newStore();
    await discovered(own.store, own.project, ['a']);
    const { first, step } = await own.store.work.fairTags(own.project, 4_000_000, 1);
    // 1 + (4e6 - 1)·step = 2^21.
    expect(first).toBe(1);
    expectNear(first + 3_999_999 * step, 2 ** 21, 1e-6);
    expect((await own.store.work.fairTags(own.project, 1, 1)).first).toBe(1);
    await expect(own.store.work.fairTags(own.project, 1, 0)).rejects.toThrow(/weight/);
    await own.end();
  });
});
