/**
 * Results of pairs, kept by content in `DIR/cache/`: a scan that was ended, or that has new files, goes on where the last
 * one was.
 *
 * One line per pair, written as soon as it is found. The mistakes avoided here: keeping by name (a file that was changed
 * is another substrate) and trusting half a line, which is how a killed program ends its file: every line has its digest.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../intake/make-folder.ts';
import type { CoincidenceLimits } from '../../model/coincidence.ts';
import type { PlaneLattice } from '../../model/plane-lattice.ts';
import { writingTo } from './out-folder.ts';

/** Of a facet: its file's bytes, its indices and its mesh; of a lattice in numbers the mesh. */
export interface KeptPlane {
  readonly lattice: PlaneLattice;
  readonly facet?: { readonly sha256?: string; readonly facet: { readonly miller: readonly number[] } };
}

export interface KeptMatches {
  readonly get: (key: string) => string | undefined;
  readonly add: (entries: readonly (readonly [key: string, json: string])[]) => void;
}

/** Another layout of the lines, or another meaning of a result, is another number. */
const LAYOUT = 1;
const KEY_CHARACTERS = 32;
const DIGEST_CHARACTERS = 16;
const LINE = new RegExp(`^([0-9a-f]{${KEY_CHARACTERS}}) ([0-9a-f]{${DIGEST_CHARACTERS}}) (.*)$`);

export const NOTHING_KEPT: KeptMatches = { get: () => undefined, add: () => undefined };

/** Results under the same limits by the same version. Throws a `request` error when the folder cannot be used. */
export function keptMatches(out: string, limits: CoincidenceLimits, version: string): KeptMatches {
  const cache = join(out, 'cache');
  const file = join(cache, `matches-${digest(JSON.stringify([LAYOUT, version, limits]), DIGEST_CHARACTERS)}.txt`);
  const kept = new Map<string, string>();
  writingTo(out, () => {
    makeFolder(cache);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    for (const line of text.split('\n')) {
      const [, key = '', check, json = ''] = LINE.exec(line) ?? [];
      if (check === digest(key + json, DIGEST_CHARACTERS)) kept.set(key, json);
    }
    // After half a line a new one begins.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n');
  });
  return {
    get: (key) => kept.get(key),
    add: (entries) => {
      const lines = entries.map(([key, json]) => `${key} ${digest(key + json, DIGEST_CHARACTERS)} ${json}\n`);
      writingTo(out, () => appendFileSync(file, lines.join('')));
    },
  };
}

export function planeDigest({ lattice, facet }: KeptPlane): string {
  return digest(JSON.stringify([lattice, facet?.sha256, facet?.facet.miller]), KEY_CHARACTERS);
}

/** Of the digests of both planes. */
export function pairKey(film: string, substrate: string): string {
  return digest(`${film} ${substrate}`, KEY_CHARACTERS);
}

function digest(text: string, characters: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, characters);
}
