/** The example campaign as stored by its stages, asked for over HTTP; expected numbers are those of its ranking.json. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScreeningResult } from '../../model/screening.ts';
import { screeningResult } from '../../pipeline/screen.ts';
import { expectNear } from '../near.ts';
import { type StoredCampaign, storedCampaign } from './stored-campaign.ts';

let data: string;
let campaign: StoredCampaign;
let result: ScreeningResult;
let base: string;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'adatom-results-'));
  campaign = await storedCampaign({ data });
  base = `/v1/screenings/${campaign.screening}`;
  const stored = await campaign.store.results.result(campaign.project, campaign.ranking);
  if (stored === undefined) throw new Error('the campaign was not stored');
  const { assembly, description, ranking, request } = stored;
  result = screeningResult(
    { assembly: { ...assembly }, counts: assembly.counts, description, ranking },
    { adatomVersion: '0', ion: request.ion },
  );
});
afterAll(async () => {
  await campaign.close();
  rmSync(data, { recursive: true });
});

const get = async (path: string) => {
  const answer = await campaign.get(path);
  return { status: answer.statusCode, ...answer.json() };
};

describe('what a screening found', () => {
  test.each(['systems', 'paths', 'issues'] as const)('its %s are those of the result, page by page', async (list) => {
    const rows: unknown[] = [];
    let after = '';
    do {
      const page = await get(`${base}/${list}?limit=3${after}`);
      expect(page.status).toBe(200);
      rows.push(...page.rows);
      after = page.next === undefined ? '' : `&after=${encodeURIComponent(page.next)}`;
    } while (after !== '');
    expect(rows).toHaveLength(result[list].length);
    expect(rows).toEqual(expect.arrayContaining([...result[list]]));
  });

  test('its links are those of its systems', async () => {
    const { rows } = await get(`${base}/links?limit=500`);
    expect(rows).toHaveLength(result.systems.flatMap(({ links }) => links).length);
  });

  test('its calculations are found by role, and one of them by its path', async () => {
    const all = await get(`${base}/calculations?limit=500`);
    expect(all.rows).toHaveLength(result.calculations.found);
    const slabs = await get(`${base}/calculations?role=slab&limit=500`);
    const expected = result.roles.filter(({ role }) => role === 'slab').map(({ calculation }) => calculation);
    expect(slabs.rows.map(({ id }: { id: string }) => id).sort()).toEqual(expected.sort());
    const [first] = expected;
    const one = await get(`${base}/calculations/${encodeURIComponent(first ?? '')}`);
    expect(one).toMatchObject({ status: 200, id: first, role: 'slab', line: { id: first } });
    expect((await get(`${base}/calculations/none`)).status).toBe(404);
  });

  test('its issues are found by severity; a code that is none is refused', async () => {
    const warnings = await get(`${base}/issues?severity=warning&limit=500`);
    expect(new Set(warnings.rows.map(({ severity }: { severity: string }) => severity)).size).toBeLessThan(2);
    expect((await get(`${base}/issues?code=E_NONE`)).status).toBe(400);
  });
});

describe('candidates', () => {
  test('come by rank, each with its values', async () => {
    const { rows } = await get('/v1/candidates');
    expect(rows.map(({ id }: { id: string }) => id).slice(0, result.ranked.length)).toEqual(
      result.ranked.map(({ id }) => id),
    );
    for (const { id, values } of rows) {
      const descriptors = result.candidates.find((candidate) => candidate.id === id)?.descriptors ?? {};
      for (const [name, descriptor] of Object.entries(descriptors)) {
        expect(values[name]).toBe(descriptor.available ? descriptor.value : undefined);
      }
    }
  });

  test('are filtered by conditions and sorted by a descriptor in either direction', async () => {
    const energies = result.candidates.flatMap(({ descriptors }) => {
      const energy = descriptors['adsorption-energy'];
      return energy?.available ? [energy.value] : [];
    });
    const middle = [...energies].sort((a, b) => a - b)[Math.floor(energies.length / 2)] ?? 0;
    const where = encodeURIComponent(`adsorption-energy<=${middle}`);
    const { rows } = await get(`/v1/candidates?where=${where}&sort=-adsorption-energy`);
    const found = rows.map(({ values }: { values: Record<string, number> }) => values['adsorption-energy']);
    expect(found).toEqual(energies.filter((energy) => energy <= middle).sort((a, b) => b - a));
    const none = encodeURIComponent(`adsorption-energy<-1000`);
    expect((await get(`/v1/candidates?where=${where}&where=${none}`)).rows).toEqual([]);
  });

  test('show the fields that were chosen, and quantities computed for them', async () => {
    const derived = encodeURIComponent('twice:=2 * adsorption_energy');
    const page = await get(`/v1/candidates?fields=id,adsorption-energy&derived=${derived}&where=rank>=1`);
    expect(page.derived).toEqual({ twice: { expression: '2 * adsorption_energy', unit: 'eV' } });
    expect(page.rows.length).toBeGreaterThan(0);
    for (const row of page.rows) {
      expect(Object.keys(row).sort()).toEqual(['derived', 'id', 'values']);
      expect(Object.keys(row.values)).toEqual(['adsorption-energy']);
      expectNear(row.derived.twice, 2 * row.values['adsorption-energy'], 1e-12);
    }
  });

  test.each([
    ['where=adsorption-energy', /a condition such as/],
    ['where=adsorption-energy<=x', /a condition such as/],
    ['where=adsorption-energi<=1', /adsorption-energ/],
    ['where=score<=1e999', /a number below 1.8e308/],
    ['where=score>=-1e999', /a number below 1.8e308/],
    ["where=rank<1;drop table candidates'", /a condition such as/],
    [Array.from({ length: 17 }, () => 'where=rank>0').join('&'), /at most 16/],
    ['fields=id,lable', /unknown field "lable".*mean "label"/],
    ['derived=x:=process.exit()', /derived|character|unknown|expected/i],
    ['derived=score:=1', /the name "score" is taken/],
    ['ranking=00000000-0000-4000-8000-000000000000', /screening/],
    ['after=forged', /after|cursor/],
  ])('asked for with %s are refused with 400', async (query, detail) => {
    const answer = await get(`/v1/candidates?${query.replaceAll('<', '%3C').replaceAll(' ', '%20')}`);
    expect(answer.status).toBe(400);
    expect(answer.detail).toMatch(detail);
  });

  test('in full have their inputs and their place; their history has every ranking', async () => {
    const [first] = result.ranked;
    const path = `${base}/candidates/${encodeURIComponent(first?.id ?? '')}`;
    const detail = await get(path);
    expect(detail.candidate).toEqual(result.candidates.find(({ id }) => id === first?.id));
    expect(detail.placement).toEqual(first);
    const history = await get(`${path}/history`);
    expect(history.rows).toMatchObject([{ ranking: { id: campaign.ranking, current: true }, rank: 1 }]);
    expect((await get(`${base}/candidates/none`)).status).toBe(404);
    expect((await get(`${base}/candidates/none/history`)).status).toBe(404);
  });
});

describe('a what-if ranking', () => {
  test('by the profile of the ranking is that ranking; by another it is another; neither is kept', async () => {
    const stored = await campaign.store.results.result(campaign.project, campaign.ranking);
    const whatIf = (profile: unknown) => campaign.post(`${base}/rankings/what-if`, { profile, seed: result.seed });
    const same = await whatIf(stored?.request.profile);
    expect(same.json()).toEqual(stored?.ranking);
    const other = await whatIf('zn-weak');
    expect(other.statusCode).toBe(200);
    expect(other.json().profile).toBe('zn-weak');
    expect((await get(`${base}/rankings`)).rows).toHaveLength(1);
  });
});
