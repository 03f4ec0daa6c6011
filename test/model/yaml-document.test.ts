import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AdatomError } from '../../model/errors.ts';
import { manifestSchema } from '../../model/manifest.ts';
import { parseYamlDocument } from '../../model/yaml-document.ts';

const schema = z.strictObject({
  name: z.string(),
  weight: z.number().positive().default(1),
  steps: z.array(z.strictObject({ kind: z.enum(['fast', 'slow']), count: z.int().min(1).max(9) })).optional(),
  labels: z.record(z.string(), z.boolean()).optional(),
});

function faults(text: string, of: z.ZodType = schema): string[] {
  try {
    parseYamlDocument(text, 'x.yaml', of);
  } catch (error) {
    if (!(error instanceof AdatomError) || error.class !== 'request') throw error;
    return error.message.split('\n');
  }
  return [];
}

describe('YAML documents', () => {
  test('a document that fits comes out with its defaults', () => {
    const text = 'name: a\nsteps:\n  - {kind: slow, count: 2}\n';
    expect(parseYamlDocument(text, 'x.yaml', schema)).toEqual({
      name: 'a',
      weight: 1,
      steps: [{ kind: 'slow', count: 2 }],
    });
  });

  test('line ends of Windows, a byte order mark and a missing last line end change nothing', () => {
    expect(parseYamlDocument('\uFEFFname: a\r\nweight: 2', 'x.yaml', schema)).toEqual({ name: 'a', weight: 2 });
    expect(faults('\uFEFFname: a\r\nweight: b')).toEqual([
      'x.yaml line 2, weight: expected a finite number, found "b"',
    ]);
  });

  test('each fault is told with its line, what was expected and what was found', () => {
    const text = [
      'name: [1]',
      'weight: 0',
      'steps:',
      '  - kind: medium',
      '    count: 10',
      '',
      '  # a comment',
      '  - count: 1.5',
      'labels:',
      '  a: true',
      '  b: maybe',
    ].join('\n');
    expect(faults(text)).toEqual([
      'x.yaml line 1, name: expected text, found [1]',
      'x.yaml line 2, weight: expected a number of more than 0, found 0',
      'x.yaml line 4, steps[0].kind: expected one of "fast", "slow", found "medium"',
      'x.yaml line 5, steps[0].count: expected a number of at most 9, found 10',
      'x.yaml line 8, steps[1].kind: expected one of "fast", "slow", found nothing',
      'x.yaml line 8, steps[1].count: expected a whole number, found 1.5',
      'x.yaml line 11, labels.b: expected true or false, found "maybe"',
    ]);
  });

  test('an unknown key is told on its own line, with the known one that is nearest', () => {
    expect(faults('name: a\nsteps:\n  - kind: fast\n    count: 1\n    cuont: 1\nweigth: 3\n')).toEqual([
      'x.yaml line 5, steps[0].cuont: unknown key; did you mean "count"?',
      'x.yaml line 6, weigth: unknown key; did you mean "weight"?',
    ]);
    expect(faults('name: a\nzzzzzz: 3\n')).toEqual([
      'x.yaml line 2, zzzzzz: unknown key; known keys: name, weight, steps, labels',
    ]);
  });

  test('numbers that are not finite are refused', () => {
    expect(faults('name: a\nweight: .inf')).toEqual([
      'x.yaml line 2, weight: expected a finite number, found Infinity',
    ]);
    expect(faults('name: a\nweight: .nan')).toEqual(['x.yaml line 2, weight: expected a finite number, found NaN']);
  });

  test('syntax errors, duplicate keys and several documents are told with their line', () => {
    expect(faults('name: a\nweight: 1\nname: b\n')[0]).toMatch(/^x\.yaml line 3, /);
    expect(faults('name: "a\nweight: 1\n')[0]).toMatch(/^x\.yaml line \d, /);
    expect(faults('name: a\n---\nname: b\n')[0]).toMatch(/^x\.yaml line 2, /);
  });

  test('an empty or binary file is no document', () => {
    expect(faults('')).toEqual(['x.yaml line 1, expected a mapping, found null']);
    expect(faults('# only a comment\n')).toEqual(['x.yaml line 1, expected a mapping, found null']);
    expect(faults('\u0000\u0001\u00ff')[0]).toMatch(/^x\.yaml line 1, /);
  });

  test('aliases that multiply without bound are refused', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(10).slice(0, -1)}]`);
    expect(faults(`a0: &a0 [x]\n${levels.slice(1).join('\n')}\n`)[0]).toMatch(/^x\.yaml: /);
  });

  test('a fault inside a manifest is found through its unions', () => {
    const text = [
      'version: 1',
      'ion: Zn',
      'systems:',
      '  oxide:',
      '    facet: [1, 0, one]',
      '    slab: slabs/100',
      '  other:',
      '    facet: [1, 1, -1, 0]',
    ].join('\n');
    expect(faults(text, manifestSchema)).toEqual([
      'x.yaml line 5, systems.oxide.facet[2]: expected a finite number, found "one"',
      'x.yaml line 8, systems.other.facet: h + k + i must be 0 in [h,k,i,l]; found [1,1,-1,0]',
    ]);
  });

  test('the error carries the file and the first line', () => {
    try {
      parseYamlDocument('name: a\n\nweight: -1\nfoo: 1', 'x.yaml', schema);
      expect.unreachable();
    } catch (error) {
      expect(error instanceof AdatomError ? error.where : error).toEqual({ file: 'x.yaml', line: 3 });
    }
  });
});
