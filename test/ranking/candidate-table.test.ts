import { describe, expect, test } from 'vitest';
import type { RankableCandidate } from '../../model/ranking.ts';
import { readCandidateTable } from '../../ranking/index.ts';
import { expectNear } from '../near.ts';
import { catalogue } from './descriptor-catalogue.ts';

const csv = (text: string) => readCandidateTable(text, 't.csv', 'csv', catalogue);
const value = (candidate: RankableCandidate | undefined, name: string) => candidate?.values[name]?.value;
const codes = (issues: readonly { readonly code: string }[]) => issues.map((entry) => entry.code);

describe('tables of candidates in CSV', () => {
  test('a value is found under every name of its descriptor, with the sign of that name', () => {
    const [fromBinding] = csv('id,E_b\nZnO(002),3.40\n').candidates;
    const [fromAdsorption] = csv('id,adsorption-energy\nZnO(002),-3.40\n').candidates;
    expect(fromBinding?.values).toEqual(fromAdsorption?.values);
    expect(Object.entries(fromBinding?.values ?? {}).map(([name, entry]) => [name, entry.value])).toEqual([
      ['adsorption-energy', -3.4],
      ['E_ads', -3.4],
      ['binding-energy', 3.4],
      ['E_b', 3.4],
    ]);
  });

  test('a quality column keeps an unreliable value unreliable', () => {
    const { candidates, issues } = csv('id,rank,E_b,E_b_quality\na,1,3.4,unreliable\nb,2,3.1,ok\n');
    expect(candidates.map((candidate) => candidate.values['binding-energy']?.quality)).toEqual(['unreliable', 'ok']);
    expect(codes(issues)).not.toContain('W_UNKNOWN_COLUMN');
  });

  test('a binding energy of 0 is 0 under every name', () => {
    expect(Object.is(value(csv('id,E_b\na,0\n').candidates[0], 'E_ads'), 0)).toBe(true);
  });

  test.each([
    ['E_f'],
    ['migration-barrier'],
    ['Migration barrier'],
    ['migration_barrier'],
    ['migrationBarrier'],
    ['E_f (eV)'],
    ['E_f [eV]'],
    ['E_f / eV'],
    ['E_f_eV'],
    ['migration-barrier [eV]'],
    ['migrationBarrierEv'],
    ['Migration barrier (eV)'],
  ])('the header %s is a migration barrier in eV', (header) => {
    const { candidates, issues } = csv(`id,${header}\na,0.35\n`);
    expect(value(candidates[0], 'migration-barrier')).toBe(0.35);
    expect(codes(issues)).toEqual(['W_DEFAULT_UNCERTAINTY']);
  });

  test.each([
    ['E_f (meV)'],
    ['E_f [meV]'],
    ['E_f/meV'],
    ['E_f_meV'],
    ['migrationBarrierMev'],
    ['migration-barrier-mev'],
  ])('the header %s is in meV', (header) => {
    expect(value(csv(`id,${header}\na,350\n`).candidates[0], 'E_f')).toBe(0.35);
  });

  test.each([['ΔE_nuc (eV)'], ['dE_nuc'], ['delta_E_nuc (eV)'], ['DeltaE_nuc'], ['∆E_nuc']])(
    'the header %s is the nucleation driving force',
    (header) => {
      expect(value(csv(`id,${header}\na,-1.77\n`).candidates[0], 'nucleation-driving-force')).toBe(-1.77);
    },
  );

  test('a Fermi energy is not taken for a barrier', () => {
    for (const header of ['E_F', 'Ef', 'e_f']) {
      expect(codes(csv(`id,${header}\na,2.3\n`).issues)).toEqual(['W_UNKNOWN_COLUMN']);
    }
  });

  test('other units of the same quantity are converted', () => {
    // 1 eV = 96.48533 kJ/mol, 1 eV/Å² = 16.02176634 J/m² (SCIENCE §0).
    expectNear(value(csv('id,E_f (kJ/mol)\na,96.48533\n').candidates[0], 'E_f'), 1, 1e-7);
    expectNear(value(csv('id,γ (eV/Å^2)\na,0.1\n').candidates[0], 'γ'), 1.602176634, 1e-12);
    expect(value(csv('id,γ (mJ/m²)\na,870\n').candidates[0], 'γ')).toBe(0.87);
    expect(value(csv('id,ε (%)\na,7.5\n').candidates[0], 'ε')).toBe(0.075);
    expect(value(csv('id,E_ads (eV/atom)\na,-2\n').candidates[0], 'E_ads')).toBe(-2);
  });

  test('a unit that is not known, or of another quantity, is an error of the request', () => {
    expect(() => csv('id,E_f (Ry)\na,0.1\n')).toThrow(
      't.csv, column 2: expected migration-barrier in a unit that converts to eV, found "Ry" in the header "E_f (Ry)"',
    );
    expect(() => csv('id,γ (eV)\na,0.1\n')).toThrow(/converts to J\/m²/);
    expect(() => csv('id,E_f (MeV)\na,0.1\n')).toThrow(/found "MeV"/);
  });

  test.each([
    ['E_f_uncertainty'],
    ['E_f uncertainty'],
    ['E_f ±'],
    ['E_f±'],
    ['sigma_E_f'],
    ['σ(E_f)'],
    ['E_f ± (eV)'],
    ['E_f_uncertainty (eV)'],
    ['migration-barrier_uncertainty'],
    ['migrationBarrierUncertaintyEv'],
  ])('the header %s is the uncertainty of the barrier', (header) => {
    const { candidates, issues } = csv(`id,E_f,${header}\na,0.35,0.02\n`);
    expect(candidates[0]?.values.E_f).toEqual({ value: 0.35, uncertainty: 0.02, quality: 'ok' });
    expect(issues).toEqual([]);
  });

  test('an uncertainty is in the unit of its values unless it says its own, and is never negative', () => {
    const inherited = csv('id,E_b (meV),E_b_uncertainty\na,3400,150\n').candidates[0];
    expect(inherited?.values['adsorption-energy']).toEqual({ value: -3.4, uncertainty: 0.15, quality: 'ok' });
    const own = csv('id,E_f (eV),E_f ± (meV)\na,0.3,20\n').candidates[0];
    expect(own?.values.E_f?.uncertainty).toBe(0.02);
    const { candidates, issues } = csv('id,E_f,sigma_E_f\na,0.3,-0.1\n');
    expect(candidates[0]?.values.E_f?.uncertainty).toBe(0.05);
    expect(codes(issues)).toEqual(['E_UNPARSEABLE', 'W_DEFAULT_UNCERTAINTY']);
  });

  test('without an uncertainty the default counts, and is told once per column', () => {
    const { candidates, issues } = csv('id,E_f,sigma_E_f\na,0.3,0.02\nb,0.2,\nc,0.4,NA\n');
    expect(candidates.map((entry) => entry.values.E_f?.uncertainty)).toEqual([0.02, 0.05, 0.05]);
    expect(issues.map((entry) => [entry.message, entry.where.line])).toEqual([
      ['E_f: no uncertainty given, default ± 0.05 eV', 3],
    ]);
  });

  test.each(['', 'NA', 'nan', '-', 'missing', ' N/A ', '—'])('a cell "%s" is missing with a reason', (cell) => {
    const { candidates, issues } = csv(`id,E_b,E_f\na,3.4,${cell}\n`);
    expect(candidates[0]?.values).not.toHaveProperty('E_f');
    for (const name of ['E_f', 'migration-barrier']) {
      expect(codes(candidates[0]?.missing[name] ?? [])).toEqual(['E_NO_VALUE']);
    }
    expect(codes(issues)).toEqual(['W_DEFAULT_UNCERTAINTY']);
  });

  test.each(['0.3 eV', '****', '0.3(1)', '0x10', '1e999', 'Infinity', '<0.2', '1.2.3'])(
    'the text %s is no number: an error with line and column, and no value',
    (cell) => {
      const { candidates, issues } = csv(`id,E_f\nok,0.2\na,${cell}\n`);
      expect(candidates[1]?.values).toEqual({});
      const found = issues.filter((entry) => entry.code === 'E_UNPARSEABLE');
      expect(found.map((entry) => entry.where)).toEqual([{ file: 't.csv', line: 3, block: 'column 2, E_f' }]);
      expect(found[0]?.message).toContain(`found "${cell}"`);
      expect(candidates[1]?.missing.E_f).toEqual(found);
    },
  );

  test('numbers may have signs, exponents and a typeset minus', () => {
    const { candidates } = csv('id,E_ads\na,-3.4\nb,−3.4\nc,+1.5e-1\nd,.5\ne,2.\n');
    expect(candidates.map((entry) => value(entry, 'E_ads'))).toEqual([-3.4, -3.4, 0.15, 0.5, 2]);
  });

  test('commas, semicolons and tabs separate; quotes, line ends and a byte order mark are read', () => {
    const expected = csv('id,E_b,E_f\na,3.4,0.3\nb,2.9,0.2\n').candidates;
    expect(csv('id;E_b;E_f\na;3.4;0.3\nb;2.9;0.2\n').candidates).toEqual(expected);
    expect(csv('id\tE_b\tE_f\na\t3.4\t0.3\nb\t2.9\t0.2').candidates).toEqual(expected);
    expect(csv('\uFEFFid,E_b,E_f\r\na,3.4,0.3\r\nb,2.9,0.2\r\n').candidates).toEqual(expected);
    expect(csv('"id","E_b","E_f"\n"a","3.4","0.3"\n\n"b", "2.9" ,"0.2"\n,,\n').candidates).toEqual(expected);
    const quoted = csv('id,E_f\n"ZnO, O-terminated ""(002)""",0.3\n').candidates;
    expect(quoted.map((entry) => entry.id)).toEqual(['ZnO, O-terminated "(002)"']);
  });

  test('lines are counted as an editor counts them', () => {
    const lineOf = (text: string) => csv(text).issues.find((entry) => entry.code === 'E_UNPARSEABLE')?.where.line;
    expect(lineOf('id,E_f\r\n\r\n"a\r\nb",0.3\r\n\r\nc,x\r\n')).toBe(6);
    expect(lineOf('\n\nid,E_f\nc,x\n')).toBe(4);
  });

  test('a decimal comma is not guessed at', () => {
    const { candidates, issues } = csv('id;E_f\na;0,35\n');
    expect(candidates[0]?.values).toEqual({});
    expect(codes(issues)).toEqual(['E_UNPARSEABLE']);
  });

  test('a row with more cells than the header is shifted: none of its values counts', () => {
    const { candidates, issues } = csv('id,E_b,E_f\na,3,40,0,12\nb,2.9,0.2,\nc,2.5\n');
    expect(candidates.map((entry) => Object.keys(entry.values).length)).toEqual([0, 6, 4]);
    expect(codes(candidates[0]?.missing['binding-energy'] ?? [])).toEqual(['E_SYNTAX']);
    expect(issues.filter((entry) => entry.code === 'E_SYNTAX').map((entry) => entry.where.line)).toEqual([2]);
    expect(codes(candidates[2]?.missing.E_f ?? [])).toEqual(['E_NO_VALUE']);
  });

  test.each(['id', 'candidate', 'name', 'facet', 'label', 'material', 'Facet'])(
    'a column %s names the candidates',
    (header) => {
      const { candidates, issues } = csv(`E_f,${header}\n0.3,ZnO(002)\n`);
      expect(candidates.map((entry) => entry.id)).toEqual(['ZnO(002)']);
      expect(codes(issues)).toEqual(['W_DEFAULT_UNCERTAINTY']);
    },
  );

  test('an id counts before a facet, wherever it stands', () => {
    expect(csv('facet,E_f,id\n(002),0.3,x1\n(002),0.4,x2\n').candidates.map((entry) => entry.id)).toEqual(['x1', 'x2']);
  });

  test('without a name the row number is used, and said', () => {
    const { candidates, issues } = csv('E_f\n0.3\n0.2\n');
    expect(candidates.map((entry) => entry.id)).toEqual(['row-1', 'row-2']);
    expect(issues.filter((entry) => entry.code === 'W_NO_CANDIDATE_ID').map((entry) => entry.where.line)).toEqual([
      2, 3,
    ]);
    expect(csv('id,E_f\n,0.3\n').candidates.map((entry) => entry.id)).toEqual(['row-1']);
  });

  test('one name on two rows is an error of the request that names both lines', () => {
    expect(() => csv('facet,E_f\n002,0.3\n020,0.2\n002,0.4\n')).toThrow(
      't.csv: candidate "002" stands twice, at line 2 and line 4',
    );
  });

  test('two columns for one quantity could contradict each other and are refused', () => {
    expect(() => csv('id,E_b,E_ads\na,3.4,-2.4\n')).toThrow(
      't.csv, column 3: expected one column for adsorption-energy, found "E_b" and "E_ads"',
    );
  });

  test('a column nobody knows is named and not used', () => {
    const { candidates, issues } = csv('id,E_b,note,sigma_γ\na,3.4,x,0.1\n');
    expect(value(candidates[0], 'E_ads')).toBe(-3.4);
    expect(issues.map((entry) => [entry.code, entry.where.block])).toEqual([
      ['W_UNKNOWN_COLUMN', 'column 3'],
      ['W_UNKNOWN_COLUMN', 'column 4'],
      ['W_DEFAULT_UNCERTAINTY', 'column 2, E_b'],
    ]);
  });

  test('an empty file and open quotes are errors of the request; a header alone is an empty table', () => {
    expect(() => csv('')).toThrow('t.csv: expected a header row, found an empty file');
    expect(() => csv('\n\n')).toThrow(/expected a header row/);
    expect(() => csv('id,E_f\n"a,0.3\n')).toThrow('t.csv: expected a closing quote, found the end of the file');
    expect(csv('id,E_f\n')).toEqual({ candidates: [], issues: [] });
  });
});
