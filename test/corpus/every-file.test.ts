/**
 * Every file of the corpus on the way a user's file takes, from its path (with its gz or xz) to its record: it is read,
 * or refused with a reason and a place; none is passed over. Short reads and small windows change nothing.
 *
 * Chunks of a single byte only for files up to 60 kB, small windows up to 1.5 MB: the larger ones are of the same formats.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFile } from '../../intake/read-file.ts';
import { memorySource } from '../../model/byte-source.ts';
import type { FileFormat } from '../../model/calculation.ts';
import { parsers } from '../../parsers/index.ts';
import { type ReadRecord, readRecord } from '../../reading/read-record.ts';
import { CORPUS, CORPUS_MISSING, corpusIsThere } from './corpus.ts';

const paths = corpusIsThere
  ? readdirSync(CORPUS, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(CORPUS, join(entry.parentPath, entry.name)))
      .sort()
  : [];

/** How many files of the corpus have such a name (`find -name`, counted without the program). */
const NAMED: readonly (readonly [FileFormat, RegExp, number])[] = [
  ['outcar', /OUTCAR/, 91],
  ['vasprun-xml', /vasprun/, 58],
  ['vaspout-h5', /vaspout/, 1],
  ['oszicar', /OSZICAR/, 26],
  ['poscar', /POSCAR|CONTCAR/, 113],
  ['doscar', /DOSCAR/, 9],
  ['eigenval', /EIGENVAL/, 9],
  ['xdatcar', /XDATCAR/, 10],
  ['locpot', /LOCPOT/, 2],
  ['incar', /INCAR/, 41],
  ['kpoints', /^KPOINTS/, 38],
  ['ibzkpt', /IBZKPT/, 4],
  ['neb-dat', /neb\.dat/, 2],
];

/** No results of a calculation, or a format that Adatom does not read. */
const REFUSED = /LICENSE|\.json$|PCDAT|PROCAR|std_err|vasp\.out|vasp_output/;
/** Empty: VASP writes a REPORT only in some runs of molecular dynamics. */
const EMPTY = /REPORT\.gz$/;

const records = new Map<string, ReadRecord>();
const named = (path: string) => path.slice(path.lastIndexOf('/') + 1);

describe('every file of the corpus', () => {
  it('is there', (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    expect(paths.length).toBeGreaterThanOrEqual(445);
  });
  if (!corpusIsThere) return;

  it('is read, or refused with a reason and a place', async () => {
    for (const path of paths) {
      const { record } = await readRecord(join(CORPUS, path), {
        steps: 'last',
        placeLines: false,
        neighbourFlags: false,
        hash: 'never',
        eigenvalues: true,
      });
      records.set(path, record);
      checkOutcome(path, record);
    }
  }, 120_000);

  for (const [format, name, count] of NAMED) {
    it(`that is named as a ${format} is one: ${count}`, () => {
      const found = paths.filter((path) => name.test(named(path)));
      expect(found.length).toBeGreaterThanOrEqual(count);
      for (const path of found) expect(records.get(path)?.format, path).toBe(format);
    });
  }

  it('gives the same record in reads of 7 and 4096 bytes, and of 1 byte', async () => {
    for (const path of paths) await checkChunks(path, records.get(path)?.format);
  }, 180_000);
});

function checkOutcome(path: string, record: ReadRecord): void {
  const errors = record.issues.filter(({ severity }) => severity === 'error');
  if (record.completeness === 'unreadable') {
    expect(REFUSED.test(path) || EMPTY.test(path), `${path} is refused`).toBe(true);
    expect(errors.map(({ code }) => code)).toEqual(['E_UNREADABLE']);
    expect(String(errors[0]?.message).length, path).toBeGreaterThan(20);
    return;
  }
  expect(record.format, path).toBeDefined();
  if (record.completeness === 'truncated') {
    const cut = record.issues.find(({ code }) => code === 'E_TRUNCATED');
    expect(cut?.where.byteOffset ?? cut?.where.line, `${path} says where it ends`).toBeGreaterThan(0);
    return;
  }
  expect(record.completeness, path).toBe('complete');
  expect(record.issues.some(({ code }) => code === 'E_TRUNCATED' || code === 'E_UNREADABLE')).toBe(false);
  expect(says(record), `${path} says something`).toBe(true);
  for (const entry of record.issues) expect(entry.message.length, path).toBeGreaterThan(10);
}

function says(record: ReadRecord): boolean {
  const { structure, unnamedStructure, settings, steps, kpoints, pathTable, grid, densityOfStates, eigenvalues } =
    record;
  const tables = [structure, unnamedStructure, settings, steps, kpoints, pathTable, grid, densityOfStates, eigenvalues];
  return tables.some((table) => table !== undefined);
}

/** Bytes up to which a file is tried with windows of 7 and 4096 bytes, and with single bytes. */
const SMALL = 1_500_000;
const TINY = 60_000;

async function checkChunks(path: string, format: FileFormat | undefined): Promise<void> {
  const parser = parsers.find((candidate) => candidate.format === format);
  if (parser === undefined || format === undefined) return;
  const file = await readFile(join(CORPUS, path));
  if (!file.readable) return;
  const bytes = Buffer.alloc(file.source.sizeBytes);
  for (let at = 0; at < bytes.length; ) at += Math.max(1, file.source.read(bytes.subarray(at), at));
  file.close();
  await parser.prepare?.();
  const options = { eigenvalues: true, densityOfStates: true, steps: 'all' } as const;
  const whole = parser.parse(memorySource(bytes), options);
  const sizes = bytes.length <= TINY ? [1, 7, 4096] : bytes.length <= SMALL ? [7, 4096] : [4096];
  for (const size of sizes) {
    // HDF5 is read by its library, block by block: only the reads can be short.
    const window = format === 'vaspout-h5' ? {} : { windowBytes: size };
    const chunked = parser.parse(memorySource(bytes, Math.max(size, format === 'vaspout-h5' ? 4096 : size)), {
      ...options,
      ...window,
    });
    expect(sameRecord(chunked, whole), `${path} in reads of ${size} bytes`).toBe(true);
  }
}

/** `toEqual` walks millions of numbers one by one; buffers are compared as bytes. */
function sameRecord(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) {
    const left = Buffer.from(a.buffer, a.byteOffset, a.byteLength);
    return left.equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
  }
  const entries = Object.entries(a);
  const others = new Map(Object.entries(b));
  return entries.length === others.size && entries.every(([key, value]) => sameRecord(value, others.get(key)));
}
