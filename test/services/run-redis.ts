/** A redis-server of our own: appends every write to its file before it answers, so that a kill loses nothing. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { programPath } from './services.ts';

const START_LIMIT_MS = 20_000;
const POLL_MS = 10;

export async function runRedis(folder: string, port: number): Promise<ChildProcess> {
  const program = programPath('redis-server');
  if (program === undefined) throw new Error('redis-server is not installed');
  const child = spawn(
    program,
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always']
      // BullMQ asks for it: a queue that throws keys away is no queue.
      .concat(['--maxmemory-policy', 'noeviction', '--save', '', '--logfile', join(folder, 'redis.log')]),
    { stdio: 'ignore', detached: true },
  );
  writeFileSync(join(folder, 'redis.pid'), String(child.pid));
  const limit = Date.now() + START_LIMIT_MS;
  while (!(await answersPing(port))) {
    if (child.exitCode !== null || Date.now() > limit) {
      child.kill('SIGKILL');
      throw new Error(`redis-server did not start:\n${readFileSync(join(folder, 'redis.log'), 'utf8').slice(-1000)}`);
    }
    await delay(POLL_MS);
  }
  return child;
}

/** Ends the server: in order, or as a power cut would. */
export async function endProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** While it loads its file, a server answers with an error. */
function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('data', (answer) => {
      resolve(answer.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}
