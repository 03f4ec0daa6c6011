/**
 * Levels, densities of states, trajectories and k-points of the corpus against other programs: band gaps and sums of
 * levels by pymatgen 2022.11 (`Eigenval` with occu_tol 0.5), densities by ASE 3.22 (`VaspDos`), trajectories by both
 * (`Xdatcar`, `vasp-xdatcar`), each read once from the same files.
 */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileFormat } from '../../model/calculation.ts';
import { parserForName, parsers } from '../../parsers/index.ts';
import type { ParseOptions } from '../../parsers/shared/parser.ts';
import { expectNear } from '../near.ts';
import { CORPUS_MISSING, corpusBytes, corpusFiles, corpusIsThere } from './corpus.ts';

const paths = corpusIsThere ? corpusFiles(/./) : [];
const pathsOf = (format: FileFormat) => paths.filter((path) => parserForName(path)?.format === format);
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

function recordOf(path: string, options: ParseOptions = {}, chunk?: number) {
  const parser = parserForName(path);
  expect(parser, `a parser for ${path}`).toBeDefined();
  return parser!.parse(memorySource(corpusBytes(path), chunk), options);
}

/** Spins, k-points, bands, sum of all levels, gap, CBM, VBM, direct: pymatgen. */
const GAPS: Readonly<Record<string, readonly [number, number, number, number, number, number, number, boolean]>> = {
  'aiida-vasp/vasp_wc_ionic_continue/calc-000/EIGENVAL': [1, 29, 6, 2448.824907, 0.102834, 10.478829, 10.375995, false],
  'aiida-vasp/vasp_wc_ionic_continue/calc-001/EIGENVAL': [1, 29, 6, 2448.997721, 0.101719, 10.475253, 10.373534, false],
  'aiida-vasp/vasp_wc_nelm/calc-000/EIGENVAL': [1, 29, 6, 2349.968145, 0.047096, 9.972133, 9.925037, false],
  'aiida-vasp/vasp_wc_nelm/calc-001/EIGENVAL': [1, 29, 6, 2350.076995, 0.046766, 9.972962, 9.926196, false],
  'atomate/nmr_opt_two_stage/EIGENVAL.relax1.gz': [2, 8, 68, -3686.115227, 4.79779, 5.455746, 0.657956, true],
  'atomate/nmr_opt_two_stage/EIGENVAL.relax2.gz': [2, 8, 68, -3684.693901, 4.804138, 5.461029, 0.656891, true],
  'pymatgen-io-validation/MP_non_compliant/EIGENVAL.gz': [2, 8, 16, 348.236845, 1.223148, 5.218329, 3.995181, true],
  'pymatgen/EIGENVAL.ispin2.gz': [2, 1, 840, 3218.900594, 6.147722, 7.464735, 1.317013, true],
};
/** Its run was killed before the first k-point. */
const WITHOUT_LEVELS = 'pyiron/full_job_aborted/EIGENVAL';

describe('EIGENVAL', () => {
  it('files of the corpus are there to be compared', (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    expect(pathsOf('eigenval')).toEqual([...Object.keys(GAPS), WITHOUT_LEVELS].sort());
  });

  for (const path of pathsOf('eigenval').filter((path) => path !== WITHOUT_LEVELS)) {
    it(`${path} has the levels and the gap that pymatgen finds`, () => {
      const [spins, kpoints, bands, total, gap, conduction, valence, direct] = GAPS[path]!;
      const record = recordOf(path, { eigenvalues: true });
      expect([record.completeness, record.issues]).toEqual(['complete', []]);
      const { eigenvalues, bandGap } = record;
      expect([eigenvalues!.spinCount, eigenvalues!.kpointCount, eigenvalues!.bandCount]).toEqual([
        spins,
        kpoints,
        bands,
      ]);
      expectNear(sum(eigenvalues!.energiesEv), total, 1e-6);
      expectNear(sum(Float64Array.from(eigenvalues!.weights!)), 1, 1e-6);
      expectNear(bandGap!.gapEv, gap, 1e-9);
      expect([bandGap!.conductionBandMinimum.energyEv, bandGap!.valenceBandMaximum.energyEv]).toEqual([
        conduction,
        valence,
      ]);
      expect(bandGap!.isDirect).toBe(direct);
    });
  }

  it(`${WITHOUT_LEVELS} ends before its levels`, (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    const record = recordOf(WITHOUT_LEVELS);
    expect([record.completeness, record.bandGap]).toEqual(['truncated', undefined]);
    expect(record.issues.map(({ code }) => code)).toEqual(['E_TRUNCATED']);
  });
});

