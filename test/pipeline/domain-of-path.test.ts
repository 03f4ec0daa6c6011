/** Where an atom migrates, from the calculations around its path: an interface, a vacancy, an interstitial (SCIENCE §13.12). */
import { expect, it } from 'vitest';
import { assignRoles } from '../../assembly/assign-roles.ts';
import type { AssembledPath } from '../../assembly/migration-path.ts';
import { relateCalculations } from '../../assembly/relate-calculations.ts';
import type { Calculation } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import { domainOfPath } from '../../pipeline/domain-of-path.ts';
import {
  type Atom,
  bccLi,
  bulkZno,
  calculationOf,
  structureOf,
  supercell,
  withAtoms,
  znoPrism,
} from '../assembly/fixtures.ts';

const MESH: [number, number, number] = [6, 6, 6];
const run = (id: string, structure: Structure) => calculationOf(`${id}/OUTCAR`, { structure, mesh: MESH });
const host = run('zno', bulkZno());
const supercellZno = ((): Structure => {
  const { latticeAngstrom, species, cartesianAngstrom } = supercell(bulkZno(), 3, 3);
  const [a, b, c] = latticeAngstrom;
  const atoms = [0, 1].flatMap((layer) =>
    species.map(
      (element, at): Atom => [
        element,
        [
          cartesianAngstrom[3 * at] ?? 0,
          cartesianAngstrom[3 * at + 1] ?? 0,
          (cartesianAngstrom[3 * at + 2] ?? 0) + layer * c[2],
        ],
      ],
    ),
  );
  return structureOf([a, b, [0, 0, 2 * c[2]]], atoms);
})();
const without = (structure: Structure, left: number): Structure =>
  structureOf(
    structure.latticeAngstrom,
    structure.species.flatMap((element, at): Atom[] =>
      at === left
        ? []
        : [
            [
              element,
              [
                structure.cartesianAngstrom[3 * at] ?? 0,
                structure.cartesianAngstrom[3 * at + 1] ?? 0,
                structure.cartesianAngstrom[3 * at + 2] ?? 0,
              ],
            ],
          ],
    ),
  );

/** A path inside the cells of these ends. */
function domainOf(ends: readonly Calculation[], tree: readonly Calculation[], element: string, surroundings = 'bulk') {
  const all = [...ends, ...tree];
  const { roles, relations } = relateCalculations(all, assignRoles(all, [], new Map()));
  const path = {
    id: 'neb',
    images: ends.map((calculation, index) => ({ index, folder: `0${index}`, calculation, climbing: false })),
    migrating: { atoms: [{ atom: 1, element, pathLengthAngstrom: 3, straightAngstrom: 3 }] },
    surroundings: surroundings as NonNullable<AssembledPath['surroundings']>, // one of its words
    links: [],
    issues: [],
  };
  return domainOfPath(path, {
    calculations: new Map(all.map((calculation) => [calculation.id, calculation])),
    roles: new Map(roles.map((role) => [role.calculation, role])),
    relations,
  });
}

it('an atom beside a missing one of its element migrates by the vacancy', () => {
  const ends = [run('v/00', without(supercellZno, 0)), run('v/04', without(supercellZno, 2))];
  expect(domainOf(ends, [host], 'Zn')).toBe('vacancy');
});

it('an atom that the perfect bulk does not hold migrates between its atoms', () => {
  const at = (z: number) => withAtoms(supercellZno, [['Li', [0.1, 0.1, z]]]);
  expect(domainOf([run('i/00', at(1.3)), run('i/04', at(3.9))], [host], 'Li')).toBe('interstitial');
});

it('an atom in a cell of two materials migrates at their interface, whatever its path looks like', () => {
  const slab = supercell(znoPrism(4, 45), 2, 1);
  const top = Math.max(...slab.cartesianAngstrom.filter((_, at) => at % 3 === 2));
  const film = Array.from({ length: 5 }, (_, plane): Atom[] =>
    [0, 1, 2, 3].map((site): Atom => {
      const [i, j] = [(site % 2) + (plane % 2) / 2, (site >> 1) + (plane % 2) / 2];
      return ['Li', [3.2495 * i, 2.60345 * j, top + 2.1 + 2.2 * plane]];
    }),
  );
  const both = withAtoms(slab, film.flat());
  const tree = [host, run('slab', slab), run('li', bccLi())];
  for (const surroundings of ['bulk', 'vacancy']) {
    expect(domainOf([run('f/00', both), run('f/04', both)], tree, 'Li', surroundings)).toBe('interface');
  }
});

it('without the perfect bulk the path decides, and an atom on a face stays on it', () => {
  const ends = [run('v/00', without(supercellZno, 0)), run('v/04', without(supercellZno, 2))];
  expect(domainOf(ends, [], 'Zn', 'vacancy')).toBe('vacancy');
  expect(domainOf(ends, [], 'Zn', 'bulk')).toBe('bulk');
  expect(domainOf(ends, [host], 'Zn', 'surface')).toBe('surface');
});
