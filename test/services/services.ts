/**
 * What the setup of the tests hands to the test files: addresses of servers, or why there are none.
 */
import { execFileSync } from 'node:child_process';
import { inject } from 'vitest';

export interface Services {
  /** PostgreSQL, as somebody who may make databases. */
  readonly postgresUrl?: string;
  /** Name of a migrated database to copy. */
  readonly template?: string;
  /** Folder for servers of single test files; the setup ends whatever still runs below it. */
  readonly folder: string;
  readonly redisUrl?: string;
  /** What is not there and how to get it; its suites are skipped. */
  readonly missing: readonly string[];
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly services: Services;
  }
}

export function services(): Services {
  return inject('services');
}

/** For `describe.skipIf(…)`; the setup has said why. */
export function withoutRedis(): boolean {
  return services().redisUrl === undefined;
}

export function withoutPostgres(): boolean {
  return services().postgresUrl === undefined;
}

/** Path of a program; undefined when it is not installed. */
export function programPath(name: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    // `command -v` fails for a program that is not there; there is no other failure to tell.
    return undefined;
  }
}
