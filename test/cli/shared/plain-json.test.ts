import { expect, test } from 'vitest';
import { plainJson } from '../../../cli/shared/plain-json.ts';

test('arrays of numbers are lists, and arrays of 3-vectors are lists of rows', () => {
  const sites = { chargesE: Float64Array.of(1.5, -2, 0.25), momentVectorsBohr: Float64Array.of(1, 2, 3, 4, 5, 6) };
  expect(plainJson({ sites })).toEqual({
    sites: {
      chargesE: [1.5, -2, 0.25],
      momentVectorsBohr: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    },
  });
});

test('a number that is not finite is left out with its key, a list that holds one as a whole', () => {
  const grid = {
    average: Number.NaN,
    minimum: Number.NEGATIVE_INFINITY,
    maximum: 2.5,
    planarAverages: [Float64Array.of(1, 2), Float64Array.of(1, Number.NaN)],
  };
  expect(plainJson({ grid, gapEv: undefined })).toEqual({ grid: { maximum: 2.5 } });
});

test('texts, truth values and nested tables stay what they are', () => {
  const value = {
    kind: 'metal',
    isDirect: false,
    elasticModuliKbar: [
      [1050.5, 340],
      [340, 990.25],
    ],
    names: ['Zn', 'O'],
    components: [{ name: 'total', integral: 12 }],
    empty: [],
  };
  expect(plainJson(value)).toEqual(value);
});

test('no part of it is null in JSON', () => {
  const value = { a: [1, Number.NaN], b: [[1], [Number.POSITIVE_INFINITY]], c: { d: Number.NaN }, e: undefined };
  expect(JSON.stringify(plainJson(value))).toBe('{"c":{}}');
});
