/** The facets of a bulk as pymatgen and spglib have them: numbers of families, areas of the smallest meshes. */
import { describe, expect, it } from 'vitest';
import { bulkFacet, bulkFacets } from '../../assembly/bulk-facets.ts';
import type { Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { pythonWith, runPython } from '../exports/python.ts';
import { expectNear } from '../near.ts';
import {
  BADDELEYITE,
  CALCITE,
  COPPER,
  knownBulk,
  LITHIUM,
  RUTILE,
  TITANIUM_NITRIDE,
  ZINC,
  ZINC_OXIDE,
  ZINC_SELENIDE,
} from './bulk-crystals.ts';

const interpreter = pythonWith('pymatgen');
/** Families under the point group with inversion; the smallest mesh in a plane, of all translations that spglib finds. */
const SCRIPT = `
import itertools, json, math, sys
import numpy as np
from pymatgen.core import Lattice, Structure
from pymatgen.symmetry.analyzer import SpacegroupAnalyzer
told = []
for case in json.loads(sys.argv[1]):
    given = Structure(Lattice(case['lattice']), case['species'], case['places'], coords_are_cartesian=True)
    analyzer = SpacegroupAnalyzer(given, symprec=0.01)
    rotations = {tuple(np.rint(op.rotation_matrix).astype(int).flatten()) for op in analyzer.get_symmetry_operations()}
    families, seen = 0, set()
    for index in itertools.product((-2, -1, 0, 1, 2), repeat=3):
        if math.gcd(*index) != 1 or index in seen:
            continue
        families += 1
        for rotation in rotations:
            image = tuple(np.array(index) @ np.array(rotation).reshape(3, 3))
            seen |= {image, tuple(-np.array(image))}
    operations = analyzer.get_symmetry_operations()
    shifts = {tuple(np.rint(op.translation_vector * 6) % 6 / 6) for op in operations if np.allclose(op.rotation_matrix, np.eye(3))}
    steps = [np.array(step) + shift for step in itertools.product(range(-3, 4), repeat=3) for shift in shifts]
    areas = []
    for index in case['planes']:
        inside = [step @ given.lattice.matrix for step in steps if abs(step @ np.array(index)) < 1e-6]
        inside = sorted((v for v in inside if v @ v > 0.1), key=lambda v: v @ v)[:12]
        products = [np.linalg.norm(np.cross(u, v)) for u, v in itertools.combinations(inside, 2)]
        areas.append(min(area for area in products if area > 0.1))
    told.append({'families': families, 'areas': areas, 'group': analyzer.get_space_group_symbol()})
print(json.dumps(told))
`;

interface Told {
  readonly families: number;
  readonly areas: readonly number[];
  readonly group: string;
}

describe.skipIf(interpreter === undefined)('as pymatgen and spglib have it', () => {
  const planes: readonly Vector3[] = [
    [0, 0, 1],
    [1, 0, 0],
    [1, 1, 0],
    [1, 1, 1],
    [2, 1, 0],
  ];
  const cases: readonly (readonly [Structure, string])[] = [
    [ZINC, 'P6_3/mmc'],
    [LITHIUM, 'Im-3m'],
    [COPPER, 'Fm-3m'],
    [TITANIUM_NITRIDE, 'Fm-3m'],
    [ZINC_SELENIDE, 'F-43m'],
    [ZINC_OXIDE, 'P6_3mc'],
    [RUTILE, 'P4_2/mnm'],
    [CALCITE, 'R-3c'],
    [BADDELEYITE, 'P2_1/c'],
  ];

  it('there are as many families, and the smallest meshes have these areas', () => {
    const request = cases.map(([{ latticeAngstrom, species, cartesianAngstrom }]) => ({
      lattice: latticeAngstrom,
      species,
      places: Array.from({ length: species.length }, (_, at) => [...cartesianAngstrom.slice(3 * at, 3 * at + 3)]),
      planes,
    }));
    const told = runPython(interpreter ?? '', SCRIPT, JSON.stringify(request)) as readonly Told[]; // printed by the script
    for (const [at, [structure, group]] of cases.entries()) {
      expect(told[at]?.group).toBe(group);
      const labels = new Set(bulkFacets(knownBulk(structure), 2).map(({ family }) => family.join()));
      expect(labels.size, group).toBe(told[at]?.families);
      for (const [plane, miller] of planes.entries()) {
        expectNear(bulkFacet(knownBulk(structure), miller).areaAngstrom2, told[at]?.areas[plane] ?? 0, 1e-3);
      }
    }
  });
});
