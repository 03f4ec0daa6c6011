/**
 * Matches that pymatgen's ZSLGenerator finds (zsl-generator.py), and ours in the same words: the Hermite forms of both
 * supercells name a match, whatever pair of vectors it was written with.
 */
import { readFileSync } from 'node:fs';
import type { CoincidenceMatch } from '../../../../model/coincidence.ts';
import { hermiteForm } from './hermite-form.ts';

export type CellNumbers = readonly [a: number, b: number, gammaDegrees: number];

export interface GeneratedPair {
  readonly film: CellNumbers;
  readonly substrate: CellNumbers;
  readonly maxAreaAngstrom2: number;
  /** How many of the matches its own limit leaves. */
  readonly asGenerated: number;
  /**
   * Hermite forms (multiple, p, q) of film and substrate; lengths and angle of both reduced pairs; principal strains;
   * von Mises strain; 1 for those that its own limit leaves.
   */
  readonly matches: readonly (readonly number[])[];
}

interface Generated {
  readonly program: string;
  readonly pairs: readonly GeneratedPair[];
}

export const SCRIPT = readFileSync(new URL('zsl-generator.py', import.meta.url), 'utf8');

/** Kept results: `python3 zsl-generator.py '{"seed": 1984, "pairs": 210, "leastArea": 120, "mostArea": 190}'`. */
export function keptMatches(): Generated {
  return generated(JSON.parse(readFileSync(new URL('zsl-matches.json', import.meta.url), 'utf8')));
}

export function generated(document: unknown): Generated {
  return document as Generated; // what zsl-generator.py writes
}

export function matchKey(match: CoincidenceMatch): string {
  return [...hermiteForm(match.filmMatrix), ...hermiteForm(match.substrateMatrix)].join();
}

export function generatedKey(match: readonly number[]): string {
  return match.slice(0, 6).join();
}
