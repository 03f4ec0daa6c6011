/** The vaspout.h5 of the corpus: its numbers as the HDF5 library prints them dataset by dataset. */
import { expect, test } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { vaspoutH5Parser } from '../../parsers/vaspout-h5.ts';
import { expectNear } from '../near.ts';
import { CORPUS_MISSING, corpusBytes, corpusFiles, corpusIsThere } from './corpus.ts';

const FILE = 'pymatgen/vaspout.line_mode_band_structure.h5.gz';

test.skipIf(!corpusIsThere)(`GaSb of VASP 6.4.1 (${CORPUS_MISSING})`, async () => {
  await vaspoutH5Parser.prepare?.();
  const bytes = corpusBytes(FILE);
  let readBytes = 0;
  const whole = memorySource(bytes);
  const source = {
    sizeBytes: whole.sizeBytes,
    read: (target: Uint8Array, offset: number) => {
      const count = whole.read(target, offset);
      readBytes += count;
      return count;
    },
  };
  const record = vaspoutH5Parser.parse(source);
  expect(record).toMatchObject({ completeness: 'complete', version: '6.4.1', ionicStepCount: 1, issues: [] });
  expect(record.settings).toMatchObject({
    ENCUT: 680,
    LHFCALC: true,
    HFSCREEN: 0.2,
    LREAL: false,
    GGA: 'Pe',
    NELECT: 18,
  });
  expect(record.structure?.species).toEqual(['Ga', 'Sb']);
  expect(record.potcars).toEqual([{ title: 'PAW_PBE Ga_d 06Jul2010' }, { title: 'PAW_PBE Sb 06Sep2000' }]);
  expectNear(record.steps?.[0]?.energySigma0Ev, -8.953035077096956, 1e-12);
  expectNear(record.steps?.[0]?.fermiEnergyEv, 4.440287798950607, 1e-12);
  expect(record.kpoints?.fractional?.length).toBe(163);
  // Highest occupied and lowest empty level of the table `eigenvalues`
  expectNear(record.bandGap?.gapEv, 5.150503982094399 - 4.369522328302827, 1e-12);
  // The potentials (444,285 bytes) and the projections are not read.
  expect(readBytes).toBeLessThan(bytes.length / 4);
});

test.skipIf(!corpusIsThere)(`every vaspout.h5 cut in the middle keeps what is whole (${CORPUS_MISSING})`, async () => {
  await vaspoutH5Parser.prepare?.();
  const files = corpusFiles(/vaspout.*\.h5/);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const bytes = corpusBytes(file);
    const cut = vaspoutH5Parser.parse(memorySource(bytes.subarray(0, bytes.length / 2)));
    expect(cut.completeness).toBe('truncated');
    expect(cut.issues.map(({ code }) => code)).toContain('E_TRUNCATED');
    expect(cut.settings).toEqual(expect.objectContaining({ ENCUT: expect.any(Number) }));
  }
});
