/**
 * Lattices to search, and the same search by brute force, from the words of SCIENCE §5.4 alone.
 */
import fc from 'fast-check';
import {
  type CoincidenceMatch,
  type CoincidenceSearch,
  DEFAULT_COINCIDENCE_LIMITS as LIMITS,
} from '../../../../model/coincidence.ts';
import { type PlaneLattice, planeArea, planeLattice, type Vector2 } from '../../../../model/plane-lattice.ts';

export const hexagonal = (a: number) => planeLattice(a, a, 120);
export const square = (a: number) => planeLattice(a, a, 90);
export const ZINC = hexagonal(2.665);

export const multiples = (match?: CoincidenceMatch) => `${match?.filmMultiple}/${match?.substrateMultiple}`;
export const codes = ({ issues }: Pick<CoincidenceSearch, 'issues'>) => issues.map(({ code }) => code);

export const SMALL = { ...LIMITS, maxAreaAngstrom2: 90 };
const length = fc.double({ min: 2, max: 5, noNaN: true });
export const lattices: fc.Arbitrary<PlaneLattice> = fc.oneof(
  fc
    .tuple(length, length, fc.double({ min: 50, max: 130, noNaN: true }))
    .map(([a, b, gamma]) => planeLattice(a, b, gamma)),
  length.map(hexagonal),
  length.map(square),
  fc.tuple(length, length).map(([a, b]) => planeLattice(a, b, 90)),
);
export const angles = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
/** Of determinant 1. */
export const bases = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })).map(
  ([i, j]): PlaneLattice => [
    [1, i],
    [j, 1 + i * j],
  ],
);

export function supercell(matrix: PlaneLattice, [a, b]: PlaneLattice): PlaneLattice {
  const row = ([i, j]: Vector2): Vector2 => [i * a[0] + j * b[0], i * a[1] + j * b[1]];
  return [row(matrix[0]), row(matrix[1])];
}

/** The same lattice by its vectors in the other order, right-handed as before. */
export function exchanged([a, b]: PlaneLattice): PlaneLattice {
  return [b, [-a[0], -a[1]]];
}

export function turned([a, b]: PlaneLattice, angle: number): PlaneLattice {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const row = ([x, y]: Vector2): Vector2 => [cosine * x - sine * y, sine * x + cosine * y];
  return [row(a), row(b)];
}

export function crossed(u: Vector2, v: Vector2): number {
  return u[0] * v[1] - u[1] * v[0];
}

export function angleOf(u: Vector2, v: Vector2): number {
  return (Math.atan2(Math.abs(crossed(u, v)), u[0] * v[0] + u[1] * v[1]) * 180) / Math.PI;
}

type Kind = readonly number[];

export function kind(match: CoincidenceMatch): string {
  return kindText([match.filmMultiple, match.substrateMultiple, ...match.principalStrainFractions, match.angleDegrees]);
}

function kindText([film = 0, substrate = 0, least = 0, most = 0, angle = 0]: Kind): string {
  return [film, substrate, Math.round(least * 1e5), Math.round(most * 1e5), Math.round(angle * 1e3)].join();
}

export function summary({ matches }: CoincidenceSearch): string[] {
  return matches.map(kind);
}

/** By brute force: no buckets, no shapes, no limits on the multiples beyond those of SCIENCE. */
export function kindsOfAllPairs(film: PlaneLattice, substrate: PlaneLattice, limits: typeof LIMITS): string[] {
  const kinds = new Set<string>();
  const [filmArea, substrateArea] = [planeArea(film), planeArea(substrate)];
  for (let i = 1; i * filmArea <= limits.maxAreaAngstrom2 + 1e-6; i += 1) {
    for (let j = 1; j * substrateArea <= limits.maxAreaAngstrom2 + 1e-6; j += 1) {
      const near =
        Math.abs(filmArea / substrateArea - j / i) < limits.areaRatioTolerance ||
        Math.abs(substrateArea / filmArea - i / j) < limits.areaRatioTolerance;
      if (!near) continue;
      for (const u of reducedCells(film, i)) {
        for (const s of reducedCells(substrate, j)) {
          if (Math.abs(s[0] / u[0] - 1) > limits.lengthTolerance) continue;
          if (Math.abs(s[1] / u[1] - 1) > limits.lengthTolerance) continue;
          if (Math.abs(s[2] / u[2] - 1) > limits.angleTolerance) continue;
          kinds.add(kindText([i, j, ...principal(u, s), u[2]]));
        }
      }
    }
  }
  return [...kinds].sort();
}

type Reduced = readonly [first: number, second: number, degrees: number];

/** Step 4 of SCIENCE §5.4 word by word. */
function reducedCells(lattice: PlaneLattice, n: number): Reduced[] {
  const cells: Reduced[] = [];
  for (let p = 1; p <= n; p += 1) {
    if (n % p !== 0) continue;
    for (let q = 0; q < n / p; q += 1) {
      let [a, b] = supercell(
        [
          [p, q],
          [0, n / p],
        ],
        lattice,
      );
      for (let changed = true; changed; ) {
        changed = false;
        if (a[0] * b[0] + a[1] * b[1] < -1e-10) [b, changed] = [[-b[0], -b[1]], true];
        if (Math.hypot(...a) > Math.hypot(...b) + 1e-10) [a, b, changed] = [b, a, true];
        for (const sign of [1, -1]) {
          const other: Vector2 = [b[0] + sign * a[0], b[1] + sign * a[1]];
          if (Math.hypot(...b) > Math.hypot(...other) + 1e-10) [b, changed] = [other, true];
        }
      }
      cells.push([Math.hypot(...a), Math.hypot(...b), angleOf(a, b)]);
    }
  }
  return cells;
}

/** From the metric tensors: the squares of the stretches are the eigenvalues of Gf⁻¹·Gs. */
function principal([a, b, theta]: Reduced, [c, d, phi]: Reduced): [number, number] {
  const [ct, cp] = [Math.cos((theta * Math.PI) / 180), Math.cos((phi * Math.PI) / 180)];
  const film = (a * b) ** 2 * (1 - ct * ct);
  const substrate = (c * d) ** 2 * (1 - cp * cp);
  const trace = (c * c * b * b + d * d * a * a - 2 * (c * d * cp) * (a * b * ct)) / film;
  const root = Math.sqrt(Math.max(0, trace * trace - (4 * substrate) / film));
  return [Math.sqrt((trace - root) / 2) - 1, Math.sqrt((trace + root) / 2) - 1];
}
