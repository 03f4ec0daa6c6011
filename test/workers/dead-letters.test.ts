/** Letters that are sent back, taken up on a real store. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobName } from '../../model/job.ts';
import type { DeadLetter } from '../../model/service.ts';
import type { Store } from '../../store/store.ts';
import { takeUpLetters } from '../../workers/shared/dead-letters.ts';
import { withoutPostgres } from '../services/services.ts';
import {
  candidateWith,
  discovered,
  doneScreening,
  newScreening,
  newStore,
  PROFILE,
  type TestStore,
} from '../store/screening-store.ts';

describe.skipIf(withoutPostgres())('a letter that is sent back', () => {
  let test: TestStore;
  let store: Store;
  beforeAll(async () => {
    test = await newStore();
    store = test.store;
  });
  afterAll(() => test.end());

  async function sentBack(screening: string, job: JobName, payload: object = {}): Promise<DeadLetter> {
    const whole = { screening, generation: 1, ...payload };
    await store.deadLetters.put({ screening, job, payload: whole, error: 'a bug, mended by now', attempts: 3 });
    const { rows } = await store.deadLetters.list(test.project, { limit: 100 });
    const found = rows.find((row) => JSON.stringify(row.payload) === JSON.stringify(whole) && row.job === job);
    const letter = await store.deadLetters.setState(test.project, found?.id ?? '', 'rerun');
    if (letter === undefined) throw new Error('the letter was put');
    return letter;
  }

  const stateOf = async (id: string) => {
    const screening = await store.work.screening(id);
    return { state: screening?.state, generation: screening?.generation, failure: screening?.failure };
  };
  const submissionsOf = (id: string) => store.screenings.submissions(test.project, id);

  it('opens a failed screening again, once for all its letters, over the same submissions', async () => {
    const { id } = await newScreening(store, test.project);
    const before = await submissionsOf(id);
    await store.work.setState(id, 1, 'failed', 'a bug');
    await sentBack(id, 'assemble-screening');
    await sentBack(id, 'discover-folders');
    await takeUpLetters(store);
    expect(await stateOf(id)).toEqual({ state: 'queued', generation: 2, failure: undefined });
    expect(await submissionsOf(id)).toEqual(before);
    expect((await store.work.submissions(id)).length).toBe(before.length);
    await store.work.setState(id, 2, 'done');
    await takeUpLetters(store);
    expect(await stateOf(id)).toMatchObject({ state: 'done', generation: 2 });
  });

  it('of a folder waits until its screening has ended', async () => {
    const { id } = await discovered(store, test.project, ['a']);
    await sentBack(id, 'parse-calculation', { folder: 'a' });
    await takeUpLetters(store);
    expect(await stateOf(id)).toMatchObject({ state: 'discovering', generation: 1 });
    await store.work.setState(id, 1, 'done');
    await takeUpLetters(store);
    expect(await stateOf(id)).toMatchObject({ state: 'queued', generation: 2 });
  });

  it('of the ranking that a screening ends with opens the screening again', async () => {
    const { id } = await discovered(store, test.project, ['a']);
    const own = await store.work.ownRanking(id, 1);
    await store.work.setState(id, 1, 'ranking');
    await store.results.failRanking(own?.id ?? '', 'a bug');
    await store.work.setState(id, 1, 'failed', 'a bug');
    await sentBack(id, 'rank-screening', { ranking: own?.id });
    await takeUpLetters(store);
    expect(await stateOf(id)).toEqual({ state: 'queued', generation: 2, failure: undefined });
  });

  it('of another order asks for that order only', async () => {
    const candidates = [candidateWith('zno-002', { 'adsorption-energy': -1 })];
    const { screening } = await doneScreening(store, test.project, { candidates, ranked: ['zno-002'] });
    const before = await stateOf(screening);
    const wanted = { profile: { ...PROFILE, name: 'mine' }, seed: 1, current: false };
    const asked = await store.screenings.requestRanking(test.project, screening, wanted);
    await store.results.failRanking(asked?.id ?? '', 'a bug');
    await sentBack(screening, 'rank-screening', { ranking: asked?.id });
    await takeUpLetters(store);
    expect((await store.work.ranking(asked?.id ?? ''))?.state).toBe('queued');
    expect(await stateOf(screening)).toEqual(before);
    expect(await store.deadLetters.toRerun(10)).toEqual([]);
  });

  it('of a cancelled screening changes nothing', async () => {
    const { id } = await newScreening(store, test.project);
    await sentBack(id, 'discover-folders');
    await store.screenings.cancel(test.project, id);
    await takeUpLetters(store);
    expect(await stateOf(id)).toMatchObject({ state: 'cancelled', generation: 1 });
    expect(await store.deadLetters.toRerun(10)).toEqual([]);
  });
});
