import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { claimsSection } from '../../cli/shared/report/claims-section.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { campaign, resultOf } from './example-campaign.ts';
import { readTags, readText } from './markup-reading.ts';
import { runAdatom } from './run-adatom.ts';

/** What the tests read of the contract. */
interface Checks {
  readonly verdicts: Readonly<Record<string, number>>;
  readonly checks: readonly { readonly claim: string; readonly verdict: string }[];
}

const TABLES = {
  'table.csv': 'facet,E_b,E_f\nZnO(002),3.35,0.12\nZnO(020),-1.61,0.35\nZnO(202),2.6,\n',
  'other.csv': 'facet,E_b\nMgO(001),1\n',
  'bad.yaml':
    "name: bad\nversion: 1\ntitle: t\nsource: s\nsubjects: { a: { names: [a] } }\nclaims:\n  - { id: x, of: a, quantity: E_b, value: '1', unit: eV, source: s }\n",
};

describe('adatom claims', () => {
  test('lists the sets, with their sources', async () => {
    const run = await runAdatom(['claims', '--json']);
    const { sets } = JSON.parse(run.stdout) as { sets: { name: string; claims: number }[] }; // shape: the contract
    expect(sets.map(({ name, claims }) => [name, claims])).toEqual([
      ['zinc-review', 6],
      ['zno-facets', 5],
    ]);
  });

  test('holds a table against them: the same, the sign turned, the metal for the atom', async () => {
    const run = await runAdatom(['claims', 'zno-facets', '--with', 'table.csv', '--json'], {
      cwd: temporaryFolder(TABLES),
    });
    expect(run.exitCode).toBe(0);
    const { checks, verdicts } = JSON.parse(run.stdout) as Checks; // shape: the contract
    expect(checks.map(({ claim, verdict }) => [claim, verdict])).toEqual([
      ['binding-002', 'reproduced'],
      ['binding-020', 'sign-flipped'],
      // −4.32 + 1.63 = −2.69
      ['binding-202', 'reference-shifted'],
      ['barrier-lizn-220', 'not-checked'],
      ['barrier-002-lowest', 'not-checked'],
    ]);
    expect(verdicts).toEqual({ reproduced: 1, 'sign-flipped': 1, 'reference-shifted': 1, 'not-checked': 2 });
  });

  test('shows the arithmetic', async () => {
    const { stdout } = await runAdatom(['claims', 'zno-facets', '--with', 'table.csv'], {
      cwd: temporaryFolder(TABLES),
    });
    expect(stdout).toContain('−4.32 + 1.63 = −2.69 eV; difference 0.090 eV, 0.6 σ');
    expect(stdout).toContain('1 reproduced, 1 sign-flipped, 1 reference-shifted, 2 not-checked');
  });

  test('writes a row per verdict as CSV, and a row per claim', async () => {
    const run = await runAdatom(['claims', 'zno-facets', '--with', 'table.csv', '--csv'], {
      cwd: temporaryFolder(TABLES),
    });
    expect(run.stdout.split('\r\n')[0]).toContain('claim,candidates,quantity,claimed,verdict');
    expect(run.stdout.split('\r\n')).toHaveLength(7);
    expect(run.stdout).toContain('ZnO(020) − ZnO(002) = 0.230 ± 0.071 eV, 3.3 σ: reproduced');
    const claims = await runAdatom(['claims', 'zinc-review', '--csv']);
    expect(claims.stdout).toContain('cmx-002 < cmx-100');
  });

  test('has no answer when no claim could be checked', async () => {
    const run = await runAdatom(['claims', 'zno-facets', '--with', 'other.csv'], { cwd: temporaryFolder(TABLES) });
    expect(run.exitCode).toBe(3);
    expect(run.stdout).toContain('E_CLAIM_NO_CANDIDATE');
  });

  test('asks for a name where an option is about one set', async () => {
    for (const option of [['--csv'], ['--with', 'table.csv']]) {
      const run = await runAdatom(['claims', ...option], { cwd: temporaryFolder(TABLES) });
      expect([run.exitCode, run.stdout]).toEqual([2, '']);
      expect(run.stderr).toContain(`${option[0]} needs one of zinc-review, zno-facets`);
    }
  });

  test('names the faults of a file with their lines, and the sets there are', async () => {
    const bad = await runAdatom(['claims', 'bad.yaml'], { cwd: temporaryFolder(TABLES) });
    expect(bad.exitCode).toBe(2);
    expect(bad.stderr).toContain('bad.yaml line 7, claims[0].sign: expected beside an adsorption energy');
    const unknown = await runAdatom(['claims', 'zno-facet']);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('Did you mean "zno-facets"?');
  });
});

