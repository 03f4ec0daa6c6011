/** A film on a substrate as files that the next calculation starts from: our reader, pymatgen and ASE see the same atoms. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bulkFacet } from '../../assembly/bulk-facets.ts';
import { bulkOf } from '../../assembly/identify-facet.ts';
import { stackFacets } from '../../assembly/stack-facets.ts';
import { memorySource } from '../../model/byte-source.ts';
import { anglesDegrees, lengths, type Vector3 } from '../../model/lattice.ts';
import { rows, type Structure } from '../../model/structure.ts';
import type { StructureDocument } from '../../model/structure-document.ts';
import { poscarParser } from '../../parsers/poscar.ts';
import { LITHIUM, ZINC_OXIDE } from '../assembly/bulk-crystals.ts';
import { expectNear } from '../near.ts';
import { pythonWith, runPython } from './python.ts';
import { written } from './write-structures.ts';

function part(structure: Structure, miller: Vector3, planes: number) {
  const bulk = bulkOf(structure);
  if (bulk === undefined) throw new Error('a bulk of few atoms');
  return { bulk, facet: bulkFacet(bulk, miller), planes };
}

/** An oblique cell: two of Li(110) on one of ZnO(10-11), whatever the strain. */
const { structure } = stackFacets({
  film: part(LITHIUM, [1, 1, 0], 3),
  substrate: part(ZINC_OXIDE, [1, 0, 1], 3),
  match: {
    filmMatrix: [
      [1, 0],
      [1, 2],
    ],
    substrateMatrix: [
      [1, 0],
      [0, 1],
    ],
  },
  strained: 'film',
  gapAngstrom: 2.5,
  vacuumAngstrom: 15,
});
const stack: StructureDocument = {
  calculation: 'Li(110) on ZnO(10-11)',
  latticeAngstrom: structure.latticeAngstrom,
  species: structure.species,
  cartesianAngstrom: [...structure.cartesianAngstrom],
};

it('a POSCAR of it reads back to the last bit', async () => {
  const text = await written('poscar', [stack]);
  const record = poscarParser.parse(memorySource(Buffer.from(text)));
  expect(record.issues).toEqual([]);
  expect(record.structure).toEqual(structure);
});

const interpreter = pythonWith('pymatgen, ase');
const SCRIPT = `
import json, sys
from ase.io import read
from pymatgen.core import Structure
from pymatgen.io.ase import AseAtomsAdaptor
folder = sys.argv[1]
poscar, cif = (Structure.from_file(folder + '/' + name) for name in ('POSCAR', 'out.cif'))
extxyz = AseAtomsAdaptor.get_structure(read(folder + '/out.extxyz'))
def told(structure):
    return {'abc': structure.lattice.abc, 'angles': structure.lattice.angles, 'formula': structure.composition.formula,
            'shortest': min(d for i, row in enumerate(structure.distance_matrix) for j, d in enumerate(row) if i < j)}
print(json.dumps([told(structure) for structure in (poscar, cif, extxyz)]))
`;

describe.skipIf(interpreter === undefined)('pymatgen and ASE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'adatom-stack-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('read the same cell, atoms and shortest bond from POSCAR, CIF and extended XYZ', async () => {
    writeFileSync(join(folder, 'POSCAR'), await written('poscar', [stack]));
    writeFileSync(join(folder, 'out.cif'), await written('cif', [stack]));
    writeFileSync(join(folder, 'out.extxyz'), await written('extxyz', [stack]));
    const told = runPython(interpreter ?? '', SCRIPT, folder) as readonly Told[]; // printed by the script
    for (const { abc, angles, formula, shortest } of told) {
      for (const axis of [0, 1, 2] as const) {
        expectNear(abc[axis], lengths(stack.latticeAngstrom)[axis], 1e-6);
        expectNear(angles[axis], anglesDegrees(stack.latticeAngstrom)[axis], 1e-5);
      }
      expect(formula).toBe('Li6 Zn6 O6');
      expectNear(shortest, told[0]?.shortest ?? 0, 1e-5);
    }
    expect(rows(structure.cartesianAngstrom)).toHaveLength(18);
    // The bond of wurtzite: u c = 1.989 Å along c, √(a²/3 + (½ − u)² c²) = 1.974 Å else.
    expectNear(told[0]?.shortest, 1.974, 1e-3);
  });
});

interface Told {
  readonly abc: Vector3;
  readonly angles: Vector3;
  readonly formula: string;
  readonly shortest: number;
}
