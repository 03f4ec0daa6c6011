/** Sites of Pt on MoS2 against distances by ASE 3.22 (`get_distances(mic=True)` of the CONTCARs). */
import { describe, expect, it } from 'vitest';
import { siteOn } from '../../assembly/site-on-slab.ts';
import { memorySource } from '../../model/byte-source.ts';
import type { Structure } from '../../model/structure.ts';
import { poscarParser } from '../../parsers/poscar.ts';
import { calculationOf } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { CORPUS_MISSING, corpusBytes, corpusIsThere } from './corpus.ts';

const FOLDER = 'single-adatom-liquid-theory/mos2';

function structureIn(path: string): Structure {
  const { structure } = poscarParser.parse(memorySource(corpusBytes(`${FOLDER}/${path}`)));
  if (structure === undefined) throw new Error(`no structure in ${path}`);
  return structure;
}

function siteIn(folder: string) {
  const clean = calculationOf('pristine/OUTCAR', { structure: structureIn('pristine-mos2/CONTCAR') });
  const structure = structureIn(`${folder}/CONTCAR`);
  const initialStructure = structureIn(`${folder}/POSCAR`);
  const { site, issues } = siteOn(calculationOf(folder, { structure }, { initialStructure }), clean, 'Pt');
  expect(issues).toEqual([]);
  return site;
}

it('sites of the corpus are compared with distances by ASE', (context) => {
  if (!corpusIsThere) context.skip(CORPUS_MISSING);
});

describe.runIf(corpusIsThere)('Pt on MoS2', () => {
  it.each([
    // A charged cell moves it by little.
    { folder: 'pt-on-mo', sulfur: 2.28941, molybdenum: 2.75706, height: 1.2654 },
    { folder: 'pt-on-mo+1', sulfur: 2.29937, molybdenum: 2.79475, height: 1.2841 },
  ])('$folder: above Mo it sits in the hollow of three S, above an atom of the plane below', (found) => {
    const site = siteIn(found.folder);
    const [unit] = site?.units ?? [];
    expect(unit).toMatchObject({ site: 'hollow', coordination: 3, stacking: 'hcp', face: 'top', atoms: [75] });
    expect(unit?.neighbours.map(({ element, atom }) => `${element}${atom}`)).toEqual(['S55', 'S56', 'S61', 'Mo6']);
    for (const { distanceAngstrom } of unit?.neighbours.slice(0, 3) ?? []) {
      expectNear(distanceAngstrom, found.sulfur, 1e-4);
    }
    expectNear(unit?.neighbours[3]?.distanceAngstrom, found.molybdenum, 1e-4);
    expectNear(unit?.heightAngstrom, found.height, 1e-4);
  });

  it('on S it sits on top of one S', () => {
    const site = siteIn('pt-on-s');
    const [unit] = site?.units ?? [];
    expect(unit).toMatchObject({ site: 'top', coordination: 1 });
    expect(unit?.neighbours.map(({ element, atom }) => `${element}${atom}`)).toEqual(['S61']);
    expectNear(unit?.neighbours[0]?.distanceAngstrom, 2.08202, 1e-4);
    expectNear(unit?.heightAngstrom, 2.03765, 1e-4);
  });

  it('one in 25 surface cells of 2.114320 nm² is a coverage of 0.04 per Mo', () => {
    const site = siteIn('pt-on-mo');
    expectNear(site?.coveragePerNm2, 1 / 2.11431983, 1e-6);
    expectNear(site?.coveragePerSurfaceCation, 0.04, 1e-12);
  });
});
