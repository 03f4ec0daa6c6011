/** Structures in the JSON of pymatgen, as our own export and pymatgen 2022.11 write them. */
import { describe, expect, it } from 'vitest';
import { rows } from '../../model/structure.ts';
import { pymatgenJsonParser } from '../../parsers/pymatgen-json.ts';
import { pythonWith, runPython } from '../exports/python.ts';
import { written } from '../exports/write-structures.ts';
import { expectNear } from '../near.ts';
import {
  codesOf,
  expectCutsToShow,
  expectSameThroughWindows,
  expectSameWithDosLineEnds,
  parsedText,
} from './whole-and-cut.ts';

const site = (element: string, abc: readonly number[], more: object = {}) => ({
  species: [{ element, occu: 1 }],
  abc,
  label: element,
  ...more,
});
const LATTICE = {
  matrix: [
    [4, 0, 0],
    [0.5, 5, 0],
    [0, 0, 6],
  ],
};
const HEAD = { '@module': 'pymatgen.core.structure', '@class': 'Structure', charge: 0, lattice: LATTICE };
const DOCUMENT = { ...HEAD, sites: [site('Zn', [0.5, 0.5, 0.25]), site('O', [-0.25, 1.5, 0])] };
const TEXT = `${JSON.stringify(DOCUMENT, undefined, 1)}\n`;
const parsed = (document: unknown) => parsedText(pymatgenJsonParser, JSON.stringify(document));

describe('a structure', () => {
  it('has its atoms at f · L, not wrapped into the cell', () => {
    const { structure, issues, completeness } = parsedText(pymatgenJsonParser, TEXT);
    expect([issues, completeness]).toEqual([[], 'complete']);
    expect(structure?.species).toEqual(['Zn', 'O']);
    // (.5·4 + .5·.5, .5·5, .25·6) and (−.25·4 + 1.5·.5, 1.5·5, 0).
    expect([...(structure?.cartesianAngstrom ?? [])]).toEqual([2.25, 2.5, 1.5, -0.25, 7.5, 0]);
    expect(structure).not.toHaveProperty('selectiveDynamics');
  });

  it('reads the same through any window, with DOS line ends, and says when it is cut', () => {
    expectSameThroughWindows(pymatgenJsonParser, TEXT);
    expectSameWithDosLineEnds(pymatgenJsonParser, TEXT);
    expectCutsToShow(pymatgenJsonParser, TEXT, { isWholeAt: (length) => length === TEXT.length - 1 });
  });

  it('may stand under `structure`, have Cartesian places only, and selective dynamics', () => {
    expect(parsed({ task_id: 'mp-2133', structure: DOCUMENT }).structure?.species).toEqual(['Zn', 'O']);
    const { abc: _, ...place } = site('Li', []);
    const cartesian = parsed({ ...HEAD, sites: [{ ...place, xyz: [1, 2, 3] }] });
    expect(rows(cartesian.structure?.cartesianAngstrom ?? new Float64Array())).toEqual([[1, 2, 3]]);
    const flags = { properties: { selective_dynamics: [true, false, true] } };
    expect([
      ...(parsed({ ...HEAD, sites: [site('Li', [0, 0, 0], flags)] }).structure?.selectiveDynamics ?? []),
    ]).toEqual([1, 0, 1]);
  });

  it('with shared sites, ghosts, no lattice or no volume is none', () => {
    const half = { species: [{ element: 'Zn', occu: 0.5 }] };
    const two = {
      species: [
        { element: 'Zn', occu: 0.5 },
        { element: 'Mn', occu: 0.5 },
      ],
    };
    for (const fault of [half, two]) {
      const record = parsed({ ...HEAD, sites: [site('Zn', [0, 0, 0], fault)] });
      expect([record.structure, codesOf(record)]).toEqual([undefined, ['E_SYNTAX']]);
    }
    expect(codesOf(parsed({ ...HEAD, sites: [site('X0+', [0, 0, 0])] }))).toEqual(['W_UNKNOWN_ELEMENT']);
    expect(codesOf(parsed({ ...HEAD, lattice: undefined, sites: [site('H', [0, 0, 0])] }))).toEqual(['E_SYNTAX']);
    expect(codesOf(parsed({ ...HEAD, sites: [] }))).toEqual(['E_SYNTAX']);
    const flat = {
      matrix: [
        [1, 0, 0],
        [2, 0, 0],
        [0, 0, 1],
      ],
    };
    expect(codesOf(parsed({ ...HEAD, lattice: flat, sites: [site('H', [0, 0, 0])] }))).toEqual(['E_SYNTAX']);
  });

  it('that is no JSON is a fault with its line', () => {
    const record = parsedText(pymatgenJsonParser, TEXT.replace('"charge": 0,', '"charge": 0'));
    // Where a comma is missing the next line is at fault.
    expect([codesOf(record), record.issues[0]?.where.line]).toEqual([['E_SYNTAX'], 5]);
    expect(codesOf(parsedText(pymatgenJsonParser, TEXT.replace('"lattice":', '"lattice";')))).toEqual(['E_SYNTAX']);
    for (const text of ['', '[]', 'null', '3', '"sites"', '{}']) {
      expect(codesOf(parsedText(pymatgenJsonParser, text))[0], text).toMatch(/^E_/);
    }
  });

  it('that our own export writes reads back to the digits of its fractions', async () => {
    const structure = parsedText(pymatgenJsonParser, TEXT).structure!;
    const document = { ...structure, calculation: 'x', cartesianAngstrom: [...structure.cartesianAngstrom] };
    const text = await written('pymatgen', [
      { ...document, selectiveDynamics: [true, false, true, false, true, true] },
    ]);
    const read = parsedText(pymatgenJsonParser, text).structure!;
    expect([read.species, read.latticeAngstrom]).toEqual([structure.species, structure.latticeAngstrom]);
    expect([...(read.selectiveDynamics ?? [])]).toEqual([1, 0, 1, 0, 1, 1]);
    for (const [at, value] of structure.cartesianAngstrom.entries())
      expectNear(read.cartesianAngstrom[at], value, 1e-12);
  });
});

const interpreter = pythonWith('pymatgen');
const SCRIPT = `
import json, sys
from pymatgen.core import Lattice, Structure
s = Structure(Lattice.hexagonal(3.2495, 5.2069), ['Zn2+', 'O2-'], [[1/3, 2/3, 0], [1/3, 2/3, 0.382]])
print(json.dumps({'text': s.to(fmt='json'), 'places': s.cart_coords.tolist()}))
`;

describe.skipIf(interpreter === undefined)('pymatgen', () => {
  it('writes ions, whose charges are left aside', () => {
    const told = runPython(interpreter ?? '', SCRIPT, '') as { text: string; places: number[][] }; // printed by the script
    const { structure } = parsedText(pymatgenJsonParser, told.text);
    expect(structure?.species).toEqual(['Zn', 'O']);
    for (const [at, value] of told.places.flat().entries()) expectNear(structure?.cartesianAngstrom[at], value, 1e-12);
  });
});
