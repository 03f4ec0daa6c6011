/**
 * `adatom match` with structure files: facets by their indices, all facets against all, and a match as a structure.
 * Numbers of SCIENCE §5.4 and of the lattice constants of §12.3.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { CoincidenceMatch } from '../../model/coincidence.ts';
import { lengths } from '../../model/lattice.ts';
import { composition } from '../../model/structure.ts';
import { poscarParser } from '../../parsers/poscar.ts';
import { COPPER, GRAPHITE, ZINC, ZINC_OXIDE } from '../assembly/bulk-crystals.ts';
import { written } from '../exports/write-structures.ts';
import { expectNear } from '../near.ts';
import { type Run, runAdatom } from './run-adatom.ts';

const folder = mkdtempSync(join(tmpdir(), 'adatom-match-'));
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  for (const [name, format, bulk] of [
    ['Zn.vasp', 'poscar', ZINC],
    ['graphite.cif', 'cif', GRAPHITE],
    ['ZnO.json', 'pymatgen', ZINC_OXIDE],
    ['Cu.vasp', 'poscar', COPPER],
  ] as const) {
    const { latticeAngstrom, species, cartesianAngstrom } = bulk;
    const document = { calculation: name, latticeAngstrom, species, cartesianAngstrom: [...cartesianAngstrom] };
    writeFileSync(at(name), await written(format, [document]));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const zinc = (): string => `${at('Zn.vasp')}:0,0,1`;
const graphite = (): string => `${at('graphite.cif')}:0001`;

async function match(...args: readonly string[]): Promise<Run & { document: Document }> {
  const run = await runAdatom(['match', ...args, '--json']);
  return { ...run, document: JSON.parse(run.stdout) as Document }; // shape: what the command prints
}

interface Document {
  readonly film: { readonly source: string; readonly facet: { readonly name: string; readonly label: string } };
  readonly matches: readonly CoincidenceMatch[];
  readonly minimumArea?: CoincidenceMatch;
  readonly pairs: readonly {
    readonly film: { readonly name: string };
    readonly substrate: { readonly name: string };
    readonly leastStrain?: CoincidenceMatch;
    readonly issues: readonly { readonly code: string }[];
  }[];
  readonly structure: {
    readonly orientation: string;
    readonly atoms: number;
    readonly filmAtoms: number;
    readonly match: CoincidenceMatch;
  };
}

describe('facets of files', () => {
  test('are matched like their lattices in numbers, and named with their file and its hash', async () => {
    const { exitCode, document } = await match('--film', zinc(), '--substrate', graphite());
    expect(exitCode).toBe(0);
    expect(document.minimumArea).toMatchObject({ filmMultiple: 13, substrateMultiple: 16 });
    expectNear(document.minimumArea?.filmAreaAngstrom2, 79.95919, 1e-5);
    expectNear(document.minimumArea?.principalStrainFractions[1], 0.0244782, 1e-7);
    expect(document.film).toMatchObject({ source: at('Zn.vasp'), facet: { name: 'Zn(0001)', label: '{0001}' } });
    expect(document.film.facet).toHaveProperty('sha256');
  });

  test('of all families are a table, the least strained pair first', async () => {
    const { exitCode, document } = await match('--film', at('Zn.vasp'), '--substrate', `${at('ZnO.json')}:all`);
    expect(exitCode).toBe(0);
    // Five families of zinc up to 1, eight faces of wurtzite.
    expect(document.pairs).toHaveLength(40);
    const strains = document.pairs.flatMap(({ leastStrain }) => leastStrain?.maxAbsPrincipalFraction ?? []);
    expect(strains).toEqual([...strains].sort((left, right) => left - right));
    for (const { leastStrain, issues } of document.pairs) {
      expect(issues.map(({ code }) => code)).toEqual(leastStrain === undefined ? ['W_NO_COINCIDENCE'] : []);
    }
    const table = await runAdatom(['match', '--film', at('Zn.vasp'), '--substrate', 'hex:2.461']);
    expect(table.stdout).toMatch(/^Zn\(0001\) +hex:2\.461 +31\/36 +−0\.486 +−0\.486 .* 13\/16 +\+2\.448 +\+2\.448 /m);
  });

  test('of a folder are those of all its files', async () => {
    const { document } = await match('--film', zinc(), '--substrate', `${folder}:0,0,1`);
    expect(document.pairs.map(({ substrate }) => substrate.name).sort()).toEqual([
      'C(0001)',
      'Cu(001)',
      'Zn(0001)',
      'ZnO(0001)',
    ]);
    expect(document.pairs[0]?.substrate.name).toBe('Zn(0001)');
    expectNear(document.pairs[0]?.leastStrain?.maxAbsPrincipalFraction, 0, 1e-12);
  });
});

describe('--structure', () => {
  test('writes the film strained onto the substrate, with gap and vacuum', async () => {
    const file = at('interface.vasp');
    const sizes = ['--film-layers', '1', '--substrate-layers', '2', '--gap', '3', '--vacuum', '12'];
    const { exitCode, document } = await match(
      '--film',
      zinc(),
      '--substrate',
      graphite(),
      '--structure',
      file,
      ...sizes,
    );
    expect(exitCode).toBe(0);
    const { structure } = poscarParser.parse(memorySource(readFileSync(file)));
    // 13 cells of two Zn; 16 cells of four C, two planes.
    expect(composition(structure?.species ?? [])).toEqual({ C: 128, Zn: 26 });
    expect(document.structure).toMatchObject({ atoms: 154, filmAtoms: 26 });
    expect(document.structure.orientation).toMatch(/^Zn\(0001\)\[.*\] ∥ C\(0001\)\[.*\]$/);
    const [a, b, c] = lengths(structure!.latticeAngstrom);
    expectNear(a, 4 * 2.461, 1e-6);
    expectNear(b, 4 * 2.461, 1e-6);
    // Three steps of c/2 = 3.354 in graphite, the gap, one of 2.4735 in zinc, the vacuum.
    expectNear(c, 3 * 3.354 + 3 + 2.4735 + 12, 1e-6);
  });

  test('writes the match that is picked, and shares the strain when asked', async () => {
    const pick = (...args: readonly string[]) =>
      match('--film', zinc(), '--substrate', graphite(), '--structure', at('picked.cif'), ...args);
    const { document } = await pick('--pick', 'least-strain');
    expect(document.structure.match).toMatchObject({ filmMultiple: 31, substrateMultiple: 36 });
    const second = await pick('--pick', '2', '--strain', 'shared');
    expect(second.document.structure.match).toEqual(second.document.matches[1]);
    expect(readFileSync(at('picked.cif'), 'utf8')).toMatch(/^# adatom: Zn\(0001\)\[.*\] \|\| C\(0001\)/);
  });

  test('cannot be of lattices in numbers, of many pairs, of no match, or in no format', async () => {
    const file = at('none.vasp');
    const codes: (readonly [number, readonly string[]])[] = [
      [2, ['--film', zinc(), '--substrate', 'hex:2.461', '--structure', file]],
      [2, ['--film', at('Zn.vasp'), '--substrate', graphite(), '--structure', file]],
      [2, ['--film', zinc(), '--substrate', graphite(), '--structure', at('none.txt')]],
      [2, ['--film', zinc(), '--substrate', graphite(), '--structure', file, '--gap', '-1']],
      [3, ['--film', zinc(), '--substrate', graphite(), '--structure', file, '--pick', '9999']],
      [3, ['--film', zinc(), '--substrate', graphite(), '--structure', file, '--max-area', '20']],
    ];
    for (const [exitCode, args] of codes) {
      const run = await runAdatom(['match', ...args]);
      expect([run.exitCode, args]).toEqual([exitCode, args]);
      expect(run.stderr).toMatch(/^(?:adatom|error): .+/);
    }
    expect(() => readFileSync(file)).toThrow();
  });
});

test('a file that is not there, or indices that are no plane, are wrong requests', async () => {
  for (const film of [at('Li.vasp:1,1,0'), `${at('Zn.vasp')}:0,0,0`, `${at('Zn.vasp')}:1,1,1,1`]) {
    const run = await runAdatom(['match', '--film', film, '--substrate', 'hex:3']);
    expect([run.exitCode, film]).toEqual([2, film]);
  }
  const scan = await runAdatom(['match', '--film', at('Zn.vasp'), '--substrate', 'hex:0']);
  expect(scan.exitCode).toBe(2);
});
