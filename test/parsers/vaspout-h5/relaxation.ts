/** An invented relaxation in the layout of py4vasp's schema, and how the tests read it. */
import { memorySource } from '../../../model/byte-source.ts';
import type { FileRecord } from '../../../model/calculation.ts';
import type { ParseOptions } from '../../../parsers/shared/parser.ts';
import { vaspoutH5Parser } from '../../../parsers/vaspout-h5.ts';
import { growing, integer, real, type Sample, text } from './sample-file.ts';

export const ENERGY_TAGS = text('free energy    TOTEN   ', 'energy without entropy', 'energy(sigma->0)');

/** Two steps of a relaxation of ZnO2 in a skewed cell; 0 K of symmetry in it. */
export const RELAXATION: Sample = {
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

/** Needs `vaspoutH5Parser.prepare` before. */
export function parse(bytes: Uint8Array, options: ParseOptions = {}, chunkBytes?: number): FileRecord {
  return vaspoutH5Parser.parse(memorySource(bytes, chunkBytes), options);
}

export function without(sample: Sample, ...paths: readonly string[]): Sample {
  return Object.fromEntries(Object.entries(sample).filter(([path]) => !paths.some((other) => path.startsWith(other))));
}

export const codes = (record: FileRecord): string[] => record.issues.map(({ code }) => code);
