/** `adatom inspect` as a user calls it: streams, exit codes, the tree, and the document. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspectionSchema } from '../../model/inspection-schema.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { campaign, EXAMPLE } from './example-campaign.ts';
import { PROGRAM, runAdatom } from './run-adatom.ts';

describe('the tree', () => {
  test('shows each system with its slab, its sites, its references and its path, without colour in a pipe', async () => {
    const run = await runAdatom(['inspect', EXAMPLE, '--quiet']);
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toBe('');
    expect(run.stdout).not.toContain('\u001b');
    expect(run.stdout).toContain('19 calculations, 3 systems, 2 paths, 0 in no system');
    expect(run.stdout).toMatch(/├─ clean slab zno-002\/slab O16Zn16: 8 planes, vacuum 22\.1 Å along c/);
    expect(run.stdout).toContain('├─ isolated atom li-atom (of 2 slabs): one Li atom with vacuum on all sides');
    expect(run.stdout).toContain('image 04 from zno-002/slab-li-end: geometry agrees within');
    expect(run.stdout).toMatch(/Missing\n {2}a migration path \(NEB\) of Li on zno-202\n/);
  });

  test('names the tag, both values and what to run again where settings forbid a difference', async () => {
    const { cwd, tree } = campaign();
    const path = join(tree, 'li-atom/OUTCAR');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('ENCUT  =  520.0', 'ENCUT  =  400.0'));
    const run = await runAdatom(['inspect', 'campaign', '--quiet'], { cwd });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('block cutoff: ENCUT 520 eV against 400 eV; re-run li-atom/OUTCAR with ENCUT = 520');
    expect(run.stdout).toContain('would make 5 adsorption energies computable');
  });

  test('says that a link is stated in the manifest', async () => {
    const { cwd, tree } = campaign();
    writeFileSync(join(tree, 'adatom.yaml'), 'version: 1\nreferences:\n  atom: { Li: li-atom }\n');
    const run = await runAdatom(['inspect', 'campaign', '--quiet'], { cwd });
    expect(run.stdout).toContain('isolated atom li-atom (of 2 slabs): stated in the manifest');
  });
});

describe('the document', () => {
  test('is one JSON document as its schema says, alone on stdout', async () => {
    const run = await runAdatom(['inspect', EXAMPLE, '--json']);
    expect(run.exitCode).toBe(0);
    const document = inspectionSchema.parse(JSON.parse(run.stdout));
    expect(document.calculations).toHaveLength(19);
    expect(Object.keys(JSON.parse(run.stdout))).toEqual([
      'adatomVersion',
      'ion',
      'calculations',
      'systems',
      'relations',
      'paths',
      'unused',
      'missing',
      'issues',
    ]);
  });

  test('is the same when the records are kept, and nothing is written where none are asked for', async () => {
    const { cwd } = campaign();
    const plain = await runAdatom(['inspect', 'campaign', '--json', '--quiet'], { cwd });
    expect(existsSync(join(cwd, 'adatom-out'))).toBe(false);
    const args = ['inspect', 'campaign', '--json', '--quiet', '--out', 'kept'];
    expect((await runAdatom(args, { cwd })).stdout).toBe(plain.stdout);
    expect((await runAdatom(args, { cwd })).stdout).toBe(plain.stdout);
  });
});

describe('what cannot be answered', () => {
  test('a wrong request ends with 2, a tree without calculations with 3', async () => {
    expect((await runAdatom(['inspect'])).exitCode).toBe(2);
    expect((await runAdatom(['inspect', EXAMPLE, '--ion', 'Xx'])).exitCode).toBe(2);
    expect((await runAdatom(['inspect', EXAMPLE, '--protocol', 'nobodys'])).exitCode).toBe(2);
    const empty = await runAdatom(['inspect', temporaryFolder({}), '--json']);
    expect([empty.exitCode, empty.stdout]).toEqual([3, '']);
  });

  test('a manifest that names nothing ends with 2 and the name', async () => {
    const { cwd, tree } = campaign();
    writeFileSync(join(tree, 'adatom.yaml'), 'version: 1\nreferences:\n  bulk: { Li: nowhere }\n');
    const run = await runAdatom(['inspect', 'campaign'], { cwd });
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('references.bulk.Li: no calculation at "nowhere"');
  });

  test('a tree with nothing but torn files is told all the same', async () => {
    const { cwd, tree } = campaign();
    for (const folder of ['zno-002', 'zno-020', 'zno-202', 'bulk-zno', 'li-bcc'])
      rmSync(join(tree, folder), { recursive: true });
    const path = join(tree, 'li-atom/OUTCAR');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, text.indexOf('FREE ENERGIE OF THE ION-ELECTRON SYSTEM')));
    rmSync(join(tree, 'li-atom/vasprun.xml'), { force: true });
    rmSync(join(tree, 'li-atom/OSZICAR'), { force: true });
    const run = await runAdatom(['inspect', 'campaign', '--quiet'], { cwd });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('without a complete ionic step (1)');
  });

  test('a reader that stops early is no failure', async () => {
    const exitCode = await new Promise((resolve) => {
      const child = spawn(process.execPath, [PROGRAM, 'inspect', EXAMPLE, '--quiet'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      child.stdout.once('data', () => child.stdout.destroy());
      child.on('close', resolve);
    });
    expect(exitCode).toBe(0);
  });
});
