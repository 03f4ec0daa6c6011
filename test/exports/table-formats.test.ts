/**
 * Tables of a ranking: the same bytes as the files of `adatom screen`, and columns that other programs read back. The
 * result is the example campaign's, whose values are known from elsewhere (test/pipeline/example-campaign.test.ts).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXPORTS, type ExportFormat, screeningFormats } from '../../exports/index.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import { allDescriptorNames } from '../../pipeline/defined-descriptors.ts';
import { readCandidateTable } from '../../ranking/index.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { exampleFiles, readTree } from '../pipeline/example-tree.ts';
import { screened } from '../pipeline/screening.ts';
import { pythonWith, runPython } from './python.ts';
import { bytesOf, streamed, textOf } from './structures.ts';

const RESULT = screened(readTree(exampleFiles()));
const CONTEXT = { adatomVersion: '0.0.0' };

function writerOf(identifier: string, formats: readonly ExportFormat[] = EXPORTS) {
  const format = screeningFormats(formats).find((one) => one.identifier === identifier);
  if (format?.madeOf !== 'result') throw new Error(`no table format ${identifier}`);
  return (result: ScreeningResult) => format.write(result, CONTEXT);
}

/** The example with candidates whose names would do harm in a table. */
const HOSTILE: ScreeningResult = {
  ...RESULT,
  candidates: RESULT.candidates.map((candidate, index) => ({
    ...candidate,
    label: ['=cmd|"/c calc"!A1', 'two\r\nlines', '\u2028,;"'][index] ?? candidate.label,
  })),
};

/** Many candidates: the first of the example under other names, every third unranked. */
function largeResult(count: number): ScreeningResult {
  const [candidate] = RESULT.candidates;
  const [ranked] = RESULT.ranked;
  const [unranked] = RESULT.unranked;
  if (candidate === undefined || ranked === undefined || unranked === undefined) throw new Error('an empty example');
  const ids = Array.from({ length: count }, (_, index) => `c-${index}`);
  return {
    ...RESULT,
    candidates: ids.map((id) => ({ ...candidate, id })),
    ranked: ids.flatMap((id, index) => (index % 3 === 2 ? [] : [{ ...ranked, id, rank: index + 1 }])),
    unranked: ids.flatMap((id, index) => (index % 3 === 2 ? [{ ...unranked, id }] : [])),
  };
}

describe('json', () => {
  it('is ranking.json to the byte', async () => {
    for (const result of [RESULT, HOSTILE, { ...RESULT, ranked: [], systems: [] }]) {
      expect(await textOf(writerOf('json')(result))).toBe(`${JSON.stringify(result, null, 1)}\n`);
    }
  });

  it('leaves out what is undefined, as JSON does', async () => {
    const { protocol: _, ...rest } = RESULT;
    // A type that allows no undefined does not keep a program without types from handing one over.
    const result = { ...rest, protocol: undefined } as unknown as ScreeningResult;
    expect(await textOf(writerOf('json')(result))).toBe(`${JSON.stringify(result, null, 1)}\n`);
  });
});

describe('csv', () => {
  it('has a row per candidate, ranked ones first, and text that no spreadsheet runs', async () => {
    const rows = (await textOf(writerOf('csv')(RESULT))).split('\r\n');
    expect(rows).toHaveLength(1 + 3 + 1);
    expect(rows[0]).toMatch(
      /^id,label,ion,rank,score,.*,adsorption-energy \(eV\),adsorption-energy_uncertainty \(eV\)/,
    );
    expect(rows.slice(1, 4).map((row) => row.split(',', 1)[0])).toEqual(['zno-002', 'zno-020', 'zno-202']);
    const hostile = await textOf(writerOf('csv')(HOSTILE));
    expect(hostile).toContain(`"'=cmd|""/c calc""!A1"`);
    expect(hostile).toContain('"two\r\nlines"');
  });

  it('tells what a candidate is filtered by: robust, tie group, bounds, acceptability and desirabilities', async () => {
    const [header = '', first = ''] = (await textOf(writerOf('csv')(RESULT))).split('\r\n');
    const cell = (name: string): string | undefined => first.split(',')[header.split(',').indexOf(name)];
    expect(cell('robust')).toBe('true');
    expect(cell('score_lower')).toBe('');
    // E_b 3.40 eV is the target, d = 1; E_f 0.12 eV, d = (0.60 − 0.12)/0.50 (SCIENCE §10.2).
    expectNear(Number(cell('binding-energy_desirability')), 1, 1e-6);
    expectNear(Number(cell('migration-barrier_desirability')), 0.96, 1e-3);
    expectNear(Number(cell('migration-barrier_effect')), 0.979796, 1e-3);
  });

  it('has no column that its reader does not know', async () => {
    const text = await textOf(writerOf('csv')(RESULT));
    const { candidates, issues } = readCandidateTable(text, 'r.csv', 'csv', allDescriptorNames());
    expect(candidates).toHaveLength(3);
    expect(issues.filter(({ code }) => code === 'W_UNKNOWN_COLUMN')).toEqual([]);
  });

  it('has no text that a spreadsheet runs as a formula, whatever stands before its sign', async () => {
    const [first] = RESULT.candidates;
    if (first === undefined) throw new Error('an empty example');
    for (const label of ['=1+1', '+A1', '-A1', '@SUM(A1)', '\t=1+1', '\r=1+1', '\n=1+1']) {
      const text = await textOf(writerOf('csv')({ ...RESULT, candidates: [{ ...first, label }] }));
      const quote = /[\r\n]/.test(label) ? '"' : '';
      expect(text).toContain(`zno-002,${quote}'${label}${quote},`);
    }
  });
});

