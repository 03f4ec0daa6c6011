import { describe, expect, test } from 'vitest';
import { originChanges, type ScreeningOrigins, screeningOrigins } from '../../ranking/index.ts';

interface Given {
  readonly adatomVersion?: string;
  readonly versions?: Readonly<Record<string, number>>;
  /** By candidate: what a file is in a value, its path, its hash. */
  readonly inputs: Readonly<Record<string, readonly (readonly [name: string, file: string, sha256: string])[]>>;
}

function screening({ adatomVersion = '1', versions = { barrier: 1 }, inputs }: Given): ScreeningOrigins {
  const origins = screeningOrigins({
    adatomVersion,
    definitions: Object.entries(versions).map(([identifier, version]) => ({ identifier, version, symbol: '-' })),
    candidates: Object.entries(inputs).map(([id, entries]) => ({
      id,
      descriptors: {
        barrier: { available: true, inputs: entries.map(([name, file, sha256]) => ({ name, file, sha256, line: 1 })) },
        gap: { available: false },
      },
    })),
  });
  if (origins === undefined) throw new Error('no screening');
  return origins;
}

describe('where values of two screenings come from', () => {
  test('other bytes are told with both hashes, a folder that only moved is not', () => {
    const before = screening({
      inputs: {
        a: [
          ['E0', 'old/1', 'aa'],
          ['E1', 'old/2', 'bb'],
        ],
      },
    });
    const after = screening({
      inputs: {
        a: [
          ['E0', 'new/1', 'aa'],
          ['E1', 'new/2', 'cc'],
        ],
      },
    });
    expect(originChanges(before, after)).toEqual({
      definitionChanges: [],
      inputChanges: [
        {
          fileBefore: 'old/2',
          sha256Before: 'bb',
          fileAfter: 'new/2',
          sha256After: 'cc',
          values: [{ id: 'a', descriptor: 'barrier' }],
        },
      ],
    });
  });

  test('a file behind several values is told once, and one that came or went has one side', () => {
    const before = screening({
      inputs: {
        a: [
          ['E0', 'x', 'aa'],
          ['E1', 'y', 'bb'],
        ],
        b: [['E0', 'x', 'aa']],
      },
    });
    const after = screening({
      inputs: {
        a: [['E0', 'x', 'dd']],
        b: [
          ['E0', 'x', 'dd'],
          ['E0', 'z', 'ee'],
        ],
      },
    });
    expect(originChanges(before, after).inputChanges).toEqual([
      {
        fileBefore: 'x',
        sha256Before: 'aa',
        fileAfter: 'x',
        sha256After: 'dd',
        values: [
          { id: 'a', descriptor: 'barrier' },
          { id: 'b', descriptor: 'barrier' },
        ],
      },
      { fileBefore: 'y', sha256Before: 'bb', values: [{ id: 'a', descriptor: 'barrier' }] },
      { fileAfter: 'z', sha256After: 'ee', values: [{ id: 'b', descriptor: 'barrier' }] },
    ]);
  });

  test('candidates that came or went bring no changed files', () => {
    const before = screening({ inputs: { a: [['E0', 'x', 'aa']] } });
    const after = screening({ inputs: { b: [['E0', 'y', 'bb']] } });
    expect(originChanges(before, after).inputChanges).toEqual([]);
  });

  test('other versions of the program and of definitions are told', () => {
    const before = screening({ inputs: {}, versions: { barrier: 1, gap: 2, work: 1 } });
    const after = screening({ inputs: {}, adatomVersion: '2', versions: { barrier: 2, gap: 2, shape: 1 } });
    expect(originChanges(before, after)).toEqual({
      adatomVersion: { before: '1', after: '2' },
      definitionChanges: [
        { descriptor: 'barrier', before: 1, after: 2 },
        { descriptor: 'shape', after: 1 },
        { descriptor: 'work', before: 1 },
      ],
      inputChanges: [],
    });
  });

  test('a table without definitions is no screening', () => {
    expect(screeningOrigins({ candidates: [{ id: 'a' }] })).toBeUndefined();
    expect(screeningOrigins([{ id: 'a', barrier: 1 }])).toBeUndefined();
  });
});
