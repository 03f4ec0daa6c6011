/**
 * Every value that a file tells knows where it stands there, and every place leads to a value: over all files of the
 * example and of the corpus, as `adatom parse --provenance` prints them.
 *
 * A place of a group (`bandGap`, `potcars`, `structure`) stands for all that is in it.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordDocument } from '../../cli/shared/record-document.ts';
import { readRecord } from '../../reading/read-record.ts';
import { CORPUS, CORPUS_MISSING, corpusIsThere } from './corpus.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/zno-lithium/calculations');

/** Said of the file and not by a place in it. */
const OF_THE_FILE = /^(?:file|format|bytes|completeness|issues|provenance)$|^convergence\./;

/** Values without a place, and why. */
const WITHOUT_PLACE: readonly (readonly [formats: RegExp, name: RegExp, why: string])[] = [
  [/./, /^program\.name$/, 'only VASP writes these files'],
  [/./, /^ionicStepCount$/, 'counted'],
  [/vasprun-xml|oszicar/, /^final\.electronicStepCount$/, 'counted'],
  [/outcar/, /^dipoleCorrection\.addedBehindLoop$/, 'false where a line is not there'],
  [/locpot|chgcar/, /^grid\.quantity$/, 'what files of the name hold'],
];

describe('places of values', () => {
  it('are known for every value of the example, and lead to one', async () => {
    expect(await faultsBelow(EXAMPLE, 1000)).toEqual([]);
  });

  it('are known for every value of the corpus, and lead to one', async (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    expect(await faultsBelow(CORPUS, 10_000)).toEqual([]);
  }, 120_000);
});

async function faultsBelow(folder: string, expectedPlaces: number): Promise<string[]> {
  const faults: string[] = [];
  let places = 0;
  for (const path of allFiles(folder)) {
    const { format, values, provenance } = await told(path);
    for (const name of values) {
      const excused = WITHOUT_PLACE.some(([formats, names]) => formats.test(format) && names.test(name));
      if (!excused && !beginnings(name).some((part) => provenance.has(part))) faults.push(`${path}: no place: ${name}`);
    }
    for (const [name, place] of provenance) {
      const leads = values.some((value) => value === name || beginnings(value).includes(name));
      if (!leads) faults.push(`${path}: no value: ${name}`);
      if (!(place.byteLength > 0 && place.line > 0)) faults.push(`${path}: ${name} at ${JSON.stringify(place)}`);
    }
    places += provenance.size;
  }
  expect(places).toBeGreaterThan(expectedPlaces);
  return faults;
}

function allFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

interface Told {
  readonly format: string;
  readonly values: readonly string[];
  readonly provenance: ReadonlyMap<string, FoundPlace>;
}

interface FoundPlace {
  readonly byteLength: number;
  readonly line: number;
}

async function told(path: string): Promise<Told> {
  const reading = await readRecord(path, {
    steps: 'last',
    placeLines: true,
    neighbourFlags: false,
    hash: 'never',
    eigenvalues: true,
    densityOfStates: true,
  });
  const document: Record<string, unknown> = JSON.parse(
    JSON.stringify(recordDocument(path, reading, { steps: 'last', provenance: true })),
  );
  const provenance = new Map<string, FoundPlace>();
  collectPlaces(document.provenance ?? {}, '', provenance);
  const values = document.completeness === 'unreadable' ? [] : leaves(document, '');
  return { format: String(document.format), values: values.filter((name) => !OF_THE_FILE.test(name)), provenance };
}

/** Names of what is no object; of a list, the number of an entry is part of its name. */
function leaves(value: unknown, name: string): string[] {
  if (typeof value !== 'object' || value === null) return [name];
  if (Array.isArray(value) && !value.some((entry) => typeof entry === 'object' && !Array.isArray(entry))) return [name];
  return Object.entries(value)
    .filter(([key]) => name !== '' || !OF_THE_FILE.test(key))
    .flatMap(([key, inner]) => leaves(inner, name === '' ? key : `${name}.${key}`));
}

function collectPlaces(node: object, name: string, into: Map<string, FoundPlace>): void {
  const { byteOffset, byteLength, line, dataset, ...rest }: Record<string, unknown> = { ...node };
  if (typeof byteOffset === 'number' && typeof byteLength === 'number') {
    // Lines of an HDF5 file mean nothing; its datasets have names.
    into.set(name, { byteLength, line: typeof dataset === 'string' ? 1 : Number(line) });
  }
  for (const [key, inner] of Object.entries(rest)) {
    if (typeof inner === 'object' && inner !== null) collectPlaces(inner, name === '' ? key : `${name}.${key}`, into);
  }
}

/** `a.b.c`, `a.b` and `a`. */
function beginnings(name: string): string[] {
  const parts = name.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
