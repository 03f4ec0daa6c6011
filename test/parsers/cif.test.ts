/** CIF. Cells and atoms are worked out by hand; spglib's and pymatgen's readings of the same text are asked where they are. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anglesDegrees, determinant, lengths, reciprocal, toFractional } from '../../model/lattice.ts';
import { composition, position, type Structure } from '../../model/structure.ts';
import { cifParser } from '../../parsers/cif.ts';
import { operationOf } from '../../parsers/shared/cif/symmetry.ts';
import { pythonWith, runPython } from '../exports/python.ts';
import { written } from '../exports/write-structures.ts';
import { expectNear } from '../near.ts';
import { RUTILE } from './rutile-cif.ts';
import {
  codesOf,
  expectCutsToShow,
  expectSameThroughWindows,
  expectSameWithDosLineEnds,
  parsedText,
} from './whole-and-cut.ts';

function structureOf(text: string): Structure {
  const record = parsedText(cifParser, text);
  expect(record.issues).toEqual([]);
  expect(record.completeness).toBe('complete');
  if (record.structure === undefined) throw new Error('a structure');
  return record.structure;
}

/** A cell without symmetry, of the rows that follow. */
const plain = (rows: string, extra = '', tags = '_atom_site_label'): string =>
  `data_x\n_cell_length_a 4\n_cell_length_b 5\n_cell_length_c 6\n_cell_angle_alpha 90\n_cell_angle_beta 90\n` +
  `_cell_angle_gamma 90\n_space_group_name_H-M_alt 'P 1'\n${extra}loop_\n${tags}\n_atom_site_fract_x\n` +
  `_atom_site_fract_y\n_atom_site_fract_z\n${rows}`;

describe('rutile with its operations', () => {
  it('has two Ti and four O, at the places that Wyckoff lists', () => {
    const structure = structureOf(RUTILE);
    expect(composition(structure.species)).toEqual({ Ti: 2, O: 4 });
    const inverse = reciprocal(structure.latticeAngstrom);
    const places = structure.species.map((_, atom) =>
      toFractional(position(structure, atom), inverse)
        .map((part) => part.toFixed(4))
        .join(' '),
    );
    const x = 0.3053;
    const expected = [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [x, x, 0],
      [1 - x, 1 - x, 0],
      [0.5 - x, 0.5 + x, 0.5],
      [0.5 + x, 0.5 - x, 0.5],
    ];
    expect(places.sort()).toEqual(expected.map((place) => place.map((part) => part.toFixed(4)).join(' ')).sort());
    expectNear(lengths(structure.latticeAngstrom)[0], 4.5937, 1e-12);
  });

  it('reads the same through any window, with DOS line ends, and says when it is cut', () => {
    expectSameThroughWindows(cifParser, RUTILE);
    expectSameWithDosLineEnds(cifParser, RUTILE);
    // The table of sites may end behind any whole row, and what follows it says nothing of the structure.
    const sites = RUTILE.indexOf('Ti1 Ti4+');
    const isWholeAt = (length: number) => length > sites && RUTILE[length - 1] === '\n';
    expectCutsToShow(cifParser, RUTILE, { isWholeAt });
  });

  it('is told from its place in the file', () => {
    const { places } = parsedText(cifParser, RUTILE);
    const { byteOffset = 0, byteLength = 0, line } = places.structure ?? {};
    const text = RUTILE.slice(byteOffset, byteOffset + byteLength);
    expect(line).toBe(2);
    expect(text).toMatch(/^data_rutile[\s\S]*O1 O2- .* \?$/);
  });
});

