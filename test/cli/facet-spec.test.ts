/** Facets of files on the command line. Meshes by hand from the lattice constants of SCIENCE §12.3. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facetDocument, fileFacets, namesFile } from '../../cli/shared/facet-spec.ts';
import { structureFormatOf, writeStructureFile } from '../../cli/shared/structure-file.ts';
import { AdatomError } from '../../model/errors.ts';
import type { Structure } from '../../model/structure.ts';
import { readBulk } from '../../reading/read-bulk.ts';
import { COPPER, ZINC, ZINC_OXIDE } from '../assembly/bulk-crystals.ts';
import { written } from '../exports/write-structures.ts';
import { expectNear } from '../near.ts';

const folder = mkdtempSync(join(tmpdir(), 'adatom-facets-'));
const at = (name: string): string => join(folder, name);
const documentOf = ({ latticeAngstrom, species, cartesianAngstrom }: Structure) => ({
  calculation: 'x',
  latticeAngstrom,
  species,
  cartesianAngstrom: [...cartesianAngstrom],
});

beforeAll(async () => {
  mkdirSync(at('coatings/copper'), { recursive: true });
  writeFileSync(at('Zn.vasp'), await written('poscar', [documentOf(ZINC)]));
  writeFileSync(at('coatings/ZnO.cif'), await written('cif', [documentOf(ZINC_OXIDE)]));
  writeFileSync(at('coatings/copper/Cu.json'), await written('pymatgen', [documentOf(COPPER)]));
  writeFileSync(at('coatings/results.json'), '{"ranked": []}\n');
  writeFileSync(at('coatings/notes.txt'), 'nothing\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function namesOf(spec: string, maxMiller = 1): Promise<string[]> {
  return (await fileFacets(spec, maxMiller)).facets.map(({ name }) => name);
}

describe('a file with indices', () => {
  it('names one facet, with three indices or four, separated or not', async () => {
    for (const indices of ['1,0,0', '1,0,-1,0', '100', '10-10', ' 1, 0, 0', '2,0,0']) {
      expect(await namesOf(`${at('Zn.vasp')}:${indices}`), indices).toEqual(['Zn(10-10)']);
    }
    expect(await namesOf(`${at('coatings/ZnO.cif')}:0,0,-1`)).toEqual(['ZnO(000-1)']);
    expect(await namesOf(`${at('coatings/copper/Cu.json')}:111`)).toEqual(['Cu(111)']);
  });

  it('tells its mesh, its spacing, its axes and the hash of the file', async () => {
    const { facets, issues } = await fileFacets(`${at('Zn.vasp')}:0,0,1`, 1);
    expect(issues).toEqual([]);
    const told = facetDocument(facets[0]!) as Record<string, unknown>; // an object with keys
    expect(told).toMatchObject({ name: 'Zn(0001)', label: '{0001}', polar: false, miller: [0, 0, 1] });
    expect(told.sha256).toMatch(/^[0-9a-f]{64}$/);
    expectNear((told.lengthsAngstrom as number[])[1], 2.665, 1e-9); // two lengths
    expectNear(told.gammaDegrees, 120, 1e-9);
    expectNear(told.spacingAngstrom, 4.947, 1e-9);
    expect(told).toMatchObject({ conventionalAxes: { family: 'hexagonal' } });
  });

  it('that are no plane is a wrong request', async () => {
    const file = at('Zn.vasp');
    for (const indices of ['', '1', '1,0', '0,0,0', '1,0,0,0', '1,0,0,0,0', 'a,b,c', '1.5,0,0', '1e3,0,0']) {
      await expect(fileFacets(`${file}:${indices}`, 1), indices).rejects.toMatchObject({ class: 'request' });
    }
    await expect(fileFacets(`${file}:1,1,0,1`, 1)).rejects.toThrow(/third is -\(h \+ k\) = -2, found 0/);
    // (11-20) of a cubic crystal would be read as (110): 1,1,-2,0 was meant of another file.
    const cubic = `${at('coatings/copper/Cu.json')}:1,1,-2,0`;
    await expect(fileFacets(cubic, 1)).rejects.toThrow(/four indices are of hexagonal axes, and .*Cu\.json is cubic/);
    await expect(fileFacets(at('Li.vasp:1,1,0'), 1)).rejects.toThrow(/no such file or folder: .*Li\.vasp/);
  });
});

describe('a file or folder as a whole', () => {
  it('has every family up to the largest index', async () => {
    const families = ['Zn(0001)', 'Zn(10-10)', 'Zn(10-11)', 'Zn(11-20)', 'Zn(11-21)'];
    expect(await namesOf(`${at('Zn.vasp')}:all`)).toEqual(families);
    expect(await namesOf(at('Zn.vasp'))).toEqual(families);
    expect((await namesOf(`${at('Zn.vasp')}:all`, 2)).length).toBeGreaterThan(5);
  });

  it('is every structure file below it, and what is none is told', async () => {
    const { facets, issues } = await fileFacets(`${at('coatings')}:0,0,1`, 1);
    expect(facets.map(({ name, file }) => [name, file])).toEqual([
      ['ZnO(0001)', 'ZnO.cif'],
      ['Cu(001)', 'copper/Cu.json'],
    ]);
    expect(issues.map(({ where }) => where.file)).toEqual(['results.json']);
  });

  it('without any structure cannot be answered', async () => {
    mkdirSync(at('empty'));
    await expect(fileFacets(at('empty'), 1)).rejects.toMatchObject({ class: 'unanswerable' });
    await expect(fileFacets(`${at('coatings/results.json')}:001`, 1)).rejects.toMatchObject({ class: 'unanswerable' });
  });
});

it('a SPEC names a file when it is there, with indices or without', () => {
  expect([at('Zn.vasp'), `${at('Zn.vasp')}:0,0,1`, at('coatings')].map(namesFile)).toEqual([true, true, true]);
  expect(['hex:2.665', 'rect:3,4', at('Li.vasp:0,0,1')].map(namesFile)).toEqual([false, false, false]);
});

describe('a structure file', () => {
  it('has the format that its name says, and reads back', async () => {
    for (const name of ['out.vasp', 'POSCAR', 'out.cif', 'out.json']) {
      await writeStructureFile(at(name), documentOf(ZINC_OXIDE));
      const { bulks } = await readBulk(at(name));
      expect(bulks[0]?.structure.species, name).toEqual(ZINC_OXIDE.species);
      expectNear(bulks[0]?.structure.latticeAngstrom[2][2], 5.2069, 1e-9);
    }
    expect(structureFormatOf('a.extxyz').identifier).toBe('extxyz');
    for (const name of ['out', 'out.txt', 'vasp']) expect(() => structureFormatOf(name), name).toThrow(AdatomError);
    await expect(writeStructureFile(at('none/out.cif'), documentOf(ZINC))).rejects.toMatchObject({ class: 'request' });
  });
});
