/** A table with its ranking, as `adatom rank --out` writes it. */
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { rankedTableCsv, rankedTableParquet } from '../../exports/ranked-table.ts';
import { type Profile, profileSchema } from '../../model/profile.ts';
import type { RankableCandidate } from '../../model/ranking.ts';
import { profileDescriptors } from '../../pipeline/defined-descriptors.ts';
import { rankCandidates, readCandidateTable } from '../../ranking/index.ts';
import { loadProfile } from '../../reading/find-profile.ts';
import { expectNear } from '../near.ts';

const LITHIUM = loadProfile('li-moderate');
// SCIENCE §10.2: A scores 0.979796, D 0.757635, B 0; C has no barrier.
const TABLE = 'id,E_b (eV),E_f (eV)\n"A, first",3.40,0.12\nB,1.61,0.35\nC,4.32,\nD,2.90,0.20\n';

function tableOf(text: string, profile: Profile) {
  const { names, complete } = profileDescriptors(profile);
  const read = readCandidateTable(text, 't.csv', 'csv', names);
  const candidates: RankableCandidate[] = read.candidates.map(complete);
  return { table: { ranking: rankCandidates(candidates, profile, { seed: 1 }), profile, names, candidates }, read };
}

const { table } = tableOf(TABLE, LITHIUM);
const csv = [...rankedTableCsv(table)].join('');

describe('a ranked table', () => {
  it('has a row per candidate, ranked ones first, with the values in the units of the profile', () => {
    const rows = csv.split('\r\n');
    expect(rows[0]).toContain(
      'unranked_because,binding-energy (eV),binding-energy_uncertainty (eV),binding-energy_quality,',
    );
    expect(rows.slice(1, 5).map((row) => row.split(',', 1)[0])).toEqual(['"A', 'D', 'B', 'C']);
    expect(rows[4]).toContain('E_DESCRIPTOR_MISSING');
  });

  it('gives the same ranking when it is read back, and every column is known', () => {
    const { table: again, read } = tableOf(csv, LITHIUM);
    expect(read.issues.filter(({ code }) => code === 'W_UNKNOWN_COLUMN')).toEqual([]);
    expect(again.ranking.ranked).toEqual(table.ranking.ranked);
    expect(again.ranking.unranked.map(({ id }) => id)).toEqual(['C']);
  });

  it('gives the same draws when it is read back, whatever a candidate is called', () => {
    // A spreadsheet would run the first two; the table marks them as text.
    const named = tableOf(
      'id,E_b (eV),E_f (eV)\n=SUM(A1),3.3,0.12\n-x,3.4,0.14\n"Zn ""O"", β",3.5,0.13\n',
      LITHIUM,
    ).table;
    const text = [...rankedTableCsv(named)].join('');
    expect(text).toContain("'=SUM(A1),");
    expect(tableOf(text, LITHIUM).table.ranking.ranked).toEqual(named.ranking.ranked);
  });

  it('is the same in Parquet, typed', async () => {
    const bytes = Buffer.concat([...rankedTableParquet(table, '0.0.0')]);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const [first, second, , last] = await parquetReadObjects({ file });
    expect(first).toMatchObject({ id: 'A, first', rank: 1, front: 1, robust: true });
    expectNear(second?.score, 0.757635, 5e-7);
    expectNear(second?.['binding-energy_desirability'], 0.717514, 5e-7);
    expect(last).toMatchObject({ id: 'C', 'migration-barrier (eV)': null, rank: null, robust: null });
  });

  it('has one column for a descriptor that the profile has two names for', () => {
    const twice = profileSchema.parse({
      ...LITHIUM,
      constraints: [{ descriptor: 'adsorption-energy', unit: 'eV', maximum: 0 }],
    });
    const { table: named } = tableOf(TABLE, twice);
    const text = [...rankedTableCsv(named)].join('');
    expect(text.split('\r\n', 1)[0]).not.toContain('adsorption-energy');
    expect(tableOf(text, twice).table.ranking.ranked).toEqual(named.ranking.ranked);
  });

  it('has bounds of a score where a value is missing that keeps its weight', () => {
    const interval = profileSchema.parse({
      ...LITHIUM,
      constraints: [],
      objectives: LITHIUM.objectives.map((objective) => ({ ...objective, missing: 'interval' })),
    });
    const rows = [...rankedTableCsv(tableOf(TABLE, interval).table)].map((row) => row.trim().split(','));
    const row = rows.find(([id]) => id === 'C');
    const cell = (name: string): string | undefined => row?.[rows[0]?.indexOf(name) ?? -1];
    // C: d₁ = 0.233333; with d₂ = 1 the score is √0.233333 = 0.483046, with 0 it is 0.
    expect(cell('score_lower')).toBe('0');
    expectNear(Number(cell('score_upper')), 0.483046, 1e-6);
  });
});
