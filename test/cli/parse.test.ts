import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { PROGRAM, type Run, runAdatom } from './run-adatom.ts';
import { SMALL_POSCAR, smallOutcar, TWO_STEPS } from './small-outcar.ts';

interface Document {
  readonly [key: string]: unknown;
  readonly file: string;
  readonly completeness: string;
  readonly final?: Readonly<Record<string, number>>;
  readonly issues: readonly {
    readonly code: string;
    readonly where: { readonly file?: string; readonly line?: number };
  }[];
}

function documentOf(run: Run): Document {
  expect(run.stderr).toBe('');
  expect(run.exitCode).toBe(0);
  return JSON.parse(run.stdout) as Document;
}

function documentsOf(run: Run): Document[] {
  return JSON.parse(run.stdout) as Document[];
}

test('one file gives one document with the keys of the contract in their order', async () => {
  const text = smallOutcar();
  const cwd = temporaryFolder({ OUTCAR: text });
  const document = documentOf(await runAdatom(['parse', 'OUTCAR', '--json'], { cwd }));
  expect(Object.keys(document)).toEqual([
    'file',
    'format',
    'sha256',
    'bytes',
    'completeness',
    'program',
    'settings',
    'potcars',
    'structure',
    'ionicStepCount',
    'final',
    'convergence',
    'elapsedSeconds',
    'issues',
  ]);
  expect(document).toMatchObject({
    file: 'OUTCAR',
    format: 'outcar',
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: text.length,
    completeness: 'complete',
    program: { name: 'vasp', version: '5.4.4' },
    settings: { ENCUT: 520, EDIFF: 1e-5 },
    potcars: [
      { title: 'PAW_PBE Zn 06Sep2000', valence: 12 },
      { title: 'PAW_PBE O 08Apr2002', valence: 6 },
    ],
    structure: {
      species: ['Zn', 'O'],
      cartesianAngstrom: [
        [0, 0, 0],
        [0, 0, 2],
      ],
    },
    ionicStepCount: 2,
    elapsedSeconds: 12.5,
  });
});

test('the final values are those of the last step, and nothing unknown is null', async () => {
  const cwd = temporaryFolder({ OUTCAR: smallOutcar() });
  const run = await runAdatom(['parse', 'OUTCAR', '--json'], { cwd });
  expect(run.stdout).not.toContain('null');
  const { final } = documentOf(run);
  expectNear(final?.freeEnergyEv, -9.25, 1e-12);
  expectNear(final?.energySigma0Ev, -9.25, 1e-12);
  // √(0.3² + 0.4² + 1.2²) = 1.3
  expectNear(final?.maxForceEvPerAngstrom, 1.3, 1e-12);
  // Without a structure beside the file nobody knows what is fixed.
  expect(final).not.toHaveProperty('maxFreeForceEvPerAngstrom');
});

test('the structure beside an OUTCAR tells which forces are free', async () => {
  const cwd = temporaryFolder({ OUTCAR: smallOutcar(), POSCAR: SMALL_POSCAR });
  const { final } = documentOf(await runAdatom(['parse', 'OUTCAR', '--json'], { cwd }));
  // Zn: F = (0, 0.06, 0), `T F T` in the hexagonal cell keeps 0.06/√3 along a; O is fixed.
  expectNear(final?.maxFreeForceEvPerAngstrom, 0.0346410162, 1e-9);
});

test('flags of other atoms are not used, and it is said', async () => {
  const cwd = temporaryFolder({ OUTCAR: smallOutcar(), POSCAR: SMALL_POSCAR.replace(' Zn O', ' O Zn') });
  const document = documentOf(await runAdatom(['parse', 'OUTCAR', '--json'], { cwd }));
  expect(document.final).not.toHaveProperty('maxFreeForceEvPerAngstrom');
  expect(document.issues.map(({ code }) => code)).toContain('I_NOT_READ');
});

