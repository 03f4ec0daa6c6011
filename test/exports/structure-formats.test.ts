/**
 * Structure files read back by the programs they are for: pymatgen reads POSCAR, CIF and its own JSON, ASE reads
 * extended XYZ. Lattice, elements, coordinates and forces must be those that were written.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { memorySource } from '../../model/byte-source.ts';
import { determinant, dot, type Matrix3, reciprocal, toFractional, type Vector3 } from '../../model/lattice.ts';
import type { StructureDocument } from '../../model/structure-document.ts';
import { poscarParser } from '../../parsers/poscar.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { pythonWith, runPython } from './python.ts';
import { HOSTILE_IDS, LEFT_HANDED, ONE_ATOM, STRUCTURES, TRICLINIC } from './structures.ts';
import { rowsOf, written } from './write-structures.ts';

const vector = z.tuple([z.number(), z.number(), z.number()]);
const readBack = z.strictObject({
  lattice: z.tuple([vector, vector, vector]),
  species: z.array(z.string()),
  cartesian: z.array(vector),
  forces: z.array(vector).nullable(),
  flags: z.array(z.array(z.boolean())).nullable(),
  energies: z.array(z.number().nullable()),
  calculation: z.string().nullable(),
});

function expectVectors(actual: readonly Vector3[] | null, expected: readonly number[], tolerance: number): void {
  expect(actual?.flat()).toHaveLength(expected.length);
  for (const [index, value] of (actual ?? []).flat().entries())
    expectNear(value, expected[index] ?? Number.NaN, tolerance);
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'adatom-exports-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PYMATGEN = `
import json, os, sys, warnings
warnings.simplefilter('ignore')
from pymatgen.core import Structure
from pymatgen.io.vasp import Poscar
out = {}
for name in os.listdir(sys.argv[1]):
    path = os.path.join(sys.argv[1], name)
    if name.endswith('pymatgen'):
        s = Structure.from_dict(json.load(open(path)))
    elif name.endswith('poscar'):
        s = Poscar.from_file(path, check_for_POTCAR=False).structure
    else:
        s = Structure.from_str(open(path).read(), 'cif')
    p = s.site_properties
    flags = p.get('selective_dynamics')
    out[name] = dict(lattice=s.lattice.matrix.tolist(), species=[x.specie.symbol for x in s],
      cartesian=s.cart_coords.tolist(), forces=p.get('forces'),
      flags=None if flags is None else [list(map(bool, f)) for f in flags], energies=[], calculation=None)
print(json.dumps(out))
`;

const pymatgen = pythonWith('pymatgen.core');

it('pymatgen reads what is written', (context) => {
  if (pymatgen === undefined) context.skip('pymatgen is not installed: apt-get install -y python3-pymatgen');
  expect(pymatgen).toBeDefined();
});

describe.runIf(pymatgen !== undefined)('read by pymatgen', () => {
  let read = new Map<string, z.output<typeof readBack>>();
  // All files in one call: starting pymatgen takes a second.
  beforeAll(async () => {
    for (const identifier of ['poscar', 'cif', 'pymatgen']) {
      for (const [index, structure] of STRUCTURES.entries()) {
        writeFileSync(join(folder, `${index}.${identifier}`), await written(identifier, [structure]));
      }
    }
    const answer = z.record(z.string(), readBack).parse(runPython(pymatgen ?? '', PYMATGEN, folder));
    read = new Map(Object.entries(answer));
  });
  const readAs = (identifier: string, structure: StructureDocument) => {
    const found = read.get(`${STRUCTURES.indexOf(structure)}.${identifier}`);
    if (found === undefined) throw new Error('not read back');
    return found;
  };

  it.each(STRUCTURES)('a POSCAR is the same structure: $calculation', (structure) => {
    const { lattice, species, cartesian, flags } = readAs('poscar', structure);
    expectVectors(lattice, structure.latticeAngstrom.flat(), 0);
    expect(species).toEqual(structure.species);
    expectVectors(cartesian, structure.cartesianAngstrom, 1e-12);
    expect(flags).toEqual(rowsOf(structure.selectiveDynamics ?? []));
  });

  it.each(STRUCTURES)('as_dict is the same structure: $calculation', (structure) => {
    const { lattice, species, cartesian, flags, forces } = readAs('pymatgen', structure);
    expectVectors(lattice, structure.latticeAngstrom.flat(), 0);
    expect(species).toEqual(structure.species);
    expectVectors(cartesian, structure.cartesianAngstrom, 1e-12);
    expect(flags).toEqual(rowsOf(structure.selectiveDynamics ?? []));
    if (structure.forcesEvPerAngstrom !== undefined) expectVectors(forces, structure.forcesEvPerAngstrom, 0);
  });

  it.each(STRUCTURES)('a CIF is the same crystal, turned: $calculation', (structure) => {
    const back = readAs('cif', structure);
    // The lattice of a left-handed cell is told by its negative vectors. pymatgen sorts the sites of a CIF.
    const sign = Math.sign(determinant(structure.latticeAngstrom));
    const inverse = reciprocal(structure.latticeAngstrom);
    const found = back.cartesian.map((cartesian) => toFractional(cartesian, reciprocal(back.lattice)));
    expect(found).toHaveLength(structure.species.length);
    for (const [atom, cartesian] of rowsOf(structure.cartesianAngstrom).entries()) {
      const expected = toFractional(cartesian, inverse);
      const isThere = (part: number, axis: number): boolean => {
        const difference = part - sign * (expected[axis] ?? Number.NaN);
        return Math.abs(difference - Math.round(difference)) < 1e-6;
      };
      const there = back.species.filter((_, index) => found[index]?.every(isThere));
      expect(there).toEqual([structure.species[atom]]);
    }
    // A turned cell keeps the scalar products of its vectors, and as the CIF's is right-handed, a positive volume.
    const products = (lattice: Matrix3) => lattice.flatMap((one) => lattice.map((other) => dot(one, other)));
    for (const [index, product] of products(back.lattice).entries()) {
      expectNear(product, products(structure.latticeAngstrom)[index] ?? Number.NaN, 1e-6);
    }
    expectNear(determinant(back.lattice), Math.abs(determinant(structure.latticeAngstrom)), 1e-6);
  });
});

const ASE = `
import json, sys
import numpy as np
from ase.io import read
out = []
for a in read(sys.argv[1], ':', format='extxyz'):
    r = a.calc.results if a.calc else {}
    mask = None
    if a.constraints:
        free = np.ones((len(a), 3))
        for c in a.constraints:
            c.adjust_forces(a, free)
        mask = (free != 0).tolist()
    elif 'selective_dynamics' in a.arrays:
        mask = a.arrays['selective_dynamics'].tolist()
    assert a.pbc.all()
    c = a.info['calculation']
    out.append(dict(lattice=a.cell[:].tolist(), species=a.get_chemical_symbols(), cartesian=a.positions.tolist(),
      forces=r['forces'].tolist() if 'forces' in r else None, flags=mask,
      energies=[r.get('energy'), r.get('free_energy')], calculation=c if isinstance(c, str) else None))
print(json.dumps(out))
`;

const ase = pythonWith('ase');

it('ASE reads what is written', (context) => {
  if (ase === undefined) context.skip('ASE is not installed: apt-get install -y python3-ase');
  expect(ase).toBeDefined();
});

describe.runIf(ase !== undefined)('read by ASE', () => {
  it('extended XYZ is the same structures with their energies, forces, flags and ids, whatever an id holds', async () => {
    const file = join(temporaryFolder(), 'all.extxyz');
    writeFileSync(file, await written('extxyz', STRUCTURES));
    const frames = z.array(readBack).parse(runPython(ase ?? '', ASE, file));
    expect(frames.map(({ calculation }) => calculation)).toEqual(STRUCTURES.map(({ calculation }) => calculation));
    for (const [index, structure] of STRUCTURES.entries()) {
      const frame = frames[index];
      if (frame === undefined) throw new Error('a frame is missing');
      expectVectors(frame.lattice, structure.latticeAngstrom.flat(), 0);
      expect(frame.species).toEqual(structure.species);
      expectVectors(frame.cartesian, structure.cartesianAngstrom, 0);
      expect(frame.energies).toEqual([structure.energySigma0Ev ?? null, structure.freeEnergyEv ?? null]);
      if (structure.forcesEvPerAngstrom === undefined) expect(frame.forces).toBeNull();
      else expectVectors(frame.forces, structure.forcesEvPerAngstrom, 0);
      expect(frame.flags).toEqual(rowsOf(structure.selectiveDynamics ?? []));
    }
  });
});

describe('flags along lattice vectors', () => {
  it('are a mask of x, y, z only where the two mean the same', async () => {
    expect(await written('extxyz', [TRICLINIC])).toContain(':move_mask:L:3');
    expect(await written('extxyz', [ONE_ATOM])).toContain(':move_mask:L:3');
    expect(await written('extxyz', [LEFT_HANDED])).toContain(':selective_dynamics:L:3');
  });
});

describe('a POSCAR', () => {
  it('is read back by our own parser to the last bit', async () => {
    const text = await written('poscar', [TRICLINIC]);
    const { structure, issues } = poscarParser.parse(memorySource(Buffer.from(text)));
    expect(issues).toEqual([]);
    expect(structure?.latticeAngstrom).toEqual(TRICLINIC.latticeAngstrom);
    expect(structure?.species).toEqual(TRICLINIC.species);
    expect([...(structure?.cartesianAngstrom ?? [])]).toEqual(TRICLINIC.cartesianAngstrom);
  });

  it.each(HOSTILE_IDS)('has the id %j on one line of ASCII', async (calculation) => {
    const text = await written('poscar', [{ ...ONE_ATOM, calculation }]);
    expect(text).toMatch(/^[ -~\n]+$/);
    expect(text.split('\n')).toHaveLength('comment scale a b c elements counts flags mode atom end'.split(' ').length);
  });
});

describe('a number that is none', () => {
  it.each(['poscar', 'cif', 'extxyz'])('is never written into %s', async (identifier) => {
    for (const broken of [
      { ...TRICLINIC, cartesianAngstrom: TRICLINIC.cartesianAngstrom.with(4, Number.NaN) },
      {
        ...TRICLINIC,
        latticeAngstrom: [
          [Number.POSITIVE_INFINITY, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ] as const,
      },
    ]) {
      await expect(written(identifier, [broken])).rejects.toThrow(/was handed/);
    }
  });
});

describe('a cell without volume', () => {
  const flat: StructureDocument = {
    ...ONE_ATOM,
    latticeAngstrom: [
      [1, 0, 0],
      [2, 0, 0],
      [0, 0, 1],
    ],
  };
  it.each(['cif', 'pymatgen'])('has no fractional coordinates: %s is refused with a sentence', async (identifier) => {
    await expect(written(identifier, [flat])).rejects.toThrow('the lattice vectors of 7 span no volume');
  });
  it.each(['poscar', 'extxyz', 'optimade'])('is written as it is where they are not needed: %s', async (identifier) => {
    expect(await written(identifier, [flat])).not.toMatch(/NaN|Infinity/);
  });
});
