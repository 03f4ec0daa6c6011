import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { runAdatom } from './run-adatom.ts';

describe('adatom reference', () => {
  test('lists the sets, with their sources', async () => {
    const run = await runAdatom(['reference', '--json']);
    const { sets } = JSON.parse(run.stdout) as { sets: { name: string; source: string }[] }; // shape: the contract
    expect(sets.map(({ name }) => name)).toEqual([
      'cohesive-energies',
      'lattice-constants',
      'zinc-coatings',
      'zno-facets',
    ]);
  });

  test('exports a set as CSV with units, quoted where a cell holds a comma', async () => {
    const { stdout } = await runAdatom(['reference', 'zno-facets', '--csv']);
    expect(stdout.split('\r\n')[0]).toContain('bindingEnergyEv (eV)');
    expect(stdout).toContain('"yes, no number"');
  });

  test('joins candidates and correlates, with a warning for three points', async () => {
    const cwd = temporaryFolder({ 'table.csv': 'id,E_b\nZnO(002),3.4\nZnO(020),1.61\nZnO(202),4.32\n' });
    const run = await runAdatom(['reference', 'zno-facets', '--with', 'table.csv', '--json'], { cwd });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('W_SMALL_N');
  });

  test('asks for a name where figures are wanted as CSV', async () => {
    const run = await runAdatom(['reference', '--csv']);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(/--csv needs one of .*zno-facets/);
  });

  test('says what there is when a name is unknown', async () => {
    const run = await runAdatom(['reference', 'zno-facet']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('Did you mean "zno-facets"?');
  });

  test('has no answer when no candidate is in the set', async () => {
    const cwd = temporaryFolder({ 'table.csv': 'id,E_b\nMgO(001),3.4\n' });
    const run = await runAdatom(['reference', 'zno-facets', '--with', 'table.csv'], { cwd });
    expect(run.exitCode).toBe(3);
  });
});