describe('the cell', () => {
  it('has the lengths and angles of the file, right-handed, a along x', () => {
    const text = plain('Li .1 .2 .3\n')
      .replace('alpha 90', 'alpha 81.5(2)')
      .replace('beta 90', 'beta 95.25')
      .replace('gamma 90', 'gamma 104.75');
    const { latticeAngstrom } = structureOf(text);
    for (const [axis, value] of [4, 5, 6].entries()) expectNear(lengths(latticeAngstrom)[axis], value, 1e-12);
    for (const [axis, value] of [81.5, 95.25, 104.75].entries())
      expectNear(anglesDegrees(latticeAngstrom)[axis], value, 1e-9);
    expect(determinant(latticeAngstrom)).toBeGreaterThan(0);
    expect(latticeAngstrom[0]).toEqual([4, 0, 0]);
  });

  it('without a length, or with angles that no cell has, is a fault with its line', () => {
    for (const [from, to] of [
      ['_cell_length_b 5', '_cell_length_b ?'],
      ['_cell_length_b 5', '_cell_length_b -5'],
      ['_cell_length_b 5', "_cell_length_b 'five'"],
    ] as const) {
      const record = parsedText(cifParser, plain('Li 0 0 0\n').replace(from, to));
      expect([record.structure, codesOf(record), record.issues[0]?.where.line]).toEqual([
        undefined,
        ['E_UNPARSEABLE'],
        3,
      ]);
    }
    const impossible = plain('Li 0 0 0\n').replaceAll(/(alpha|beta|gamma) 90/g, '$1 130');
    expect(codesOf(parsedText(cifParser, impossible))).toEqual(['E_UNPARSEABLE']);
  });
});

describe('atoms', () => {
  it('without symmetry stay where the file has them, outside the cell too', () => {
    const structure = structureOf(plain('Zn1 -0.25 1.5 .125\nO1 0 0 1e-1\n'));
    expect(structure.species).toEqual(['Zn', 'O']);
    expect([...structure.cartesianAngstrom].map((part) => Number(part.toFixed(9)))).toEqual([-1, 7.5, 0.75, 0, 0, 0.6]);
  });

  it('are named by their type, else by their label', () => {
    const typed = plain('A1 Zn2+ 0 0 0\nB1 O2- .5 .5 .5\n', '', '_atom_site_label\n_atom_site_type_symbol');
    expect(structureOf(typed).species).toEqual(['Zn', 'O']);
    expect(structureOf(plain('CL1 0 0 0\nO_a .5 .5 .5\nOW2 .5 0 0\n')).species).toEqual(['Cl', 'O', 'O']);
    expect(codesOf(parsedText(cifParser, plain('Q1 0 0 0\n')))).toEqual(['E_UNPARSEABLE']);
  });

  it('on a special place that the digits miss are one atom', () => {
    const rows = plain(
      'Zn 0.3333 0.6667 0\n',
      "loop_\n_space_group_symop_operation_xyz\n'x,y,z' '-y,x-y,z' '-x+y,-x,z'\n",
    )
      .replace('_cell_length_b 5', '_cell_length_b 4')
      .replace('gamma 90', 'gamma 120');
    expect(structureOf(rows).species).toEqual(['Zn']);
  });

  it('that share a site, or stand on each other, give no structure', () => {
    const tags = '_atom_site_label\n_atom_site_occupancy';
    const shared = parsedText(cifParser, plain('Zn1 0.5 0 0 0\n', '', tags));
    expect(codesOf(shared)).toEqual(['E_UNPARSEABLE']);
    expect(shared.issues[0]?.message).toMatch(/Zn1 with 0\.5/);
    expect(structureOf(plain('Zn1 1.00(2) 0 0 0\nO1 . .5 .5 .5\n', '', tags)).species).toHaveLength(2);
    expect(codesOf(parsedText(cifParser, plain('Zn1 0 0 0\nMn1 0 0 0.001\n')))).toEqual(['E_UNPARSEABLE']);
  });
});

describe('symmetry', () => {
  it('that is named but not listed is not guessed', () => {
    const record = parsedText(cifParser, plain('Zn 0 0 0\n').replace("'P 1'", "'P 63/m m c'"));
    expect([record.structure, codesOf(record)]).toEqual([undefined, ['E_SYNTAX']]);
    expect(record.issues[0]?.message).toMatch(/operations listed.*only "P 63\/m m c"/);
  });

  it('of which nothing is said is none, with a note', () => {
    const record = parsedText(cifParser, plain('Zn 0 0 0\n').replace(/_space_group.*\n/, ''));
    expect([record.structure?.species, codesOf(record)]).toEqual([['Zn'], ['I_NOT_READ']]);
  });

  it('is read with fractions in front, behind, as decimals and with factors', () => {
    expect(operationOf('1/2+x, -y , z-0.25')).toEqual({
      rotation: [
        [1, 0, 0],
        [0, -1, 0],
        [0, 0, 1],
      ],
      translation: [0.5, 0, -0.25],
    });
    expect(operationOf('-Y,X-Y,Z+1/3')?.rotation[1]).toEqual([1, -1, 0]);
    expect(operationOf('2x,y,z')?.rotation[0]).toEqual([2, 0, 0]);
    for (const text of ['', 'x,y', 'x,y,z,w', 'x,y,1/2', 'x,y,q', 'x y,z,x', 'x,y,z/0+1/0']) {
      expect(operationOf(text), text).toBeUndefined();
    }
  });
});

