import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../../cli/index.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { PROGRAM, runAdatom } from './run-adatom.ts';

const VERSION = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

test('the help lists every command with its summary', async () => {
  const { exitCode, stdout } = await runAdatom(['--help']);
  expect(exitCode).toBe(0);
  for (const { name, summary } of commands) {
    expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(stdout.replace(/\s+/g, ' ')).toContain(summary);
  }
});

test.each(commands.map(({ name }) => name))('%s has the options of every command and its own version', async (name) => {
  const { exitCode, stdout } = await runAdatom([name, '--help']);
  expect(exitCode).toBe(0);
  for (const help of await helpOfParts(name, stdout)) {
    for (const option of ['--json', '--quiet', '--help', '--version']) expect(help).toContain(option);
  }
  expect((await runAdatom(['help', name])).stdout).toBe(stdout);
  expect(await runAdatom([name, '--version'])).toEqual({ exitCode: 0, stdout: `${VERSION}\n`, stderr: '' });
});

test('a summary in the list of commands is that of the command', async () => {
  for (const entry of commands) expect((await entry.load()).description()).toBe(entry.summary);
});

test('the version is that of the package', async () => {
  expect((await runAdatom(['--version'])).stdout).toBe(`${VERSION}\n`);
});

test.each([
  [['prase'], 'parse'],
  [['parse', '--jsno', 'x'], '--json'],
])('%j is a wrong request with a suggestion', async (args, suggestion) => {
  const { exitCode, stdout, stderr } = await runAdatom(args);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`Did you mean ${suggestion}?`);
});

test.each([
  [[]],
  [['parse']],
  [['parse', '--steps', 'some', 'x']],
  [['parse', '--threads', '0', 'x']],
  [['parse', '--threads', '2.5', 'x']],
])('%j is a wrong request', async (args) => {
  const { exitCode, stdout, stderr } = await runAdatom(args);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr.length).toBeGreaterThan(0);
});

test('Ctrl-C ends the program with 130', async () => {
  // Nobody reads the other end, so the program waits with its answer until it is interrupted.
  const files = Object.fromEntries(
    Array.from({ length: 3000 }, (_, index) => [`p${index}/KPOINTS`, 'k\n0\nG\n1 1 1\n']),
  );
  const cwd = temporaryFolder(files);
  const child = spawn(process.execPath, [PROGRAM, 'parse', '.', '--json'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  await new Promise((resolve) => child.stdout.once('readable', resolve));
  child.kill('SIGINT');
  child.stdout.resume();
  expect(await closed).toEqual({ code: 130, signal: null });
});

/** The help of a command, or of each of its subcommands, to which the common options belong. */
async function helpOfParts(name: string, help: string): Promise<string[]> {
  const entry = commands.find((command) => command.name === name);
  const parts = (await entry?.load())?.commands.map((command) => command.name()) ?? [];
  if (parts.length === 0) return [help];
  return Promise.all(parts.map(async (part) => (await runAdatom([name, part, '--help'])).stdout));
}
