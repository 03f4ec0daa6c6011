import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../cli/shared/report/report-html.ts';
import { DESCRIPTORS } from '../../descriptors/index.ts';
import type { Issue } from '../../model/issues.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import { readTags, readText } from './markup-reading.ts';
import { first, HOSTILE_FOLDER, screening } from './screening-fixture.ts';

const CONTEXT = { title: 'Zinc oxide <i>', sources: ['/data/a&b', '/data/"c"'] };
const page = reportHtml(screening, CONTEXT);
const text = readText(page);

/** The part of the page under one heading. */
function section(id: string): string {
  const start = page.indexOf(`<section id="${id}"`);
  expect(start, `section ${id}`).toBeGreaterThan(0);
  const next = page.slice(start + 1).search(/\n(<section id="[a-z]+" aria-labelledby|<\/main>)/);
  return page.slice(start, start + 1 + next);
}

/** Everything in the result that is an issue, wherever it stands. */
function issuesWithin(value: unknown): Issue[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('code' in value && 'message' in value) return [value as Issue]; // has the two keys that only issues have together
  return Object.values(value).flatMap(issuesWithin);
}

const EMPTY: ScreeningResult = {
  adatomVersion: '0.1.0',
  profile: 'zn-philic',
  profileVersion: 1,
  method: 'desirability',
  ion: 'Zn',
  seed: 1,
  generator: 'xoshiro128**',
  draws: 1,
  definitions: [],
  calculations: { found: 0, parsed: 0, unreadable: 0 },
  roles: [],
  systems: [],
  relations: [],
  paths: [],
  candidates: [],
  ranked: [],
  unranked: [],
  weightVariations: [],
  nextCalculations: [],
  unused: [],
  issues: [],
};

