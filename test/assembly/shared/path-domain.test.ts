/** A hop into a vacancy is known by its own path, whether or not the perfect bulk was calculated (SCIENCE §13.12). */
import { expect, it } from 'vitest';
import { pathDomain } from '../../../assembly/shared/path-domain.ts';
import type { Vector3 } from '../../../model/lattice.ts';
import type { Structure } from '../../../model/structure.ts';
import { type Atom, cubic, structureOf } from '../../assembly/fixtures.ts';

const A = 4.05;
/** Aluminium, n³ cubic cells of four atoms. */
const fcc = (n: number): Vector3[] =>
  Array.from({ length: n ** 3 }, (_, cell): Vector3[] => {
    const corner = [cell % n, Math.floor(cell / n) % n, Math.floor(cell / n ** 2)];
    return [
      [0, 0, 0],
      [0.5, 0.5, 0],
      [0.5, 0, 0.5],
      [0, 0.5, 0.5],
    ].map(([x = 0, y = 0, z = 0]): Vector3 => [A * (x + corner[0]!), A * (y + corner[1]!), A * (z + corner[2]!)]);
  }).flat();
const host = (n: number): Atom[] => fcc(n).map((place): Atom => ['Al', place]);
const migration = (atom: number) => ({
  atoms: [{ atom, element: 'Al', pathLengthAngstrom: 2.9, straightAngstrom: 2.86 }],
});
/** The atom at `from`, all others of the host less the one at `hole` and a little off towards it. */
function vacancyAt(hole: number, from: number, n = 2): Structure {
  const [atoms, empty] = [host(n), fcc(n)[hole]!];
  const near = atoms.flatMap(([element, place], at): Atom[] => {
    if (at === 0 || at === 1) return [];
    const way = place.map((each, axis) => empty[axis]! - each);
    const distance = Math.hypot(...way);
    const shift = distance < 3 ? 0.2 / distance : 0;
    return [[element, [place[0] + shift * way[0]!, place[1] + shift * way[1]!, place[2] + shift * way[2]!]]];
  });
  return structureOf(cubic(n * A), [['Al', fcc(n)[from]!], ...near]);
}

it('an atom of aluminium that hops onto the one empty site of its lattice', () => {
  expect(pathDomain([vacancyAt(1, 0), vacancyAt(0, 1)], migration(1))).toBe('vacancy');
});

it('an interstitial that hops between the holes of a full lattice is none', () => {
  const with_ = (place: Vector3) => structureOf(cubic(2 * A), [['Al', place], ...host(2)]);
  expect(pathDomain([with_([A / 2, 0, 0]), with_([A, A / 2, 0])], migration(1))).toBe('bulk');
});

it('a hop of half a cell could be either: nothing is claimed', () => {
  expect(pathDomain([vacancyAt(1, 0, 1), vacancyAt(0, 1, 1)], migration(1))).toBe('bulk');
});
