/** A screening with the profile that comes with the program, and ways to its numbers. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DescriptorResult } from '../../model/descriptor.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import type { ReadTree } from '../../pipeline/read-tree.ts';
import { type ScreenOptions, screen } from '../../pipeline/screen.ts';
import { parseProfile } from '../../ranking/index.ts';

const PROFILES = new URL('../../profiles/', import.meta.url);

export function profile(name = 'li-moderate') {
  return parseProfile(readFileSync(fileURLToPath(new URL(`${name}.yaml`, PROFILES)), 'utf8'), `${name}.yaml`);
}

export function screened(tree: ReadTree, options: Partial<ScreenOptions> = {}): ScreeningResult {
  return screen(tree, { adatomVersion: '0.0.0', ion: 'Li', profile: profile(), seed: 1, ...options }).result;
}

export function descriptor(result: ScreeningResult, candidate: string, name: string): DescriptorResult {
  const found = result.candidates.find((one) => one.id === candidate)?.descriptors[name];
  if (found === undefined) throw new Error(`no ${name} of ${candidate}`);
  return found;
}

export function valueFor(result: ScreeningResult, candidate: string, name: string): number | undefined {
  const found = descriptor(result, candidate, name);
  return found.available ? found.value : undefined;
}

/** Code, message and file of every reason; empty when there is a value. */
export function reasonsOf(result: ScreeningResult, candidate: string, name: string): string[] {
  const found = descriptor(result, candidate, name);
  return found.available
    ? []
    : found.reasons.map(({ code, message, where }) => `${code} ${message} (${where.file ?? ''})`);
}
