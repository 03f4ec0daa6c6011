/** Candidates by their values: pages that neither overlap nor miss, missing values last, and requests that are refused. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CandidateQuery, CandidateRow } from '../../model/candidate-query.ts';
import type { DescriptorDescription } from '../../model/screening.ts';
import { descriptorDescriptions } from '../../pipeline/screen.ts';
import { descriptorColumn, descriptorColumns } from '../../store/descriptor-columns.ts';
import type { Store } from '../../store/store.ts';
import { withoutPostgres } from '../services/services.ts';
import { candidateWith, doneScreening, newStore, PROFILE, rankingOf, type TestStore } from './screening-store.ts';

/** A definition that the program does not have. */
const WORK_FUNCTION: DescriptorDescription = {
  identifier: 'work-function',
  version: 3,
  symbol: 'Φ',
  unit: 'eV/Å²',
  title: 'Work function',
  sign: 'positive',
  formula: 'Φ = E_vac − E_F',
  reference: 'none',
};

const HOSTILE = [`'; drop table candidate_rows; --`, 'a\tb\\N\n\\.', '%_\\', '日本 👩‍🔬 "quoted"', 'nul\0byte'];

describe.skipIf(withoutPostgres())('candidates', () => {
  let test: TestStore;
  let store: Store;
  let first: { screening: string; ranking: string };
  let second: { screening: string; ranking: string };

  beforeAll(async () => {
    test = await newStore([...descriptorDescriptions(), WORK_FUNCTION]);
    store = test.store;
    // Twelve candidates, values in threes; every fourth without adsorption energy; the last two unranked.
    const candidates = Array.from({ length: 12 }, (_, index) =>
      candidateWith(
        `facet-${String(index).padStart(2, '0')}`,
        {
          ...(index % 4 !== 3 && { 'adsorption-energy': Math.floor(index / 3) - 2 }),
          'surface-energy': index / 10,
          'work-function': 4 + (index % 2),
        },
        HOSTILE[index] ?? `label ${index}`,
      ),
    );
    const ranked = candidates.slice(0, 10).map(({ id }) => id);
    first = await doneScreening(store, test.project, { candidates, ranked });
    second = await doneScreening(store, test.project, { candidates, ranked: [...ranked].reverse() });
    await doneScreening(store, test.otherProject, { candidates, ranked });
  });
  afterAll(() => test.end());

  const page = (question: Partial<CandidateQuery>) =>
    store.candidates.query({ project: test.project, where: [], limit: 100, ...question });

  async function allPages(question: Partial<CandidateQuery>, limit: number): Promise<CandidateRow[]> {
    const rows: CandidateRow[] = [];
    for (let after: string | undefined; ; ) {
      const found = await page({ ...question, limit, ...(after !== undefined && { after }) });
      expect(found.rows.length).toBeLessThanOrEqual(limit);
      rows.push(...found.rows);
      after = found.next;
      if (after === undefined) return rows;
    }
  }
  const keys = (rows: readonly CandidateRow[]) => rows.map(({ screening, id }) => `${screening} ${id}`);

  it.each(['rank', 'score', 'tieGroup', 'front', 'adsorption-energy', 'work-function', 'migration-barrier'] as const)(
    'come in pages by %s that never overlap or miss, in either direction, missing values last',
    async (field) => {
      for (const direction of ['asc', 'desc'] as const) {
        const rows = await allPages({ sort: { field, direction } }, 5);
        expect(new Set(keys(rows)).size).toBe(24);
        const values = rows.map((row) => fieldOf(row, field));
        const present = values.filter((value) => value !== undefined);
        // All that are missing are behind all that are there.
        expect(values.slice(present.length)).toEqual(Array(24 - present.length).fill(undefined));
        const turned = direction === 'asc' ? 1 : -1;
        expect(present).toEqual([...present].sort((left, right) => turned * (left - right)));
        expect(keys(await allPages({ sort: { field, direction } }, 24))).toEqual(keys(rows));
      }
    },
  );

  it('without a value never meet a condition on it', async () => {
    const { rows } = await page({ where: [{ field: 'adsorption-energy', operator: '<=', value: 1e9 }] });
    expect(rows.length).toBe(18);
    const none = await page({ where: [{ field: 'migration-barrier', operator: '>=', value: -1e9 }] });
    expect(none.rows).toEqual([]);
  });

  // Of each screening: adsorption ≤ −1 is index 0–5 without 3, surface ≥ 0.2 leaves 2, 4, 5, of which 2 and 4 have 4 eV/Å².
  it('meet three conditions at once, one of them on a descriptor that the program does not define', async () => {
    const { rows } = await page({
      where: [
        { field: 'adsorption-energy', operator: '<=', value: -1 },
        { field: 'surface-energy', operator: '>=', value: 0.2 },
        { field: 'work-function', operator: '=', value: 4 },
      ],
    });
    expect(rows.map(({ id }) => id).sort()).toEqual(['facet-02', 'facet-02', 'facet-04', 'facet-04']);
    expect(rows[0]?.values['work-function']).toBe(4);
    expect(store.candidates.fields().map(({ identifier }) => identifier)).toContain('work-function');
  });

  it('are those of one screening, one ranking, one status, one ion', async () => {
    expect((await page({ screening: first.screening })).rows.length).toBe(12);
    expect((await page({ status: 'ranked', screening: second.screening })).rows.length).toBe(10);
    expect((await page({ status: 'unranked' })).rows.map(({ rank }) => rank)).toEqual(Array(4).fill(undefined));
    expect((await page({ ion: 'Zn' })).rows).toEqual([]);
    expect((await page({ ion: 'Li' })).rows.length).toBe(24);
    const ofRanking = await page({ screening: second.screening, ranking: second.ranking, limit: 1 });
    expect(ofRanking.rows.map(({ id, rank }) => [id, rank])).toEqual([['facet-09', 1]]);
    await expect(page({ ranking: second.ranking })).rejects.toThrow(/screening/);
  });

  it('keep hostile labels as they are, and find them by any part of them', async () => {
    const { rows } = await page({ screening: first.screening, sort: { field: 'rank', direction: 'asc' } });
    // A column of text holds no NUL.
    expect(rows.slice(0, 5).map(({ label }) => label)).toEqual(HOSTILE.map((text) => text.replace('\0', '\uFFFD')));
    const detail = await store.candidates.get(test.project, first.screening, 'facet-04');
    expect(detail?.candidate.label).toBe('nul\0byte');
    const labelled = async (label: string) =>
      (await page({ screening: first.screening, label })).rows.map(({ id }) => id);
    expect(await labelled('DROP TABLE')).toEqual(['facet-00']);
    expect(await labelled('%')).toEqual(['facet-02']);
    expect(await labelled('_\\')).toEqual(['facet-02']);
    expect(await labelled(`x' or '1'='1`)).toEqual([]);
  });

  it('cannot be asked by a field that does not exist', async () => {
    const request = { class: 'request' };
    for (const field of ['adsorption_energy_ev', 'project', 'rank; drop table candidate_rows', '', '__proto__']) {
      await expect(page({ sort: { field, direction: 'asc' } })).rejects.toMatchObject(request);
      await expect(page({ where: [{ field, operator: '<', value: 1 }] })).rejects.toMatchObject(request);
    }
    await expect(page({ sort: { field: 'adsorption-enery', direction: 'asc' } })).rejects.toThrow(
      /Did you mean "adsorption-energy"/,
    );
  });

  it('refuse a cursor that was forged or made for another order, and never as an error of SQL', async () => {
    const { next = '' } = await page({ limit: 3 });
    const request = { class: 'request' };
    await expect(page({ limit: 3, after: next, sort: { field: 'score', direction: 'asc' } })).rejects.toMatchObject(
      request,
    );
    await expect(page({ limit: 3, after: next, sort: { field: 'rank', direction: 'desc' } })).rejects.toMatchObject(
      request,
    );
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const screening = first.screening;
    for (const value of [
      {},
      ['rank', 'asc', '1', screening, 'a'],
      ['rank', 'asc', 1, `${screening}' or true --`, 'a'],
      ['rank', 'asc', 1, screening, 'a\0'],
      ['rank', 'asc', 1, screening, 'a', 'more'],
      ['rank', 'asc', null, screening],
    ]) {
      await expect(page({ after: forged(value) }), JSON.stringify(value)).rejects.toMatchObject(request);
    }
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.base64String(), fc.json().map(forged)), async (after) => {
        await expect(page({ after })).rejects.toMatchObject(request);
      }),
      { numRuns: 100 },
    );
  });

  it('have a history over rankings, and the current one can be changed without parsing', async () => {
    const candidates = [candidateWith('a', { 'adsorption-energy': -1 }), candidateWith('b', {})];
    const done = await doneScreening(store, test.project, { candidates, ranked: ['a', 'b'] });
    const mine = { ...PROFILE, name: 'mine' };
    const asked = await store.screenings.requestRanking(test.project, done.screening, {
      profile: mine,
      seed: 2,
      current: true,
    });
    await store.results.saveRanking(asked?.id ?? '', rankingOf({ candidates, ranked: ['b'] }));
    const ranks = async () => (await page({ screening: done.screening })).rows.map(({ id, rank }) => [id, rank]);
    expect(await ranks()).toEqual([
      ['b', 1],
      ['a', undefined],
    ]);
    const history = await store.candidates.history(test.project, done.screening, 'a');
    expect(history.map(({ ranking, rank }) => [ranking.profile.name, ranking.current, rank])).toEqual([
      ['mine', true, undefined],
      [PROFILE.name, false, 1],
    ]);
    // Asked for again, the first one is there already.
    await store.screenings.requestRanking(test.project, done.screening, { profile: PROFILE, seed: 1, current: true });
    expect(await ranks()).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    const old = await store.candidates.get(test.project, done.screening, 'a', asked?.id);
    expect(old?.rank).toBeUndefined();
    expect(old?.placement).toEqual({ id: 'a', reasons: [] });
  });
});

