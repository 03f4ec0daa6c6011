/** Files of other programs, cut and damaged files, disks that fail. */
import { beforeAll, expect, test } from 'vitest';
import { memorySource } from '../../../model/byte-source.ts';
import { vaspoutH5Parser } from '../../../parsers/vaspout-h5.ts';
import { codes, parse, RELAXATION, without } from './relaxation.ts';
import { growing, real, sampleFile, text } from './sample-file.ts';

beforeAll(async () => {
  await vaspoutH5Parser.prepare?.();
});

test('datasets of another shape or kind are faults with their path', async () => {
  const record = parse(
    await sampleFile({
      ...RELAXATION,
      '/results/linear_response/born_charges': real([1, 2, 3], 3),
      '/results/electron_dos/efermi': text('high'),
    }),
  );
  expect(codes(record)).toEqual(['E_UNPARSEABLE', 'E_UNPARSEABLE']);
  expect(record.issues.map(({ where }) => where?.block).sort()).toEqual([
    '/results/electron_dos/efermi',
    '/results/linear_response/born_charges',
  ]);
  expect(record.response?.bornChargesE).toBeUndefined();
});

test.each([
  ['text', Buffer.from('vasp.6.4.2\n')],
  ['nothing', Buffer.alloc(0)],
  ['the signature alone', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1')],
  ['the signature and noise', Buffer.from(`\x89HDF\r\n\x1a\n${'\x00\xff'.repeat(500)}`, 'latin1')],
])('%s is no vaspout.h5', (_, bytes) => {
  const record = parse(bytes);
  expect([record.completeness, codes(record)]).toEqual(['unreadable', ['E_UNREADABLE']]);
});

test('an HDF5 file of something else is refused', async () => {
  const record = parse(await sampleFile({ '/entry/data': real([1, 2], 2) }));
  expect(record.issues[0]?.message).toContain('nothing of VASP');
});

test('a file cut at any byte says so, and every value that is left is right', async () => {
  const bytes = await sampleFile(RELAXATION);
  const whole = parse(bytes, { eigenvalues: true });
  let usable = 0;
  for (let length = 0; length < bytes.length; length += 211) {
    const cut = parse(bytes.subarray(0, length), { eigenvalues: true });
    expect(cut.completeness).not.toBe('complete');
    expect(cut.issues.length).toBeGreaterThan(0);
    usable += Number(cut.completeness === 'truncated');
    for (const [tag, value] of Object.entries(cut.settings ?? {})) expect(value).toEqual(whole.settings?.[tag]);
    if (cut.version !== undefined) expect(cut.version).toBe(whole.version);
    // Without weights every point counts, which here are all.
    if (cut.bandGap !== undefined) expect(cut.bandGap).toEqual(whole.bandGap);
    if (cut.eigenvalues !== undefined) expect(cut.eigenvalues.energiesEv).toEqual(whole.eigenvalues?.energiesEv);
    if (cut.kpoints?.fractional !== undefined) expect(cut.kpoints.fractional).toEqual(whole.kpoints?.fractional);
    if (cut.response !== undefined) expect(whole.response).toMatchObject(cut.response);
    const last = cut.steps?.at(-1);
    const same = whole.steps?.find(({ index }) => index === last?.index);
    for (const key of ['freeEnergyEv', 'energySigma0Ev', 'forcesEvPerAngstrom', 'stressKbar'] as const) {
      if (last?.[key] !== undefined) expect(last[key]).toEqual(same?.[key]);
    }
  }
  expect(usable).toBeGreaterThan(10);
});

test('damage of any kind ends in a record, and the next file is read as before', async () => {
  const bytes = await sampleFile(RELAXATION);
  const whole = parse(bytes);
  let seed = 12345;
  const random = (limit: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed % limit;
  };
  for (let round = 0; round < 100; round += 1) {
    const damaged = Buffer.from(bytes);
    for (let count = 1 + random(4); count > 0; count -= 1) damaged[random(bytes.length)] = random(256);
    const record = parse(damaged);
    if (record.completeness === 'unreadable') expect(codes(record)).toContain('E_UNREADABLE');
    await vaspoutH5Parser.prepare?.();
  }
  expect(parse(bytes)).toEqual(whole);
});

test('a disk that fails is no damage: its error is thrown, and the next file is read', async () => {
  const bytes = await sampleFile(RELAXATION);
  const whole = memorySource(bytes);
  let reads = 0;
  const failing = {
    sizeBytes: whole.sizeBytes,
    read: (target: Uint8Array, offset: number): number => {
      reads += 1;
      if (reads > 8) throw new Error('EIO');
      return whole.read(target, offset);
    },
  };
  expect(() => vaspoutH5Parser.parse(failing)).toThrow('EIO');
  await vaspoutH5Parser.prepare?.();
  expect(parse(bytes).issues).toEqual([]);
});

test('a chunk that cannot be unpacked is a fault of its dataset: nothing of the memory before it is taken for numbers', async () => {
  const path = '/intermediate/ion_dynamics/forces';
  const packed = {
    ...growing(
      Array.from({ length: 900 }, (_, index) => index % 7),
      2,
      150,
      3,
    ),
    isPacked: true,
  };
  const bytes = await sampleFile({ ...without(RELAXATION, path), [path]: packed });
  expect(parse(bytes).steps?.at(-1)?.forcesEvPerAngstrom?.slice(0, 3)).toEqual(Float64Array.of(2, 3, 4));
  // 78 5e: a zlib stream of level 1 to 5.
  for (let at = bytes.indexOf('785e', 0, 'hex'); at >= 0; at = bytes.indexOf('785e', at + 1, 'hex'))
    bytes.fill(0xff, at, at + 20);
  const damaged = parse(bytes);
  expect(damaged.steps?.at(-1)?.forcesEvPerAngstrom).toBeUndefined();
  expect(damaged.issues.find(({ code }) => code === 'E_UNPARSEABLE')?.where.block).toBe(path);
});