describe('ndjson', () => {
  it('tells each candidate on a line with value, unit, uncertainty and quality of every descriptor', async () => {
    const text = await textOf(writerOf('ndjson')(HOSTILE));
    const lines = text
      .split('\n')
      .slice(0, -1)
      .map((line): unknown => JSON.parse(line));
    expect(lines).toHaveLength(3);
    // H. Shen et al. (2025): E_b = 3.40 eV on (002).
    expect(lines[0]).toMatchObject({ id: 'zno-002', rank: 1, ion: 'Li', wetting: 'lithiophilic', issues: [] });
    const value = (lines[0] as { descriptors: Record<string, { value: number; unit: string }> }).descriptors;
    expectNear(value['adsorption-energy']?.value, -3.4, 1e-7);
    expect(value['adsorption-energy']).toMatchObject({ available: true, unit: 'eV', uncertainty: expect.any(Number) });
    expect(lines[2]).toMatchObject({
      id: 'zno-202',
      descriptors: { 'migration-barrier': { available: false, unit: 'eV', issues: [{ code: 'E_REFERENCE_MISSING' }] } },
      unrankedBecause: [{ code: 'E_DESCRIPTOR_MISSING' }, { code: 'E_REFERENCE_MISSING' }],
    });
  });
});

describe('calculations', () => {
  it('writes the lines it is given, keys in their order', async () => {
    const format = screeningFormats(EXPORTS).find(({ identifier }) => identifier === 'calculations');
    if (format?.madeOf !== 'calculations') throw new Error('made of calculations');
    const lines = [{ id: 'b\n', a: [1e-7, { z: 1, y: 2 }] }, { id: 'a' }];
    expect(await textOf(format.write(streamed(lines), CONTEXT))).toBe(
      '{"id":"b\\n","a":[1e-7,{"z":1,"y":2}]}\n{"id":"a"}\n',
    );
  });
});