describe('the column of a descriptor', () => {
  it.each([
    ['adsorption-energy', 'eV', 'adsorption_energy_ev'],
    ['surface-energy', 'J/m²', 'surface_energy_j_per_m2'],
    ['work-function', 'eV/Å²', 'work_function_ev_per_angstrom2'],
    ['wetting', '1', 'wetting'],
  ])('%s in %s is %s', (identifier, unit, column) => {
    expect(descriptorColumn({ identifier, unit })).toBe(column);
  });

  it('is never one that candidates have anyway, shared, or too long', () => {
    expect(() => descriptorColumn({ identifier: 'rank', unit: '1' })).toThrow(/no column/);
    expect(() => descriptorColumn({ identifier: 'x'.repeat(70), unit: 'eV' })).toThrow(/no column/);
    expect(() => descriptorColumn({ identifier: '";drop', unit: '--' })).not.toThrow();
    expect(descriptorColumn({ identifier: '";drop', unit: '--' })).toBe('drop');
    expect(() =>
      descriptorColumns([
        { identifier: 'a-b', unit: 'eV' },
        { identifier: 'a_b', unit: 'eV' },
      ]),
    ).toThrow(/share/);
  });
});

function fieldOf(row: CandidateRow, field: string): number | undefined {
  switch (field) {
    case 'rank':
    case 'score':
    case 'front':
    case 'tieGroup':
      return row[field];
    default:
      return row.values[field];
  }
}
