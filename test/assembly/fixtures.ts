/**
 * Structures and calculations to build trees of: wurtzite ZnO cut along (0001) and (10-10), hcp Zn, bcc Li.
 */
import type { Calculation, FinalState, Settings } from '../../model/calculation.ts';
import { type Matrix3, toCartesian, type Vector3 } from '../../model/lattice.ts';
import { position, type Structure } from '../../model/structure.ts';

export type Atom = readonly [element: string, place: Vector3];

/** Reeber 1970 (SCIENCE §12.3). */
export const ZNO_A = 3.2495;
export const ZNO_C = 5.2069;
const ZNO_U = 0.382;

/** Places in Å. `fixed`: numbers of atoms that selective dynamics holds. */
export function structureOf(latticeAngstrom: Matrix3, atoms: readonly Atom[], fixed?: readonly number[]): Structure {
  return {
    latticeAngstrom,
    species: atoms.map(([element]) => element),
    cartesianAngstrom: Float64Array.from(atoms.flatMap(([, place]) => [...place])),
    ...(fixed !== undefined && {
      selectiveDynamics: Uint8Array.from(atoms.flatMap((_, atom) => Array(3).fill(fixed.includes(atom) ? 0 : 1))),
    }),
  };
}

export function hexagonal(a: number, c: number): Matrix3 {
  return [
    [a, 0, 0],
    [-a / 2, (a * Math.sqrt(3)) / 2, 0],
    [0, 0, c],
  ];
}

export function cubic(a: number): Matrix3 {
  return [
    [a, 0, 0],
    [0, a, 0],
    [0, 0, a],
  ];
}

/** ZnO(0001) 1×1: Zn–O double planes of the wurtzite stacking, O above Zn, in a cell of this height. */
export function znoBasal(bilayers: number, heightAngstrom: number, start = 1): Structure {
  const lattice = hexagonal(ZNO_A, heightAngstrom);
  const atoms = Array.from({ length: bilayers }, (_, layer): Atom[] => {
    const z = start + (layer * ZNO_C) / 2;
    const [f, g] = layer % 2 === 0 ? [1 / 3, 2 / 3] : [2 / 3, 1 / 3];
    const [x, y] = toCartesian([f, g, 0], lattice);
    // The three lower bonds of O: 0.61 Å above the Zn of the next site.
    const [xo, yo] = toCartesian(layer % 2 === 0 ? [2 / 3, 1 / 3, 0] : [1 / 3, 2 / 3, 0], lattice);
    return [
      ['Zn', [x, y, z]],
      ['O', [xo, yo, z + (0.5 - ZNO_U) * ZNO_C]],
    ];
  });
  return structureOf(lattice, atoms.flat());
}

/** ZnO(10-10) 1×1: rectangular a × c, double planes along the normal. */
export function znoPrism(bilayers: number, heightAngstrom: number): Structure {
  const lattice: Matrix3 = [
    [ZNO_A, 0, 0],
    [0, ZNO_C, 0],
    [0, 0, heightAngstrom],
  ];
  // Wurtzite with [0001] along y: two double planes, a/(2√3) apart, then again a·√3/2 above.
  const step = (ZNO_A * Math.sqrt(3)) / 2;
  const atoms = Array.from({ length: bilayers }, (_, layer): Atom[] => {
    const x = layer % 2 === 0 ? 0 : ZNO_A / 2;
    const z = 1 + layer * step;
    const lift = ZNO_A / (2 * Math.sqrt(3));
    return [
      ['Zn', [x, 0, z]],
      ['O', [x, ZNO_U * ZNO_C, z]],
      ['Zn', [x + ZNO_A / 2, ZNO_C / 2, z + lift]],
      ['O', [x + ZNO_A / 2, (0.5 + ZNO_U) * ZNO_C, z + lift]],
    ];
  });
  return structureOf(lattice, atoms.flat());
}

