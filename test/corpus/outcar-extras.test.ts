/**
 * What the OUTCARs of the corpus say beside energies and forces, against pymatgen 2022.11 (`Outcar.charge`, `.magnetization`,
 * `.electrostatic_potential`, which agree with ours in every file of the corpus whose last step is whole), against the
 * files' own text, and against identities between their numbers.
 */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileRecord, IonicStep } from '../../model/calculation.ts';
import { outcarParser } from '../../parsers/outcar.ts';
import { expectNear } from '../near.ts';
import { CORPUS_MISSING, corpusBytes, corpusFiles, corpusIsThere } from './corpus.ts';

const read = (path: string): FileRecord => outcarParser.parse(memorySource(corpusBytes(path)));

describe('beside energies and forces, the OUTCARs of the corpus', () => {
  it('are there', (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    expect(corpusFiles(/OUTCAR/).length).toBeGreaterThan(80);
  });

  it.skipIf(!corpusIsThere)('give charges, moment vectors and core potentials of NiO with spin–orbit coupling', () => {
    const { sites } = read('pymatgen/OUTCAR.NiO_SOC.gz');
    // pymatgen: charge[i]['tot'], magnetization[i]['tot'].moment, electrostatic_potential.
    expect([...(sites?.chargesE ?? [])]).toEqual([14.323, 14.323, 5.037, 5.037]);
    expect([...(sites?.momentVectorsBohr ?? [])].map((value) => value + 0)).toEqual([
      ...[0, 0, 1.671],
      ...[0, 0, -1.671],
      ...[0, 0, 0],
      ...[0, 0, 0],
    ]);
    expect([...(sites?.corePotentialsEv ?? [])]).toEqual([-80.6868, -80.6868, -68.5385, -68.5385]);
  });

  it.skipIf(!corpusIsThere)(
    'give no potentials of the step before the last one, whose own have lost their title',
    () => {
      // pymatgen: electrostatic_potential[43] = −100.2139, of the step before; the file's last table has −100.0256 there.
      expect(read('pymatgen/OUTCAR.electrostaticerror.gz').sites?.corePotentialsEv).toBeUndefined();
    },
  );

  /** Last section of the file's text, read with a regular expression over whole lines. */
  it.skipIf(!corpusIsThere).each([
    ['asetools/OUTCAR_CuZn_OCHO_slab.gz', 0.0264],
    ['doped/CdTe_Int_Te_3_1_ncl/OUTCAR.gz', 0.7723],
    ['doped/ZnS_bulk/OUTCAR.gz', 3.3084],
    ['effmass/MAPI_HSE06_SoC/OUTCAR', 0.8716],
    ['atomate/LiF_PBEsol/OUTCAR.gz', 8.561],
    ['pymatgen/OUTCAR.CL.gz', 2.826],
    ['nomad/dftu_single/OUTCAR', 0],
    ['macrodensity/ZnO_ZnS_heterojunction/OUTCAR_ZnO', 0.566],
  ])('%s has a band gap of %f eV', (path, gapEv) => {
    expectNear(read(existing(path)).bandGap?.gapEv, gapEv, 1e-9);
  });

  it.skipIf(!corpusIsThere)('miss the dispersion and dipole energies in their last electronic iteration', () => {
    const tested: string[] = [];
    for (const path of corpusFiles(/OUTCAR/)) {
      const record = read(path);
      const last = record.steps?.at(-1);
      const place = record.places['final.freeEnergyEv'];
      const added = record.dipoleCorrection?.addedBehindLoop === true ? (record.dipoleCorrection.energyEv ?? 0) : 0;
      const expected = (last?.dispersionEnergyEv ?? 0) + added;
      if (last?.freeEnergyEv === undefined || place === undefined || expected === 0) continue;
      const before = corpusBytes(path).toString('latin1', 0, place.byteOffset);
      const text = /free energy {4}TOTEN {2}= +(-?[\d.]+)(?![\s\S]*free energy {4}TOTEN)/.exec(before)?.[1];
      // Both energies have five decimals or more: `Edisp` is rounded to five.
      if (text !== undefined) expectNear(last.freeEnergyEv - Number(text), expected, 1e-5);
      tested.push(path);
    }
    expect(tested.length).toBeGreaterThanOrEqual(4);
  });

  it.skipIf(!corpusIsThere)('have unit tangents on which the DFT force projects to the printed force', () => {
    const images = corpusFiles(/OUTCAR/).filter((path) => /neb/i.test(path));
    const tested = images.filter((path) => {
      const record = read(path);
      const last = record.steps?.at(-1);
      const tangent = record.nebTables?.tangent;
      const along = last?.neb?.tangentForceEvPerAngstrom;
      if (last === undefined || tangent === undefined || along === undefined) return false;
      const norm = Math.hypot(...tangent);
      if (norm === 0) return false;
      // Five decimals of 3N components.
      expectNear(norm, 1, 1e-4);
      expectNear(projection(last, tangent), along, 1e-4);
      return true;
    });
    expect(tested.length).toBeGreaterThanOrEqual(6);
  });

  it.skipIf(!corpusIsThere)('show no damaged block where pymatgen reads one', () => {
    for (const path of corpusFiles(/OUTCAR/)) {
      const { issues } = read(path);
      expect(
        issues.filter((entry) => entry.code === 'W_UNPARSEABLE'),
        path,
      ).toEqual([]);
    }
  });
});

function projection({ forcesEvPerAngstrom = new Float64Array() }: IonicStep, tangent: Float64Array): number {
  return forcesEvPerAngstrom.reduce((sum, force, at) => sum + force * (tangent[at] ?? Number.NaN), 0);
}

/** The path with or without `.gz`. */
function existing(path: string): string {
  const bare = path.replace(/\.gz$/, '');
  return corpusFiles(/OUTCAR/).find((found) => found === bare || found === `${bare}.gz`) ?? path;
}
