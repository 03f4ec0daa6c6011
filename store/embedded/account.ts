/**
 * The account that PostgreSQL runs under: it refuses to run as root, so root lends it `nobody`.
 *
 * `nobody` reaches a folder only when every folder above lets others pass. A home that only root may enter is the usual
 * obstacle; it is found here, before PostgreSQL fails with a message about some file deep below.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AdatomError } from '../../model/errors.ts';

/** Undefined: as whoever runs us. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Others may pass through. */
const OTHERS_PASS = 0o001;

export function postgresAccount(): Account | undefined {
  if (process.geteuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout));
  if (uid === undefined || gid === undefined || !(uid > 0) || !(gid > 0)) {
    throw new AdatomError(
      'request',
      'PostgreSQL does not run as root, and there is no account "nobody" to run it under; start adatom under an ordinary account, or set DATABASE_URL',
    );
  }
  return { uid, gid };
}

/** The uppermost folder on the way that the account cannot pass; undefined when it reaches `path`. */
export function closedFolder(path: string, account: Account | undefined): string | undefined {
  if (account === undefined) return undefined;
  const way: string[] = [];
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    way.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  return way.find((folder) => {
    const { mode, uid } = statSync(folder);
    return uid !== account.uid && (mode & OTHERS_PASS) === 0;
  });
}

export function giveTo(path: string, account: Account | undefined): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}