describe('parquet', () => {
  let bytes = new ArrayBuffer(0);
  let metadata: FileMetaData;
  beforeAll(async () => {
    bytes = arrayBuffer(await bytesOf(writerOf('parquet')(HOSTILE)));
    metadata = parquetMetadata(bytes);
  });

  it('has the columns of the CSV, typed, with the unit in the name', async () => {
    const header = (await textOf(writerOf('csv')(RESULT))).split('\r\n', 1)[0]?.split(',');
    const columns = metadata.schema.slice(1);
    expect(columns.map(({ name }) => name)).toEqual(header);
    const type = (name: string) => columns.find((column) => column.name === name);
    expect(type('rank')).toMatchObject({ type: 'INT32', repetition_type: 'OPTIONAL' });
    expect(type('adsorption-energy (eV)')).toMatchObject({ type: 'DOUBLE', repetition_type: 'OPTIONAL' });
    expect(type('surface-energy_quality')).toMatchObject({ type: 'BYTE_ARRAY', converted_type: 'UTF8' });
  });

  it('says in its metadata what every descriptor means and how the ranking was made', () => {
    const text = (key: string) => metadata.key_value_metadata?.find((entry) => entry.key === key)?.value ?? '';
    expect(JSON.parse(text('adatom.definitions'))).toEqual(RESULT.definitions);
    expect(JSON.parse(text('adatom.screening'))).toMatchObject({ ion: 'Li', profile: 'li-moderate', seed: 1 });
  });

  it('holds the values to the last bit, null for a missing one', async () => {
    const rows = await parquetReadObjects({ file: bytes });
    expect(rows.map((row) => row.id)).toEqual(['zno-002', 'zno-020', 'zno-202']);
    for (const row of rows) {
      const candidate = HOSTILE.candidates.find(({ id }) => id === row.id);
      expect(row.label).toBe(candidate?.label);
      for (const { identifier, unit } of RESULT.definitions) {
        const value = candidate?.descriptors[identifier];
        expect(row[`${identifier} (${unit})`] ?? undefined).toBe(value?.available === true ? value.value : undefined);
      }
    }
    expect(rows[2]).toMatchObject({ rank: null, 'migration-barrier (eV)': null });
    expect(rows[2]?.unranked_because).toMatch(/^E_DESCRIPTOR_MISSING: /);
  });

  it('of no candidate at all is a table without rows', async () => {
    const empty = { ...RESULT, candidates: [], ranked: [], unranked: [] };
    const file = arrayBuffer(await bytesOf(writerOf('parquet')(empty)));
    expect(await parquetReadObjects({ file })).toEqual([]);
    // Objectives are told by those who are ranked: two columns each, at the end.
    const names = (of: FileMetaData): string[] => of.schema.slice(1).map(({ name }) => name);
    expect(names(parquetMetadata(file))).toEqual(names(metadata).slice(0, -4));
  });

  it('of 50,000 candidates comes in several groups of rows, all there', async () => {
    const chunks: number[] = [];
    const parts: Uint8Array[] = [];
    for await (const chunk of writerOf('parquet')(largeResult(50_000))) {
      if (typeof chunk === 'string') throw new Error('bytes');
      parts.push(chunk);
      chunks.push(chunk.length);
    }
    expect(chunks.length).toBeGreaterThan(2);
    const file = arrayBuffer(Buffer.concat(parts));
    expect(Number(parquetMetadata(file).num_rows)).toBe(50_000);
    const last = await parquetReadObjects({ file, rowStart: 49_999, rowEnd: 50_000, columns: ['id', 'rank'] });
    // Unranked ones come last: the largest index that leaves 2 when divided by 3.
    expect(last).toEqual([{ id: 'c-49997', rank: null }]);
  });

  const pyarrow = pythonWith('pyarrow.parquet');
  it('is read by Arrow with the same types and values', (context) => {
    if (pyarrow === undefined) context.skip('pyarrow is not installed: pip install pyarrow');
    const file = join(temporaryFolder(), 'ranking.parquet');
    writeFileSync(file, Buffer.from(bytes));
    const script = `
import json, sys
import pyarrow.parquet as pq
t = pq.read_table(sys.argv[1])
print(json.dumps(dict(types={f.name: str(f.type) for f in t.schema}, rows=t.to_pylist(),
  keys=[k.decode() for k in (t.schema.metadata or {})])))
`;
    const read = runPython(pyarrow ?? '', script, file) as {
      types: Record<string, string>;
      rows: Record<string, unknown>[];
      keys: string[];
    };
    expect(read.types).toMatchObject({
      id: 'string',
      rank: 'int32',
      score: 'double',
      'surface-energy (J/m²)': 'double',
    });
    expect(read.keys).toEqual(['adatom.screening', 'adatom.definitions']);
    const barrier = HOSTILE.candidates[0]?.descriptors['migration-barrier'];
    expect(read.rows[0]?.['migration-barrier (eV)']).toBe(barrier?.available === true ? barrier.value : undefined);
    expect(read.rows[2]?.['migration-barrier (eV)']).toBeNull();
  });
});

describe('a table of many candidates', () => {
  // JSON holds all that is known of each: a hundred thousand would be gigabytes.
  it.each([
    ['csv', 100_000],
    ['ndjson', 100_000],
    ['json', 30_000],
    ['parquet', 100_000],
  ])('is written as %s in pieces, none of them large', async (identifier, count) => {
    const result = largeResult(count);
    let largest = 0;
    let pieces = 0;
    for await (const chunk of writerOf(identifier)(result)) {
      largest = Math.max(largest, chunk.length);
      pieces += 1;
    }
    expect(pieces).toBeGreaterThan(5);
    expect(largest).toBeLessThan(8 * 1024 * 1024);
  });
});

describe('the list of formats', () => {
  it('has no identifier twice, and each says what it is', () => {
    const identifiers = EXPORTS.map(({ identifier }) => identifier);
    expect(new Set(identifiers).size).toBe(identifiers.length);
    for (const { title, mediaType, extension } of EXPORTS) {
      expect(title.length).toBeGreaterThan(5);
      expect(mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+(?:; [a-z]+=[a-z0-9-]+)*$/);
      expect(extension).toMatch(/^[a-z.]+$/);
    }
  });
});

function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
