/** `adatom rank NEW --before OLD`: what moved whom between two rankings, and by how many places. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { campaign } from './example-campaign.ts';
import { runAdatom } from './run-adatom.ts';

interface Change {
  readonly id: string;
  readonly status: string;
  readonly rankBefore?: number;
  readonly rankAfter?: number;
  readonly scoreBefore?: number;
  readonly scoreAfter?: number;
  readonly rankChange?: number;
  readonly causes?: Readonly<Record<string, number>>;
  readonly sufficient?: readonly (readonly string[])[];
  readonly reasonsBefore?: readonly { readonly code: string }[];
}

interface Answer {
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
  readonly values: readonly { readonly id: string; readonly descriptor: string; readonly change?: number }[];
  readonly profileChanges: readonly object[];
  readonly cameCandidates: readonly string[];
  readonly wentCandidates: readonly string[];
  readonly inputChanges?: readonly { readonly fileBefore?: string; readonly fileAfter?: string }[];
  readonly definitionChanges?: readonly object[];
  readonly issues: readonly { readonly code: string }[];
}

// The table of SCIENCE §10.2; in May the barrier of C is there, that of D is corrected, and E is new.
const MARCH = 'id,E_b (eV),E_f (eV)\nD,2.90,0.20\nC,4.32,\nA,3.40,0.12\nB,1.61,0.35\n';
const MAY = 'id,E_b (eV),E_f (eV)\nD,2.90,0.50\nC,4.32,0.12\nA,3.40,0.12\nB,1.61,0.35\nE,3.40,0.11\n';
const LI = ['--profile', 'li-moderate'];
const PROFILE = readFileSync(fileURLToPath(new URL('../../profiles/li-moderate.yaml', import.meta.url)), 'utf8');
/** Weights 2:1. */
const OWN = PROFILE.replace('name: li-moderate', 'name: own').replace('weight: 1', 'weight: 2');

async function explained(cwd: string, ...args: string[]): Promise<Answer> {
  const run = await runAdatom(['rank', ...args, '--json'], { cwd });
  expect([run.exitCode, run.stderr]).toEqual([0, '']);
  return JSON.parse(run.stdout) as Answer; // shape: the contract of the command line
}