test('all steps are printed on request, with positions and forces of each', async () => {
  const cwd = temporaryFolder({ OUTCAR: smallOutcar() });
  const { steps } = documentOf(await runAdatom(['parse', 'OUTCAR', '--json', '--steps', 'all'], { cwd }));
  expect(steps).toMatchObject([
    {
      index: 1,
      freeEnergyEv: -8.5,
      forcesEvPerAngstrom: [
        [0, 0.6, 0],
        [0, -0.6, 0],
      ],
    },
    {
      index: 2,
      freeEnergyEv: -9.25,
      cartesianAngstrom: [
        [0, 0, 0],
        [0, 0, 2],
      ],
    },
  ]);
});

test('provenance leads to the bytes and the line of a value in the unpacked file', async () => {
  const text = smallOutcar();
  const cwd = temporaryFolder({ 'OUTCAR.gz': gzipSync(text) });
  const document = documentOf(await runAdatom(['parse', 'OUTCAR.gz', '--json', '--provenance'], { cwd }));
  const { final } = document.provenance as {
    final: Record<string, { byteOffset: number; byteLength: number; line: number }>;
  };
  const place = final.freeEnergyEv!;
  expect(text.slice(place.byteOffset, place.byteOffset + place.byteLength)).toBe('-9.25000000');
  expect(text.split('\n')[place.line - 1]).toContain('free  energy   TOTEN  =        -9.25000000 eV');
});

test('a folder gives a list in the order of its paths, several paths too', async () => {
  const cwd = temporaryFolder({
    'b/OUTCAR': smallOutcar(),
    'a/POSCAR': SMALL_POSCAR,
    'a/notes.txt': 'x',
    'c/INCAR': 'ENCUT = 400\n',
  });
  const folder = await runAdatom(['parse', '.', '--json'], { cwd });
  expect(documentsOf(folder).map(({ file, format }) => [file, format])).toEqual([
    ['a/POSCAR', 'poscar'],
    ['b/OUTCAR', 'outcar'],
    ['c/INCAR', 'incar'],
  ]);
  const paths = await runAdatom(['parse', 'c/INCAR', 'a', '--json'], { cwd });
  expect(documentsOf(paths).map(({ file }) => file)).toEqual(['c/INCAR', 'a/POSCAR']);
  const oneFileFolder = await runAdatom(['parse', 'a', '--json'], { cwd });
  expect(documentsOf(oneFileFolder)).toHaveLength(1);
});

test('ndjson is one document per line', async () => {
  const cwd = temporaryFolder({ 'a/POSCAR': SMALL_POSCAR, 'b/POSCAR': SMALL_POSCAR });
  const { stdout } = await runAdatom(['parse', 'a', 'b', '--ndjson'], { cwd });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as Document).file)).toEqual(['a/POSCAR', 'b/POSCAR']);
});

test('threads give the same documents as no threads', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `r${String(index).padStart(2, '0')}`);
  const cwd = temporaryFolder(Object.fromEntries(names.map((name) => [`${name}/OUTCAR`, smallOutcar()])));
  const threaded = await runAdatom(['parse', '.', '--json', '--steps', 'all', '--threads', '3'], { cwd });
  const documents = documentsOf(threaded);
  expect(documents.map(({ file }) => file)).toEqual(names.map((name) => `${name}/OUTCAR`));
  const alone = documentOf(await runAdatom(['parse', 'r00/OUTCAR', '--json', '--steps', 'all'], { cwd }));
  expect(documents[0]).toEqual(alone);
});