describe('the report as a file', () => {
  it('is well-formed, in English, with one heading of the first level', () => {
    const tags = readTags(page);
    expect(page.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
    expect(tags.filter(({ name }) => name === 'h1')).toHaveLength(1);
  });

  it('is also well-formed when nothing was found', () => {
    const empty = reportHtml(EMPTY, { title: '', sources: [] });
    expect(() => readTags(empty)).not.toThrow();
    expect(readText(empty)).toContain('No candidate for Zn was found');
    expect(readText(empty)).toContain('No migration path (NEB folder) was found.');
  });

  it('the same result gives the same bytes, also when it comes out of ranking.json', () => {
    expect(reportHtml(structuredClone(screening), structuredClone(CONTEXT))).toBe(page);
    expect(reportHtml(JSON.parse(JSON.stringify(screening)) as ScreeningResult, CONTEXT)).toBe(page); // written a line above
  });

  it('asks no network for anything', () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|@import|url\(/i);
    for (const { name, attributes } of readTags(page)) {
      expect(attributes.src, name).toBeUndefined();
      if (attributes.href !== undefined) expect(attributes.href).toMatch(/^(#|data:,)/);
    }
  });

  it('admits no script but its own', () => {
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = readTags(page).find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
    expect(readText(policy?.attributes.content ?? '')).toContain(`script-src 'sha256-${hash}'`);
    expect(readText(policy?.attributes.content ?? '')).toContain(`default-src 'none'`);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(() => new Script(script)).not.toThrow();
  });

  it('names of files, candidates and folders are text, whatever they hold', () => {
    const tags = readTags(page);
    expect(tags.filter(({ name }) => ['img', 'i', 'b'].includes(name))).toEqual([]);
    for (const { attributes } of tags) {
      expect(Object.keys(attributes).filter((name) => name.startsWith('on'))).toEqual([]);
    }
    for (const name of [HOSTILE_FOLDER, first.label, CONTEXT.title, ...CONTEXT.sources]) expect(text).toContain(name);
  });

  it('spells out characters that would not be seen or would turn the text around', () => {
    const source = `a${String.fromCharCode(27)}[31m${String.fromCodePoint(0x202e)}b`;
    const shown = reportHtml(EMPTY, { title: 'x', sources: [source] });
    expect(shown).toContain('a\\x1b[31m\\u202eb');
  });

  it('no identifier is given twice and every link within the page has a target', () => {
    const tags = readTags(page);
    const ids = tags.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of tags) {
      const { href } = attributes;
      if (href?.startsWith('#')) expect(ids).toContain(href.slice(1));
      for (const id of attributes['aria-labelledby']?.split(' ') ?? []) expect(ids).toContain(id);
    }
  });

  it('contains no trace of a missing value', () => {
    expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });
});

describe('what the report tells', () => {
  it('profile, protocol, ion, seed, version and counts stand on top', () => {
    const header = readText(page.slice(0, page.indexOf('<main>')));
    for (const fact of ['li-moderate', 'zno-li-2025', 'Li', '0.1.0', '83', '81']) expect(header).toContain(fact);
    expect(header).toContain('li-moderate, version 3');
    expect(header).toContain('9876, seed 7, xoshiro128**');
    expect(header).toMatch(/unreadable\s*2/);
  });

  it('every ranked and every unranked candidate has its row and its details', () => {
    const names = (id: string): string[] =>
      [...section(id).matchAll(/<span class="name">([^<]*)<\/span>/g)].map(([, name = '']) => readText(name));
    expect(names('ranking')).toEqual([first.label, 'zno-020']);
    expect(names('unranked')).toEqual(['zno-202', 'stray']);
    expect(section('ranking').match(/<details>/g)).toHaveLength(2);
    expect(section('unranked').match(/<details>/g)).toHaveLength(2);
  });

  it('every issue is there with its code and its text', () => {
    const all = issuesWithin(screening);
    // 60 earlier runs, one unreadable file, and what the candidates and paths say.
    expect(all.length).toBeGreaterThan(70);
    for (const { code, message } of all) {
      expect(text).toContain(code);
      expect(text).toContain(message);
    }
  });

  it('an issue in a file names file and line', () => {
    expect(text).toContain('zno-020/slab/OUTCAR:12');
    expect(section('unused')).toContain('line 416 · byte 16356');
  });

  it('columns take symbol, unit, title and sign from the definitions in the result', () => {
    const head = /<thead>([\s\S]*?)<\/thead>/.exec(section('ranking'))?.[1] ?? '';
    const there = new Set(screening.candidates.flatMap(({ descriptors }) => Object.keys(descriptors)));
    const shown = DESCRIPTORS.filter(({ identifier }) => there.has(identifier));
    expect(shown.length).toBeGreaterThan(3);
    for (const { symbol, unit, title, sign } of shown) {
      expect(readText(head)).toContain(`${symbol.replace('_', '')} (${unit})`);
      const hints = readTags(head).map(({ attributes }) => readText(attributes.title ?? ''));
      expect(hints).toContain(`${title}; ${sign}`);
    }
    const renamed = DESCRIPTORS.map((definition) => ({ ...definition, symbol: `Q_${definition.version + 4}` }));
    expect(readText(reportHtml({ ...screening, definitions: renamed }, CONTEXT))).toContain('Q5 (eV)');
  });

  it('a descriptor that no candidate has gets no column', () => {
    const only = { ...first, descriptors: { 'surface-energy': first.descriptors['surface-energy']! } };
    const head =
      /<thead>([\s\S]*?)<\/thead>/.exec(reportHtml({ ...screening, candidates: [only] }, CONTEXT))?.[1] ?? '';
    expect(readText(head)).toContain('γ');
    expect(readText(head)).not.toContain('Eads');
  });

  it('values carry uncertainty, unit and quality, with a real minus sign', () => {
    const ranking = readText(section('ranking'));
    expect(ranking).toContain('−3.400 ± 0.100 eV✓ ok');
    expect(ranking).toContain('−1.792 ± 0.100 eV▲ degraded');
    expect(ranking).toContain('−1.610 ± 0.100 eV✕ unreliable');
    expect(ranking).toContain('1.230 ± 0.050 J/m²');
    expect(ranking).not.toMatch(/-\d+\.\d{3} ±/);
  });

  it('a value that rounds to zero has no sign, and a small uncertainty does not turn into none', () => {
    const ranking = readText(section('ranking'));
    expect(ranking).toContain('0.000 ± 0.100 eV');
    expect(ranking).not.toContain('−0.000');
    expect(ranking).toContain('0.350 ± 0.0002 eV');
  });

  it('a missing value is a dash with its reason, never a zero', () => {
    expect(readText(section('ranking'))).toContain('— reference missing: bulk OZn');
    const unranked = readText(section('unranked'));
    expect(unranked).toContain('— not computed');
    expect(unranked).not.toMatch(/\b0\.000/);
  });

  it('a probability that is not quite 1 or 0 is not shown as 1 or 0', () => {
    expect(readText(section('ranking'))).toContain('> 0.99');
    expect(readText(section('ranking'))).toContain('< 0.01');
  });

  it('a borderline candidate is marked with a word and a sign', () => {
    expect(section('ranking')).toContain(
      '<span class="borderline"><span aria-hidden="true">≈</span> borderline</span>',
    );
  });

  it('an input shows all digits, file and line, byte range and the start of the hash', () => {
    const ranking = section('ranking');
    expect(readText(ranking)).toContain('−146.95137551 eV');
    expect(readText(ranking)).toContain(`${HOSTILE_FOLDER}/OUTCAR:972`);
    // 13 bytes from 40779 on: the last one is 40791.
    expect(readText(ranking)).toContain('40779–40791');
    expect(readText(ranking)).toContain('0c624c27adb4');
    expect(ranking).toContain('data-copy="0c624c27adb4454f59466b7fcba8012295a8eff9fabf9b6d5871801dd1bc5964"');
  });

  it('the other name of a value is shown with its own sign', () => {
    // E_b = −E_ads.
    expect(readText(section('ranking'))).toContain('Eb = 3.400 eV (binding-energy)');
  });

  it('contributions show value, weight and desirability, with a bar of that length', () => {
    const ranking = section('ranking');
    expect(readText(ranking)).toMatch(/Eb binding-energy\s*3\.400 eV\s*0\.50\s*1\.000/);
    const widths = [...ranking.matchAll(/style="width:([\d.]+)%"/g)].map(([, width]) => Number(width));
    expect(widths).toEqual([100, 96, 0]);
  });

  it('sites that were not chosen are listed, with the reason where they have no value', () => {
    expect(text).toContain('zno-002/site-b');
    expect(text).toContain('desorbed: nearest slab atom at 4.21 Å');
  });

  it('every path has a plot with its barrier or the reasons why there is none', () => {
    const figures = [...section('paths').matchAll(/<figure[\s\S]*?<\/figure>/g)].map(([figure]) => figure);
    expect(figures).toHaveLength(screening.paths.length);
    figures.forEach((figure, index) => {
      const { barrier, id } = screening.paths[index]!;
      expect(figure.match(/<svg/g)).toHaveLength(1);
      expect(readText(figure)).toContain(id);
      if (barrier.available) expect(readText(figure)).toContain('± ');
      else for (const { message } of barrier.reasons) expect(readText(figure)).toContain(message);
    });
  });

  it('the unknown numbers of an image are dashes', () => {
    const paths = readText(section('paths'));
    expect(paths).toMatch(/01\s*0\.900—/);
    expect(paths).toContain('no energy in neb/01');
  });

  it('verdicts are words, with what was expected and what was found', () => {
    const protocol = readText(section('protocol'));
    expect(protocol).toContain('1 pass, 1 fail, 1 not determinable.');
    expect(protocol).toContain('✕ fail11');
    expect(protocol).toContain('? not determinablenot told');
    expect(reportHtml(EMPTY, CONTEXT)).not.toContain('id="protocol"');
  });

  it('calculations unused for one reason share an entry, closed when there are many', () => {
    const unused = section('unused');
    expect(readText(unused)).toContain('60 × earlier run');
    expect(readText(unused)).toContain('1 × unreadable');
    expect(unused.match(/<details>/g)).toHaveLength(1);
    for (const { calculation } of screening.unused) expect(readText(unused)).toContain(calculation);
  });

  it('links tell their evidence, who stated them and what else would have fitted', () => {
    const evidence = readText(section('evidence'));
    expect(evidence).toContain('stated in the manifest composition: + 1 Li');
    expect(evidence).toContain('would have fitted too: zno-002/slab-thick');
    expect(evidence).toContain('(1 0 −1 0)');
    expect(evidence).toContain('vacuum 22.10 Å along c, area 36.58 Å², 8 atomic planes, 2 fixed from below');
  });
});