describe('two tables under one profile', () => {
  test('places are divided among own values, others and newcomers', async () => {
    const cwd = temporaryFolder({ 'march.csv': MARCH, 'may.csv': MAY });
    const answer = await explained(cwd, 'may.csv', ...LI, '--before', 'march.csv');
    expect(answer).toMatchObject({
      before: { profile: 'li-moderate', profileVersion: 1, method: 'desirability', ranked: 3, unranked: 1 },
      after: { profile: 'li-moderate', ranked: 5, unranked: 0 },
      profileChanges: [],
      cameCandidates: ['E'],
      wentCandidates: [],
    });
    // By hand: March A 0.980, D 0.758, B 0; May E √0.98 = 0.990, A, C √(0.2333 · 0.96) = 0.473, D √(0.7175 · 0.2) = 0.379, B.
    // D falls behind C only with both its own new barrier and that of C: half a place each, and one for E.
    const none = { ownValues: 0, otherValues: 0, candidates: 0, rules: 0, weights: 0, method: 0 };
    const told = answer.changes.map(({ id, status, rankBefore, rankAfter, causes }) => [
      id,
      status,
      rankBefore,
      rankAfter,
      causes,
    ]);
    expect(told).toEqual([
      ['A', 'ranked', 1, 2, { ...none, candidates: 1 }],
      ['E', 'came', undefined, 1, undefined],
      ['D', 'ranked', 2, 4, { ...none, ownValues: 0.5, otherValues: 0.5, candidates: 1 }],
      ['B', 'ranked', 3, 5, { ...none, otherValues: 1, candidates: 1 }],
      ['C', 'became-ranked', undefined, 3, undefined],
    ]);
    const d = answer.changes[2];
    expectNear(d?.scoreBefore, 0.757635, 1e-6); // SCIENCE §10.2
    expectNear(d?.scoreAfter, Math.sqrt(0.717514 * 0.2), 1e-6);
    expect(answer.changes[4]).toMatchObject({ sufficient: [['ownValues']] });
    expect(answer.changes[4]?.reasonsBefore?.map(({ code }) => code)).toEqual(['E_DESCRIPTOR_MISSING', 'E_NO_VALUE']);
    expect(answer.values.map(({ id, descriptor }) => [id, descriptor])).toEqual([
      ['C', 'migration-barrier'],
      ['D', 'migration-barrier'],
    ]);
    expectNear(answer.values[1]?.change, 0.3, 1e-12);
    expect(answer.inputChanges).toBeUndefined();
  });

  test('seen back from May to March every part turns its sign', async () => {
    const cwd = temporaryFolder({ 'march.csv': MARCH, 'may.csv': MAY });
    const answer = await explained(cwd, 'march.csv', ...LI, '--before', 'may.csv');
    const d = answer.changes.find(({ id }) => id === 'D');
    expect([d?.rankChange, d?.causes?.ownValues, d?.causes?.otherValues, d?.causes?.candidates]).toEqual([
      -2, -0.5, -0.5, -1,
    ]);
    expect(answer.changes.find(({ id }) => id === 'C')).toMatchObject({ status: 'became-unranked' });
    expect(answer.wentCandidates).toEqual(['E']);
  });

  test('the terminal has a column for every cause that moved anybody, and sentences for the facts', async () => {
    const cwd = temporaryFolder({ 'march.csv': MARCH, 'may.csv': MAY });
    const { stdout, stderr, exitCode } = await runAdatom(['rank', 'may.csv', ...LI, '--before', 'march.csv'], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Both profiles state the same.');
    expect(stdout).toMatch(/^candidate +rank +change +own values +others' values +candidates +score +P\(first\)$/m);
    expect(stdout).toMatch(/^D +2 → 4 +↓2 +↓0\.5 +↓0\.5 +↓1 +0\.7576 → 0\.3788 /m);
    expect(stdout).toMatch(/^ {2}C {2}ranked now; enough for it: own values$/m);
    expect(stdout).toMatch(/^ {2}came {2}E, rank 1$/m);
    expect(stdout).toMatch(
      /^ {2}D {2}migration-barrier {2}0\.200 ± 0\.050 → 0\.500 ± 0\.050 eV \(\+0\.300, 4\.2 combined σ\)$/m,
    );
    expect(stdout).toMatch(/^ {2}C {2}migration-barrier {2}missing → 0\.120 ± 0\.050 eV: no value in column/m);
  });

  test('the same table twice is no change', async () => {
    const cwd = temporaryFolder({ 'march.csv': MARCH });
    const { stdout } = await runAdatom(['rank', 'march.csv', ...LI, '--before', 'march.csv'], { cwd });
    expect(stdout).toMatch(/^Nothing changed\.$/m);
    const answer = await explained(cwd, 'march.csv', ...LI, '--before', 'march.csv');
    for (const { rankBefore, rankAfter } of answer.changes) expect(rankAfter).toBe(rankBefore);
    expect(answer).toMatchObject({ values: [], profileChanges: [], cameCandidates: [], wentCandidates: [] });
  });

  test('a new uncertainty is told as one that moves probabilities only', async () => {
    const sure = 'id,E_b,E_b ±,E_f,E_f ±\nA,3.40,0.1,0.12,0.05\nD,2.90,0.1,0.20,0.05\n';
    const cwd = temporaryFolder({ 'old.csv': sure, 'new.csv': sure.replaceAll('0.05', '0.25') });
    const { stdout } = await runAdatom(['rank', 'new.csv', ...LI, '--before', 'old.csv'], { cwd });
    expect(stdout).toMatch(/^A +1 → 1 +0 +0\.9798 → 0\.9798 /m);
    expect(stdout).toMatch(/^ {2}A {2}migration-barrier .*; the order does not depend on it$/m);
  });
});

describe('two profiles', () => {
  test('one table shows what weights alone do', async () => {
    const cwd = temporaryFolder({ 'march.csv': MARCH, 'own.yaml': OWN });
    const args = ['march.csv', '--profile', 'own.yaml', '--before', 'march.csv', '--before-profile', 'li-moderate'];
    const answer = await explained(cwd, ...args);
    expect([answer.before.profile, answer.after.profile]).toEqual(['li-moderate', 'own']);
    // SCIENCE §10.2: A with weights 1:1 and 2:1.
    expectNear(answer.changes[0]?.scoreBefore, 0.979796, 1e-6);
    expectNear(answer.changes[0]?.scoreAfter, 0.986485, 1e-6);
    expect(answer.profileChanges).toEqual([
      {
        cause: 'weights',
        statement: 'weight',
        descriptor: 'binding-energy',
        before: 1,
        after: 2,
        shareBefore: 0.5,
        shareAfter: 2 / 3,
      },
    ]);
    const { stdout } = await runAdatom(['rank', ...args], { cwd });
    expect(stdout).toMatch(/^No rank changed\.$/m);
    expect(stdout).toMatch(/^ {2}weights: binding-energy, weight 1 → 2 \(50\.0 % → 66\.7 % of the whole\)$/m);
  });

  test('a tighter limit shuts out by itself, whatever else changed', async () => {
    const strict = PROFILE.replace('maximum: 1.0', 'maximum: 0.3');
    const cwd = temporaryFolder({ 'march.csv': MARCH, 'may.csv': MAY, 'strict.yaml': strict });
    const args = ['may.csv', '--profile', 'strict.yaml', '--before', 'march.csv', '--before-profile', 'li-moderate'];
    const answer = await explained(cwd, ...args);
    // By hand, barriers below 0.3 eV: that of B never was; that of D was before it was corrected.
    expect(answer.changes.find(({ id }) => id === 'B')?.sufficient).toEqual([['rules']]);
    expect(answer.changes.find(({ id }) => id === 'D')?.sufficient).toEqual([['ownValues', 'rules']]);
    const { stdout } = await runAdatom(['rank', ...args], { cwd });
    expect(stdout).toMatch(/^ {2}D {2}ranked no more; enough for it: own values and rules\n {4}E_CONSTRAINT /m);
    expect(stdout).toMatch(/^ {2}rules: migration-barrier, constraint < 1 → < 0\.3 eV$/m);
  });
});

describe('results of a screening', () => {
  test('tell which files stand behind a value no more, and are one table as JSON and as CSV', async () => {
    const { cwd, tree } = campaign();
    await runAdatom(['screen', 'campaign', '--out', 'march', '--quiet'], { cwd });
    rmSync(join(tree, 'zno-020', 'neb'), { recursive: true });
    await runAdatom(['screen', 'campaign', '--out', 'may', '--quiet'], { cwd });
    const answer = await explained(cwd, 'may/ranking.json', ...LI, '--before', 'march/ranking.json');
    expect(answer.changes.find(({ id }) => id === 'zno-020')).toMatchObject({
      status: 'became-unranked',
      rankBefore: 2,
      sufficient: [['ownValues']],
    });
    expect(answer.definitionChanges).toEqual([]);
    const files = (answer.inputChanges ?? []).map(({ fileBefore }) => fileBefore);
    expect(files).toContain('zno-020/neb/01/OUTCAR');
    for (const { fileAfter } of answer.inputChanges ?? []) expect(fileAfter).toBeUndefined();
    const { stdout } = await runAdatom(['rank', 'may/ranking.json', ...LI, '--before', 'march/ranking.json'], { cwd });
    expect(stdout).toMatch(
      /^ {2}file zno-020\/neb\/01\/OUTCAR \([0-9a-f]{8}\), used no more: zno-020 .*migration-barrier$/m,
    );
    const csv = ['rank', 'march/ranking.json', ...LI, '--before', 'march/ranking.csv'];
    expect((await runAdatom(csv, { cwd })).stdout).toMatch(/^Nothing changed\.$/m);
  });
});

describe('a wrong request', () => {
  test('is answered with exit code 2, nothing on stdout and what to do', async () => {
    const cwd = temporaryFolder({
      'march.csv': MARCH,
      'broken.json': '[{"id": ',
      'ranking.json': '{"profile": "li-moderate", "ranked": [], "unranked": []}',
    });
    for (const [args, words] of [
      [['march.csv', '--before', 'march.csv'], '--profile is needed'],
      [['march.csv', ...LI, '--before', 'nowhere.csv'], 'nowhere.csv: no such file'],
      [['march.csv', ...LI, '--before', 'broken.json'], 'broken.json'],
      [
        ['march.csv', ...LI, '--before', 'ranking.json'],
        'found a ranking without them: give the table that was ranked',
      ],
      [['march.csv', ...LI, '--before', 'march.csv', '--before-profile', 'nobody'], 'Available: general'],
      [['march.csv', ...LI, '--before-profile', 'li-moderate'], '--before is needed'],
      [['march.csv', ...LI, '--compare', '--before', 'march.csv'], 'expected --compare or --before, found both'],
      [['march.csv', ...LI, '--before', 'march.csv', '--out', 'x.csv'], 'leave out --before'],
    ] as const) {
      const run = await runAdatom(['rank', ...args, '--json'], { cwd });
      expect(run.stderr).toContain(words);
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    }
  });

  test('with a table of no candidate is no answer: exit code 3, which of the two', async () => {
    const cwd = temporaryFolder({ 'march.csv': MARCH, 'none.json': '[]' });
    const run = await runAdatom(['rank', 'march.csv', ...LI, '--before', 'none.json', '--json'], { cwd });
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('none.json: no candidate in this table');
  });

  test('with tables that name nobody alike is told so', async () => {
    const cwd = temporaryFolder({ 'march.csv': MARCH, 'other.csv': 'id,E_b,E_f\nzno-002,3.4,0.12\n' });
    const answer = await explained(cwd, 'march.csv', ...LI, '--before', 'other.csv');
    expect(answer.issues.map(({ code }) => code)).toContain('W_NO_COMMON_CANDIDATE');
  });
});