/** Spins, energies, sum of the states, last integral of each spin (ASE), Fermi energy (the file's text), blocks. */
const DENSITIES: Readonly<
  Record<string, readonly [number, number, number, readonly number[], number, number | undefined]>
> = {
  'aiida-vasp/vasp_wc_nelm/calc-000/DOSCAR': [1, 301, 106.503008413671, [12], 9.96725845, undefined],
  'aiida-vasp/vasp_wc_nelm/calc-001/DOSCAR': [1, 301, 106.510522034279, [12], 9.96816623, undefined],
  'pymatgen-io-validation/MP_non_compliant/DOSCAR.gz': [2, 301, 338.1630491, [16, 16], 4.0885732, 2],
};

describe('DOSCAR', () => {
  for (const path of pathsOf('doscar')) {
    const expected = DENSITIES[path];
    if (expected === undefined) {
      it(`${path} ends before its table, as its run did`, () => {
        const record = recordOf(path);
        expect([record.completeness, record.densityOfStates]).toEqual(['truncated', undefined]);
        expect(record.issues.map(({ code }) => code)).toEqual(['E_TRUNCATED']);
      });
      continue;
    }
    it(`${path} has the density of states that ASE reads`, () => {
      const [spins, energies, total, integrals, fermi, blocks] = expected;
      const record = recordOf(path);
      expect([record.completeness, record.issues]).toEqual(['complete', []]);
      const density = record.densityOfStates!;
      expect([density.spinCount, density.energiesEv.length]).toEqual([spins, energies]);
      expectNear(sum(density.totalPerEv), total, 1e-9);
      expect(integrals.map((_, spin) => density.integrated[(spin + 1) * energies - 1])).toEqual(integrals);
      expect([density.fermiEnergyEv, density.projectedBlockCount]).toEqual([fermi, blocks]);
    });
  }
});

/** States and first two moments of the d states that pymatgen 2022.11 integrates by trapezoids from the vasprun.xml beside it. */
const D_STATES = [
  [15.625274885, -155.134613321, 2016.074861786],
  [1.023460005, 12.884888495, 181.701862722],
] as const;

describe('d states of a DOSCAR', () => {
  it('are those of the vasprun.xml of the same run, as far as three decimals of the energies tell', (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    const { dStates, issues } = recordOf('pymatgen-io-validation/MP_non_compliant/DOSCAR.gz', { dStates: true });
    expect(issues).toEqual([]);
    // Steps of 0.1093 eV are printed as 0.109 or 0.110.
    for (const [atom, [states, first, second]] of D_STATES.entries()) {
      expectNear((dStates?.states[atom] ?? 0) / states, 1, 5e-3);
      expectNear((dStates?.firstMomentsEv[atom] ?? 0) / (dStates?.states[atom] ?? 0), first / states, 1e-2);
      expectNear((dStates?.secondMomentsEv2[atom] ?? 0) / (dStates?.states[atom] ?? 0), second / states, 0.1);
    }
  });
});

