import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { issue } from '../../model/issues.ts';
import { type ReadOptions, readRecord } from '../../reading/read-record.ts';
import { SMALL_POSCAR, smallOutcar, TWO_STEPS } from '../cli/small-outcar.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';

const OPTIONS: ReadOptions = { steps: 'all', placeLines: false, neighbourFlags: false };

test('an OUTCAR that grows while it is read belongs to a running calculation', async () => {
  const path = join(temporaryFolder({ OUTCAR: smallOutcar(TWO_STEPS, '') }), 'OUTCAR');
  expect((await readRecord(path, OPTIONS)).record.completeness).toBe('truncated');
  const writer = spawn('sh', ['-c', 'while :; do echo " ..." >> "$0"; done', path]);
  onTestFinished(() => void writer.kill('SIGKILL'));
  // Whether a line is written during one reading is chance; that none is during two thousand is not.
  let completeness = 'truncated';
  for (let reading = 0; reading < 2000 && completeness === 'truncated'; reading += 1) {
    completeness = (await readRecord(path, OPTIONS)).record.completeness;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(completeness).toBe('running');
});

test('a finished OUTCAR is complete whatever is appended to it while it is read', async () => {
  const path = join(temporaryFolder({ OUTCAR: smallOutcar() }), 'OUTCAR');
  const writer = spawn('sh', ['-c', 'for i in 1 2 3 4 5 6 7 8 9; do echo " ..." >> "$0"; done', path]);
  onTestFinished(() => void writer.kill('SIGKILL'));
  for (let reading = 0; reading < 20; reading += 1) {
    expect((await readRecord(path, OPTIONS)).record.completeness).toBe('complete');
  }
});

test('the content decides where the name says nothing', async () => {
  const folder = temporaryFolder({ 'run-17.txt': smallOutcar() });
  const { record } = await readRecord(join(folder, 'run-17.txt'), OPTIONS);
  expect([record.format, record.ionicStepCount]).toEqual(['outcar', 2]);
});

test('an OUTCAR under the name of another file is read as what it is, and that is said', async () => {
  const folder = temporaryFolder({ INCAR: smallOutcar(), KPOINTS: smallOutcar(), POSCAR: smallOutcar() });
  for (const name of ['INCAR', 'KPOINTS', 'POSCAR']) {
    const { record } = await readRecord(join(folder, name), OPTIONS);
    expect([record.format, record.ionicStepCount]).toEqual(['outcar', 2]);
    expect(record.issues.filter(({ code }) => code === 'I_FORMAT_BY_CONTENT')).toMatchObject([
      { details: { named: name.toLowerCase(), found: 'outcar' } },
    ]);
  }
});

test('a POSCAR called OUTCAR is a structure', async () => {
  const folder = temporaryFolder({ OUTCAR: SMALL_POSCAR });
  const { record } = await readRecord(join(folder, 'OUTCAR'), OPTIONS);
  expect([record.format, record.structure?.species]).toEqual(['poscar', ['Zn', 'O']]);
});

test('a file whose name and content are of one format has no word about it', async () => {
  const folder = temporaryFolder({ OUTCAR: smallOutcar(), POSCAR: SMALL_POSCAR, INCAR: 'ENCUT = 400 ! vasp.5.4.4\n' });
  for (const name of ['OUTCAR', 'POSCAR', 'INCAR']) {
    const { record } = await readRecord(join(folder, name), OPTIONS);
    expect([record.format, record.issues.map(({ code }) => code)]).not.toContain('I_FORMAT_BY_CONTENT');
    expect(record.format).toBe(name.toLowerCase());
  }
});

const POTCAR = ' PAW_PBE Zn 06Sep2000\n 12.0000000000000\n parameters from PSCTR are:\n   VRHFIN =Zn: d10p2\n';

test.each(['POTCAR', 'POTCAR_Zn', 'notes.txt', 'INCAR', 'OUTCAR'])(
  'a POTCAR called %s is refused: nothing of it is in the record',
  async (name) => {
    const folder = temporaryFolder({ [name]: POTCAR, [`${name}.gz`]: gzipSync(POTCAR) });
    for (const stored of [name, `${name}.gz`]) {
      const reading = await readRecord(join(folder, stored), OPTIONS);
      expect(reading.record).toEqual({
        completeness: 'unreadable',
        places: {},
        issues: [
          issue('E_UNREADABLE', { reason: 'a POTCAR, which is licensed: its titles and valences stand in the OUTCAR' }),
        ],
      });
    }
  },
);

test('without a hash a file has a size and no identity', async () => {
  const text = smallOutcar();
  const path = join(temporaryFolder({ OUTCAR: text }), 'OUTCAR');
  const reading = await readRecord(path, { ...OPTIONS, hash: 'never' });
  expect([reading.identity, reading.unhashedBytes]).toEqual([undefined, text.length]);
});

test('places have lines on request, in a file that is held in memory and in one that is not', async () => {
  const small = smallOutcar();
  // More than a megabyte of lines before the header, which the parser steps over.
  const large = `${'padding of a queueing system\n'.repeat(50_000)}${small}`;
  const folder = temporaryFolder({ OUTCAR: small, OUTCAR_large: large });
  for (const [name, text] of [
    ['OUTCAR', small],
    ['OUTCAR_large', large],
  ] as const) {
    const { record } = await readRecord(join(folder, name), { ...OPTIONS, placeLines: true });
    expect(record.ionicStepCount).toBe(2);
    for (const place of Object.values(record.places)) {
      expect(place.line).toBe(text.slice(0, place.byteOffset).split('\n').length);
    }
  }
});

test('the header of an appended run has a line', async () => {
  const text = smallOutcar() + smallOutcar();
  const { record } = await readRecord(join(temporaryFolder({ OUTCAR: text }), 'OUTCAR'), OPTIONS);
  expect(record.earlierRuns).toMatchObject([{ place: { byteOffset: text.indexOf('vasp.') - 1, line: 1 } }]);
  const twice = await readRecord(join(temporaryFolder({ OUTCAR: text + smallOutcar() }), 'OUTCAR'), OPTIONS);
  const line = smallOutcar().split('\n').length;
  expect(twice.record.earlierRuns?.[1]).toMatchObject({ place: { byteOffset: smallOutcar().length, line } });
});

test('of the steps only the last is kept on request, and their number is', async () => {
  const path = join(temporaryFolder({ OUTCAR: smallOutcar() }), 'OUTCAR');
  const { record } = await readRecord(path, { ...OPTIONS, steps: 'last' });
  expect([record.ionicStepCount, record.steps?.map(({ index }) => index)]).toEqual([2, [2]]);
});

/** Screen output of real runs; the last one of a program for a single processor. */
const SCREENS = {
  'vasp 5.4.4': [
    'WARNING: Linux kernel CMA support was requested via the',
    ' running on    4 total cores',
    ' distrk:  each k-point on    4 cores,    1 groups',
    ' distr:  one band on    4 cores,    1 groups',
    ' using from now: INCAR     ',
    ' vasp.5.4.4.18Apr17-6-g9f103f2a35 (build Apr  9 2020 10:35:27) complex           ',
    ' POSCAR found type information on POSCAR  Si',
    ' entering main loop',
    '       N       E                     dE             d eps       ncg     rms          rms(c)',
    'DAV:   1     0.208827437624E+02    0.20883E+02   -0.38393E+03  4576   0.630E+02',
    '   1 F= -.10850143E+02 E0= -.10850143E+02  d E =-.108501E+02',
  ],
  'vasp 6.4.1': [
    ' running  128 mpi-ranks, with    1 threads/rank, on    1 nodes',
    ' distrk:  each k-point on   64 cores,    2 groups',
    ' vasp.6.4.1 05Apr23 (build May 18 2023 13:19:41) complex                         ',
  ],
  'killed at once': [' running on   32 total cores', ' distrk:  each k-point on   32 cores,    1 groups'],
  'one process': [
    ' vasp.4.6.28 25Jul05 complex ',
    ' POSCAR found :  2 types and    6 ions',
    ' LDA part: xc-table for Pade',
  ],
};

for (const [version, lines] of Object.entries(SCREENS)) {
  test(`what VASP writes to the screen is no OUTCAR and no OSZICAR: ${version}`, async () => {
    const folder = temporaryFolder({ 'vasp.out': `${lines.join('\n')}\n` });
    const { record } = await readRecord(join(folder, 'vasp.out'), OPTIONS);
    expect([record.format, record.completeness]).toEqual([undefined, 'unreadable']);
    expect(record.issues.map(({ message }) => message).join()).toMatch(/screen output of VASP: give the OUTCAR/);
  });
}

test('an OUTCAR says on how many cores it ran behind its version, and is an OUTCAR', async () => {
  const [version, ...rest] = smallOutcar().split('\n');
  const head = [version, ' executed on             LinuxIFC date 2019.04.10  04:05:36', ' running on    1 total cores'];
  const folder = temporaryFolder({ 'run-17.txt': [...head, ...rest].join('\n') });
  const { record } = await readRecord(join(folder, 'run-17.txt'), OPTIONS);
  expect([record.format, record.ionicStepCount]).toEqual(['outcar', 2]);
});
