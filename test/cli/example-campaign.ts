/** The example campaign as a tree that may be changed, and the answer of `adatom screen` to it. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { ScreeningResult } from '../../model/screening.ts';
import { screeningResultSchema } from '../../model/screening-schema.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { type Run, runAdatom } from './run-adatom.ts';

export const EXAMPLE = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));

/** A copy of the example that may be damaged. */
export function campaign(): { readonly cwd: string; readonly tree: string } {
  const cwd = temporaryFolder({});
  const tree = join(cwd, 'campaign');
  cpSync(EXAMPLE, tree, { recursive: true });
  return { cwd, tree };
}

export async function screening(cwd: string, ...args: string[]): Promise<ScreeningResult> {
  const run = await runAdatom(['screen', 'campaign', '--json', '--quiet', ...args], { cwd });
  expect(run.stderr).toBe('');
  expect(run.exitCode).toBe(0);
  return resultOf(run);
}

export function resultOf(run: Run): ScreeningResult {
  return screeningResultSchema.parse(JSON.parse(run.stdout));
}

export function descriptor(result: ScreeningResult, candidate: string, identifier: string) {
  return result.candidates.find((entry) => entry.id === candidate)?.descriptors[identifier];
}

export function reasonCodes(result: ScreeningResult, candidate: string, identifier: string): string[] {
  const found = descriptor(result, candidate, identifier);
  return found?.available === false ? found.reasons.map((reason) => reason.code) : [];
}
