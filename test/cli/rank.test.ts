/** `adatom rank` as a scientist meets it: the table of SCIENCE §10.2, tables from elsewhere, and wrong requests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { runAdatom } from './run-adatom.ts';

interface Answer {
  readonly profile: string;
  readonly seed: number;
  readonly ranked: readonly {
    readonly id: string;
    readonly rank: number;
    readonly score: number;
    readonly front: number;
    readonly contributions: Readonly<Record<string, { readonly value: number; readonly desirability: number }>>;
    readonly firstRankProbability: number;
    readonly tieGroup: number;
  }[];
  readonly unranked: readonly { readonly id: string; readonly reasons: readonly { readonly code: string }[] }[];
  readonly issues: readonly { readonly code: string; readonly where: { readonly line?: number } }[];
}

// SCIENCE §10.2; C is the real case of a facet without a published barrier (§10.7).
const TABLE = 'id,E_b (eV),E_f (eV)\nD,2.90,0.20\nC,4.32,\nA,3.40,0.12\nB,1.61,0.35\n';

async function rank(files: Readonly<Record<string, string>>, ...args: string[]): Promise<Answer> {
  const run = await runAdatom(['rank', ...args, '--json'], { cwd: temporaryFolder(files) });
  expect(run.stderr).toBe('');
  expect(run.exitCode).toBe(0);
  return JSON.parse(run.stdout) as Answer; // shape: the contract of the command line
}

function order({ ranked }: Answer): string[] {
  return ranked.map((candidate) => candidate.id);
}

describe('the table of the specification', () => {
  test('is ranked A, D, B by li-moderate, and C is not, for want of a barrier', async () => {
    const answer = await rank({ 'table.csv': TABLE }, 'table.csv', '--profile', 'li-moderate');
    expect(answer).toMatchObject({ profile: 'li-moderate', seed: 1 });
    expect(answer.ranked.map(({ id, rank: place, front }) => [id, place, front])).toEqual([
      ['A', 1, 1],
      ['D', 2, 2],
      ['B', 3, 3],
    ]);
    // SCIENCE §10.2.
    [0.979796, 0.757635, 0].forEach((score, at) => {
      expectNear(answer.ranked[at]!.score, score, 1e-6);
    });
    expectNear(answer.ranked[0]!.contributions['migration-barrier']!.desirability, 0.96, 1e-9);
    expectNear(answer.ranked[1]!.contributions['binding-energy']!.desirability, 0.717514, 1e-6);
    expectNear(
      answer.ranked.reduce((sum, candidate) => sum + candidate.firstRankProbability, 0),
      1,
      1e-9,
    );
    expect(answer.unranked.map(({ id, reasons }) => [id, reasons.map((reason) => reason.code)])).toEqual([
      ['C', ['E_DESCRIPTOR_MISSING', 'E_NO_VALUE']],
    ]);
  });

  test('gives the same answer with energies that are negative when bound, in meV, and as JSON', async () => {
    const bound = 'name,adsorption-energy (eV),barrier_note,E_f [meV]\nA,-3.40,x,120\nD,-2.90,x,200\nB,-1.61,x,350\n';
    const json = JSON.stringify([
      { id: 'B', 'binding-energy': 1.61, 'migration-barrier': 0.35 },
      { id: 'A', 'binding-energy': 3.4, 'migration-barrier': { value: 120, unit: 'meV' } },
      { id: 'D', 'binding-energy': 2.9, 'migration-barrier': 0.2 },
    ]);
    for (const [name, text] of [
      ['table.csv', bound],
      ['table.json', json],
      ['table', json],
    ] as const) {
      const answer = await rank({ [name]: text }, name, '--profile', 'li-moderate');
      expect(order(answer)).toEqual(['A', 'D', 'B']);
      expectNear(answer.ranked[0]!.score, 0.979796, 1e-6);
      expectNear(answer.ranked[1]!.score, 0.757635, 1e-6);
    }
  });

  test('is drawn with the seed that is asked for, and is then the same again', async () => {
    const close = 'id,E_b,E_f\nA,3.40,0.12\nD,3.35,0.13\n';
    const first = await rank({ 't.csv': close }, 't.csv', '--profile', 'li-moderate', '--seed', '7');
    const again = await rank({ 't.csv': close }, 't.csv', '--profile', 'li-moderate', '--seed', '7');
    const other = await rank({ 't.csv': close }, 't.csv', '--profile', 'li-moderate', '--seed', '8');
    expect(first.seed).toBe(7);
    expect(again).toEqual(first);
    expect(other.ranked[0]!.firstRankProbability).not.toBe(first.ranked[0]!.firstRankProbability);
    expectNear(other.ranked[0]!.firstRankProbability, first.ranked[0]!.firstRankProbability, 0.03);
    expect(first.ranked.map((candidate) => candidate.tieGroup)).toEqual([1, 1]);
  });

  test('is a table of text without --json, with reasons and seed', async () => {
    const cwd = temporaryFolder({ 'table.csv': TABLE });
    const { stdout, exitCode } = await runAdatom(['rank', 'table.csv', '--profile', 'li-moderate'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('seed 1');
    expect(stdout).toMatch(/^ +1 +A +0\.9798 +1 /m);
    expect(stdout).toMatch(/^ +2 +D +0\.7576 +2 /m);
    expect(stdout).toMatch(
      /^Not ranked\n {2}C\n {4}E_DESCRIPTOR_MISSING {2}required descriptor missing: migration-barrier$/m,
    );
    expect(stdout).toContain('table.csv:3');
    expect(stdout).toContain('(A, D, B)');
  });
});

describe('--compare', () => {
  test('shows the rank of every candidate under each profile, and says that the others do not rank it', async () => {
    const cwd = temporaryFolder({ 'table.csv': TABLE });
    const run = await runAdatom(['rank', 'table.csv', '--compare', '--json'], { cwd });
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    const answer = JSON.parse(run.stdout) as { candidates: { id: string; ranks: Record<string, number> }[] }; // the contract of the command line
    // SCIENCE §10.2: A, D, B by li-moderate; C has no barrier, and no profile of Zn has its driving force.
    expect(answer.candidates).toEqual([
      { id: 'A', ranks: { 'li-moderate': 1 } },
      { id: 'D', ranks: { 'li-moderate': 2 } },
      { id: 'B', ranks: { 'li-moderate': 3 } },
      { id: 'C', ranks: {} },
    ]);
    const text = await runAdatom(['rank', 'table.csv', '--compare'], { cwd });
    expect(text.stdout).toMatch(/^A +– +– +1 /m);
  });

  test('tells what is wrong with the table as a single ranking does', async () => {
    const table = 'id,E_b (eV),E_f (eV),colour,selectivity (eV)\nD,2.90,"0,2",red,1\nA,3.40,0.12,blue,2\n';
    const profile = readFileSync(fileURLToPath(new URL('../../profiles/li-moderate.yaml', import.meta.url)), 'utf8');
    const defined = `name: own\ndescriptors: [{ identifier: selectivity, unit: eV, expression: E_b }]`;
    const cwd = temporaryFolder({ 'table.csv': table, 'own.yaml': profile.replace('name: li-moderate', defined) });
    const told = async (...args: string[]) => {
      const { stdout } = await runAdatom(['rank', 'table.csv', '--profile', 'own.yaml', ...args, '--json'], { cwd });
      return (JSON.parse(stdout) as Answer).issues; // the contract of the command line
    };
    const compared = await told('--compare');
    const alone = await told();
    expect(compared).toHaveLength(alone.length);
    expect(compared).toEqual(expect.arrayContaining(alone as object[]));
    // The decimal comma of line 2 and the column that no profile knows; the own profile defines the last one.
    expect(compared.map(({ code }) => code)).toEqual([
      'W_UNKNOWN_COLUMN',
      'E_UNPARSEABLE',
      'W_DEFAULT_UNCERTAINTY',
      'W_DEFAULT_UNCERTAINTY',
      'W_DEFAULT_UNCERTAINTY',
    ]);
    const { stdout } = await runAdatom(['rank', 'table.csv', '--compare'], { cwd });
    expect(stdout).toMatch(/^E_UNPARSEABLE {2}table\.csv:2, .*found "0,2"/m);
  });

  test('puts an own profile that has kept a shipped name in the place of the shipped one', async () => {
    const shipped = readFileSync(fileURLToPath(new URL('../../profiles/li-moderate.yaml', import.meta.url)), 'utf8');
    // By hand: with the best E_b at 2.90 eV D has √0.8 = 0.894, A √((4.60 − 3.40)/1.70 · 0.96) = 0.823.
    const own = shipped.replace('target: 3.40', 'target: 2.90');
    const cwd = temporaryFolder({ 'table.csv': TABLE, 'own.yaml': own });
    const run = await runAdatom(['rank', 'table.csv', '--compare', '--profile', 'own.yaml', '--json'], { cwd });
    // shape: the contract of the command line
    const answer = JSON.parse(run.stdout) as {
      profiles: { profile: string }[];
      candidates: { id: string; ranks: Record<string, number> }[];
    };
    expect(answer.profiles.filter(({ profile }) => profile === 'li-moderate')).toHaveLength(1);
    expect(answer.candidates.slice(0, 2).map(({ id }) => id)).toEqual(['D', 'A']);
  });
});

describe('a profile', () => {
  test('of the user is a file, and turns the order round when it says so', async () => {
    const own = readFileSync(fileURLToPath(new URL('../../profiles/li-moderate.yaml', import.meta.url)), 'utf8')
      .replace('name: li-moderate', 'name: own')
      .replace('target: 0.10, upper: 0.60', 'target: -1, upper: 0.19');
    const files = { 'own.yaml': own, 'sub/own': own, 'table.csv': TABLE };
    for (const named of ['own.yaml', './sub/own']) {
      const answer = await rank(files, 'table.csv', '--profile', named);
      expect(answer.profile).toBe('own');
      // By hand: the barrier of D, 0.20 eV, is now worthless.
      expectNear(answer.ranked.find(({ id }) => id === 'D')!.score, 0, 1e-12);
    }
  });

  test('that asks for what no column has leaves all candidates unranked, each with its reason', async () => {
    const answer = await rank({ 'table.csv': TABLE }, 'table.csv', '--profile', 'zn-weak');
    expect(answer.ranked).toEqual([]);
    expect(answer.unranked.map(({ id }) => id)).toEqual(['A', 'B', 'C', 'D']);
    for (const { reasons } of answer.unranked) expect(reasons[0]!.code).toBe('E_DESCRIPTOR_MISSING');
  });
});

describe('a wrong request', () => {
  test('is answered with exit code 2, nothing on stdout and what to do', async () => {
    const cwd = temporaryFolder({
      'table.csv': TABLE,
      'empty.csv': '',
      'broken.json': '[{"id": ',
      'twice.csv': 'id,E_b\nA,1\nA,2\n',
      'bytes.csv': Buffer.from([0x69, 0x64, 0xff, 0x0a]),
      'bad.yaml': 'name: bad\nversion: 1\nobjectifs: []\n',
      folder: '',
    });
    for (const [args, words] of [
      [['table.csv'], '--profile is needed: general, her-suppression, li-moderate, zn-philic, zn-texture, zn-weak'],
      [['table.csv', '--profile', 'li-moderat'], 'Did you mean "li-moderate"?'],
      [
        ['table.csv', '--profile', 'best'],
        'Available: general, her-suppression, li-moderate, zn-philic, zn-texture, zn-weak',
      ],
      [['table.csv', '--profile', 'nowhere.yaml'], 'nowhere.yaml: no such file'],
      [['table.csv', '--profile', 'bad.yaml'], 'bad.yaml line 3'],
      [['nowhere.csv', '--profile', 'li-moderate'], 'nowhere.csv: no such file'],
      [['.', '--profile', 'li-moderate'], 'it is a folder, not a file'],
      [['empty.csv', '--profile', 'li-moderate'], 'empty.csv: expected a header row'],
      [['broken.json', '--profile', 'li-moderate'], 'broken.json'],
      [['twice.csv', '--profile', 'li-moderate'], 'candidate "A" stands twice'],
      [['bytes.csv', '--profile', 'li-moderate'], 'bytes.csv: expected text in UTF-8'],
      [['table.csv', '--profile', 'li-moderate', '--seed', '-1'], 'expected a whole number'],
    ] as const) {
      const run = await runAdatom(['rank', ...args, '--json'], { cwd });
      expect(run.stderr).toContain(words);
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    }
  });

  test('with a table of no candidate is no answer: an empty ranking, exit code 3', async () => {
    const cwd = temporaryFolder({ 'head.csv': 'id,E_b,E_f\n', 'none.json': '[]' });
    for (const table of ['head.csv', 'none.json']) {
      const run = await runAdatom(['rank', table, '--profile', 'li-moderate', '--json'], { cwd });
      expect(run.exitCode).toBe(3);
      expect(JSON.parse(run.stdout)).toMatchObject({ profile: 'li-moderate', ranked: [], unranked: [] });
      expect(run.stderr).toContain('no candidate in this table');
    }
  });

  test('writes the ranking into a file of the format of its ending, which it ranks the same again', async () => {
    const cwd = temporaryFolder({ 'table.csv': TABLE });
    const args = ['--profile', 'li-moderate', '--json'];
    const plain = await runAdatom(['rank', 'table.csv', ...args], { cwd });
    for (const out of ['ranked.csv', 'ranked.json', 'ranked.PARQUET']) {
      const run = await runAdatom(['rank', 'table.csv', ...args, '--out', out], { cwd });
      expect(run).toEqual(plain);
    }
    expect(readFileSync(join(cwd, 'ranked.json'), 'utf8')).toBe(plain.stdout);
    expect(readFileSync(join(cwd, 'ranked.PARQUET')).subarray(0, 4).toString()).toBe('PAR1');
    const again = await runAdatom(['rank', 'ranked.csv', ...args], { cwd });
    expect(JSON.parse(again.stdout).ranked).toEqual(JSON.parse(plain.stdout).ranked);
  });

  test('refuses a file of another ending, in no folder, of several rankings, or the table itself', async () => {
    const cwd = temporaryFolder({ 'table.csv': TABLE });
    for (const [args, words] of [
      [
        ['--profile', 'li-moderate', '--out', 'x.xlsx'],
        'expected a file that ends in .csv, .json, .parquet, found x.xlsx',
      ],
      [['--profile', 'li-moderate', '--out', 'nowhere/x.csv'], '--out nowhere/x.csv: '],
      [['--compare', '--out', 'x.csv'], '--out is of one ranking'],
      [['--profile', 'li-moderate', '--out', './table.csv'], 'expected another file than the table that is ranked'],
    ] as const) {
      const run = await runAdatom(['rank', 'table.csv', ...args, '--json'], { cwd });
      expect(run.stderr).toContain(words);
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    }
    expect(readFileSync(join(cwd, 'table.csv'), 'utf8')).toBe(TABLE);
  });
});
