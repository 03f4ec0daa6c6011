/** `adatom parse` where files are cut, damaged, gone, licensed or not to be entered, and where its reader leaves. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { type Document, documentOf, documentsOf } from './parse-documents.ts';
import { PROGRAM, runAdatom } from './run-adatom.ts';
import { SMALL_POSCAR, smallOutcar, TWO_STEPS } from './small-outcar.ts';

test('a torn OUTCAR is truncated, its answer is the last complete step, and the issue names the line', async () => {
  const whole = smallOutcar(TWO_STEPS, '');
  const torn = whole.slice(0, whole.lastIndexOf('FREE ENERGIE'));
  const cwd = temporaryFolder({ OUTCAR: torn });
  const document = documentOf(await runAdatom(['parse', 'OUTCAR', '--json'], { cwd }));
  expect(document.completeness).toBe('truncated');
  expectNear(document.final?.freeEnergyEv, -8.5, 1e-12);
  const cut = document.issues.find(({ code }) => code === 'E_TRUNCATED');
  expect(cut?.where).toMatchObject({ file: 'OUTCAR', line: torn.split('\n').length });
});

test('a cut archive is truncated', async () => {
  const archive = gzipSync(smallOutcar());
  const cwd = temporaryFolder({ 'OUTCAR.gz': archive.subarray(0, -4) });
  const document = documentOf(await runAdatom(['parse', 'OUTCAR.gz', '--json'], { cwd }));
  expect(document.completeness).toBe('truncated');
  expect(document.issues.map(({ code }) => code)).toContain('E_TRUNCATED');
});

test.each([
  ['empty', 'OUTCAR', ''],
  ['binary', 'OUTCAR', Buffer.from([0, 1, 2, 255, 254, 0, 10, 0, 200])],
  ['the beginning of an HDF5 file', 'vaspout.h5', Buffer.from('\x89HDF\r\n\x1a\n\0\0\0\0', 'latin1')],
  ['text of no known format', 'notes.txt', 'to do: buy coffee\n'],
  ['a damaged archive', 'OUTCAR.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff])],
])('a file that is %s is an unreadable record, says why, and leaves exit code 3', async (_, name, content) => {
  const cwd = temporaryFolder({ [name]: content });
  const { exitCode, stdout, stderr } = await runAdatom(['parse', name, '--json'], { cwd });
  expect(exitCode).toBe(3);
  const document = JSON.parse(stdout) as Document;
  expect([document.file, document.completeness]).toEqual([name, 'unreadable']);
  expect(document.issues.map(({ code }) => code)).toContain('E_UNREADABLE');
  expect(document.bytes).toBe(content.length);
  expect(stderr).toContain(name);
});

test('unreadable files among readable ones are records among records', async () => {
  const cwd = temporaryFolder({ 'a/OUTCAR': '', 'b/OUTCAR': smallOutcar() });
  const run = await runAdatom(['parse', '.', '--json'], { cwd });
  expect(run.exitCode).toBe(0);
  expect(documentsOf(run).map(({ completeness }) => completeness)).toEqual(['unreadable', 'complete']);
});

test('a path that does not exist is a wrong request that names it', async () => {
  const cwd = temporaryFolder({ POSCAR: SMALL_POSCAR });
  const alone = await runAdatom(['parse', 'gone/OUTCAR', '--json'], { cwd });
  expect([alone.exitCode, alone.stdout]).toEqual([2, '']);
  expect(alone.stderr).toContain('gone/OUTCAR');
  const among = await runAdatom(['parse', 'gone', 'POSCAR', '--json'], { cwd });
  expect(among.exitCode).toBe(2);
  expect(documentsOf(among).map(({ file, completeness }) => [file, completeness])).toEqual([
    ['POSCAR', 'complete'],
    ['gone', 'unreadable'],
  ]);
});

test('a folder without known files has no answer', async () => {
  const cwd = temporaryFolder({ 'README.txt': 'x' });
  const { exitCode, stdout, stderr } = await runAdatom(['parse', '.', '--json'], { cwd });
  expect([exitCode, stdout]).toEqual([3, '[]\n']);
  expect(stderr).toContain('no file of a known format');
});

test('links out of the searched folder are notes on stderr, silenced by --quiet', async () => {
  const outside = temporaryFolder({ OUTCAR: smallOutcar() });
  const cwd = temporaryFolder({ 'a/POSCAR': SMALL_POSCAR });
  symlinkSync(join(outside, 'OUTCAR'), join(cwd, 'a/OUTCAR'));
  expect((await runAdatom(['parse', '.', '--json'], { cwd })).stderr).toContain('a/OUTCAR: symbolic link not followed');
  expect((await runAdatom(['parse', '.', '--json', '--quiet'], { cwd })).stderr).toBe('');
});

test('a folder called OUTCAR and a folder that may not be entered stop nothing', async () => {
  const cwd = temporaryFolder({ 'OUTCAR/POSCAR': SMALL_POSCAR });
  mkdirSync(join(cwd, 'closed'));
  chmodSync(join(cwd, 'closed'), 0);
  const { stdout, exitCode } = await runAdatom(['parse', '.', '--json'], { cwd });
  chmodSync(join(cwd, 'closed'), 0o755);
  expect(exitCode).toBe(0);
  expect((JSON.parse(stdout) as Document[])[0]?.file).toBe('OUTCAR/POSCAR');
});

test('a reader that stops early ends the program quietly', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `r${index}/OUTCAR`);
  const cwd = temporaryFolder(Object.fromEntries(names.map((name) => [name, smallOutcar()])));
  const script = `"${process.execPath}" "${PROGRAM}" parse . --json --steps all | head -c 20; echo " \${PIPESTATUS[0]}"`;
  const run = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
    const child = spawn('bash', ['-c', script], { cwd });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => {
      stdout += String(data);
    });
    child.stderr.on('data', (data) => {
      stderr += String(data);
    });
    child.on('close', () => resolve({ stdout, stderr }));
  });
  expect(run.stderr).toBe('');
  expect(run.stdout).toMatch(/ 0\n$/);
});

test('a POTCAR is refused with its reason, and nothing of it is printed', async () => {
  const cwd = temporaryFolder({
    POTCAR: ' PAW_PBE Zn 06Sep2000\n 12.000\n parameters from PSCTR are:\n   VRHFIN =Zn\n',
  });
  const { exitCode, stdout, stderr } = await runAdatom(['parse', 'POTCAR', '--json'], { cwd });
  expect(exitCode).toBe(3);
  expect(stderr).toContain('licensed');
  expect(stdout + stderr).not.toMatch(/VRHFIN|06Sep2000/);
});

test('Ctrl-C while a large archive is read leaves exit code 130 and no temporary file', async () => {
  const temporary = temporaryFolder({});
  const text = Buffer.alloc(512 * 1024 * 1024, 'an endless wait of a queueing system\n');
  const cwd = temporaryFolder({ 'OUTCAR.gz': gzipSync(text, { level: 1 }) });
  const child = spawn(process.execPath, [PROGRAM, 'parse', 'OUTCAR.gz'], {
    cwd,
    env: { ...process.env, TMPDIR: temporary },
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  await new Promise((resolve) => setTimeout(resolve, 700));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(readdirSync(temporary)).toEqual([]);
});
