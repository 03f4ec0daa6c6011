/** What the report draws of a ranking: how firm it is, its fronts, and the same candidates under other profiles. */
import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../cli/shared/report/report-html.ts';
import { type Profile, profileSchema } from '../../model/profile.ts';
import type { RankedCandidate } from '../../model/ranking.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import { loadProfile } from '../../reading/find-profile.ts';
import { readTags, readText } from './markup-reading.ts';
import { first, screening } from './screening-fixture.ts';

const profile = loadProfile('li-moderate');
const COMPARED: ScreeningResult = {
  ...screening,
  profileComparison: {
    profiles: [
      { profile: 'li-moderate', method: 'desirability', ranked: 2, unranked: 2 },
      { profile: 'general', method: 'topsis', ranked: 1, unranked: 3 },
    ],
    candidates: [
      { id: first.id, ranks: { 'li-moderate': 1, general: 1 } },
      { id: 'zno-020', ranks: { 'li-moderate': 2 } },
    ],
    agreements: [{ profiles: ['li-moderate', 'general'], candidates: 1 }],
  },
  weightVariations: [
    { descriptor: 'binding-energy', relativeChange: 0.2, first: 'zno-020', reversals: 1, moved: [] },
    { descriptor: 'binding-energy', relativeChange: -0.2, first: first.id, reversals: 0, moved: [] },
  ],
};

function pageOf(result: ScreeningResult, by: Profile | undefined = profile): string {
  return reportHtml(result, { title: 'x', sources: [], ...(by !== undefined && { profile: by }) });
}

/** The part of the page under one heading; empty when there is none. */
function section(page: string, id: string): string {
  const start = page.indexOf(`<section id="${id}" aria-labelledby`);
  if (start < 0) return '';
  const next = page.slice(start + 1).search(/\n(<section id="[a-z]+" aria-labelledby|<\/main>)/);
  return page.slice(start, start + 1 + next);
}

/** Cells of each row of a table as a reader sees them. */
function rows(markup: string): string[][] {
  return [...markup.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<(?:td|th)[^>]*>([\s\S]*?)<\/(?:td|th)>/g)].map(([, cell = '']) => readText(cell).trim()),
  );
}

/** As many candidates as wanted, each certain of its place. */
function many(count: number): ScreeningResult {
  const [template] = screening.ranked;
  const ranked = Array.from(
    { length: count },
    (_, at): RankedCandidate => ({
      ...template!,
      id: `c${at}`,
      rank: at + 1,
      robust: at === 0,
      tieGroup: Math.floor(at / 4) + 1,
      rankProbabilities: Array.from({ length: 10 }, (_, place) => (place === at ? 1 : 0)),
    }),
  );
  const candidates = ranked.map(({ id }) => ({ ...first, id, label: id }));
  return { ...screening, ranked, candidates, unranked: [] };
}

describe('how firm the order is', () => {
  const order = section(pageOf(COMPARED), 'order');

  it('tells the same sentences as the terminal', () => {
    expect(readText(order)).toContain('First place robust:');
    expect(readText(order)).toContain(
      '+20 % of the weight of binding-energy: 1 pair changes order, zno-020 comes first.',
    );
  });

  it('every place has its share in percent, neither 0 nor 100 where it is not quite that', () => {
    const [head, ...body] = rows(/<table class="plain places">[\s\S]*?<\/table>/.exec(order)?.[0] ?? '');
    expect(head).toEqual(['Tie group', 'Candidate', '1', '2']);
    // 0.9993 and 0.0007 of the draws.
    expect(body[0]?.slice(2)).toEqual(['> 99', '< 1']);
    expect(body[1]?.slice(2)).toEqual(['< 1', '> 99']);
    expect(body[0]?.[1]).toContain('✓ robust');
    expect(body[1]?.[1]).not.toContain('robust');
  });

  it('a tie group is one bracket over its rows; the rest of a row stands in the last column', () => {
    const table = section(pageOf(many(12)), 'order');
    const brackets = readTags(table).filter(({ attributes }) => attributes.scope === 'rowgroup');
    expect(brackets.map(({ attributes }) => attributes.rowspan)).toEqual(['4', '4', '4']);
    const [head, ...body] = rows(/<table class="plain places">[\s\S]*?<\/table>/.exec(table)?.[0] ?? '');
    expect(head?.at(-1)).toBe('later');
    expect(body[0]?.at(-1)).toBe('0');
    expect(body[11]?.at(-1)).toBe('100');
  });

  it('of many candidates the first thirty are shown, and that is told', () => {
    const table = section(pageOf(many(40)), 'order');
    expect(table.match(/<th scope="row">/g)).toHaveLength(30);
    expect(readText(table)).toContain('The first 30 of 40 candidates.');
    expect(section(pageOf(many(1)), 'order')).not.toContain('places');
  });
});

