/**
 * The corpus of real VASP files with reference values: read where it lies, never copied here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const CORPUS = resolve(process.env.ADATOM_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus'));
export const corpusIsThere = existsSync(join(CORPUS, 'EXPECTED.json'));
export const CORPUS_MISSING = `no corpus at ADATOM_CORPUS or ../shared/corpus: nothing to compare with`;

interface ExpectedField {
  readonly value: unknown;
  readonly how: string;
}
export interface ExpectedFile {
  readonly kind: 'outcar' | 'vasprun';
  readonly fields: Readonly<Record<string, ExpectedField>>;
}
interface Expected {
  readonly files: Readonly<Record<string, ExpectedFile>>;
  readonly oszicar: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly systems: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function expectedValues(): Expected {
  return JSON.parse(readFileSync(join(CORPUS, 'EXPECTED.json'), 'utf8')) as Expected; // shape: EXPECTED.json's own
}

/** Bytes of a corpus file, decompressed. */
export function corpusBytes(path: string): Buffer {
  const stored = readFileSync(join(CORPUS, path));
  return stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored;
}

/** Paths of all corpus files whose name matches, relative to the corpus, sorted. */
export function corpusFiles(name: RegExp): string[] {
  return readdirSync(CORPUS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => relative(CORPUS, join(entry.parentPath, entry.name)))
    .sort();
}
