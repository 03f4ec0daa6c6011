/** What `adatom parse --json` prints. */
import { expect } from 'vitest';
import type { Run } from './run-adatom.ts';

export interface Document {
  readonly [key: string]: unknown;
  readonly file: string;
  readonly completeness: string;
  readonly final?: Readonly<Record<string, number>>;
  readonly issues: readonly {
    readonly code: string;
    readonly where: { readonly file?: string; readonly line?: number };
  }[];
}

export function documentOf(run: Run): Document {
  expect(run.stderr).toBe('');
  expect(run.exitCode).toBe(0);
  return JSON.parse(run.stdout) as Document;
}

export function documentsOf(run: Run): Document[] {
  return JSON.parse(run.stdout) as Document[];
}
