/** Counts of a damaged vaspout.h5 that its bytes do not bear out: nothing is made of them. */
import { beforeAll, expect, it } from 'vitest';
import { vaspoutH5Parser } from '../../parsers/vaspout-h5.ts';
import { parse, RELAXATION } from '../parsers/vaspout-h5/relaxation.ts';
import { growing, integer, sampleFile } from '../parsers/vaspout-h5/sample-file.ts';

beforeAll(async () => {
  await vaspoutH5Parser.prepare?.();
});

const UNPARSEABLE = expect.objectContaining({ code: 'E_UNPARSEABLE' });

it('nine million atoms with three positions are none', async () => {
  const counted = { ...RELAXATION, '/results/positions/number_ion_types': integer(1, 9_000_000) };
  const bytes = await sampleFile(counted);
  const start = performance.now();
  const record = parse(bytes);
  expect(performance.now() - start).toBeLessThan(2000);
  expect(record.structure).toBeUndefined();
  expect(record.issues).toContainEqual(UNPARSEABLE);
});

/** The shape of a dataset as HDF5 stores it: 64-bit lengths. */
function withLength(bytes: Buffer, rows: number, width: number, damaged: number): Buffer {
  const shape = Buffer.alloc(16);
  shape.writeBigUInt64LE(BigInt(rows));
  shape.writeBigUInt64LE(BigInt(width), 8);
  const changed = Buffer.from(bytes);
  let found = 0;
  for (let at = bytes.indexOf(shape); at >= 0; at = bytes.indexOf(shape, at + 1)) {
    changed.writeBigUInt64LE(BigInt(damaged), at);
    found += 1;
  }
  expect(found).toBeGreaterThan(0);
  return changed;
}

it('rows of an extendible table that its file cannot hold, however it is packed, are not made', async () => {
  // 37 columns stand nowhere else in the file.
  const energies = growing(
    Array.from({ length: 74 }, (_, index) => index),
    2,
    37,
  );
  const bytes = await sampleFile({ ...RELAXATION, '/intermediate/ion_dynamics/energies': energies });
  const start = performance.now();
  const record = parse(withLength(bytes, 2, 37, 1_500_000));
  expect(performance.now() - start).toBeLessThan(2000);
  expect(record.issues).toContainEqual(UNPARSEABLE);
});

it('a million ionic steps of which no table can be read are none', async () => {
  const sample = Object.entries(RELAXATION).filter(([path]) => !path.startsWith('/intermediate/ion_dynamics/'));
  const forces = growing(
    Array.from({ length: 74 }, (_, index) => index),
    2,
    37,
  );
  const bytes = await sampleFile({ ...Object.fromEntries(sample), '/intermediate/ion_dynamics/forces': forces });
  const record = parse(withLength(bytes, 2, 37, 900_000_000));
  expect(record.steps ?? []).toEqual([]);
  expect(record.issues).toContainEqual(UNPARSEABLE);
});

it('a table larger than its file is read when it is packed', async () => {
  const forces = { ...growing(new Array<number>(2 * 3 * 3000).fill(0), 2, 3000, 3), isPacked: true };
  const bytes = await sampleFile({
    ...RELAXATION,
    '/intermediate/ion_dynamics/forces': forces,
  });
  expect(bytes.length).toBeLessThan(2 * 3 * 3000 * 8);
  expect(parse(bytes).steps?.at(-1)?.forcesEvPerAngstrom).toHaveLength(9000);
});