describe('adatom screen --claims', () => {
  test('tells the claims in ranking.json, in the terminal and in the report', async () => {
    const { cwd } = campaign();
    const run = await runAdatom(['screen', 'campaign', '--claims', 'zno-facets', '--quiet'], {
      cwd,
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('reproduced           binding-202  zno-202');
    const result = resultOf({ ...run, stdout: readFileSync(`${cwd}/adatom-out/ranking.json`, 'utf8') });
    expect(result.claims?.checks.map(({ verdict }) => verdict)).toEqual([
      'reproduced',
      'reproduced',
      'reproduced',
      'not-checked',
      'not-checked',
    ]);
    const section = claimsSection(result)?.markup ?? '';
    expect(readFileSync(`${cwd}/adatom-out/report.html`, 'utf8')).toContain(section);
    // Header row and five claims, well formed.
    expect(readTags(section).filter(({ name }) => name === 'tr')).toHaveLength(6);
    expect(readText(section)).toContain('as stated: −3.40 eV; difference 0.000 eV, 0.0 σ');
    expect(claimsSection({})).toBeUndefined();
  });

  test('judges by the 1σ that the profile states, and says so', async () => {
    const { cwd } = campaign();
    const shipped = readFileSync(fileURLToPath(new URL('../../profiles/li-moderate.yaml', import.meta.url)), 'utf8');
    const uncertainties = 'uncertainties: { binding-energy: 0.2, migration-barrier: 0.04 }';
    writeFileSync(`${cwd}/own.yaml`, shipped.replace('name: li-moderate', `name: own\n${uncertainties}`));
    const screen = ['screen', 'campaign', '--claims', 'zno-facets', '--profile', 'own.yaml', '--quiet'];
    const run = await runAdatom(screen, { cwd });
    expect(run.exitCode).toBe(0);
    const line = /computed +−4\.32\d* ± 0\.200 eV; 1σ: 0\.200 the computed value, as the profile states it, 0\.005/;
    expect(run.stdout).toMatch(line);
    const report = readText(readFileSync(`${cwd}/adatom-out/report.html`, 'utf8'));
    expect(report).toContain('0.200 the computed value, as the profile states it');
    const result = resultOf({ ...run, stdout: readFileSync(`${cwd}/adatom-out/ranking.json`, 'utf8') });
    const order = result.claims?.checks.find(({ pairs }) => pairs.length > 0);
    // √(0.04² + 0.04²) by hand.
    expectNear(order?.pairs[0]?.sigma, 0.0565685, 1e-6);
    expect(order?.issues.map(({ code }) => code)).toContain('I_CLAIM_STATED_SIGMA');
    const later = await runAdatom(['claims', 'zno-facets', '--with', 'adatom-out/ranking.json'], { cwd });
    expect(later.stdout).toMatch(line);
  });

  test('refuses an unknown set before anything is read', async () => {
    const { cwd } = campaign();
    const run = await runAdatom(['screen', 'campaign', '--claims', 'zno-facet'], { cwd });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('unknown set of claims "zno-facet"');
    expect(existsSync(`${cwd}/adatom-out`)).toBe(false);
  });
});
