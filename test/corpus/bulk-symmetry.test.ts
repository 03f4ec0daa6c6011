/** Bulks of the corpus: primitive volume and order of the point group as moyo 0.15.0 has them at a tolerance of 0.1 Å. */
import { describe, expect, it } from 'vitest';
import { bulkOf } from '../../assembly/identify-facet.ts';
import { memorySource } from '../../model/byte-source.ts';
import { volume } from '../../model/lattice.ts';
import { poscarParser } from '../../parsers/poscar.ts';
import { expectNear } from '../near.ts';
import { CORPUS_MISSING, corpusBytes, corpusIsThere } from './corpus.ts';

/** Space group, order of the point group, Å³. */
const MOYO: readonly (readonly [path: string, symbol: string, rotations: number, primitiveVolumeAngstrom3: number])[] =
  [
    ['aiida-vasp/exit_codes/converged/CONTCAR', 'P-1', 2, 40.888],
    ['aiida-vasp/vasp_wc_ionic_continue/calc-000/CONTCAR', 'Fm-3m', 48, 14.298],
    ['atomate/approx_neb_Li_MnO2/ep0/outputs/CONTCAR', 'P-4m2', 8, 273.393],
    ['atomate/approx_neb_Li_MnO2/host/outputs/CONTCAR', 'Fd-3m, 0.6 % off', 16, 136.697],
    ['atomate/elastic_2/CONTCAR', 'Imma', 8, 40.815],
    ['atomate/nmr_opt_two_stage/CONTCAR.relax1.gz', 'P6_422', 12, 278.254],
    ['custodian/drift/CONTCAR', 'Fd-3m', 48, 40.045],
    ['custodian/large_cell_real_optlay/POSCAR', 'I-4', 4, 873.209],
    ['custodian/lrf_comm/POSCAR', 'P1', 1, 1124.095],
    ['custodian/postprocess/CONTCAR', 'C2/m', 4, 44.065],
    ['custodian/postprocess/POSCAR', 'C2/m', 4, 41.94],
    ['mast/checker_done/CONTCAR', 'Fm-3m', 48, 19.435],
    ['pymatgen-io-validation/MP_non_compliant/CONTCAR.gz', 'F-43m', 24, 43.904],
  ];

describe('bulks of the corpus', () => {
  for (const [path, symbol, rotations, primitiveVolume] of MOYO) {
    it(`${path} is ${symbol}`, (context) => {
      if (!corpusIsThere) context.skip(CORPUS_MISSING);
      const { structure } = poscarParser.parse(memorySource(corpusBytes(path)));
      const crystal = bulkOf(structure!)!.crystal;
      expect(crystal.rotations).toHaveLength(rotations);
      expectNear(volume(crystal.primitive), primitiveVolume, 1e-2);
    });
  }
});