/** hcp Zn(0001) 1×1, ABAB. */
export function zincBasal(planes: number, heightAngstrom: number): Structure {
  const lattice = hexagonal(2.665, heightAngstrom);
  return structureOf(
    lattice,
    Array.from({ length: planes }, (_, plane): Atom => {
      const [x, y] = toCartesian(plane % 2 === 0 ? [0, 0, 0] : [1 / 3, 2 / 3, 0], lattice);
      return ['Zn', [x, y, 1 + (plane * 4.947) / 2]];
    }),
  );
}

export function bulkZno(): Structure {
  const lattice = hexagonal(ZNO_A, ZNO_C);
  const at = (f: number, g: number, h: number): Vector3 => toCartesian([f, g, h], lattice);
  return structureOf(lattice, [
    ['Zn', at(1 / 3, 2 / 3, 0)],
    ['Zn', at(2 / 3, 1 / 3, 0.5)],
    ['O', at(1 / 3, 2 / 3, ZNO_U)],
    ['O', at(2 / 3, 1 / 3, 0.5 + ZNO_U)],
  ]);
}

export function bccLi(): Structure {
  return structureOf(cubic(3.51), [
    ['Li', [0, 0, 0]],
    ['Li', [1.755, 1.755, 1.755]],
  ]);
}

export function isolated(element: string, box = 15): Structure {
  return structureOf(
    [
      [box, 0, 0],
      [0, box + 1, 0],
      [0, 0, box + 2],
    ],
    [[element, [1, 2, 3]]],
  );
}

/** Atoms of one element stay together, as in a POSCAR. */
export function withAtoms(structure: Structure, atoms: readonly Atom[]): Structure {
  return {
    ...structure,
    species: [...structure.species, ...atoms.map(([element]) => element)],
    cartesianAngstrom: Float64Array.from([...structure.cartesianAngstrom, ...atoms.flatMap(([, place]) => [...place])]),
    ...(structure.selectiveDynamics !== undefined && {
      selectiveDynamics: Uint8Array.from([...structure.selectiveDynamics, ...atoms.flatMap(() => [1, 1, 1])]),
    }),
  };
}

export function without(structure: Structure, atom: number): Structure {
  return permuted(
    structure,
    structure.species.flatMap((_, index) => (index === atom ? [] : [index])),
  );
}

/** Atom `order[i]` becomes atom i. */
export function permuted(structure: Structure, order: readonly number[]): Structure {
  return {
    ...structure,
    species: order.map((atom) => structure.species[atom] ?? ''),
    cartesianAngstrom: Float64Array.from(order.flatMap((atom) => [...position(structure, atom)])),
    ...(structure.selectiveDynamics !== undefined && {
      selectiveDynamics: Uint8Array.from(
        order.flatMap((atom) => [...(structure.selectiveDynamics ?? []).slice(3 * atom, 3 * atom + 3)]),
      ),
    }),
  };
}

/** Every place moved; the cell stays. */
export function moved(structure: Structure, move: (place: Vector3, atom: number) => Vector3): Structure {
  return {
    ...structure,
    cartesianAngstrom: Float64Array.from(
      structure.species.flatMap((_, atom) => [...move(position(structure, atom), atom)]),
    ),
  };
}

export function translated(structure: Structure, [x, y, z]: Vector3): Structure {
  return moved(structure, (place) => [place[0] + x, place[1] + y, place[2] + z]);
}

/** Cell and atoms turned about an axis that is no symmetry axis of anything here. */
export function rotated(structure: Structure, degrees: number): Structure {
  const turn = rotation(degrees);
  const [a, b, c] = structure.latticeAngstrom;
  return { ...moved(structure, turn), latticeAngstrom: [turn(a), turn(b), turn(c)] };
}