describe('a file', () => {
  it('with several structures gives the first and names the others; blocks without atoms are passed over', () => {
    const other = plain('Li 0 0 0\n').replace('data_x', 'data_second');
    const record = parsedText(cifParser, `data_global\n_journal_year 1971\n${RUTILE}${other}`);
    expect(record.structure?.species).toHaveLength(6);
    expect(codesOf(record)).toEqual(['I_NOT_READ']);
    expect(record.issues[0]?.message).toMatch(/data_second/);
  });

  it('may hold tags of the newer dictionary, with dots', () => {
    expect(
      structureOf(
        plain('Zn 0 0 0\n')
          .replaceAll(/(_atom_site)_/g, '$1.')
          .replaceAll(/(_cell)_/g, '$1.'),
      ).species,
    ).toEqual(['Zn']);
  });

  it('with a row too short, a quote that is not closed, or no block is a fault', () => {
    expect(codesOf(parsedText(cifParser, `${plain('Zn 0 0 0\nO .5 .5\n')}data_y\n`))).toEqual(['E_SYNTAX']);
    expect(codesOf(parsedText(cifParser, plain("Zn 0 0 'a\n")))).toEqual(['E_SYNTAX']);
    expect(codesOf(parsedText(cifParser, '_cell_length_a 4\n'))).toEqual(['E_SYNTAX']);
    expect(codesOf(parsedText(cifParser, 'data_x\n;a text\n'))).toEqual(['E_TRUNCATED']);
    expect(codesOf(parsedText(cifParser, 'data_x\n_a 1\n'))).toEqual(['E_UNREADABLE']);
    expect(codesOf(parsedText(cifParser, ''))).toEqual(['E_UNREADABLE']);
  });

  it('that our own export writes reads back', async () => {
    const structure = structureOf(RUTILE);
    const { latticeAngstrom, species, cartesianAngstrom } = structure;
    const document = { calculation: 'rutile', latticeAngstrom, species, cartesianAngstrom: [...cartesianAngstrom] };
    const text = await written('cif', [document]);
    const read = structureOf(text);
    expect(read.species).toEqual(structure.species);
    for (const [at, value] of structure.cartesianAngstrom.entries())
      expectNear(read.cartesianAngstrom[at], value, 1e-9);
  });
});

it('damaged in any way gives a record', () => {
  const damage = fc.array(
    fc.tuple(
      fc.nat(RUTILE.length - 1),
      fc.constantFrom("'", '"', ';', '_', '\n', '9', 'x', '(', ',', '/', 'loop_', ''),
    ),
  );
  fc.assert(
    fc.property(damage, (changes) => {
      let text = RUTILE;
      for (const [at, by] of changes) text = text.slice(0, at) + by + text.slice(at + 1);
      const record = parsedText(cifParser, text);
      expect(record.structure !== undefined || record.issues.length > 0).toBe(true);
      expect([...(record.structure?.cartesianAngstrom ?? [])].every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 500, seed: 7 },
  );
});

const interpreter = pythonWith('pymatgen');
const SCRIPT = `
import json, sys
from pymatgen.core import Structure
s = Structure.from_file(sys.argv[1])
print(json.dumps({'abc': s.lattice.abc, 'count': len(s), 'shortest': min(d for i, r in enumerate(s.distance_matrix) for j, d in enumerate(r) if i < j)}))
`;

describe.skipIf(interpreter === undefined)('pymatgen', () => {
  it('reads the same rutile', () => {
    const folder = mkdtempSync(join(tmpdir(), 'adatom-cif-'));
    try {
      writeFileSync(join(folder, 'rutile.cif'), RUTILE);
      const told = runPython(interpreter ?? '', SCRIPT, join(folder, 'rutile.cif'));
      // Ti–O: √(2 (½ − x)² a² + c²/4) = √(1.26489² + 1.47935²).
      expect(told).toMatchObject({ abc: [4.5937, 4.5937, 2.9587], count: 6 });
      expectNear((told as { shortest: number }).shortest, 1.94637, 1e-4); // printed by the script
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
