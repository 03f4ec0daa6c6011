/** Why ranks changed, as a reader of the terminal sees it: `rank --before` on changes made by hand. */
import { describe, expect, test } from 'vitest';
import { changeText } from '../../cli/shared/change-text.ts';
import { paintFor } from '../../cli/shared/terminal.ts';
import type { CandidateChange, ChangeEnd, RankingChange } from '../../model/ranking-change.ts';

const END: ChangeEnd = {
  profile: 'p',
  profileVersion: 1,
  method: 'topsis',
  seed: 1,
  draws: 10,
  ranked: 2,
  unranked: 0,
};
const place = (rank: number) => ({ rank, score: 1 / rank, firstRankProbability: 0.5, equalScores: 0 });

function moved(id: string, ranks: readonly [number, number], of: Partial<CandidateChange>): CandidateChange {
  const [before, after] = ranks;
  return { id, status: 'ranked', before: place(before), after: place(after), rankChange: after - before, ...of };
}

function linesOf(changes: readonly CandidateChange[], facts: Partial<RankingChange> = {}): string[] {
  const lists = { values: [], profileChanges: [], cameCandidates: [], wentCandidates: [], issues: [] };
  const change: RankingChange = { before: END, after: END, changes, ...lists, ...facts };
  return changeText({ change, noticed: [] }, paintFor({ isTTY: false }));
}

const cells = (line: string | undefined) => line?.split(/\s{2,}/);

describe('a value that changed', () => {
  const value = (number: number, uncertainty: number) => ({ value: number, uncertainty, quality: 'ok' as const });

  test('is shown with the decimals that tell the two apart, and a pure number without a unit', () => {
    const strain = { id: 'a', descriptor: 'coincidence-mismatch', unit: '1', affects: 'order' as const };
    const sides = { before: value(0.005, 0.001), after: value(0.0051, 0.001), change: 0.0001 };
    // |Δ|/√(0.001² + 0.001²) = 0.07
    const lines = linesOf([], { values: [{ ...strain, ...sides, combinedSigmas: 0.0707 }] });
    expect(lines).toContain('  a  coincidence-mismatch  0.0050 ± 0.0010 → 0.0051 ± 0.0010 (+1.00e−4, 0.1 combined σ)');
    const barrier = { id: 'a', descriptor: 'migration-barrier', unit: 'eV', affects: 'order' as const };
    const shift = { before: value(0.2, 0.05), after: value(0.5, 0.05), change: 0.3, combinedSigmas: 4.24 };
    const [line] = linesOf([], { values: [{ ...barrier, ...shift }] }).slice(-1);
    expect(line).toBe('  a  migration-barrier  0.200 ± 0.050 → 0.500 ± 0.050 eV (+0.300, 4.2 combined σ)');
  });
});

describe('the table of causes', () => {
  test('says 0 of a cause that moves nothing, and nothing of one that has no part of its own', () => {
    const lines = linesOf([
      moved('one', [1, 2], { causes: { ownValues: 2, otherValues: -1 } }),
      moved('two', [2, 1], { causes: { values: -1 } }),
    ]);
    const [head, one, two] = lines.slice(lines.findIndex((line) => line.startsWith('candidate')));
    // By columns, because empty cells leave no text.
    const at = (title: string) => (head ?? '').indexOf(title) + title.length;
    const cell = (line: string | undefined, title: string) =>
      (line ?? '').slice(at(title) - title.length, at(title)).trim();
    expect(cells(head)?.slice(3, 6)).toEqual(['own values', "others' values", "own and others' values"]);
    expect([cell(one, 'own values'), cell(one, "others' values")]).toEqual(['↓2', '↑1']);
    expect(cell(one, "own and others' values")).toBe('');
    expect([cell(two, '  own values'), cell(two, "others' values")]).toEqual(['', '']);
    expect(cell(two, "own and others' values")).toBe('↑1');
  });

  test('leaves the causes empty that act only together', () => {
    const lines = linesOf([
      moved('one', [1, 2], { causes: { together: 1 }, together: ['ownValues', 'rules'] }),
      moved('two', [2, 1], { causes: { ownValues: -2, rules: 1 } }),
    ]);
    expect(cells(lines.find((line) => line.startsWith('one')))).toEqual([
      'one',
      '1 → 2',
      '↓1',
      '↓1',
      '1.0000 → 0.5000',
      '0.50 → 0.50',
    ]);
  });
});
