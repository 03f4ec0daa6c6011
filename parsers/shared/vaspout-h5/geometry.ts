/**
 * Cell, elements and positions: of `/input/poscar`, of `/results/positions` and of every ionic step.
 *
 * The mistake avoided here: lattice vectors are those behind the scale factor of POSCAR, which may be negative (minus the
 * volume in Å³) and stands in a dataset of its own.
 */
import { determinant, type Matrix3, toCartesian, type Vector3 } from '../../../model/lattice.ts';
import type { Structure } from '../../../model/structure.ts';
import { elementOf } from '../poscar/species.ts';
import type { Datasets } from './datasets.ts';

export interface FoundStructure {
  readonly structure: Structure;
  readonly path: string;
}

interface AtomTypes {
  readonly elements: readonly (string | undefined)[];
  readonly counts: readonly number[];
  readonly atoms: number;
}

function readTypes(datasets: Datasets, group: string): AtomTypes | undefined {
  const names = datasets.texts(`${group}/ion_types`);
  const values = datasets.table(`${group}/number_ion_types`)?.values;
  if (names === undefined || values?.length !== names.length) return undefined;
  const counts = [...values];
  const atoms = counts.reduce((sum, count) => sum + count, 0);
  if (!counts.every((count) => Number.isInteger(count) && count >= 0) || atoms < 1) return undefined;
  return { elements: names.map(elementOf), counts, atoms };
}

/** Element of every atom. */
function speciesOf({ elements, counts }: AtomTypes): readonly string[] | undefined {
  const species = elements.flatMap((element, index) => Array<string | undefined>(counts[index] ?? 0).fill(element));
  return species.every(isKnown) ? species : undefined;
}

function isKnown(element: string | undefined): element is string {
  return element !== undefined;
}

export function readStructure(datasets: Datasets, group: string): FoundStructure | undefined {
  const types = readTypes(datasets, group);
  const vectors = datasets.shaped(`${group}/lattice_vectors`, [3, 3])?.values;
  if (types === undefined || vectors === undefined) return undefined;
  const lattice = latticeOf(vectors, 0, datasets.number(`${group}/scale`) ?? 1);
  const positions = datasets.shaped(`${group}/position_ions`, [types.atoms, 3])?.values;
  // A list of atoms is made only where their positions are: a damaged count can be of millions.
  const species = positions === undefined ? undefined : speciesOf(types);
  if (lattice === undefined || positions === undefined || species === undefined) return undefined;
  const isDirect = datasets.number(`${group}/direct_coordinates`) !== 0;
  const factor = lattice.factor;
  const cartesian = isDirect
    ? cartesianOf(positions, lattice.vectors)
    : allFinite(positions.map((value) => value * factor));
  if (cartesian === undefined) return undefined;
  const flags = readFlags(datasets, group, species.length);
  return {
    path: group,
    structure: {
      latticeAngstrom: lattice.vectors,
      species,
      cartesianAngstrom: cartesian,
      ...(flags !== undefined && { selectiveDynamics: flags }),
    },
  };
}

function readFlags(datasets: Datasets, group: string, atoms: number): Uint8Array | undefined {
  const path = `${group}/selective_dynamics_ions`;
  if (datasets.number(`${group}/selective_dynamics`) !== 1 || !datasets.has(path)) return undefined;
  const flags = datasets.shaped(path, [atoms, 3])?.values;
  // Fortran logicals: anything but 0 is true.
  return flags === undefined ? undefined : Uint8Array.from(flags, (flag) => Number(flag !== 0));
}

export interface ScaledLattice {
  readonly vectors: Matrix3;
  readonly factor: number;
}

/** Nine numbers from `at` on. Undefined when they span no volume. */
export function latticeOf(values: Float64Array, at: number, scale: number): ScaledLattice | undefined {
  const row = (index: number): Vector3 => [
    values[at + 3 * index] ?? Number.NaN,
    values[at + 3 * index + 1] ?? Number.NaN,
    values[at + 3 * index + 2] ?? Number.NaN,
  ];
  const plain: Matrix3 = [row(0), row(1), row(2)];
  const volume = Math.abs(determinant(plain));
  const factor = scale < 0 ? Math.cbrt(-scale / volume) : scale;
  if (!(volume > 0) || !(factor > 0) || !Number.isFinite(volume * factor)) return undefined;
  const scaledRow = ([x, y, z]: Vector3): Vector3 => [x * factor, y * factor, z * factor];
  return { vectors: [scaledRow(plain[0]), scaledRow(plain[1]), scaledRow(plain[2])], factor };
}

export function cartesianOf(fractional: Float64Array, lattice: Matrix3): Float64Array | undefined {
  const cartesian = new Float64Array(fractional.length);
  for (let at = 0; at + 2 < fractional.length; at += 3) {
    const [x, y, z] = toCartesian([fractional[at] ?? 0, fractional[at + 1] ?? 0, fractional[at + 2] ?? 0], lattice);
    cartesian[at] = x;
    cartesian[at + 1] = y;
    cartesian[at + 2] = z;
  }
  return allFinite(cartesian);
}

export function allFinite(values: Float64Array): Float64Array | undefined {
  return values.every(Number.isFinite) ? values : undefined;
}
