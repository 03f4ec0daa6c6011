/**
 * Handing in while the network loses answers, the user presses Ctrl-C and the service is killed: nothing is made twice,
 * nothing that has arrived travels again, and who waits goes on waiting.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PROGRAM, type Run, runAdatom } from '../cli/run-adatom.ts';
import { freePort } from '../services/run-redis.ts';
import { type Network, openNetwork } from './faulty-network.ts';

const CAMPAIGN = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));

let folder = '';
let port = 0;
let server = '';
let service: ChildProcess;
let network: Network;

async function startService(...more: string[]): Promise<void> {
  const args = ['serve', '--port', String(port), '--data', join(folder, 'data'), '--json', ...more];
  service = spawn(process.execPath, [PROGRAM, ...args], {
    env: { PATH: process.env.PATH, HOME: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { stdout } = service;
  if (stdout === null) throw new Error('a pipe was asked for');
  await once(stdout, 'data');
}

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'adatom-interrupted-')));
  chmodSync(folder, 0o755);
  port = await freePort();
  server = `http://127.0.0.1:${port}`;
  await startService();
  network = await openNetwork(server);
});

afterEach(() => {
  network.fate = () => 'pass';
  network.passed.length = 0;
});

afterAll(async () => {
  network.close();
  service.kill('SIGTERM');
  if (service.exitCode === null) await once(service, 'exit');
  rmSync(folder, { recursive: true, force: true });
});

const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, HOME: folder });

function ask(...args: string[]): Promise<Run> {
  return runAdatom([...args, '--server', network.address], { cwd: folder, env: environment() });
}

/** A campaign whose files the service has never seen: its INCARs have a comment of their own. */
function newCampaign(name: string): string {
  const path = join(folder, name);
  cpSync(CAMPAIGN, path, { recursive: true });
  for (const system of ['li-atom', 'li-bcc']) writeFileSync(join(path, system, 'INCAR'), `ENCUT = 520 # ${name}\n`);
  return path;
}

async function screeningIds(): Promise<string[]> {
  const { stdout } = await ask('status', '--json', '--limit', '200');
  const { rows } = JSON.parse(stdout) as { rows: { id: string }[] }; // shape: pages of StoredScreening
  return rows.map(({ id }) => id);
}