/** Frames, sum of all Cartesian coordinates of the last one, Å: pymatgen and ASE; mos2 only ASE. */
const TRAJECTORIES: Readonly<Record<string, readonly [number, number]>> = {
  'atomate/nmr_opt_two_stage/XDATCAR.gz': [1, 166.66684],
  'pymatgen-io-validation/MP_non_compliant/XDATCAR.gz': [1, 16.8],
  'pymatgen/XDATCAR_5': [4, -13.83],
  'single-adatom-liquid-theory/mos2/neb-mo+1/XDATCAR': [12, 1104.4529799101],
  'single-adatom-liquid-theory/mos2/neb-mo/XDATCAR': [13, 1104.4529799100992],
  'vaspy/XDATCAR': [82, 151.0542787],
};
/** Frames without a cell, which neither program reads; the count is grep's of its blank lines. */
const WITHOUT_CELL = /^mast\/neb_Al_vacancy_CI\/0[123]\/XDATCAR$/;

describe('XDATCAR', () => {
  for (const path of pathsOf('xdatcar')) {
    it(`${path} has the frames that pymatgen or ASE finds, or says why not`, () => {
      const record = recordOf(path);
      const expected = TRAJECTORIES[path];
      if (expected !== undefined) {
        const [frames, total] = expected;
        expect([record.completeness, record.issues, record.ionicStepCount]).toEqual(['complete', [], frames]);
        expectNear(sum(record.structure!.cartesianAngstrom), total, 1e-9);
        expect(record.steps!.map((step) => step.index)).toEqual(Array.from({ length: frames }, (_, at) => at + 1));
      } else if (WITHOUT_CELL.test(path)) {
        expect([record.completeness, record.ionicStepCount]).toEqual(['complete', 14]);
        expect(record.issues.map(({ code }) => code)).toEqual(['W_NOT_STORED']);
      } else {
        expect(path).toBe('pyiron/full_job_aborted/XDATCAR');
        expect([record.completeness, record.ionicStepCount]).toEqual(['truncated', 0]);
      }
    });
  }
});

describe('IBZKPT', () => {
  /** Points and the sum of their weights: the meshes of KPOINTS are 4×4×2 and 2×2×1, the other one is 4×4×4. */
  const MESHES: Readonly<Record<string, readonly [number, number]>> = {
    'atomate/nmr_opt_two_stage/IBZKPT.relax1.gz': [8, 32],
    'atomate/nmr_opt_two_stage/IBZKPT.relax2.gz': [8, 32],
    'pyiron/full_job_aborted/IBZKPT': [2, 4],
    'pymatgen-io-validation/MP_non_compliant/IBZKPT.gz': [8, 64],
  };
  for (const path of pathsOf('ibzkpt')) {
    it(`${path} has all points of its mesh`, () => {
      const { kpoints, completeness, issues } = recordOf(path);
      expect([completeness, issues]).toEqual(['complete', []]);
      expect([kpoints!.fractional!.length, kpoints!.weights!.reduce((total, weight) => total + weight, 0)]).toEqual(
        MESHES[path],
      );
    });
  }
});

describe('REPORT', () => {
  for (const path of pathsOf('report')) {
    it(`${path} is empty, as a run without such molecular dynamics leaves it`, () => {
      const record = recordOf(path);
      expect([record.completeness, record.issues.map(({ code }) => code)]).toEqual(['complete', ['I_NOT_READ']]);
    });
  }
});

describe('every such file', () => {
  const formats: readonly FileFormat[] = ['eigenval', 'doscar', 'xdatcar', 'ibzkpt', 'report'];
  for (const path of formats.flatMap(pathsOf)) {
    it(`${path} reads the same in chunks of 7 and 4096 bytes`, () => {
      const whole = recordOf(path, { eigenvalues: true });
      for (const chunk of [7, 4096]) {
        expect(recordOf(path, { eigenvalues: true, windowBytes: chunk }, chunk)).toEqual(whole);
      }
    });
  }

  it('is known by its name to one reader only', (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    for (const path of formats.flatMap(pathsOf)) {
      const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.gz$/, '');
      expect(
        parsers.filter((parser) => parser.matchesName(name)),
        path,
      ).toHaveLength(1);
    }
  });
});
