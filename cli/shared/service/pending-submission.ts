/**
 * What is remembered while a submission is under way: the key it is sent with, and the upload it is about.
 *
 * A submission whose answer was lost (a cut connection, Ctrl-C) is sent again with the same key, and the service answers
 * with the screening that exists. Once the answer has arrived it is forgotten, so that handing in the same folders on
 * purpose gives a new screening.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../../intake/make-folder.ts';
import { isSystemError } from '../../../intake/system-error.ts';

const pendingSchema = z.strictObject({ idempotencyKey: z.uuid(), upload: z.string().optional() });
export type Pending = z.output<typeof pendingSchema>;

export interface PendingSubmission {
  /** What an earlier attempt left, else a new key. */
  readonly earlier: Pending;
  readonly remember: (pending: Pending) => void;
  readonly forget: () => void;
}

/** `subject`: everything that makes two submissions the same one. */
export function openPendingSubmission(subject: unknown, environment: NodeJS.ProcessEnv): PendingSubmission {
  const state = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  const folder = join(state, 'adatom', 'pending');
  const name = createHash('sha256').update(JSON.stringify(subject)).digest('hex');
  const file = join(folder, `${name}.json`);
  return {
    earlier: read(file) ?? { idempotencyKey: randomUUID() },
    remember: (pending) => withoutDisk(() => write(folder, file, pending)),
    forget: () => withoutDisk(() => rmSync(file, { force: true })),
  };
}

function read(file: string): Pending | undefined {
  try {
    const parsed = pendingSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (isSystemError(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function write(folder: string, file: string, pending: Pending): void {
  makeFolder(folder);
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(pending), { mode: 0o600 });
  renameSync(temporary, file);
}

/** A home that cannot be written (a container) costs the memory, not the submission. */
function withoutDisk(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
