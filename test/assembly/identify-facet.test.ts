/**
 * Which plane a slab exposes. Slabs are written down from textbook crystals, or cut by pymatgen's SlabGenerator; the
 * families are those of International Tables and SCIENCE §4.6.
 */
import { describe, expect, it } from 'vitest';
import { type Bulk, bulkOf, identifyFacet } from '../../assembly/identify-facet.ts';
import { largestGaps } from '../../assembly/shared/slab-geometry.ts';
import type { Matrix3, Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { pythonWith, runPython } from '../exports/python.ts';
import { expectNear } from '../near.ts';

const A = 3.2495;
const C = 5.2069;
const U = 0.382;
/** Distance of the axial bond, Å. */
const BOND = U * C;

function knownBulk(crystal: Structure): Bulk {
  const bulk = bulkOf(crystal);
  if (bulk === undefined) throw new Error('a bulk of few atoms');
  return bulk;
}

function structure(lattice: Matrix3, atoms: readonly (readonly [string, Vector3])[]): Structure {
  return {
    latticeAngstrom: lattice,
    species: atoms.map(([species]) => species),
    cartesianAngstrom: Float64Array.from(atoms.flatMap(([, place]) => place)),
  };
}

const HEXAGONAL: Matrix3 = [
  [A, 0, 0],
  [-A / 2, (A * Math.sqrt(3)) / 2, 0],
  [0, 0, C],
];
/** Zn of both kinds of place, and O one bond above each: along +c from metal to anion. */
const ZN_ONE: Vector3 = [0, A / Math.sqrt(3), 0];
const ZN_TWO: Vector3 = [A / 2, A / (2 * Math.sqrt(3)), C / 2];
const up = ([x, y, z]: Vector3, by: number): Vector3 => [x, y, z + by];
const WURTZITE = structure(HEXAGONAL, [
  ['Zn', ZN_ONE],
  ['Zn', ZN_TWO],
  ['O', up(ZN_ONE, BOND)],
  ['O', up(ZN_TWO, BOND)],
]);

/** Three cells of wurtzite along c; mirrored: the other side up. */
function basal(mirrored: boolean): Structure {
  const height = 3 * C + 18;
  const atoms = [0, 1, 2].flatMap((cell): [string, Vector3][] => [
    ['Zn', up(ZN_ONE, cell * C)],
    ['Zn', up(ZN_TWO, cell * C)],
    ['O', up(ZN_ONE, cell * C + BOND)],
    ['O', up(ZN_TWO, cell * C + BOND)],
  ]);
  const [a, b] = HEXAGONAL;
  const turned = atoms.map(([species, [x, y, z]]): [string, Vector3] => [species, [x, y, mirrored ? height - z : z]]);
  return structure([a, b, [0, 0, height]], turned);
}

/** The plane of a1 and c across y, three orthohexagonal cells thick: every fourth atom of a relaxed slab is off by 0.15 Å. */
function prismatic(): Structure {
  const step = A * Math.sqrt(3);
  const centred = ([x, y, z]: Vector3): Vector3 => [x + A / 2, y + step / 2, z];
  const cell: [string, Vector3][] = [
    ['Zn', ZN_ONE],
    ['Zn', ZN_TWO],
    ['O', up(ZN_ONE, BOND)],
    ['O', up(ZN_TWO, BOND)],
  ];
  const atoms = [0, 1, 2].flatMap((layer) =>
    cell.flatMap(([species, place]): [string, Vector3][] => [
      [species, [place[0], place[1] + layer * step, place[2]]],
      [species, [centred(place)[0], centred(place)[1] + layer * step, place[2]]],
    ]),
  );
  const relaxed = atoms.map(([species, [x, y, z]], at): [string, Vector3] => [
    species,
    [x, y + (at % 4 === 0 ? 0.15 : 0), z],
  ]);
  // The surface normal is the second vector.
  return structure(
    [
      [A, 0, 0],
      [0, 3 * step + 20, 0],
      [0, 0, C],
    ],
    relaxed,
  );
}

describe('a slab of wurtzite', () => {
  const bulk = knownBulk(WURTZITE);

  it('cut across c shows (0001), the face of the metal, or (000-1)', () => {
    expect(identifyFacet(basal(false), 2, bulk)).toMatchObject({
      family: [0, 0, 1],
      label: '{0001}',
      termination: '+',
    });
    expect(identifyFacet(basal(true), 2, bulk)).toMatchObject({ family: [0, 0, 1], label: '{0001}', termination: '-' });
  });

  it('has the same faces when its bulk is given upside down', () => {
    const [a, b, c] = HEXAGONAL;
    const turned = structure(
      [a, b, c],
      [...WURTZITE.species].map((species, at) => {
        const [x, y, z] = WURTZITE.cartesianAngstrom.slice(3 * at, 3 * at + 3);
        return [species, [x ?? 0, y ?? 0, -(z ?? 0)]];
      }),
    );
    expect(identifyFacet(basal(false), 2, knownBulk(turned))?.termination).toBe('+');
  });

  it('cut along a and c shows {10-10}, which has no two sides, whatever the order of its cell vectors', () => {
    const found = identifyFacet(prismatic(), 1, bulk);
    expect(found).toMatchObject({ family: [1, 0, 0], label: '{10-10}', isPolar: false, matchedShare: 1 });
    expect(found).not.toHaveProperty('termination');
  });

  it('says how far its atoms are from those of the bulk', () => {
    // Some atoms of the middle are 0.15 Å from where the bulk has them, the others are there: the mean lies between.
    const relaxed = identifyFacet(prismatic(), 1, bulk)?.deviationAngstrom;
    expect(relaxed).toBeGreaterThan(0);
    expect(relaxed).toBeLessThan(0.15);
    expectNear(identifyFacet(basal(false), 2, bulk)?.deviationAngstrom, 0, 1e-9);
  });

  it('has no facet in a cell that is too wide to be one, and a bulk of hundreds of atoms is no reference', () => {
    const slab = basal(false);
    const [a, b, c] = slab.latticeAngstrom;
    const torn: Matrix3 = [[1e7, 0, 0], b, c];
    expect(identifyFacet({ ...slab, latticeAngstrom: torn }, 2, bulk)).toBeUndefined();
    const many = Array.from({ length: 201 }, (_, at): [string, Vector3] => ['Zn', [0.01 * at, 0, 0]]);
    expect(bulkOf(structure([a, b, c], many))).toBeUndefined();
  });

  it('is none of a crystal with another mesh or with other atoms', () => {
    const rocksalt = structure(
      [
        [4.21, 0, 0],
        [0, 4.21, 0],
        [0, 0, 4.21],
      ],
      [
        ['Zn', [0, 0, 0]],
        ['O', [2.105, 0, 0]],
      ],
    );
    expect(identifyFacet(basal(false), 2, knownBulk(rocksalt))).toBeUndefined();
    const sulfide = { ...WURTZITE, species: ['Zn', 'Zn', 'S', 'S'] };
    expect(identifyFacet(basal(false), 2, knownBulk(sulfide))).toBeUndefined();
  });
});

/** Space group, conventional cell, atoms, and planes with the label of their family. */
const CRYSTALS = [
  {
    group: 'P6_3mc',
    cell: [3.2495, 3.2495, 5.2069, 90, 90, 120],
    atoms: ['Zn', 'O'],
    places: [
      [1 / 3, 2 / 3, 0],
      [1 / 3, 2 / 3, 0.382],
    ],
    planes: {
      '0,0,1': '{0001}',
      '0,2,0': '{10-10}',
      '2,0,0': '{10-10}',
      '2,0,2': '{10-11}',
      '1,1,0': '{11-20}',
      '1,1,2': '{11-22}',
    },
  },
  {
    group: 'P6_3/mmc',
    cell: [2.665, 2.665, 4.947, 90, 90, 120],
    atoms: ['Zn'],
    places: [[1 / 3, 2 / 3, 0.25]],
    planes: { '0,0,2': '{0001}', '1,0,0': '{10-10}', '1,0,1': '{10-11}' },
  },
  {
    group: 'Im-3m',
    cell: [3.44, 3.44, 3.44, 90, 90, 90],
    atoms: ['Li'],
    places: [[0, 0, 0]],
    planes: { '1,1,0': '{110}', '1,0,0': '{100}', '1,1,1': '{111}', '2,1,1': '{211}' },
  },
  {
    group: 'Fm-3m',
    cell: [4.21, 4.21, 4.21, 90, 90, 90],
    atoms: ['Mg', 'O'],
    places: [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
    ],
    planes: { '1,0,0': '{100}', '2,2,0': '{110}', '1,1,1': '{111}' },
  },
  {
    group: 'P4_2/mnm',
    cell: [4.594, 4.594, 2.959, 90, 90, 90],
    atoms: ['Ti', 'O'],
    places: [
      [0, 0, 0],
      [0.305, 0.305, 0],
    ],
    planes: { '1,1,0': '{110}', '1,0,0': '{100}', '0,0,1': '{001}', '1,0,1': '{101}' },
  },
  // The faces of sapphire: c, m, a, and r, which is {01-12} and not {10-12} along the obverse axes.
  {
    group: 'R-3c',
    cell: [4.759, 4.759, 12.991, 90, 90, 120],
    atoms: ['Al', 'O'],
    places: [
      [0, 0, 0.352],
      [0.306, 0, 0.25],
    ],
    planes: { '0,0,1': '{0001}', '1,0,0': '{10-10}', '1,1,0': '{11-20}', '0,1,2': '{01-12}' },
  },
  {
    group: 'Pnma',
    cell: [5.48, 7.65, 5.3, 90, 90, 90],
    atoms: ['Ca', 'Ti', 'O', 'O'],
    places: [
      [0.03, 0.25, 0.99],
      [0, 0, 0.5],
      [0.48, 0.25, 0.07],
      [0.29, 0.04, 0.71],
    ],
    planes: { '1,0,0': '{100}', '0,1,0': '{010}', '0,0,1': '{001}', '1,1,0': '{110}' },
  },
];

const CUT = `
import json, sys, warnings
warnings.filterwarnings('ignore')
from pymatgen.core import Lattice, Structure
from pymatgen.core.surface import SlabGenerator
def written(s):
    return dict(lattice=s.lattice.matrix.tolist(), species=[str(site.specie) for site in s], places=s.cart_coords.tolist())
found = []
for crystal in json.loads(sys.argv[1]):
    bulk = Structure.from_spacegroup(crystal['group'], Lattice.from_parameters(*crystal['cell']), crystal['atoms'], crystal['places'])
    wide = bulk.copy()
    wide.make_supercell([2, 1, 1])
    for plane in crystal['planes']:
        miller = [int(index) for index in plane.split(',')]
        for primitive in (True, False):
            slab = SlabGenerator(bulk, miller, 12, 15, primitive=primitive, lll_reduce=primitive, center_slab=True).get_slabs()[0]
            found.append(dict(group=crystal['group'], plane=plane, slab=written(slab), bulks=[written(bulk), written(bulk.get_primitive_structure()), written(wide)]))
print(json.dumps(found))
`;

interface Written {
  readonly lattice: Matrix3;
  readonly species: readonly string[];
  readonly places: readonly Vector3[];
}
interface Cut {
  readonly group: string;
  readonly plane: string;
  readonly slab: Written;
  readonly bulks: readonly Written[];
}

function readBack({ lattice, species, places }: Written): Structure {
  return structure(
    lattice,
    species.map((symbol, at) => [symbol, places[at] ?? [0, 0, 0]]),
  );
}

const python = pythonWith('pymatgen.core');

describe.runIf(python !== undefined)('slabs that pymatgen cuts', () => {
  it('are named after their family, from a conventional, a primitive and a doubled bulk', { timeout: 120_000 }, () => {
    const cuts = runPython(python ?? '', CUT, JSON.stringify(CRYSTALS)) as readonly Cut[]; // as the script writes them
    expect(cuts).toHaveLength(56);
    for (const { group, plane, slab, bulks } of cuts) {
      const expected = CRYSTALS.find((crystal) => crystal.group === group)?.planes as
        | Record<string, string>
        | undefined;
      const read = readBack(slab);
      const gap = largestGaps(read).reduce((widest, other) =>
        other.gapAngstrom > widest.gapAngstrom ? other : widest,
      );
      for (const bulk of bulks) {
        const found = identifyFacet(read, gap.axis, knownBulk(readBack(bulk)));
        expect(found?.label, `${group} (${plane})`).toBe(expected?.[plane]);
      }
    }
  });
});
