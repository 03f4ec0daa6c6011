/** Facets of metals as films, and the constants that come with the program. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { planeArea, type Vector2 } from '../../model/plane-lattice.ts';
import { filmMetal } from '../../pipeline/film-facets.ts';
import { planeKind } from '../../pipeline/plane-kind.ts';
import { REFERENCE_METALS, referenceStructure } from '../../pipeline/reference-metals.ts';
import { expectNear } from '../near.ts';

describe('a metal shows its closest-packed facet and the next one', () => {
  // By hand, a and c of SCIENCE §12.3: areas a²√3/2 and a·c of hcp, a²/√2 and a² of bcc, a²√3/4 and a²/2 of fcc.
  it.each([
    ['Zn', 'hcp', ['Zn(0001)', 'Zn(10-10)'], ['Zn(002)', 'Zn(100)'], [2.665 ** 2 * Math.sqrt(0.75), 2.665 * 4.947]],
    ['Li', 'bcc', ['Li(110)', 'Li(100)'], ['Li(110)', 'Li(200)'], [3.51 ** 2 / Math.SQRT2, 3.51 ** 2]],
    ['Cu', 'fcc', ['Cu(111)', 'Cu(100)'], ['Cu(111)', 'Cu(200)'], [(3.6149 ** 2 * Math.sqrt(3)) / 4, 3.6149 ** 2 / 2]],
  ])('%s (%s)', (element, structure, names, textures, areas) => {
    const reference = REFERENCE_METALS[element];
    if (reference === undefined) throw new Error(`no ${element}`);
    const metal = filmMetal(element, referenceStructure(element, reference));
    expect(metal?.structure).toBe(structure);
    expect(metal?.facets.map(({ name }) => name)).toEqual(names);
    expect(metal?.facets.map(({ texture }) => texture)).toEqual(textures);
    for (const [at, area] of areas.entries()) expectNear(planeArea(metal!.facets[at]!.lattice), area, 1e-9);
  });

  it('every metal of the constants has the structure that is told', () => {
    for (const [element, reference] of Object.entries(REFERENCE_METALS)) {
      expect(filmMetal(element, referenceStructure(element, reference))?.structure).toBe(reference.structure);
    }
  });

  it('a crystal of another structure gives none', () => {
    const diamond = referenceStructure('Sn', { structure: 'fcc', aAngstrom: 6.49, from: 'grey tin' });
    const quarter = [...diamond.cartesianAngstrom].map((each) => each + 6.49 / 4);
    const species = Array<string>(8).fill('Sn');
    const cartesianAngstrom = Float64Array.from([...diamond.cartesianAngstrom, ...quarter]);
    expect(filmMetal('Sn', { ...diamond, species, cartesianAngstrom })).toBeUndefined();
  });
});

it('the constants are those of reference/lattice-constants.yaml', () => {
  const text = readFileSync(new URL('../../reference/lattice-constants.yaml', import.meta.url), 'utf8');
  const { rows } = parse(text) as { rows: Record<string, unknown>[] }; // a table with rows
  for (const [material, { structure, from, ...lengths }] of Object.entries(REFERENCE_METALS)) {
    const row = rows.find((each) => each.material === material);
    expect(row).toMatchObject({ material, from, ...lengths });
    expect(row?.structure).toContain(structure);
  }
});

it('lattices have one of five kinds, told from their shortest vectors', () => {
  const half = Math.sqrt(3) / 2;
  const of = (a: Vector2, b: Vector2) => planeKind([a, b]);
  expect(of([3, 0], [-1.5, 3 * half])).toEqual({ kind: 'hexagonal', lengthsAngstrom: [3] });
  expect(of([0, 4.2], [4.2, 0])).toEqual({ kind: 'square', lengthsAngstrom: [4.2] });
  expect(of([0, 5], [3, 0])).toEqual({ kind: 'rectangular', lengthsAngstrom: [3, 5] });
  // Rectangles of 3 × 5 and 3 × 8 with a point in their middle.
  expect(of([1.5, -2.5], [1.5, 2.5])).toEqual({ kind: 'centred', lengthsAngstrom: [3, 5] });
  expect(of([3, 0], [1.5, 4])).toEqual({ kind: 'centred', lengthsAngstrom: [3, 8] });
  expect(of([3, 0], [0.7, 4])).toEqual({ kind: 'oblique', lengthsAngstrom: [] });
});
