import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type ReadOptions, readRecord } from '../../reading/read-record.ts';
import { smallOutcar, TWO_STEPS } from '../cli/small-outcar.ts';
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

test('a file of VASP that is not read yet is named', async () => {
  const folder = temporaryFolder({ 'vasprun.xml': '<?xml version="1.0"?>\n<modeling>\n</modeling>\n' });
  const { record } = await readRecord(join(folder, 'vasprun.xml'), OPTIONS);
  expect(record.format).toBeUndefined();
  expect(record.issues.map(({ message }) => message)).toEqual([
    'cannot be read: vasprun.xml is not read by this version',
  ]);
});

test('of the steps only the last is kept on request, and their number is', async () => {
  const path = join(temporaryFolder({ OUTCAR: smallOutcar() }), 'OUTCAR');
  const { record } = await readRecord(path, { ...OPTIONS, steps: 'last' });
  expect([record.ionicStepCount, record.steps?.map(({ index }) => index)]).toEqual([2, [2]]);
});
