/**
 * Every vasprun.xml of the corpus against EXPECTED.json, whose values were found with grep, pymatgen and ASE and say how.
 * Both readers must give the same record.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileRecord } from '../../model/calculation.ts';
import { composition } from '../../model/structure.ts';
import { parseVasprun, vasprunXmlParser } from '../../parsers/vasprun-xml.ts';
import { expectNear } from '../near.ts';
import { CORPUS, CORPUS_MISSING, corpusBytes, corpusIsThere, type ExpectedFile, expectedValues } from './corpus.ts';

const WHOLE = { eigenvalues: true, densityOfStates: true } as const;
/** Two images of a band wrote into one file: after its first step it is no XML, and grep counts tags of both. */
const MIXED = 'mast/neb_Al_vacancy_CI/vasprun.xml';
/** xz is not read here; intake's tests do. */
const isReadable = (path: string) => !path.endsWith('.xz');

if (!corpusIsThere) it.skip(`vasprun.xml of the corpus: ${CORPUS_MISSING}`, () => undefined);
else {
  const files = Object.entries(expectedValues().files).filter(
    ([path, file]) => file.kind === 'vasprun' && isReadable(path),
  );
  describe('a real vasprun.xml', () => {
    it('is there', () => expect(files.length).toBeGreaterThan(50));
    for (const [path, expected] of files) {
      it(`${path} gives the reference values`, () => {
        const bytes = corpusBytes(path);
        const record = vasprunXmlParser.parse(memorySource(bytes), WHOLE);
        compare(record, expected, path);
        expect(parseVasprun(memorySource(bytes), WHOLE, 'general'), 'the general reader').toEqual(record);
      }, 60_000);
    }

    it('gives the same record in chunks of any size', () => {
      for (const path of ['aiida-vasp/relax/vasprun.xml', 'phonopy/NaCl/vasprun.xml-001']) {
        const bytes = readFileSync(join(CORPUS, path));
        const whole = vasprunXmlParser.parse(memorySource(bytes), WHOLE);
        for (const chunk of [7, 4096]) {
          expect(vasprunXmlParser.parse(memorySource(bytes, chunk), { ...WHOLE, windowBytes: chunk })).toEqual(whole);
        }
      }
    }, 60_000);
  });
}

function compare(record: FileRecord, { fields }: ExpectedFile, path: string): void {
  const value = (name: string) => fields[name]?.value;
  const last = record.steps?.at(-1);
  const near = (actual: unknown, name: string, tolerance: number): void => {
    const reference = value(name);
    if (typeof reference === 'number') expectNear(actual, reference, tolerance);
    else expect(actual, name).toBeUndefined();
  };
  near(last?.freeEnergyEv, 'energy_free_TOTEN', 1e-9);
  if (path !== MIXED) {
    expect(record.ionicStepCount).toBe(value('n_closed_calculations'));
    near(last?.energySigma0Ev, 'energy_sigma0', 1e-8);
    if (last !== undefined) expect(last.electronicStepCount).toBe(value('n_scsteps_last'));
  }
  near(last?.fermiEnergyEv, 'e_fermi', 1e-9);
  near(largestNorm(last?.forcesEvPerAngstrom), 'max_force_last', 1e-7);
  near(record.settings?.ENCUT, 'encut', 0);
  for (const tag of 'ISPIN IBRION NSW NELM ISIF EDIFF EDIFFG LHFCALC LSORBIT LDAU LUSE_VDW GGA'.split(' ')) {
    if (value(tag) !== undefined) expect(record.settings?.[tag], tag).toEqual(value(tag));
  }
  expect(record.completeness === 'complete').toBe(
    value('xml_ends_properly') === true && value('xml_well_formed') === true,
  );
  compareAtoms(record, value);
}

function compareAtoms(record: FileRecord, value: (name: string) => unknown): void {
  if (value('vasp_version') !== undefined) expect(String(value('vasp_version')).startsWith(record.version!)).toBe(true);
  expect(record.potcars?.map((potcar) => potcar.title)).toEqual(value('potcar_titles'));
  if (value('species_counts') === undefined) return;
  expect(composition(record.structure!.species)).toEqual(value('species_counts'));
  const lengths = value('lattice_abc') as readonly number[]; // three numbers, where there are atoms
  record.structure!.latticeAngstrom.map((vector, axis) => expectNear(Math.hypot(...vector), lengths[axis]!, 1e-6));
}

function largestNorm(forces: Float64Array | undefined): number | undefined {
  if (forces === undefined) return undefined;
  let largest = 0;
  for (let at = 0; at < forces.length; at += 3) {
    largest = Math.max(largest, Math.hypot(forces[at]!, forces[at + 1]!, forces[at + 2]!));
  }
  return largest;
}
