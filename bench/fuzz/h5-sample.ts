/** A small vaspout.h5 in VASP's layout with invented numbers, written in memory by the HDF5 library. */
import { FS, type Group, File as Hdf5File, ready } from 'h5wasm';

const PATH = '/fuzz.h5';

interface Dataset {
  readonly data: Float64Array | Int32Array | string[];
  readonly shape: number[];
}

const real = (data: readonly number[], ...shape: number[]): Dataset => ({ data: Float64Array.from(data), shape });
const integer = (data: readonly number[], ...shape: number[]): Dataset => ({ data: Int32Array.from(data), shape });
const text = (...data: string[]): Dataset => ({ data, shape: [data.length] });

const DATASETS: Readonly<Record<string, Dataset>> = {
  'version/major': integer([6]),
  'version/minor': integer([4]),
  'version/patch': integer([2]),
  'input/incar/ENCUT': real([520]),
  'input/incar/NSW': integer([7]),
  'input/incar/ALGO': text('Fast    '),
  'results/positions/ion_types': text('Zn', 'O '),
  'results/positions/number_ion_types': integer([1, 2], 2),
  'results/positions/scale': real([2]),
  'results/positions/lattice_vectors': real([1, 0, 0, 0.5, 2, 0, 0, 0.25, 3], 3, 3),
  'results/positions/direct_coordinates': integer([1]),
  'results/positions/position_ions': real([0, 0, 0, 0.5, 0.25, 0.125, 0.1, 0.2, 0.3], 3, 3),
  'intermediate/ion_dynamics/energies': real([-10.5, -10.25, -10.4, -11.5, -11.2, -11.4], 2, 3),
  'intermediate/ion_dynamics/energies_tags': text(
    'free energy    TOTEN   ',
    'energy without entropy ',
    'energy(sigma->0)       ',
  ),
  'intermediate/ion_dynamics/forces': real(
    [9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2.4, 9.2, 0.2, 0.01, -0.02, 0.03],
    2,
    3,
    3,
  ),
  'results/electron_eigenvalues/eigenvalues': real([-3, 1, 4, -2.5, 1.25, 3], 1, 2, 3),
  'results/electron_eigenvalues/fermiweights': real([1, 1, 0, 1, 1, 0], 1, 2, 3),
  'results/electron_eigenvalues/kpoint_coords': real([0, 0, 0, 0.25, 0.5, 0.125], 2, 3),
  'results/electron_eigenvalues/kpoints_symmetry_weight': real([0.25, 0.75], 2),
};

export async function h5Sample(): Promise<Buffer> {
  await ready;
  const file = new Hdf5File(PATH, 'w');
  for (const [path, { data, shape }] of Object.entries(DATASETS)) {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let group: Group = file;
    for (const part of parts) {
      const there = group.get(part);
      // `as`: only groups are made under these names.
      group = there === null ? group.create_group(part) : (there as Group);
    }
    const dtype = Array.isArray(data) ? `S${data[0]?.length ?? 1}` : data instanceof Float64Array ? '<d' : '<i';
    group.create_dataset({ name, data, shape, dtype });
  }
  file.close();
  const bytes: unknown = FS?.readFile(PATH);
  FS?.unlink(PATH);
  if (!(bytes instanceof Uint8Array)) throw new Error('the HDF5 library wrote no file');
  return Buffer.from(bytes);
}