describe('adatom submit', () => {
  test('makes one screening when the answer to its creation is lost', async () => {
    const before = await screeningIds();
    let lost = 0;
    network.fate = (method, path) => {
      if (method !== 'POST' || path !== '/v1/screenings' || lost === 2) return 'pass';
      lost += 1;
      return 'lose';
    };
    const run = await ask('submit', newCampaign('lost'), '--json', '--quiet');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(network.passed.filter((line) => line === 'POST /v1/screenings')).toHaveLength(3);
    const { id } = JSON.parse(run.stdout) as { id: string }; // shape: StoredScreening
    expect(await screeningIds()).toEqual([id, ...before]);
  });

  test('waits as long as a busy service asks for, and says so', async () => {
    let isBusy = true;
    network.fate = (_method, path) => {
      if (!path.endsWith('/complete') || !isBusy) return 'pass';
      isBusy = false;
      return { busySeconds: 2 };
    };
    const run = await ask('submit', newCampaign('busy'));
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('busy (too-many-requests, request r); trying again in 2 s');
  });

  test('ended by Ctrl-C in the middle, sends only the rest when it is run again', async () => {
    const path = newCampaign('stopped');
    for (let at = 0; at < 30; at += 1) {
      mkdirSync(join(path, `more-${at}`));
      writeFileSync(join(path, `more-${at}`, 'INCAR'), `ENCUT = 520 # stopped ${at}\n`);
    }
    let sent = 0;
    network.fate = (method) => {
      if (method !== 'PUT') return 'pass';
      sent += 1;
      return sent > 12 ? 'hold' : 'pass';
    };
    const child = spawn(process.execPath, [PROGRAM, 'submit', path, '--server', network.address], {
      env: environment(),
      stdio: 'ignore',
    });
    while (sent <= 12) await sleep(20);
    // What was let through may still be on its way.
    await sleep(1000);
    child.kill('SIGINT');
    const [exitCode] = await once(child, 'exit');
    expect(exitCode).toBe(130);
    const before = await screeningIds();
    network.fate = () => 'pass';
    const run = await ask('submit', path);
    // 31 new contents (both INCARs of the references are the same one), 12 of which had arrived.
    expect(run.stderr).toMatch(/ files, 19 of them sent /);
    expect(run.exitCode).toBe(0);
    expect(await screeningIds()).toHaveLength(before.length + 1);
  });

  test('ended by Ctrl-C while the creation is answered, finds the screening that was made', async () => {
    const path = newCampaign('answered');
    let isMade = false;
    network.fate = (method, at) => {
      if (method !== 'POST' || at !== '/v1/screenings') return 'pass';
      if (isMade) return 'hold';
      isMade = true;
      return 'lose';
    };
    const child = spawn(process.execPath, [PROGRAM, 'submit', path, '--server', network.address], {
      env: environment(),
      stdio: 'ignore',
    });
    while (!isMade) await sleep(20);
    await sleep(1500);
    child.kill('SIGINT');
    await once(child, 'exit');
    const [made, ...others] = await screeningIds();
    network.fate = () => 'pass';
    const run = await ask('submit', path, '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({ id: made });
    expect(await screeningIds()).toEqual([made, ...others]);
    // On purpose once more is another screening.
    const again = await ask('submit', path, '--json', '--quiet');
    expect(JSON.parse(again.stdout)).not.toMatchObject({ id: made });
  });

  test('sends the files behind symbolic links, and names those that lead out of the folders', async () => {
    const path = newCampaign('linked');
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    const bulk = join(path, 'bulk-zno');
    renameSync(join(bulk, 'OUTCAR'), join(bulk, 'the-output'));
    symlinkSync('the-output', join(bulk, 'OUTCAR'));
    renameSync(join(bulk, 'OSZICAR'), join(elsewhere, 'OSZICAR'));
    symlinkSync(join(elsewhere, 'OSZICAR'), join(bulk, 'OSZICAR'));
    const run = await ask('submit', path, '--wait');
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('symbolic links that are sent as the files they lead to: 1');
    expect(run.stderr).toMatch(/^Not sent:\n {2}W_LINK_NOT_FOLLOWED {2}bulk-zno\/OSZICAR: .*OSZICAR lies outside/m);
    // As in the example's README, with its barrier.
    expect(run.stdout).toMatch(/^ +1 +zno-002 +Li .* 0\.120/m);
  });

  test('says why a candidate has no rank', async () => {
    const run = await ask('submit', CAMPAIGN, '--wait');
    // The example's README: nobody has computed the barrier of (202).
    expect(run.stdout).toMatch(/Not ranked\n {2}zno-202\n {4}E_DESCRIPTOR_MISSING .*migration-barrier/);
  });

  test('takes manifests of several folders, relative to each, and one that is stated', async () => {
    const path = newCampaign('stated');
    const folders = ['zno-020', 'zno-002', 'li-atom', 'li-bcc'].map((name) => join(path, name));
    writeFileSync(
      join(path, 'zno-020', 'adatom.yaml'),
      'version: 1\nsystems:\n  zno-020:\n    label: my 020\n    slab: slab\n',
    );
    const labelled = await ask('submit', ...folders, '--wait');
    expect(labelled).toMatchObject({ exitCode: 0 });
    expect(labelled.stdout).toContain('my 020');
    const manifest = join(path, 'other.yaml');
    writeFileSync(manifest, 'version: 1\ncalculations:\n  zno-020/slab-li: { role: ignore }\n');
    const stated = await ask('submit', path, '--manifest', manifest, '--wait');
    expect(stated).toMatchObject({ exitCode: 0 });
    expect(stated.stdout).toMatch(/^ +1 +zno-002/m);
    expect(stated.stdout).not.toMatch(/^ +2 +zno-020/m);
  });
});

test('who waits for a screening goes on when the service is killed and started again', async () => {
  service.kill('SIGTERM');
  await once(service, 'exit');
  // Nobody works: the screening stays as it is.
  await startService('--no-workers');
  const run = await runAdatom(['submit', newCampaign('killed'), '--json', '--quiet', '--server', server], {
    cwd: folder,
    env: environment(),
  });
  const { id } = JSON.parse(run.stdout) as { id: string }; // shape: StoredScreening
  const waiting = runAdatom(['status', id, '--wait', '--json', '--server', server], {
    cwd: folder,
    env: environment(),
  });
  await sleep(3000);
  service.kill('SIGKILL');
  await once(service, 'exit');
  await sleep(1000);
  await startService();
  const { exitCode, stdout } = await waiting;
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ id, state: 'done' });
});

test('the first signal waits for a request under way, the second one ends the service and its database at once', async () => {
  const before = await screeningIds();
  // A request whose body never comes.
  const unfinished = connect(port, '127.0.0.1');
  unfinished.on('error', () => {});
  unfinished.write(
    'POST /v1/uploads HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
  );
  await sleep(500);
  service.kill('SIGINT');
  await sleep(1000);
  expect(service.exitCode).toBeNull();
  service.kill('SIGINT');
  const [exitCode] = await once(service, 'exit');
  expect(exitCode).toBe(130);
  unfinished.destroy();
  const doctor = await runAdatom(['doctor', '--data', join(folder, 'data')], { cwd: folder, env: environment() });
  expect(doctor.exitCode).toBe(0);
  expect(doctor.stdout).not.toContain('in use by');
  await startService();
  expect(await screeningIds()).toEqual(before);
});
