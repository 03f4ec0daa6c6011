import { describe, expect, test } from 'vitest';
import type { RankableCandidate } from '../../model/ranking.ts';
import { readCandidateTable } from '../../ranking/index.ts';
import { catalogue } from './descriptor-catalogue.ts';

const json = (value: unknown) => readCandidateTable(JSON.stringify(value), 't.json', 'json', catalogue);
const value = (candidate: RankableCandidate | undefined, name: string) => candidate?.values[name]?.value;
const codes = (issues: readonly { readonly code: string }[]) => issues.map((entry) => entry.code);

describe('tables of candidates in JSON', () => {
  test('values are numbers, texts or objects with uncertainty, unit and quality', () => {
    const { candidates, issues } = json([
      { id: 'a', E_b: 3.4, 'E_f (meV)': '120' },
      { id: 'b', E_b: { value: 2900, uncertainty: 150, unit: 'meV', quality: 'degraded' }, 'E_f (meV)': 200 },
    ]);
    expect(candidates[0]?.values['adsorption-energy']).toEqual({ value: -3.4, uncertainty: 0.1, quality: 'ok' });
    expect(candidates[0]?.values.E_f?.value).toBe(0.12);
    expect(candidates[1]?.values.E_b).toEqual({ value: 2.9, uncertainty: 0.15, quality: 'degraded' });
    expect(codes(issues)).toEqual(['W_DEFAULT_UNCERTAINTY', 'W_DEFAULT_UNCERTAINTY']);
  });

  test('null, an absent key and an empty object are missing; anything else that is no number is an error', () => {
    const { candidates, issues } = json({
      candidates: [
        { id: 'a', E_f: null },
        { id: 'b', E_f: 0.2, E_f_uncertainty: 0.01 },
        { id: 'c' },
        { id: 'd', E_f: {} },
        { id: 'e', E_f: true },
        { id: 'f', E_f: [0.2] },
      ],
    });
    expect(candidates.map((entry) => codes(entry.missing.E_f ?? []))).toEqual([
      ['E_NO_VALUE'],
      [],
      ['E_NO_VALUE'],
      ['E_NO_VALUE'],
      ['E_UNPARSEABLE'],
      ['E_UNPARSEABLE'],
    ]);
    expect(candidates[1]?.values.E_f?.uncertainty).toBe(0.01);
    expect(issues.map((entry) => entry.where.block)).toEqual(['candidates[4].E_f', 'candidates[5].E_f']);
  });

  test("the candidates of a screening's own output are read, with the reasons of what is unavailable", () => {
    const { candidates, issues } = json({
      profile: 'li-moderate',
      candidates: [
        {
          id: 'ZnO(202)',
          label: 'ZnO(202)',
          system: 's',
          descriptors: {
            'adsorption-energy': { available: true, value: -4.32, unit: 'eV', uncertainty: 0.1, quality: 'ok' },
            'migration-barrier': { available: false, reasons: [{ code: 'E_IMAGE_GAP', message: 'images missing' }] },
          },
        },
      ],
    });
    expect(value(candidates[0], 'binding-energy')).toBe(4.32);
    expect(candidates[0]?.missing['migration-barrier']?.[0]?.message).toBe(
      'no value in column migration-barrier: images missing',
    );
    expect(issues).toEqual([]);
  });

  test('numbers as ids, duplicate ids and unknown units are treated as in CSV', () => {
    expect(json([{ id: 7, E_f: 0.2 }]).candidates.map((entry) => entry.id)).toEqual(['7']);
    expect(() => json([{ id: 'a' }, { id: 'a' }])).toThrow('at candidates[0] and candidates[1]');
    expect(() => json([{ id: 'a', E_f: { value: 1, unit: 'Ry' } }])).toThrow(
      't.json, candidates[0].E_f: expected a unit that converts to eV, found "Ry"',
    );
  });

  test('what is no table is an error of the request, with the line when it is no JSON', () => {
    expect(() => json({ rows: [] })).toThrow('t.json: expected a list of candidates or {"candidates": […]}');
    expect(() => json([1, 2])).toThrow(/expected a list of candidates/);
    const read = (text: string) => readCandidateTable(text, 't.json', 'json', catalogue);
    expect(() => read('[\n  {"id": "a",\n   "E_f": 0.1 0.2}\n]')).toThrow(/^t\.json line 3: /);
    expect(() => read('[\n  {"id": "a",\n   "E_f": nan}\n]')).toThrow(/^t\.json.*JSON/);
    expect(() => read('')).toThrow(/^t\.json.*JSON/);
    expect(read('\uFEFF[]')).toEqual({ candidates: [], issues: [] });
  });
});
