/** The built program as a process of its own: started, watched, killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/cli/adatom.js', import.meta.url));

export interface RunningProgram {
  readonly process: ChildProcess;
  /** What it has written to stderr so far. */
  readonly notes: () => string;
  /** Sends the signal and waits for the end. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

export type Environment = Readonly<Record<string, string>>;

export function startProgram(args: readonly string[], environment: Environment): RunningProgram {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let notes = '';
  const keep = (text: Buffer): void => {
    notes = (notes + text.toString()).slice(-KEPT_CHARACTERS);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'exit');
  return {
    process: child,
    notes: () => notes,
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

const KEPT_CHARACTERS = 20_000;

export interface FinishedProgram {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runProgram(args: readonly string[], environment: Environment = {}): Promise<FinishedProgram> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  await once(child, 'close');
  return { exitCode: child.exitCode, stdout, stderr };
}
