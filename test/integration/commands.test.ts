/**
 * The user's side of a service on the built program: serve with its own database, then what a scientist does with it.
 * The order of the tests is that of a day: they share one service.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROGRAM, type Run, runAdatom } from '../cli/run-adatom.ts';

const CAMPAIGN = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));

let folder = '';
let service: ChildProcess;
let server = '';

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'adatom-commands-')));
  chmodSync(folder, 0o755);
  process.env.XDG_STATE_HOME = join(folder, 'state');
  service = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', '--data', join(folder, 'data'), '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(service.stdout!, 'data')) as [Buffer]; // a stream without encoding yields buffers
  const told = JSON.parse(line.toString()) as { address: string; embedded: boolean }; // shape: the line under test
  expect(told).toEqual({ address: told.address, dataFolder: join(folder, 'data'), embedded: true });
  server = told.address;
});

afterAll(() => {
  service.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const ask = (...args: string[]): Promise<Run> => runAdatom([...args, '--server', server], { cwd: folder });

async function answered(...args: string[]): Promise<{ readonly id: string; readonly state: string }> {
  const run = await ask(...args, '--json', '--quiet');
  expect(run.stderr).toBe('');
  expect(run.exitCode).toBe(0);
  return JSON.parse(run.stdout) as { id: string; state: string }; // shape: StoredScreening
}

/** That the service's files are those of `adatom screen` on the same folders. */
async function expectSameAsScreen(id: string, folders: readonly string[]): Promise<void> {
  const out = mkdtempSync(join(folder, 'screened-'));
  const plain = await runAdatom(['screen', ...folders, '--out', out, '--quiet'], { cwd: folder });
  expect(plain.exitCode).toBe(0);
  for (const [format, file] of [
    ['json', 'ranking.json'],
    ['csv', 'ranking.csv'],
    ['calculations', 'calculations.ndjson'],
  ] as const) {
    const exported = await ask('export', id, '--format', format);
    expect(exported.stdout).toBe(readFileSync(join(out, file), 'utf8'));
  }
}

describe('a day with the service', () => {
  test('a folder that is handed in gives the files of adatom screen', async () => {
    const { id, state } = await answered('submit', CAMPAIGN, '--wait');
    expect(state).toBe('done');
    await expectSameAsScreen(id, [CAMPAIGN]);
  });

  test('handed in once more, no file travels', async () => {
    const again = await ask('submit', CAMPAIGN);
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toMatch(/\d+ files, 0 of them sent/);
  });

  test('several folders keep their names, and the service reads a folder where it is', async () => {
    const folders = ['zno-020', 'li-atom', 'li-bcc'].map((name) => join(CAMPAIGN, name));
    await expectSameAsScreen((await answered('submit', ...folders, '--wait')).id, folders);
    await expectSameAsScreen((await answered('submit', CAMPAIGN, '--by-path', '--wait')).id, [CAMPAIGN]);
  });

  test('status and candidates are tables', async () => {
    const list = await ask('status');
    expect(list.stdout).toMatch(/^screening +state +folders/);
    const best = await ask('candidates', '--where', 'migration-barrier<0.2', '--limit', '1');
    // The barrier of (002) in the example's README is 0.12 eV.
    expect(best.stdout).toMatch(/^ +1 +zno-002 +Li .* 0\.120/m);
    const unknown = await ask('candidates', '--where', 'colour<1');
    expect(unknown).toMatchObject({ exitCode: 2, stdout: '' });
    expect(unknown.stderr).toMatch(/unknown field "colour".*request /);
  });

  test('an id that is not there and a key that is none are one sentence each', async () => {
    const lost = await ask('status', '00000000-0000-4000-8000-000000000000');
    expect(lost).toMatchObject({ exitCode: 2, stdout: '' });
    expect(lost.stderr).toMatch(/^adatom: screening \S+ does not exist \(not-found, request \S+\)\n$/);
  });

  test('a second service on the folder is refused with the process that has it', async () => {
    const second = await runAdatom(['serve', '--port', '0', '--data', join(folder, 'data')], { cwd: folder });
    expect(second).toMatchObject({ exitCode: 2, stdout: '' });
    expect(second.stderr).toContain(`process ${service.pid}`);
  });

  test('the doctor finds all well and names who holds the folder', async () => {
    const run = await runAdatom(['doctor', '--data', join(folder, 'data'), '--json'], { cwd: folder });
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ healthy: true });
    expect(run.stdout).toContain(`process ${service.pid}`);
  });

  test('SIGTERM stops it in order, and the address is free', async () => {
    service.kill('SIGTERM');
    const [exitCode] = await once(service, 'exit');
    expect(exitCode).toBe(0);
    const after = await ask('status');
    expect(after).toMatchObject({ exitCode: 3, stdout: '' });
    expect(after.stderr).toMatch(/^adatom: no answer from \S+: no service listens there/);
  });
});
