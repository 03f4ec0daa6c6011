/**
 * Files written by the HDF5 library with an invented, asymmetric truth in the layout of py4vasp's schema; the real file
 * is in test/corpus.
 */
import { beforeAll, expect, test } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileRecord } from '../../model/calculation.ts';
import type { ParseOptions } from '../../parsers/shared/parser.ts';
import { vaspoutH5Parser } from '../../parsers/vaspout-h5.ts';
import { expectNear } from '../near.ts';
import { growing, integer, real, type Sample, sampleFile, text } from './vaspout-h5/sample-file.ts';

const ENERGY_TAGS = text('free energy    TOTEN   ', 'energy without entropy', 'energy(sigma->0)');

/** Two steps of a relaxation of ZnO2 in a skewed cell; 0 K of symmetry in it. */
const RELAXATION: Sample = {
  '/version/major': integer(6),
  '/version/minor': integer(4),
  '/version/patch': integer(2),
  '/input/incar/ENCUT': real([520]),
  '/input/incar/ISMEAR': integer(1),
  '/input/incar/IBRION': integer(2),
  '/input/incar/NSW': integer(7),
  '/input/incar/EDIFFG': real([-0.5]),
  '/input/incar/LWAVE': integer(0),
  '/input/incar/LDAU': integer(1),
  '/input/incar/LORBIT': integer(11),
  '/input/incar/MAGMOM': real([0.5, -1.5, 2], 3),
  '/input/incar/ALGO': text('Fast    '),
  '/input/incar/LMYTAG': integer(1),
  '/original/incar/content': text('ENCUT = 520\nLMYTAG = .TRUE.\nSYSTEM = zinc oxide\n'),
  '/original/kpoints/content': text('mesh\n0\nMonkhorst-Pack\n4 3 2\n0.5 0 0\n'),
  '/input/kpoints/mode': text('m'),
  '/input/potcar/content': text('  PAW_PBE Xx 01Jan2000\n 12.0\n parameters from PSCTR are:\n'),
  '/results/positions/ion_types': text('Zn', 'O_s'),
  '/results/positions/number_ion_types': integer(1, 2),
  '/results/positions/scale': real([2]),
  '/results/positions/lattice_vectors': real([1, 0, 0, 0.5, 2, 0, 0, 0.25, 3], 3, 3),
  '/results/positions/direct_coordinates': integer(1),
  '/results/positions/position_ions': real([0, 0, 0, 0.5, 0.25, 0.125, 0.1, 0.2, 0.3], 3, 3),
  '/results/positions/selective_dynamics': integer(1),
  '/results/positions/selective_dynamics_ions': { ...integer(0, 0, 0, 1, 0, 1, 1, 1, 1), shape: [3, 3] },
  '/intermediate/ion_dynamics/energies': growing([-10.5, -10.25, -10.4, -11.5, -11.2, -11.4], 2, 3),
  '/intermediate/ion_dynamics/energies_tags': ENERGY_TAGS,
  '/intermediate/ion_dynamics/forces': growing(
    [9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2.4, 9.2, 0.2, 0.01, -0.02, 0.03],
    2,
    3,
    3,
  ),
  '/intermediate/ion_dynamics/stress': growing(
    [1, 4, 6, 4, 2, 5, 6, 5, 3, 11, 14, 16, 14, 12, 15, 16, 15, 13],
    2,
    3,
    3,
  ),
  '/intermediate/ion_dynamics/scale': real([2]),
  '/intermediate/ion_dynamics/lattice_vectors': growing(
    [1, 0, 0, 0.5, 2, 0, 0, 0.25, 3, 1, 0, 0, 0.5, 2, 0, 0, 0.25, 4],
    2,
    3,
    3,
  ),
  '/intermediate/ion_dynamics/position_ions': growing(
    [0, 0, 0, 0.5, 0.25, 0.125, 0.1, 0.2, 0.3, 0, 0, 0, 0.5, 0.5, 0.125, 0.1, 0.2, 0.4],
    2,
    3,
    3,
  ),
  '/intermediate/ion_dynamics/electronic_step_converged': { ...integer(1, 0), shape: [2, 1], grows: true },
  '/results/electron_dos/efermi': real([1.5]),
  '/results/electron_dos/energies': real([-1, 0, 2], 3),
  '/results/electron_dos/dos': real([1, 2, 3, 4, 5, 6], 2, 3),
  '/results/electron_dos/dosi': real([0, 1, 3, 0, 2, 5], 2, 3),
  '/results/electron_eigenvalues/eigenvalues': real([-3, 1, 4, -2.5, 1.25, 3, -2.75, 1.5, 5, -2, 2.5, 6], 2, 2, 3),
  '/results/electron_eigenvalues/fermiweights': real([1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0], 2, 2, 3),
  '/results/electron_eigenvalues/kpoint_coords': real([0, 0, 0, 0.25, 0.5, 0.125], 2, 3),
  '/results/electron_eigenvalues/kpoints_symmetry_weight': real([0.25, 0.75], 2),
  '/results/electron_eigenvalues/nelectrons': real([24]),
  '/results/linear_response/electron_dielectric_tensor': real([2, 0.1, 0.2, 0.3, 3, 0.4, 0.5, 0.6, 4], 3, 3),
  '/results/linear_response/ion_dielectric_tensor': real([5, 0, 0, 0, 6, 0, 0, 0, 7], 3, 3),
  '/results/linear_response/born_charges': real(
    Array.from({ length: 27 }, (_, index) => index / 10),
    3,
    3,
    3,
  ),
  '/results/linear_response/relaxed_ion_elastic_modulus': real(elasticTensor(), 3, 3, 3, 3),
};

