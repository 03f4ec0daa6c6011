/** Runs that are no relaxation, and those that were stopped. */
import { beforeAll, expect, test } from 'vitest';
import { vaspoutH5Parser } from '../../../parsers/vaspout-h5.ts';
import { codes, ENERGY_TAGS, parse, RELAXATION, without } from './relaxation.ts';
import { growing, sampleFile, text } from './sample-file.ts';

beforeAll(async () => {
  await vaspoutH5Parser.prepare?.();
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
