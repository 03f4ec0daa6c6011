/** Bodies with many planes through one vertex, known since antiquity. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HalfSpace, intersection } from '../../../descriptors/shared/half-space-intersection.ts';
import { norm, scale, type Vector3 } from '../../../model/lattice.ts';
import { rotation } from '../../assembly/fixtures.ts';
import { expectNear } from '../../near.ts';

const SIGNS = [-1, 1];
const CUBE: Vector3[] = SIGNS.flatMap((s): Vector3[] => [
  [s, 0, 0],
  [0, s, 0],
  [0, 0, s],
]);
const OCTAHEDRON: Vector3[] = SIGNS.flatMap((x) => SIGNS.flatMap((y) => SIGNS.map((z): Vector3 => [x, y, z])));
const DODECAHEDRON: Vector3[] = SIGNS.flatMap((s) =>
  SIGNS.flatMap((t): Vector3[] => [
    [s, t, 0],
    [s, 0, t],
    [0, s, t],
  ]),
);

const at = (normals: readonly Vector3[], distance: number): HalfSpace[] =>
  normals.map((normal) => ({ normal: scale(normal, 1 / norm(normal)), distance }));
const areaOf = (halfSpaces: readonly HalfSpace[], from: number, to: number): number =>
  (intersection(halfSpaces)?.areas.slice(from, to) ?? []).reduce((sum, area) => sum + area, 0);

describe('half-spaces', () => {
  it('of a cube leave a cube', () => {
    const body = intersection(at(CUBE, 1));
    expectNear(body?.volume, 8, 1e-12);
    for (const area of body?.areas ?? []) expectNear(area, 4, 1e-12);
    expectNear(body?.radius, Math.sqrt(3), 1e-12);
  });

  it('of an octahedron, of a rhombic dodecahedron: four planes through a vertex', () => {
    // x + y + z ≤ 1: volume 4/3, area 4√3. |x| + |y| ≤ 2: edge √3, volume 16√3/9 · a³ = 16, area 8√2 · a² = 24√2.
    const octahedron = at(OCTAHEDRON, 1 / Math.sqrt(3));
    expectNear(intersection(octahedron)?.volume, 4 / 3, 1e-12);
    expectNear(areaOf(octahedron, 0, 8), 4 * Math.sqrt(3), 1e-12);
    const dodecahedron = at(DODECAHEDRON, Math.SQRT2);
    expectNear(intersection(dodecahedron)?.volume, 16, 1e-11);
    expectNear(areaOf(dodecahedron, 0, 12), 24 * Math.SQRT2, 1e-11);
  });

  it('of a cuboctahedron share the surface between squares and triangles', () => {
    const both = [...at(CUBE, 1), ...at(OCTAHEDRON, 2 / Math.sqrt(3))];
    // Edge √2: six squares of 2, eight triangles of √3/2; volume 5√2/3 · a³ = 20/3.
    expectNear(areaOf(both, 0, 6), 12, 1e-12);
    expectNear(areaOf(both, 6, 14), 4 * Math.sqrt(3), 1e-12);
    expectNear(intersection(both)?.volume, 20 / 3, 1e-12);
  });

  it('that only touch an edge, a vertex or nothing have no area', () => {
    const touching = [...at(CUBE, 1), ...at(DODECAHEDRON, Math.SQRT2), ...at(OCTAHEDRON, Math.sqrt(3)), ...at(CUBE, 7)];
    expect(intersection(touching)?.areas.slice(6)).toEqual(Array(12 + 8 + 6).fill(0));
    expectNear(intersection(touching)?.volume, 8, 1e-12);
  });

  it('given twice count once', () => {
    const twice = [...at(CUBE, 1), ...at(CUBE, 1)];
    expectNear(areaOf(twice, 0, 12), 24, 1e-12);
    expectNear(intersection(twice)?.volume, 8, 1e-12);
  });

  it('with a way out enclose nothing', () => {
    expect(intersection([])).toBeUndefined();
    expect(intersection(at(CUBE.slice(0, 5), 1))).toBeUndefined();
    expect(
      intersection(
        at(
          DODECAHEDRON.filter(([, , z]) => z === 0),
          1,
        ),
      ),
    ).toBeUndefined();
  });

  it('enclose the same body in any order and however they are turned', () => {
    const planes = [...at(CUBE, 1), ...at(DODECAHEDRON, 1.2), ...at(OCTAHEDRON, 1.3)];
    const before = intersection(planes);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.shuffledSubarray([...planes.keys()], { minLength: planes.length }),
        (degrees, order) => {
          const turn = rotation(degrees);
          const turned = order.flatMap((index) => {
            const plane = planes[index];
            return plane === undefined ? [] : [{ ...plane, normal: turn(plane.normal) }];
          });
          const after = intersection(turned);
          expectNear(after?.volume, before?.volume ?? Number.NaN, 1e-10);
          for (const [place, index] of order.entries()) {
            expectNear(after?.areas[place], before?.areas[index] ?? Number.NaN, 1e-10);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('many around a sphere leave almost the sphere', () => {
    const count = 400;
    // Fibonacci sphere: directions as evenly spread as their number allows.
    const directions = Array.from({ length: count }, (_, index): Vector3 => {
      const z = 1 - (2 * index + 1) / count;
      const angle = index * Math.PI * (3 - Math.sqrt(5));
      return [Math.sqrt(1 - z * z) * Math.cos(angle), Math.sqrt(1 - z * z) * Math.sin(angle), z];
    });
    const body = intersection(at(directions, 1));
    expect(body?.volume).toBeGreaterThan((4 * Math.PI) / 3);
    expect(body?.volume).toBeLessThan(((4 * Math.PI) / 3) * 1.02);
  });
});