/** C_ijkl with a different number for each of the 21 constants: 10 × row + column of OUTCAR's order, from 1. */
function elasticTensor(): number[] {
  const place = [
    [1, 4, 6],
    [4, 2, 5],
    [6, 5, 3],
  ];
  const three = [0, 1, 2];
  return three.flatMap((i) =>
    three.flatMap((j) =>
      three.flatMap((k) =>
        three.map((l) => {
          const [row, column] = [place[i]?.[j] ?? 0, place[k]?.[l] ?? 0].sort();
          return 10 * (row ?? 0) + (column ?? 0);
        }),
      ),
    ),
  );
}

beforeAll(async () => {
  await vaspoutH5Parser.prepare?.();
});

function parse(bytes: Uint8Array, options: ParseOptions = {}, chunkBytes?: number): FileRecord {
  return vaspoutH5Parser.parse(memorySource(bytes, chunkBytes), options);
}

function without(sample: Sample, ...paths: readonly string[]): Sample {
  return Object.fromEntries(Object.entries(sample).filter(([path]) => !paths.some((other) => path.startsWith(other))));
}

const codes = (record: FileRecord): string[] => record.issues.map(({ code }) => code);

test('a relaxation has its version, settings with the types of their tags, and the titles of no POTCAR', async () => {
  const record = parse(await sampleFile(RELAXATION));
  expect(record.completeness).toBe('complete');
  expect(record.issues).toEqual([]);
  expect(record.version).toBe('6.4.2');
  expect(record.settings).toEqual({
    ENCUT: 520,
    ISMEAR: 1,
    IBRION: 2,
    NSW: 7,
    EDIFFG: -0.5,
    LWAVE: false,
    LDAU: true,
    LORBIT: 11,
    MAGMOM: [0.5, -1.5, 2],
    ALGO: 'Fast',
    LMYTAG: true,
    SYSTEM: 'zinc oxide',
    NELECT: 24,
  });
  expect(record.potcars).toBeUndefined();
  expect(JSON.stringify(record)).not.toContain('PAW_PBE');
});

test('the last step has the energies of its tags, forces, stress in the order of OUTCAR and the scaled cell', async () => {
  const record = parse(await sampleFile(RELAXATION));
  expect(record.ionicStepCount).toBe(2);
  const [first, last] = record.steps ?? [];
  expect(first?.freeEnergyEv).toBe(-10.5);
  expect(first?.electronic).toBe('notReached');
  expect(first?.fermiEnergyEv).toBeUndefined();
  expect(last).toMatchObject({
    index: 2,
    freeEnergyEv: -11.5,
    energyWithoutEntropyEv: -11.2,
    energySigma0Ev: -11.4,
    electronic: 'reached',
    fermiEnergyEv: 1.5,
    // Rows 11 14 16 / 14 12 15 / 16 15 13: XX YY ZZ XY YZ ZX
    stressKbar: [11, 12, 13, 14, 15, 16],
    latticeAngstrom: [
      [2, 0, 0],
      [1, 4, 0],
      [0, 0.5, 8],
    ],
  });
  expect(last?.volumeAngstrom3).toBe(64);
  expect([...(last?.forcesEvPerAngstrom ?? [])]).toEqual([7, 8, 9, 2.4, 9.2, 0.2, 0.01, -0.02, 0.03]);
  // Second atom: ½ a + ½ b + ⅛ c = (1, 0, 0) + (½, 2, 0) + (0, 1/16, 1)
  const cartesian = last?.cartesianAngstrom ?? [];
  for (const [axis, value] of [1.5, 2.0625, 1].entries()) expectNear(cartesian[3 + axis], value, 1e-14);
  expect(record.structure?.species).toEqual(['Zn', 'O', 'O']);
  expect(record.structure?.cartesianAngstrom).toEqual(last?.cartesianAngstrom);
  expect([...(record.structure?.selectiveDynamics ?? [])]).toEqual([0, 0, 0, 1, 0, 1, 1, 1, 1]);
});

