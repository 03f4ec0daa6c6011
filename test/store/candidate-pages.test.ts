/**
 * Pages of a screening that is large enough for both ways to a page, along the order and by conditions, against the
 * same candidates filtered and sorted here.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CandidateQuery } from '../../model/candidate-query.ts';
import { descriptorDescriptions } from '../../pipeline/screen.ts';
import { openCandidates } from '../../store/candidates.ts';
import { openDatabase } from '../../store/database.ts';
import { withoutPostgres } from '../services/services.ts';
import { silentLog } from '../services/silent-log.ts';
import { candidateWith, doneScreening, newStore, type TestStore } from './screening-store.ts';

const COUNT = 12_000;
const RANKED = 11_000;

interface Known {
  readonly id: string;
  readonly rank: number | undefined;
  readonly adsorption: number;
  readonly surface: number;
  /** Grows with the rank; missing for every fifth. */
  readonly barrier: number | undefined;
}

/** 7919 and 104729 are prime: each value comes once, and none hangs on another but the barrier on the rank. */
const KNOWN: readonly Known[] = Array.from({ length: COUNT }, (_, index) => ({
  id: `facet-${String(index).padStart(5, '0')}`,
  rank: index < RANKED ? index + 1 : undefined,
  adsorption: ((index * 7919) % COUNT) / 3000 - 4,
  surface: ((index * 104_729) % COUNT) / 6000,
  barrier: index % 5 === 4 ? undefined : Math.floor(index / 10) / 1000,
}));

type Asked = Pick<CandidateQuery, 'where' | 'sort' | 'status'>;
const by = (field: string, operator: '<=' | '>=', value: number) => ({ field, operator, value });

const QUESTIONS: readonly (readonly [string, Asked, (one: Known) => boolean])[] = [
  [
    'that many meet',
    { where: [by('adsorption-energy', '<=', -0.5), by('surface-energy', '>=', 0.2)] },
    ({ adsorption, surface }) => adsorption <= -0.5 && surface >= 0.2,
  ],
  [
    'that few meet, all at the end of the order',
    { where: [by('migration-barrier', '>=', 1.0), by('surface-energy', '>=', 1.8)] },
    ({ barrier, surface }) => (barrier ?? 0) >= 1 && surface >= 1.8,
  ],
  [
    'on the value they are sorted by',
    {
      where: [by('adsorption-energy', '<=', -2), by('surface-energy', '<=', 1.9)],
      sort: { field: 'adsorption-energy', direction: 'desc' },
    },
    ({ adsorption, surface }) => adsorption <= -2 && surface <= 1.9,
  ],
  [
    'and sorted by a value that some do not have',
    { where: [by('surface-energy', '<=', 0.02)], sort: { field: 'migration-barrier', direction: 'desc' } },
    ({ surface }) => surface <= 0.02,
  ],
  ['that have no rank', { where: [], status: 'unranked' }, ({ rank }) => rank === undefined],
  [
    'that have no rank, best surface first',
    {
      where: [by('adsorption-energy', '<=', -0.1)],
      status: 'unranked',
      sort: { field: 'surface-energy', direction: 'asc' },
    },
    ({ rank, adsorption }) => rank === undefined && adsorption <= -0.1,
  ],
];

describe.skipIf(withoutPostgres())('pages of many candidates', () => {
  let test: TestStore;

  beforeAll(async () => {
    test = await newStore();
    const candidates = KNOWN.map(({ id, adsorption, surface, barrier }) =>
      candidateWith(id, {
        'adsorption-energy': adsorption,
        'surface-energy': surface,
        ...(barrier !== undefined && { 'migration-barrier': barrier }),
      }),
    );
    const ranked = candidates.slice(0, RANKED).map(({ id }) => id);
    await doneScreening(test.store, test.project, { candidates, ranked });
    await inDatabase((client) => client.query('vacuum analyze candidate_rows'));
  });
  afterAll(() => test.end());

  async function inDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: test.databaseUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  it.each(QUESTIONS)(
    'by conditions %s are those of a plain filter and sort, page after page',
    async (_, asked, meets) => {
      const expected = sorted(KNOWN.filter(meets), asked.sort ?? { field: 'rank', direction: 'asc' });
      expect(expected.length).toBeGreaterThan(40);
      const found: string[] = [];
      for (let after: string | undefined, count = 0; count < 4; count += 1) {
        const page = await test.store.candidates.query({
          project: test.project,
          limit: Math.ceil(expected.length / 3),
          ...asked,
          ...(after !== undefined && { after }),
        });
        found.push(...page.rows.map(({ id }) => id));
        after = page.next;
        if (after === undefined) break;
      }
      expect(found).toEqual(expected);
    },
  );

  it('are not waited for longer than the limit, and whoever asked is told what to do', async () => {
    const database = openDatabase(test.databaseUrl, silentLog, 1);
    const candidates = openCandidates(database, descriptorDescriptions(), 200);
    await inDatabase(async (client) => {
      await client.query('begin; lock table candidate_rows in access exclusive mode');
      await expect(candidates.query({ project: test.project, where: [], limit: 1 })).rejects.toMatchObject({
        class: 'transient',
        message: expect.stringMatching(/ended after 0\.2 s; ask for fewer candidates/),
      });
      await client.query('rollback');
    });
    // The limit was of that question; the connection is as it was.
    expect((await candidates.query({ project: test.project, where: [], limit: 1 })).rows.length).toBe(1);
    await database.close();
  });
});

/** Missing values last in either direction; ties by id in the direction of the order. */
function sorted(known: readonly Known[], { field, direction }: NonNullable<CandidateQuery['sort']>): string[] {
  const turn = direction === 'asc' ? 1 : -1;
  const fieldOf = (one: Known) => one[VALUES[field] ?? 'rank'];
  return [...known]
    .sort((left, right) => {
      const [a, b] = [fieldOf(left), fieldOf(right)];
      if (a === undefined || b === undefined)
        return Number(a === undefined) - Number(b === undefined) || byId(left, right);
      return turn * (a - b) || byId(left, right);
    })
    .map(({ id }) => id);
  function byId(left: Known, right: Known): number {
    return turn * (left.id < right.id ? -1 : 1);
  }
}

const VALUES: Readonly<Record<string, 'rank' | 'adsorption' | 'surface' | 'barrier'>> = {
  'adsorption-energy': 'adsorption',
  'surface-energy': 'surface',
  'migration-barrier': 'barrier',
};
