/**
 * Files written by the HDF5 library with an invented, asymmetric truth; the real file is in test/corpus.
 */
import { beforeAll, expect, test } from 'vitest';
import { vaspoutH5Parser } from '../../parsers/vaspout-h5.ts';
import { expectNear } from '../near.ts';
import { parse, RELAXATION } from './vaspout-h5/relaxation.ts';
import { integer, sampleFile } from './vaspout-h5/sample-file.ts';

beforeAll(async () => {
  await vaspoutH5Parser.prepare?.();
});

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
