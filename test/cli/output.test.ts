import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { standardOutput, writeJson, writeJsonArray } from '../../cli/shared/output.ts';

async function textOf(write: (output: ReturnType<typeof standardOutput>) => Promise<void>): Promise<string> {
  const stream = new PassThrough();
  const collected = stream.toArray();
  await write(standardOutput(stream));
  stream.end();
  return Buffer.concat(await collected).toString();
}

async function* each(...values: readonly unknown[]): AsyncGenerator<unknown> {
  yield* values;
}

test('a document has a line per entry and vectors stay on one line', async () => {
  const value = {
    name: 'ZnO',
    lattice: [
      [1, 0],
      [0, 2],
    ],
    final: { energy: -1.5, unknown: undefined },
    empty: {},
    issues: [{ code: 'E' }],
  };
  const text = await textOf((output) => writeJson(output, value));
  expect(text).toBe(`{
  "name": "ZnO",
  "lattice": [[1,0],[0,2]],
  "final": {
    "energy": -1.5
  },
  "empty": {},
  "issues": [
    {"code":"E"}
  ]
}
`);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
});

test('a list is one JSON array, also when it is empty', async () => {
  const text = await textOf((output) => writeJsonArray(output, each({ a: 1 }, 'text')));
  expect(JSON.parse(text)).toEqual([{ a: 1 }, 'text']);
  expect(await textOf((output) => writeJsonArray(output, each()))).toBe('[]\n');
});

test('writing waits for a reader that is slower', async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  let isDone = false;
  const writing = standardOutput(stream)
    .write('more than four')
    .then(() => {
      isDone = true;
    });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(false);
  stream.resume();
  await writing;
  expect(isDone).toBe(true);
});