test('a relaxation whose large forces are all on fixed components has reached its goal', async () => {
  // Atom 1 is fixed; atom 2 has 2.3 b + (0.1, 0, 0.2) eV/Å with b = (1, 4, 0), along which it is fixed: 0.23 are left.
  const record = parse(await sampleFile(RELAXATION));
  expect(record.convergence).toEqual({ electronic: 'reached', ionic: 'reached' });
  const free = await sampleFile({ ...RELAXATION, '/results/positions/selective_dynamics': integer(0) });
  expect(parse(free).convergence?.ionic).toBe('notReached');
});

test('k-points are those of the eigenvalues with the mesh of KPOINTS; the gap comes from the occupations', async () => {
  const record = parse(await sampleFile(RELAXATION), { eigenvalues: true, densityOfStates: true });
  expect(record.kpoints).toMatchObject({
    scheme: 'monkhorst-pack',
    mesh: [4, 3, 2],
    fractional: [
      [0, 0, 0],
      [0.25, 0.5, 0.125],
    ],
    weights: [0.25, 0.75],
  });
  // Occupied up to 1.5 (spin 1, point 0); empty from 2.5 (spin 1, point 1).
  expect(record.bandGap).toEqual({
    kind: 'insulator',
    gapEv: 1,
    isDirect: false,
    valenceBandMaximum: { energyEv: 1.5, spin: 1, kpoint: 0 },
    conductionBandMinimum: { energyEv: 2.5, spin: 1, kpoint: 1 },
  });
  expect(record.eigenvalues?.spinCount).toBe(2);
  expect(record.eigenvalues?.energiesEv[8]).toBe(5);
  expect(record.densityOfStates).toMatchObject({ spinCount: 2, fermiEnergyEv: 1.5 });
  expect([...(record.densityOfStates?.totalPerEv ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...(record.densityOfStates?.integrated ?? [])]).toEqual([0, 1, 3, 0, 2, 5]);
  const plain = parse(await sampleFile(RELAXATION));
  expect([plain.eigenvalues, plain.densityOfStates]).toEqual([undefined, undefined]);
});

test('the response is in the order of OUTCAR', async () => {
  const { response } = parse(await sampleFile(RELAXATION));
  expect(response?.dielectricElectronic).toEqual([
    [2, 0.1, 0.2],
    [0.3, 3, 0.4],
    [0.5, 0.6, 4],
  ]);
  expect(response?.dielectricIonic?.[2]).toEqual([0, 0, 7]);
  expect(response?.bornChargesE?.[1]).toEqual([
    [0.9, 1, 1.1],
    [1.2, 1.3, 1.4],
    [1.5, 1.6, 1.7],
  ]);
  expect(response?.elasticModuliKbar?.[0]).toEqual([11, 12, 13, 14, 15, 16]);
  expect(response?.elasticModuliKbar?.[4]).toEqual([15, 25, 35, 45, 55, 56]);
});

test('every value names the dataset it came from', async () => {
  const bytes = await sampleFile(RELAXATION);
  const { places } = parse(bytes);
  const whole = { byteOffset: 0, byteLength: bytes.length };
  expect(places['final.energySigma0Ev']).toEqual({ ...whole, dataset: '/intermediate/ion_dynamics/energies' });
  expect(places['settings.ENCUT']).toEqual({ ...whole, dataset: '/input/incar/ENCUT' });
  expect(places['settings.SYSTEM']).toEqual({ ...whole, dataset: '/original/incar/content' });
  expect(places['final.fermiEnergyEv']?.dataset).toBe('/results/electron_dos/efermi');
  expect(places['response.bornChargesE']?.dataset).toBe('/results/linear_response/born_charges');
  expect(Object.values(places).every((place) => place !== undefined)).toBe(true);
});

test('asked for the last step, it keeps that one with its number', async () => {
  const record = parse(await sampleFile(RELAXATION), { steps: 'last' });
  expect(record.ionicStepCount).toBe(2);
  expect(record.steps?.map(({ index, energySigma0Ev }) => [index, energySigma0Ev])).toEqual([[2, -11.4]]);
});

test('reading in pieces of any size makes no difference', async () => {
  const bytes = await sampleFile(RELAXATION);
  const options = { eigenvalues: true, densityOfStates: true };
  for (const chunkBytes of [1, 7, 4096]) expect(parse(bytes, options, chunkBytes)).toEqual(parse(bytes, options));
});

test('in molecular dynamics F and the temperature are known, and no other energy is taken for E0', async () => {
  const tags = text('ion-electron   TOTEN ', 'kinetic energy EKIN', 'kin. lattice  EKIN_LAT', 'temperature    TEIN');
  const record = parse(
    await sampleFile({
      ...without(RELAXATION, '/intermediate/ion_dynamics/energies'),
      '/intermediate/ion_dynamics/energies': growing([-1, 2, 3, 300, -4, 5, 6, 310], 2, 4),
      '/intermediate/ion_dynamics/energies_tags': tags,
    }),
  );
  const last = record.steps?.at(-1);
  expect([last?.freeEnergyEv, last?.temperatureKelvin]).toEqual([-4, 310]);
  expect([last?.energySigma0Ev, last?.energyWithoutEntropyEv]).toEqual([undefined, undefined]);
});

test('a machine-learned step has no energies of DFT', async () => {
  const tags = text('free energy ML TOTEN', 'ML energy without entropy', 'ML energy(sigma->0)');
  const record = parse(await sampleFile({ ...RELAXATION, '/intermediate/ion_dynamics/energies_tags': tags }));
  expect(codes(record)).toEqual(['E_ML_ENERGY']);
  expect(record.steps?.at(-1)?.freeEnergyEv).toBeUndefined();
});

test('a path through the zone has bands and no ionic steps', async () => {
  const record = parse(await sampleFile({ ...RELAXATION, '/input/kpoints/mode': text('l') }));
  expect([record.steps, record.ionicStepCount, record.convergence]).toEqual([undefined, undefined, undefined]);
  expect(record.bandGap?.gapEv).toBe(1);
});

test('a step whose forces are not written yet does not count, and the run was stopped', async () => {
  const record = parse(
    await sampleFile({
      ...without(RELAXATION, '/intermediate/ion_dynamics/energies'),
      '/intermediate/ion_dynamics/energies': growing([-10.5, -10.25, -10.4, -11.5, -11.2, -11.4, -12, -12, -12], 3, 3),
      '/intermediate/ion_dynamics/energies_tags': ENERGY_TAGS,
    }),
  );
  expect(record.completeness).toBe('truncated');
  expect(codes(record)).toEqual(['E_TRUNCATED']);
  expect([record.ionicStepCount, record.steps?.at(-1)?.energySigma0Ev]).toEqual([2, -11.4]);
});

test('a table that is not written every step is left out, with a warning', async () => {
  const record = parse(
    await sampleFile({
      ...without(RELAXATION, '/intermediate/ion_dynamics/stress'),
      '/intermediate/ion_dynamics/stress': growing(Array<number>(45).fill(1), 5, 3, 3),
    }),
  );
  expect(codes(record)).toEqual(['W_UNPARSEABLE']);
  expect(record.steps?.at(-1)?.stressKbar).toBeUndefined();
});

test('a run without results was stopped; without forces or energies it says so', async () => {
  const stopped = parse(await sampleFile(without(RELAXATION, '/results')));
  expect([stopped.completeness, codes(stopped)]).toEqual(['truncated', ['E_TRUNCATED']]);
  const unforced = parse(await sampleFile(without(RELAXATION, '/intermediate/ion_dynamics/forces')));
  expect(codes(unforced)).toEqual(['W_NO_FORCES']);
  const nan = parse(
    await sampleFile({
      ...RELAXATION,
      '/intermediate/ion_dynamics/energies': growing([-1, -1, -1, Number.NaN, -1, -1], 2, 3),
    }),
  );
  expect(codes(nan)).toEqual(['E_UNPARSEABLE']);
  expect(nan.steps?.at(-1)?.freeEnergyEv).toBeUndefined();
});

test('zeros in place of a stress that was not computed are no stress', async () => {
  const sample = { ...RELAXATION, '/intermediate/ion_dynamics/stress': growing(Array<number>(18).fill(0), 2, 3, 3) };
  const record = parse(await sampleFile(sample));
  expect([record.steps?.at(-1)?.stressKbar, codes(record)]).toEqual([undefined, []]);
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