describe('Pareto fronts', () => {
  const fronts = section(pageOf(COMPARED), 'fronts');

  it('two objectives make one plane, with the values under the names of the profile', () => {
    expect(fronts.match(/<svg/g)).toHaveLength(1);
    // E_b = −E_ads = 3.4001 eV, E_f = 0.1204 eV.
    expect(readText(fronts)).toContain(`${first.label}: E_b 3.400 ± 0.100 eV, E_f 0.120 ± 0.050 eV; rank 1, front 1`);
    expect(readText(fronts)).toContain('without a reliable value of both');
  });

  it('three objectives make three planes without stairs', () => {
    const page = pageOf(COMPARED, loadProfile('general'));
    expect(section(page, 'fronts')).not.toContain('scatter-stairs');
    expect(readText(section(page, 'fronts'))).toContain('Fronts are those of all 3 objectives');
  });

  it('of five objectives the four that weigh most make six planes, and that is told', () => {
    const names = ['binding-energy', 'adsorption-energy', 'nucleation-driving-force', 'migration-barrier', 'E_ads'];
    const objectives = names.map((descriptor, at) => ({
      descriptor,
      unit: 'eV',
      weight: at === 0 ? 1 : 2,
      desirability: { kind: 'min', target: -5, upper: 5 },
    }));
    const page = pageOf(many(3), profileSchema.parse({ ...profile, constraints: [], objectives }));
    expect(section(page, 'fronts').match(/<svg/g)).toHaveLength(6);
    expect(readText(section(page, 'fronts'))).toContain('Planes of the 4 objectives that weigh most.');
    expect(section(page, 'fronts')).not.toContain('binding-energy');
  });

  it('a limit on another name of the descriptor is drawn with its sign', () => {
    // E_ads > −3 eV is E_b < 3 eV: zno-002 with 3.4 eV lies beyond.
    const limit = { descriptor: 'adsorption-energy', unit: 'eV', minimum: -3 };
    const limited = profileSchema.parse({ ...profile, constraints: [limit] });
    const [, box] = readTags(section(pageOf(COMPARED, limited), 'fronts'))
      .filter(({ name }) => name === 'rect')
      .slice(1);
    expect(Number(box?.attributes.x) + Number(box?.attributes.width)).toBe(462);
  });

  it('more candidates than are drawn are told', () => {
    expect(readText(section(pageOf(many(401)), 'fronts'))).toContain('the first 400 of 401 are drawn');
  });

  it('a page whose profile is not known has none', () => {
    const page = reportHtml(COMPARED, { title: 'x', sources: [] });
    expect(page).not.toContain('id="fronts"');
    expect(page).not.toContain('href="#fronts"');
  });
});

describe('the same candidates under other profiles', () => {
  it('have a rank or a dash under each, and the agreement of every two profiles', () => {
    const table = section(pageOf(COMPARED), 'profiles');
    const [head, ...body] = rows(table);
    expect(head?.[2]).toBe('generaltopsis; 1 ranked, 3 not');
    expect(body.slice(0, 2)).toEqual([
      [first.label, '1', '1'],
      ['zno-020', '2', '—'],
    ]);
    expect(body.at(-1)).toEqual(['li-moderate, general', '—', '1']);
    expect(section(pageOf(screening), 'profiles')).toBe('');
  });
});

describe('the words under a score', () => {
  it.each([
    ['desirability', 'Weighted geometric mean of the desirabilities'],
    ['weighted-sum', 'Weighted sum of the values, scaled over the ranked candidates'],
    ['topsis', '(TOPSIS); the desirabilities do not enter it'],
    ['pareto', '1 over the number of the Pareto front'],
    ['lexicographic', 'the first objective decides'],
  ] as const)('are those of the method: %s', (method, words) => {
    const text = readText(section(pageOf({ ...screening, method }), 'ranking'));
    expect(text).toContain(words);
    expect(text.includes('geometric mean')).toBe(method === 'desirability');
  });
});

describe('the page with all its figures', () => {
  const page = pageOf(COMPARED);

  it('is well-formed, asks no network, gives no identifier twice and links only to what is there', () => {
    const tags = readTags(page);
    expect(page).not.toMatch(/https?:|url\(/);
    expect(tags.filter(({ name }) => ['img', 'i', 'b'].includes(name))).toEqual([]);
    const ids = tags.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of tags) {
      if (attributes.href?.startsWith('#')) expect(ids).toContain(attributes.href.slice(1));
      for (const id of attributes['aria-labelledby']?.split(' ') ?? []) expect(ids).toContain(id);
    }
    expect(readText(page)).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });

  it('every figure says what it shows to who sees none', () => {
    for (const { name, attributes } of readTags(page)) {
      if (name !== 'svg' || attributes['aria-hidden'] === 'true') continue;
      expect(attributes.role).toBe('img');
    }
    const drawings = [...page.matchAll(/<svg (?![^>]*aria-)[\s\S]*?<\/svg>/g)];
    expect(drawings.length).toBeGreaterThan(1);
    for (const [drawing] of drawings) expect(drawing).toMatch(/<title>[\s\S]*<desc>/);
  });
});