test('flags and tables: a POSCAR keeps its flags, a KPOINTS its mesh, a neb.dat its rows, an OSZICAR its energies', async () => {
  const cwd = temporaryFolder({
    POSCAR: SMALL_POSCAR,
    KPOINTS: 'mesh\n0\nGamma\n 6 4 1\n 0 0 0\n',
    'neb.dat': '  0     0.000000     0.000000     0.000000   0\n  1     1.500000     0.250000    -0.050000   1\n',
    OSZICAR:
      '       N       E                     dE             d eps       ncg     rms          rms(c)\n   1 F= -.19373442E+02 E0= -.19373400E+02  d E =-.193734E+02\n',
  });
  const { stdout } = await runAdatom(['parse', '.', '--json'], { cwd });
  const byFile = Object.fromEntries((JSON.parse(stdout) as Document[]).map((document) => [document.file, document]));
  expect(byFile.POSCAR).toMatchObject({
    structure: {
      selectiveDynamics: [
        [true, false, true],
        [false, false, false],
      ],
    },
  });
  expect(byFile.KPOINTS).toMatchObject({ kpoints: { mesh: [6, 4, 1] } });
  expect(byFile['neb.dat']).toMatchObject({
    pathTable: [{ index: 0 }, { distanceAngstrom: 1.5, relativeEnergyEv: 0.25 }],
  });
  expect(byFile.OSZICAR).toMatchObject({ final: { freeEnergyEv: -19.373442, energySigma0Ev: -19.3734 } });
});

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

test('people get a table with the issues and their lines below it', async () => {
  const whole = smallOutcar(TWO_STEPS, '');
  const cwd = temporaryFolder({ OUTCAR: whole });
  const { stdout, exitCode } = await runAdatom(['parse', 'OUTCAR'], { cwd });
  const [titles, row] = stdout.split('\n');
  expect(exitCode).toBe(0);
  expect(titles).toMatch(/^file\s+format\s+version\s+completeness\s+steps\s+E0 \(eV\)\s+Fmax \(eV\/Å\)\s+converged/);
  expect(row).toMatch(/^OUTCAR\s+outcar\s+5\.4\.4\s+truncated\s+2\s+-9\.250000\s+1\.3000/);
  expect(stdout).toContain(`OUTCAR:${whole.split('\n').length}  the file ends early`);
  // A pipe gets no colour.
  expect(stdout).not.toContain('\u001b');
});

test('a file name cannot steer the terminal', async () => {
  const cwd = temporaryFolder({ 'POSCAR_\u001b[31m': SMALL_POSCAR });
  const { stdout } = await runAdatom(['parse', '.'], { cwd });
  expect(stdout).toContain('POSCAR_\\x1b[31m');
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

test('no hash is taken when it is not wanted; the size stays', async () => {
  const text = smallOutcar();
  const cwd = temporaryFolder({ OUTCAR: text });
  const document = documentOf(await runAdatom(['parse', 'OUTCAR', '--json', '--no-hash'], { cwd }));
  expect(document).not.toHaveProperty('sha256');
  expect(document.bytes).toBe(text.length);
});

test('the end of a file has no hash and no steps', async () => {
  const cwd = temporaryFolder({ OUTCAR: smallOutcar() });
  const document = documentOf(await runAdatom(['parse', 'OUTCAR', '--json', '--tail'], { cwd }));
  expect(document).not.toHaveProperty('sha256');
  expectNear(document.final?.freeEnergyEv, -9.25, 1e-12);
  const both = await runAdatom(['parse', 'OUTCAR', '--tail', '--steps', 'all'], { cwd });
  expect([both.exitCode, both.stdout]).toEqual([2, '']);
  expect(both.stderr).toContain('--steps all');
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

test('a large file that is hashed beside the parser has the record, the hash and the lines it has without threads', async () => {
  // Lines of another program before the header; larger than what is worth a thread.
  const text = `${'padding of a queueing system\n'.repeat(1_300_000)}${smallOutcar()}`;
  const cwd = temporaryFolder({ OUTCAR: text });
  const args = ['parse', 'OUTCAR', '--json', '--provenance'];
  const beside = documentOf(await runAdatom(args, { cwd }));
  expect(beside).toEqual(documentOf(await runAdatom([...args, '--threads', '1'], { cwd })));
  expect(beside.sha256).toBe(createHash('sha256').update(text).digest('hex'));
  const { final } = beside.provenance as { final: Record<string, { byteOffset: number; line: number }> };
  expect(text.split('\n')[final.freeEnergyEv!.line - 1]).toContain('free  energy   TOTEN  =        -9.25000000 eV');
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
