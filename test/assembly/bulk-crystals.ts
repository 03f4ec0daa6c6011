/** Bulks as textbooks give them: cell and fractional coordinates. Lattice constants of SCIENCE §12.3. */
import { type Bulk, bulkOf } from '../../assembly/identify-facet.ts';
import { type Matrix3, toCartesian, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';

export type Site = readonly [species: string, x: number, y: number, z: number];

export function bulk(latticeAngstrom: Matrix3, sites: readonly Site[]): Structure {
  return {
    latticeAngstrom,
    species: sites.map(([species]) => species),
    cartesianAngstrom: Float64Array.from(sites.flatMap(([, x, y, z]) => toCartesian([x, y, z], latticeAngstrom))),
  };
}

/** What assembly knows of a crystal; to know nothing of these is a fault of the test. */
export function knownBulk(structure: Structure): Bulk {
  const found = bulkOf(structure);
  if (found === undefined) throw new Error('a bulk of few atoms');
  return found;
}

export function cell(a: number, b: number, c: number, betaDegrees = 90): Matrix3 {
  const beta = (betaDegrees * Math.PI) / 180;
  return [
    [a, 0, 0],
    [0, b, 0],
    [c * Math.cos(beta), 0, c * Math.sin(beta)],
  ];
}

export function hexagonalCell(a: number, c: number): Matrix3 {
  return [
    [a, 0, 0],
    [-a / 2, (a * Math.sqrt(3)) / 2, 0],
    [0, 0, c],
  ];
}

const FACE_CENTRED: readonly Vector3[] = [
  [0, 0, 0],
  [0, 0.5, 0.5],
  [0.5, 0, 0.5],
  [0.5, 0.5, 0],
];

function faceCentred(species: string, [x, y, z]: Vector3): Site[] {
  return FACE_CENTRED.map(([i, j, k]): Site => [species, x + i, y + j, z + k]);
}

/** 2a and 6c of R-3c in hexagonal axes, from the sites of one third of the cell. */
function rhombohedral(sites: readonly Site[]): Site[] {
  return [0, 1, 2].flatMap((third) =>
    sites.map(([species, x, y, z]): Site => [species, x + (2 * third) / 3, y + third / 3, z + third / 3]),
  );
}

/** O of calcite and corundum, 18e: x 0 1/4. */
function rhombohedralAnions(species: string, x: number): Site[] {
  const half: Site[] = [
    [species, x, 0, 0.25],
    [species, 0, x, 0.25],
    [species, -x, -x, 0.25],
  ];
  return [...half, ...half.map(([, i, j, k]): Site => [species, -i, -j, -k])];
}

export const ZINC = bulk(hexagonalCell(2.665, 4.947), [
  ['Zn', 1 / 3, 2 / 3, 0.25],
  ['Zn', 2 / 3, 1 / 3, 0.75],
]);
export const LITHIUM = bulk(cell(3.51, 3.51, 3.51), [
  ['Li', 0, 0, 0],
  ['Li', 0.5, 0.5, 0.5],
]);
export const COPPER = bulk(cell(3.6149, 3.6149, 3.6149), faceCentred('Cu', [0, 0, 0]));
export const TITANIUM_NITRIDE = bulk(cell(4.242, 4.242, 4.242), [
  ...faceCentred('Ti', [0, 0, 0]),
  ...faceCentred('N', [0.5, 0.5, 0.5]),
]);
export const ZINC_SELENIDE = bulk(cell(5.6676, 5.6676, 5.6676), [
  ...faceCentred('Zn', [0, 0, 0]),
  ...faceCentred('Se', [0.25, 0.25, 0.25]),
]);
export const ZINC_OXIDE = bulk(hexagonalCell(3.2495, 5.2069), [
  ['Zn', 1 / 3, 2 / 3, 0],
  ['Zn', 2 / 3, 1 / 3, 0.5],
  ['O', 1 / 3, 2 / 3, 0.382],
  ['O', 2 / 3, 1 / 3, 0.882],
]);
/** x = 0.3053: Abrahams & Bernstein 1971. */
export const RUTILE = bulk(cell(4.5937, 4.5937, 2.9587), [
  ['Ti', 0, 0, 0],
  ['Ti', 0.5, 0.5, 0.5],
  ['O', 0.3053, 0.3053, 0],
  ['O', -0.3053, -0.3053, 0],
  ['O', 0.8053, 0.1947, 0.5],
  ['O', 0.1947, 0.8053, 0.5],
]);
/** x = 0.2568: Graf 1961. */
export const CALCITE = bulk(
  hexagonalCell(4.99, 17.06),
  rhombohedral([
    ['Ca', 0, 0, 0],
    ['Ca', 0, 0, 0.5],
    ['C', 0, 0, 0.25],
    ['C', 0, 0, 0.75],
    ...rhombohedralAnions('O', 0.2568),
  ]),
);
/** Howard, Hill & Reichert, Acta Cryst. B44, 116 (1988): P2_1/c. */
export const BADDELEYITE = bulk(
  cell(5.1505, 5.2116, 5.3173, 99.23),
  (
    [
      ['Zr', 0.2754, 0.0395, 0.2083],
      ['O', 0.07, 0.3317, 0.3447],
      ['O', 0.4496, 0.7569, 0.4792],
    ] as const
  ).flatMap(([species, x, y, z]): Site[] => [
    [species, x, y, z],
    [species, -x, -y, -z],
    [species, -x, y + 0.5, 0.5 - z],
    [species, x, 0.5 - y, z + 0.5],
  ]),
);
/** Trucano & Chen 1975, with the lattice constants of SCIENCE §12.3. */
export const GRAPHITE = bulk(hexagonalCell(2.461, 6.708), [
  ['C', 0, 0, 0.25],
  ['C', 0, 0, 0.75],
  ['C', 1 / 3, 2 / 3, 0.25],
  ['C', 2 / 3, 1 / 3, 0.75],
]);
/** P3_1 2 1, left-handed quartz: Levien, Prewitt & Weidner, Am. Mineral. 65, 920 (1980). No mirror, no inversion. */
export const QUARTZ = bulk(hexagonalCell(4.916, 5.4054), [
  ['Si', 0.4697, 0, 1 / 3],
  ['Si', 0, 0.4697, 2 / 3],
  ['Si', -0.4697, -0.4697, 0],
  ...(
    [
      [0.4135, 0.2669, 0.1191 + 1 / 3],
      [-0.2669, 0.1466, 0.1191 + 2 / 3],
      [-0.1466, -0.4135, 0.1191],
      [0.2669, 0.4135, 2 / 3 - 0.1191 - 0],
      [0.1466, -0.2669, 1 / 3 - 0.1191],
      [-0.4135, -0.1466, -0.1191],
    ] as const
  ).map(([x, y, z]): Site => ['O', x, y, z]),
]);
/** Without hydrogen: Bish & Von Dreele, Clays Clay Miner. 37, 289 (1989), C1; cell of SCIENCE §12.3 with its angles. */
export const KAOLINITE = bulk(
  [
    [5.153, 0, 0],
    [0.0316805, 8.941944, 0],
    [-1.9186, -0.2412, 7.1333],
  ],
  (
    [
      ['Al', 0.289, 0.4966, 0.466],
      ['Al', 0.793, 0.3288, 0.465],
      ['Si', 0.989, 0.3395, 0.0906],
      ['Si', 0.507, 0.1665, 0.0938],
      ['O', 0.049, 0.3482, 0.3168],
      ['O', 0.113, 0.6598, 0.3188],
      ['O', 0.047, 0.5, 0],
      ['O', 0.204, 0.2291, 0.03],
      ['O', 0.197, 0.7641, 0.001],
      ['O', 0.05, 0.971, 0.325],
      ['O', 0.96, 0.1658, 0.607],
      ['O', 0.037, 0.4726, 0.6046],
      ['O', 0.038, 0.8582, 0.609],
    ] as const
  ).flatMap(([species, x, y, z]): Site[] => [
    [species, x, y, z],
    [species, x + 0.5, y + 0.5, z],
  ]),
);
