/**
 * The campaign in examples/zno-lithium told by vasprun.xml: a whole campaign, part of it, and beside the OUTCARs.
 * Expected: the candidates, order and values that the OUTCARs give.
 */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import { outcarParser } from '../../parsers/outcar.ts';
import { mergeCalculation } from '../../pipeline/merge-calculation.ts';
import { expectNear } from '../near.ts';
import { exampleFiles, type Files, readTree } from './example-tree.ts';
import { screened } from './screening.ts';
import { vasprunText } from './vasprun-text.ts';

const files = exampleFiles();
const withOutcars = screened(readTree(files));

/** With a vasprun.xml in the folders that are chosen; instead of the OUTCAR, or beside it. */
function withVaspruns(isChosen: (folder: string) => boolean, place: 'instead' | 'beside'): Files {
  const result = new Map<string, string>();
  for (const [path, text] of files) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    const isReplaced = path.endsWith('/OUTCAR') && isChosen(folder);
    if (!isReplaced || place === 'beside') result.set(path, text);
    if (isReplaced) {
      const record = outcarParser.parse(memorySource(new TextEncoder().encode(text)));
      result.set(`${folder}/vasprun.xml`, vasprunText(record));
    }
  }
  return result;
}

function expectSameValues(result: ScreeningResult): void {
  expect(result.ranked.map(({ id }) => id)).toEqual(withOutcars.ranked.map(({ id }) => id));
  expect(result.unranked.map(({ id }) => id)).toEqual(withOutcars.unranked.map(({ id }) => id));
  expect(result.calculations).toEqual(withOutcars.calculations);
  expect(result.unused).toEqual([]);
  for (const [at, candidate] of result.candidates.entries()) {
    const other = withOutcars.candidates[at];
    expect(candidate.id).toBe(other?.id);
    for (const [name, descriptor] of Object.entries(candidate.descriptors)) {
      const expected = other?.descriptors[name];
      expect(descriptor.available, `${candidate.id} ${name}`).toBe(expected?.available);
      if (!descriptor.available || !expected?.available) continue;
      // Positions have five decimals in OUTCAR and eight fractional ones in vasprun.xml.
      expectNear(descriptor.value, expected.value, 1e-6);
      expect(descriptor.quality, `${candidate.id} ${name}`).toBe(expected.quality);
      expect(descriptor.issues.map(({ code }) => code)).toEqual(expected.issues.map(({ code }) => code));
    }
  }
}

describe('a campaign of vasprun.xml', () => {
  it('alone gives the candidates, values and qualities of the OUTCARs', () => {
    const result = screened(readTree(withVaspruns(() => true, 'instead')));
    expectSameValues(result);
    const adsorption = result.candidates[0]?.descriptors['adsorption-energy'];
    const names = adsorption?.available ? adsorption.inputs.map(({ file }) => file) : [];
    expect(names.length).toBeGreaterThan(0);
    expect(names.every((file) => file.endsWith('/vasprun.xml'))).toBe(true);
  });

  it.each([
    ['the slabs', /slab/],
    ['the bulk metal and the atom', /^li-/],
    ['some images of the bands', /neb\/0[13]$/],
  ])('for %s only can be subtracted from the OUTCARs of the others', (_, chosen) => {
    expectSameValues(screened(readTree(withVaspruns((folder) => chosen.test(folder), 'instead'))));
  });

  it('beside the OUTCARs changes nothing and disagrees in nothing', () => {
    const tree = readTree(withVaspruns(() => true, 'beside'));
    expectSameValues(screened(tree));
    const issues = tree.runs.flatMap((run) => mergeCalculation(run).issues);
    expect(issues.filter(({ code }) => /SOURCE|NOT_READ/.test(code))).toEqual([]);
  });
});