/** About (1, 2, 2)/3, Rodrigues. */
export function rotation(degrees: number): (vector: Vector3) => Vector3 {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return ([x, y, z]) => {
    const along = (x + 2 * y + 2 * z) / 9;
    return [
      x * cos + ((2 * z - 2 * y) / 3) * sin + along * (1 - cos),
      y * cos + ((2 * x - z) / 3) * sin + 2 * along * (1 - cos),
      z * cos + ((y - 2 * x) / 3) * sin + 2 * along * (1 - cos),
    ];
  };
}

/** n × m cells in the plane of a and b. */
export function supercell(structure: Structure, n: number, m: number): Structure {
  const [a, b, c] = structure.latticeAngstrom;
  const cells = Array.from({ length: n * m }, (_, cell) => [cell % n, Math.floor(cell / n)] as const);
  const atoms = structure.species.flatMap((element, atom) =>
    cells.map(([i, j]): Atom => {
      const [x, y, z] = position(structure, atom);
      return [element, [x + i * a[0] + j * b[0], y + i * a[1] + j * b[1], z + i * a[2] + j * b[2]]];
    }),
  );
  const grown: Matrix3 = [[a[0] * n, a[1] * n, a[2] * n], [b[0] * m, b[1] * m, b[2] * m], c];
  return structureOf(grown, atoms);
}

const TITLES: Readonly<Record<string, readonly [title: string, valence: number]>> = {
  Zn: ['PAW_PBE Zn 06Sep2000', 12],
  O: ['PAW_PBE O 08Apr2002', 6],
  Li: ['PAW_PBE Li_sv 10Sep2004', 3],
  Mg: ['PAW_PBE Mg 13Apr2007', 2],
};

/** What an OUTCAR of a PBE+D3 calculation tells. */
export const SETTINGS: Settings = {
  GGA: 'PE',
  LEXCH: 8,
  METAGGA: '--',
  LHFCALC: false,
  LSORBIT: false,
  ENCUT: 520,
  ENAUG: 650,
  PREC: 'Accurate',
  LREAL: false,
  LASPH: true,
  ISPIN: 1,
  ISMEAR: 0,
  SIGMA: 0.05,
  EDIFF: 1e-5,
  EDIFFG: -0.02,
  IBRION: 2,
  NSW: 100,
  ISYM: 0,
  IVDW: 12,
  VDW_S8: 0.7875,
  LDIPOL: true,
  IDIPOL: 3,
};

export interface CalculationSketch {
  readonly structure?: Structure;
  /** F and E0 alike. */
  readonly energyEv?: number;
  readonly settings?: Settings;
  readonly mesh?: readonly [number, number, number];
  readonly final?: Partial<FinalState>;
}

/** A finished, converged calculation; `id` is the path of its OUTCAR. */
export function calculationOf(
  id: string,
  { structure, energyEv = -10, settings = {}, mesh = [4, 4, 1], final }: CalculationSketch,
  more: Partial<Calculation> = {},
): Calculation {
  const elements = [...new Set(structure?.species ?? [])];
  const slash = id.lastIndexOf('/');
  return {
    id,
    folder: slash < 0 ? '.' : id.slice(0, slash),
    files: [{ path: id, sha256: 'a'.repeat(64), bytes: 1 }],
    source: 'outcar',
    completeness: 'complete',
    version: '5.4.4',
    settings: { ...SETTINGS, ...settings },
    potcars: elements.map((element) => {
      const [title, valence] = TITLES[element] ?? [`PAW_PBE ${element} 01Jan2000`, 1];
      return { title, valence };
    }),
    ...(structure !== undefined && { structure }),
    kpoints: { scheme: 'gamma', mesh },
    ionicStepCount: 1,
    final: { index: 1, freeEnergyEv: energyEv, energySigma0Ev: energyEv, electronic: 'reached', ...final },
    convergence: { electronic: 'reached', ionic: 'reached' },
    places: {},
    issues: [],
    ...more,
  };
}

/** Codes in the order they were found. */
export function codes(issues: readonly { readonly code: string }[]): string[] {
  return issues.map((entry) => entry.code);
}
