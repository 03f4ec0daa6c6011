/** `adatom neb` on the table neb.dat, and requests it cannot answer. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { codes, path } from './path-document.ts';
import { runAdatom } from './run-adatom.ts';
import { bandFiles, bandPoscar } from './small-band.ts';

describe('the table neb.dat', () => {
  // The path of SCIENCE §3.6 as nebbarrier.pl writes it.
  const rows = ['0 0 0 0 0', '1 0.8 0.1 -0.24 1', '2 1.6 0.24 -0.05 2', '3 2.4 0.15 0.21 3', '4 3.2 0.03 0 4'];
  const table = `${rows.map((row) => row.split(' ').join('   ')).join('\n')}\n`;

  test('is a path by itself and in its folder', async () => {
    const cwd = temporaryFolder({ 'calc/neb.dat': table });
    for (const named of ['calc/neb.dat', 'calc']) {
      const document = await path([named], cwd);
      expect(document.method).toBe('interpolated');
      expectNear(document.forwardBarrierEv, 0.2422722, 1e-7);
      expectNear(document.reactionEnergyEv, 0.03, 1e-9);
      expect(document.images[1]!.source).toBe('calc/neb.dat');
    }
  });

  test('with zeros for forces has its highest image as lower bound of the saddle', async () => {
    const zeros = '0 0 0 0 0\n1 0.8 0.1 0 1\n2 1.6 0.24 0 2\n3 2.4 0.03 0 3\n';
    const document = await path(['neb.dat'], temporaryFolder({ 'neb.dat': zeros }));
    expect(document.method).toBe('max-image');
    expectNear(document.forwardBarrierEv, 0.24, 1e-9);
    expect(codes(document)).toContain('W_SADDLE_BRACKETED');
    expect(document.interpolations).not.toHaveProperty('hermite');
  });

  test('that is cut off has neither barrier nor reaction energy', async () => {
    const document = await path(['neb.dat'], temporaryFolder({ 'neb.dat': table.slice(0, table.lastIndexOf('3.2')) }));
    expect(document.forwardBarrierEv).toBeUndefined();
    expect(document.reactionEnergyEv).toBeUndefined();
  });

  test('has energies of its own: options for images are refused', async () => {
    const cwd = temporaryFolder({ 'neb.dat': table });
    for (const option of [
      ['--start', '.'],
      ['--energy', 'free'],
    ]) {
      const run = await runAdatom(['neb', 'neb.dat', ...option], { cwd });
      expect(run.exitCode).toBe(2);
      expect(run.stderr).toContain('neb.dat');
    }
  });

  test('that holds no path is no answer', async () => {
    const cwd = temporaryFolder({
      'empty/neb.dat': '',
      'one/neb.dat': '0 0 0 0 0\n',
      'binary/neb.dat': Buffer.from([0, 1, 2, 255]),
    });
    for (const named of ['empty', 'one/neb.dat', 'binary/neb.dat']) {
      expect((await runAdatom(['neb', named, '--json'], { cwd })).exitCode).toBe(3);
    }
  });
});

describe('a wrong request', () => {
  test('for a folder with several paths lists them', async () => {
    const cwd = temporaryFolder(bandFiles());
    mkdirSync(join(cwd, 'other'));
    for (const image of [0, 1, 2]) {
      mkdirSync(join(cwd, `other/0${image}`));
      writeFileSync(join(cwd, `other/0${image}/POSCAR`), bandPoscar(image));
    }
    const run = await runAdatom(['neb', '.', '--json'], { cwd });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/holds 2 paths.*\n {2}other\n {2}path\n/);
  });

  test('names what is not there, or is something else', async () => {
    const cwd = temporaryFolder({ ...bandFiles(), 'empty/README': 'nothing' });
    for (const [args, exitCode, words] of [
      [['nowhere'], 2, 'no such file or folder: nowhere'],
      [['path/00/POSCAR'], 2, 'found a file of format poscar'],
      [['path', '--start', 'nowhere'], 2, 'no such file or folder: nowhere'],
      [['path', '--start', 'empty'], 2, 'no OUTCAR, vasprun.xml, vaspout.h5 or OSZICAR'],
      [
        ['path', '--end', 'path/INCAR'],
        2,
        'path/INCAR: expected an output of a run (OUTCAR, vasprun.xml, vaspout.h5, OSZICAR), found a file of format incar',
      ],
      [['path', '--energy', 'total'], 2, "'total' is invalid"],
      [['empty'], 3, 'no image folders'],
    ] as const) {
      const run = await runAdatom(['neb', ...args, '--json'], { cwd });
      expect(run.stderr).toContain(words);
      expect(run).toMatchObject({ exitCode, stdout: '' });
    }
  });
});

/** Three images of two Li atoms of which the first moves; the OUTCAR of the last counts them the other way round. */
