/**
 * Results that come back as they were written. The reference is the pipeline itself, run without a store: ranking.json
 * and calculations.ndjson must be the same bytes.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calculationLine } from '../../exports/calculation-line.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import { assembleScreening } from '../../pipeline/assemble-screening.ts';
import { screen, screeningResult } from '../../pipeline/screen.ts';
import type { StoredResult } from '../../store/store.ts';
import { exampleFiles, readTree } from '../pipeline/example-tree.ts';
import { withoutPostgres } from '../services/services.ts';
import { discovered, newStore, PROFILE, REQUEST, stagesOf, type TestStore } from './screening-store.ts';

const tree = readTree(exampleFiles());
const options = { adatomVersion: '0.0.0', ion: 'Li', profile: PROFILE, seed: 1 };

describe.skipIf(withoutPostgres())('the example campaign', () => {
  let test: TestStore;
  let screening: string;
  let ranking: string;
  const stages = stagesOf(tree);

  beforeAll(async () => {
    test = await newStore();
    screening = (await discovered(test.store, test.project, ['zno-002/slab'])).id;
    // Twice, as when a job is repeated after its answer was lost.
    for (let count = 0; count < 2; count += 1) {
      await test.store.results.saveAssembly(screening, 1, stages.rows);
      await test.store.results.saveDescription(screening, 1, stages.description);
      ranking = (await test.store.work.ownRanking(screening, 1))?.id ?? '';
      await test.store.results.saveRanking(ranking, stages.ranking);
    }
  });
  afterAll(() => test.end());

  it('gives ranking.json byte for byte', async () => {
    const stored = await test.store.results.result(test.project, ranking);
    expect(stored?.request).toEqual(REQUEST);
    expect(JSON.stringify(shown(stored), null, 1)).toBe(JSON.stringify(screen(tree, options).result, null, 1));
  });

  it('keeps the verdicts of a protocol, and that there was none', async () => {
    const { results } = test.store;
    const verdict = { item: 'PREC', verdict: 'fail', expected: 'Normal or Accurate', found: 'Low' } as const;
    const protocolVerdicts = [{ calculation: 'bulk-zno/OUTCAR', ...verdict }];
    await results.saveDescription(screening, 1, { ...stages.description, protocolVerdicts });
    expect(await results.description(screening, 1)).toEqual({ ...stages.description, protocolVerdicts });
    await results.saveDescription(screening, 1, stages.description);
    expect(await results.description(screening, 1)).not.toHaveProperty('protocolVerdicts');
  });

  it('gives the lines of calculations.ndjson byte for byte, over pages', async () => {
    const { calculations, roles } = assembleScreening(tree, options);
    const byCalculation = new Map(roles.map((role) => [role.calculation, role]));
    const expected = calculations.map((calculation) => JSON.stringify(calculationLine(calculation, byCalculation)));
    const rows = await allPages((after) =>
      test.store.results.calculations(test.project, screening, { limit: 4, ...after }),
    );
    expect(rows.map(({ line }) => JSON.stringify(line))).toEqual(expected);
  });

  it('gives structures, systems, paths and issues in the order of the result', async () => {
    const { results } = test.store;
    // JSON has one zero.
    const result: ScreeningResult = JSON.parse(JSON.stringify(screen(tree, options).result));
    const [structures, systems, paths, issues] = [
      await allPages((after) => results.structures(test.project, screening, { limit: 5, ...after })),
      await allPages((after) => results.systems(test.project, screening, { limit: 1, ...after })),
      await allPages((after) => results.paths(test.project, screening, { limit: 1, ...after })),
      await allPages((after) => results.issues(test.project, screening, { limit: 1, ...after })),
    ];
    // JSON has one zero.
    expect(structures).toEqual(JSON.parse(JSON.stringify(stages.rows.structures)));
    expect(systems).toEqual(result.systems);
    expect(paths).toEqual(result.paths);
    expect(issues).toEqual(result.issues);
  });

  it('is found by calculation, structure and file', async () => {
    const id = 'zno-002/slab/OUTCAR';
    const { results } = test.store;
    expect((await results.calculation(test.project, screening, id))?.role).toBe('slab');
    expect((await results.structure(test.project, screening, id))?.calculation).toBe(id);
    expect((await results.file(test.project, screening, id))?.location).toBe(`/campaigns/${id}`);
    expect(await results.calculation(test.project, screening, 'no/such/OUTCAR')).toBeUndefined();
    const slabs = await results.calculations(test.project, screening, { limit: 100, role: 'slab' });
    expect(slabs?.rows.map((row) => row.id).filter((one) => one === id)).toEqual([id]);
    expect(slabs?.rows.every(({ role }) => role === 'slab')).toBe(true);
  });

  it('keeps what the next stages need as it is', async () => {
    expect(await test.store.results.assemblyState(screening, 1)).toEqual(Buffer.from('state of the assembly'));
    expect(JSON.stringify(await test.store.results.description(screening, 1))).toBe(JSON.stringify(stages.description));
  });

  it('has every candidate with its values, and its document and placement', async () => {
    const page = await test.store.candidates.query({ project: test.project, where: [], limit: 10 });
    expect(page.rows.map(({ id, rank }) => [id, rank])).toEqual([
      ['zno-002', 1],
      ['zno-020', 2],
      ['zno-202', undefined],
    ]);
    const detail = await test.store.candidates.get(test.project, screening, 'zno-202');
    expect(JSON.stringify(detail?.candidate)).toBe(JSON.stringify(stages.description.candidates[2]));
    expect(detail?.placement).toEqual(stages.ranking.unranked[0]);
    const described = Object.entries(stages.description.candidates[2]?.descriptors ?? {});
    const withValues = described.filter(([, found]) => found.available).map(([name]) => name);
    expect(withValues).toEqual(expect.arrayContaining(['adsorption-energy', 'nucleation-driving-force']));
    expect(withValues).not.toContain('migration-barrier');
    expect(Object.keys(detail?.values ?? {}).sort()).toEqual(withValues.sort());
  });

  it('shows nothing to another project', async () => {
    const { results, candidates, screenings, events } = test.store;
    const other = test.otherProject;
    expect(await results.result(other, ranking)).toBeUndefined();
    for (const page of ['calculations', 'structures', 'systems', 'paths', 'issues'] as const) {
      expect(await results[page](other, screening, { limit: 5 }), page).toBeUndefined();
    }
    const id = 'zno-002/slab/OUTCAR';
    expect(await results.calculation(other, screening, id)).toBeUndefined();
    expect(await results.structure(other, screening, id)).toBeUndefined();
    expect(await results.file(other, screening, id)).toBeUndefined();
    expect((await candidates.query({ project: other, where: [], limit: 5 })).rows).toEqual([]);
    expect((await candidates.query({ project: other, screening, ranking, where: [], limit: 5 })).rows).toEqual([]);
    expect(await candidates.get(other, screening, 'zno-002')).toBeUndefined();
    expect(await candidates.get(other, screening, 'zno-002', ranking)).toBeUndefined();
    expect(await candidates.history(other, screening, 'zno-002')).toEqual([]);
    expect(await screenings.get(other, screening)).toBeUndefined();
    expect((await screenings.list(other, { limit: 5 })).rows).toEqual([]);
    expect(await screenings.submissions(other, screening)).toEqual([]);
    expect(await screenings.rankings(other, screening)).toEqual([]);
    expect(await screenings.addSources(other, screening, [{ kind: 'path', paths: ['/x'] }])).toBeUndefined();
    expect(await screenings.cancel(other, screening)).toBeUndefined();
    const wanted = { profile: PROFILE, seed: 2, current: true };
    expect(await screenings.requestRanking(other, screening, wanted)).toBeUndefined();
    expect(await screenings.waitingFolders(other)).toBe(0);
    expect(await screenings.waitingScreenings(other)).toBe(0);
    expect(await events.list(other, screening, 0, 10)).toEqual([]);
  });

  it('leaves no row behind when its screening is deleted', async () => {
    const client = new pg.Client({ connectionString: test.databaseUrl });
    await client.connect();
    await client.query('delete from screenings where id = $1', [screening]);
    const { rows } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.columns where column_name = 'screening' and table_schema = 'public'`,
    );
    expect(rows.length).toBeGreaterThan(15);
    for (const { name } of rows) {
      expect((await client.query(`select count(*) as left from ${name}`)).rows[0]?.left, name).toBe('0');
    }
    await client.end();
  });
});

function shown(stored: StoredResult | undefined) {
  if (stored === undefined) throw new Error('no result');
  const { counts, ...assembly } = stored.assembly;
  return screeningResult(
    { assembly, counts, description: stored.description, ranking: stored.ranking },
    { adatomVersion: options.adatomVersion, ion: stored.request.ion },
  );
}

async function allPages<T>(
  page: (after: { after?: string }) => Promise<{ readonly rows: readonly T[]; readonly next?: string } | undefined>,
): Promise<T[]> {
  const rows: T[] = [];
  for (let after: string | undefined; ; ) {
    const found = await page(after === undefined ? {} : { after });
    if (found === undefined) throw new Error('no page');
    rows.push(...found.rows);
    after = found.next;
    if (after === undefined) return rows;
  }
}
