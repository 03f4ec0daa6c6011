/**
 * Every file of the corpus that stands beside an OUTCAR, against the reference values (EXPECTED.json: grep, pymatgen and
 * ASE). Structures were compared with ASE 3.22.1 and pymatgen 2022.11.7 once, all 113 within 4e-15 Å.
 */
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileFormat, FileRecord } from '../../model/calculation.ts';
import { hasError } from '../../model/issues.ts';
import { volume } from '../../model/lattice.ts';
import { composition } from '../../model/structure.ts';
import { parserForContent, parserForName } from '../../parsers/index.ts';
import { expectNear } from '../near.ts';
import { CORPUS_MISSING, corpusBytes, corpusFiles, corpusIsThere, expectedValues } from './corpus.ts';

const expected = corpusIsThere ? expectedValues() : { files: {}, oszicar: {}, systems: {} };
const paths = corpusIsThere ? corpusFiles(/./) : [];
const pathsOf = (format: FileFormat) => paths.filter((path) => parserForName(path)?.format === format);

function recordOf(path: string): FileRecord {
  const parser = parserForName(path);
  expect(parser, `a parser for ${path}`).toBeDefined();
  return parser!.parse(memorySource(corpusBytes(path)));
}

/** The inputs in this folder are of Si2, its OUTCAR is of Li28P12S44. */
const INPUTS_OF_ANOTHER_RUN = 'custodian/drift';

/** Reference value of an OUTCAR in the folder of `path`, whatever its suffix. */
function besideOutcar(path: string, field: string): unknown {
  if (dirname(path) === INPUTS_OF_ANOTHER_RUN) return undefined;
  const suffix = /\.(?:relax\d|orig)/.exec(path)?.[0] ?? '';
  for (const end of ['', '.gz']) {
    const found = expected.files[`${dirname(path)}/OUTCAR${suffix}${end}`]?.fields[field];
    if (found !== undefined) return found.value;
  }
  return undefined;
}

describe('the small files of the corpus', () => {
  it('are there to be compared', (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    expect(pathsOf('poscar').length).toBeGreaterThan(100);
    expect(pathsOf('incar').length).toBeGreaterThan(30);
    expect(pathsOf('kpoints').length).toBeGreaterThan(30);
    expect(pathsOf('neb-dat').length).toBe(2);
    expect(pathsOf('oszicar')).toEqual(Object.keys(expected.oszicar).sort());
  });

  it('are recognised by their first bytes as by their names', () => {
    for (const format of ['poscar', 'incar', 'kpoints', 'oszicar', 'neb-dat'] as const) {
      for (const path of pathsOf(format)) {
        const head = corpusBytes(path).subarray(0, 4096).toString('latin1');
        expect(parserForContent(head)?.format, path).toBe(format);
      }
    }
  });

  for (const [path, reference] of Object.entries(expected.oszicar)) {
    it(`${path} has the steps that grep finds`, () => {
      const record = recordOf(path);
      const steps = record.steps ?? [];
      expect(record.ionicStepCount).toBe(reference.n_lines_with_F);
      expect(steps).toHaveLength(Number(reference.n_lines_with_F));
      expect(record.completeness).toBe(steps.length === 0 ? 'truncated' : 'complete');
      const last = steps.at(-1);
      if (last === undefined) return;
      expect(steps[0]?.freeEnergyEv).toBe(reference.first_F);
      expect(last.freeEnergyEv).toBe(reference.last_F);
      expect(last.energySigma0Ev).toBe(reference.last_E0);
      expect(last.index).toBe(reference.last_step_number);
      expect(last.totalMagnetisationBohr ?? null).toBe(reference.last_mag);
      expect(last.temperatureKelvin !== undefined).toBe(reference.is_md);
      const restarts = steps.filter((step, index) => step.index <= (steps[index - 1]?.index ?? 0)).length;
      expect(restarts).toBe(reference.restarts);
    });
  }

  for (const path of pathsOf('poscar')) {
    it(`${path} has a structure, or an issue that tells the line`, () => {
      const record = recordOf(path);
      for (const entry of record.issues) expect(entry.where.line).toBeGreaterThan(0);
      if (record.structure === undefined) {
        expect(record.issues.length).toBeGreaterThan(0);
        return;
      }
      const { species, cartesianAngstrom, latticeAngstrom } = record.structure;
      expect(cartesianAngstrom.length).toBe(3 * species.length);
      expect(cartesianAngstrom.every(Number.isFinite)).toBe(true);
      const counts = besideOutcar(path, 'species_counts');
      if (counts !== undefined) expect(composition(species)).toEqual(counts);
      const finalVolume = besideOutcar(path, 'volume_from_vectors');
      // CONTCAR holds the cell behind the last step; the last trial step of a relaxation is not that of OUTCAR.
      if (finalVolume !== undefined && path.includes('CONTCAR')) {
        expectNear(volume(latticeAngstrom), Number(finalVolume), 0.02 * Number(finalVolume));
      }
    });
  }

  for (const path of pathsOf('incar')) {
    it(`${path} says what its OUTCAR repeats`, () => {
      const record = recordOf(path);
      expect(record.completeness).toBe('complete');
      expect(hasError(record.issues)).toBe(false);
      const settings = record.settings ?? {};
      expect(Object.keys(settings).length).toBeGreaterThan(5);
      // OUTCAR prints ENCUT with one decimal and EDIFF with one digit.
      for (const [tag, field, tolerance] of [
        ['ENCUT', 'encut', 0.0501],
        ['ISMEAR', 'ISMEAR', 0],
        ['ISPIN', 'ISPIN', 0],
        ['NELM', 'NELM', 0],
      ] as const) {
        const reference = besideOutcar(path, field);
        if (reference !== undefined && settings[tag] !== undefined) {
          expectNear(settings[tag], Number(reference), tolerance);
        }
      }
    });
  }

  for (const path of pathsOf('kpoints')) {
    it(`${path} has a mesh or a length`, () => {
      const record = recordOf(path);
      expect([record.completeness, record.issues]).toEqual(['complete', []]);
      expect(record.kpoints?.mesh ?? record.kpoints?.automaticLengthAngstrom).toBeDefined();
    });
  }

  for (const path of pathsOf('neb-dat')) {
    it(`${path} has the barrier that its authors read from it`, () => {
      const reference = Object.values(expected.systems).find((system) => system.file === path);
      const record = recordOf(path);
      expect([record.completeness, record.issues]).toEqual(['complete', []]);
      const rows = record.pathTable ?? [];
      expect(rows).toHaveLength(Number(reference?.n_images_total));
      const energies = rows.map((row) => row.relativeEnergyEv);
      expect(Math.max(...energies)).toBe(reference?.forward_barrier_discrete);
      expect(energies.indexOf(Math.max(...energies))).toBe(reference?.saddle_index);
      expect(rows.at(-1)?.distanceAngstrom).toBe(reference?.path_length_A);
      expectNear(energies.at(-1), Number(reference?.reaction_energy), 1e-12);
    });
  }
});
