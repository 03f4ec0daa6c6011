/** Processes of a service that are started before their database, as after a power cut of both. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openFolder } from '../../bench/shared/open-folder.ts';
import { type RunningProgram, startProgram } from '../../bench/shared/program.ts';
import { untilReady } from '../../bench/shared/service.ts';
import { startEmbeddedPostgres } from '../../store/embedded/start-postgres.ts';
import { runAdatom } from '../cli/run-adatom.ts';
import { freePort } from '../services/run-redis.ts';

const WAITS = /waiting for the database/;

let folder = '';
let environment: Record<string, string> = {};
let address = '';

const startDatabase = () => startEmbeddedPostgres(folder, { holder: 'a test' });

/** A migrated database that is down again. */
beforeAll(async () => {
  folder = openFolder('adatom-late-');
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const database = await startDatabase();
  environment = { DATABASE_URL: database.databaseUrl, ADATOM_PORT: String(port), ADATOM_DATA: folder };
  const migrated = await runAdatom(['db', 'migrate'], { env: { ...process.env, ...environment } });
  expect(migrated.exitCode).toBe(0);
  await database.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Waiting programs wait for ever: they must not outlive a test that fails. */
function start(...args: string[]): RunningProgram {
  const program = startProgram(args, environment);
  onTestFinished(() => program.end('SIGKILL'));
  return program;
}

async function expectNote(program: RunningProgram, words: RegExp): Promise<void> {
  await expect.poll(program.notes, { timeout: 60_000 }).toMatch(words);
}

test('wait for it, and serve and work once it is there', async () => {
  const api = start('serve', '--no-workers');
  const worker = start('worker', '--concurrency', '1');
  await Promise.all([api, worker].map((program) => expectNote(program, WAITS)));
  const database = await startDatabase();
  try {
    await untilReady(address, api.notes);
    await expectNote(worker, /"working"/);
  } finally {
    await Promise.all([api, worker].map((program) => program.end('SIGTERM')));
    await database.stop();
  }
});

test.each([['serve', '--no-workers'], ['worker']])(
  '%s ends with its reason when it is told to stop waiting',
  async (...args) => {
    const program = start(...args);
    await expectNote(program, WAITS);
    await program.end('SIGTERM');
    expect(program.process.exitCode).toBe(3);
    await expectNote(program, /^adatom: the database does not answer: .*ECONNREFUSED/m);
  },
);
