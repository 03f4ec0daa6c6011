import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { type Document, documentOf, documentsOf } from './parse-documents.ts';
import { runAdatom } from './run-adatom.ts';
import { SMALL_POSCAR, smallOutcar, TWO_STEPS } from './small-outcar.ts';

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
    'forceDriftEvPerAngstrom',
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
