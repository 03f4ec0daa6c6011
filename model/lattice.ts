/**
 * Vectors, lattices and periodic distances.
 *
 * A `Matrix3` has the lattice vectors a, b, c as rows, in Å. Fractional coordinates f and Cartesian r are rows too:
 * r = f · L. The mistake avoided here: wrapping each fractional component to [−½, ½) gives the shortest periodic image
 * only in near-orthogonal cells; in skewed cells the lattice must be reduced and the neighbours searched (SCIENCE §3.2).
 */

export type Vector3 = readonly [number, number, number];
export type Matrix3 = readonly [Vector3, Vector3, Vector3];

export function dot(u: Vector3, v: Vector3): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

export function cross(u: Vector3, v: Vector3): Vector3 {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}

export function norm(u: Vector3): number {
  // Of lengths in Å nothing overflows, which is all that Math.hypot would guard against, at many times the cost.
  return Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
}

/** Signed volume a·(b×c), Å³; positive for a right-handed cell. */
export function determinant(lattice: Matrix3): number {
  return dot(lattice[0], cross(lattice[1], lattice[2]));
}

/** Cell volume, Å³. */
export function volume(lattice: Matrix3): number {
  return Math.abs(determinant(lattice));
}

/** Reciprocal vectors without 2π as rows: a_i · b_j = δ_ij, Å⁻¹. */
export function reciprocal(lattice: Matrix3): Matrix3 {
  const [a, b, c] = lattice;
  const inverse = 1 / determinant(lattice);
  return [scale(cross(b, c), inverse), scale(cross(c, a), inverse), scale(cross(a, b), inverse)];
}

export function add(u: Vector3, v: Vector3): Vector3 {
  return [u[0] + v[0], u[1] + v[1], u[2] + v[2]];
}

/** u − v. */
export function subtract(u: Vector3, v: Vector3): Vector3 {
  return [u[0] - v[0], u[1] - v[1], u[2] - v[2]];
}

export function scale(u: Vector3, factor: number): Vector3 {
  return [u[0] * factor, u[1] * factor, u[2] * factor];
}

/** f · L: fractional (or any lattice-vector components) to Cartesian. */
export function toCartesian(fractional: Vector3, lattice: Matrix3): Vector3 {
  const [a, b, c] = lattice;
  // By index: taking a tuple apart calls an iterator wherever the compiler does not see that it is one.
  const f = fractional[0];
  const g = fractional[1];
  const h = fractional[2];
  return [f * a[0] + g * b[0] + h * c[0], f * a[1] + g * b[1] + h * c[1], f * a[2] + g * b[2] + h * c[2]];
}

/** Cartesian to fractional, given `reciprocal(lattice)`. */
export function toFractional(cartesian: Vector3, reciprocalLattice: Matrix3): Vector3 {
  return [
    dot(cartesian, reciprocalLattice[0]),
    dot(cartesian, reciprocalLattice[1]),
    dot(cartesian, reciprocalLattice[2]),
  ];
}

/** Lengths |a|, |b|, |c|, Å. */
export function lengths(lattice: Matrix3): Vector3 {
  return [norm(lattice[0]), norm(lattice[1]), norm(lattice[2])];
}

/** Angles α (b,c), β (a,c), γ (a,b), degrees. */
export function anglesDegrees(lattice: Matrix3): Vector3 {
  const [a, b, c] = lattice;
  return [angleDegrees(b, c), angleDegrees(a, c), angleDegrees(a, b)];
}

function angleDegrees(u: Vector3, v: Vector3): number {
  return (Math.atan2(norm(cross(u, v)), dot(u, v)) * 180) / Math.PI;
}

/** Two vectors of the same plane lattice, as short as possible: |a| ≤ |b|, and b no longer than b ± a (Lagrange, Gauss). */
export function reducedPair(first: Vector3, second: Vector3): readonly [Vector3, Vector3] {
  let [a, b] = dot(first, first) <= dot(second, second) ? [first, second] : [second, first];
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    const shorter = subtract(b, scale(a, Math.round(dot(a, b) / dot(a, a))));
    if (!(dot(shorter, shorter) < dot(a, a) * (1 - SAME_LENGTH))) return [a, shorter];
    [a, b] = [shorter, a];
  }
  return [a, b];
}

/** The same lattice by its shortest vectors (Minkowski-reduced; Nguyen & Stehlé, ACM Trans. Algorithms 5, 46, 2009). */
export function reducedLattice(lattice: Matrix3): Matrix3 {
  let [a, b, c] = [...lattice].sort((u, v) => dot(u, u) - dot(v, v)) as [Vector3, Vector3, Vector3]; // of a Matrix3
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    [a, b] = reducedPair(a, b);
    c = shortestBesidePlane(c, a, b);
    if (!(dot(c, c) < dot(b, b) * (1 - SAME_LENGTH))) break;
    [a, b, c] = dot(c, c) < dot(a, a) ? [c, a, b] : [a, c, b];
  }
  return [a, b, c];
}

/** Far more than a lattice with 64-bit coordinates needs; a cell without volume must not loop for ever. */
const MAXIMUM_ROUNDS = 200;
/** Relative difference of squared lengths that rounding alone can make. */
const SAME_LENGTH = 1e-12;

/** c minus the nearest point of the plane lattice of a and b: a corner of the mesh below it, as a and b are reduced. */
function shortestBesidePlane(c: Vector3, a: Vector3, b: Vector3): Vector3 {
  const [aa, bb, ab, ac, bc] = [dot(a, a), dot(b, b), dot(a, b), dot(a, c), dot(b, c)];
  const area = aa * bb - ab * ab;
  const [i, j] = [Math.floor((ac * bb - bc * ab) / area), Math.floor((bc * aa - ac * ab) / area)];
  let best = c;
  for (const [m, n] of [
    [i, j],
    [i + 1, j],
    [i, j + 1],
    [i + 1, j + 1],
  ] as const) {
    const candidate = subtract(c, add(scale(a, m), scale(b, n)));
    if (dot(candidate, candidate) < dot(best, best) * (1 - SAME_LENGTH)) best = candidate;
  }
  return best;
}

/** A displacement shorter than this, Å, is the shortest of its images, and its fractions all round to 0. */
export function surelyShortest(lattice: Matrix3): number {
  const reduced = reducedLattice(lattice);
  const [a, b, c] = reciprocal(reduced);
  return 0.999 * Math.min(norm(reduced[0]) / 2, 0.5 / Math.max(norm(a), norm(b), norm(c)));
}

/** What the search for the shortest image needs to know of a lattice. */
function neighbourhood(lattice: Matrix3) {
  const reduced = reducedLattice(lattice);
  const translations: Vector3[] = [];
  for (let i = -1; i <= 1; i += 1) {
    for (let j = -1; j <= 1; j += 1) {
      for (let k = -1; k <= 1; k += 1) translations.push(toCartesian([i, j, k], reduced));
    }
  }
  return {
    reduced,
    inverse: reciprocal(reduced),
    // No image of a vector within half the shortest translation is shorter.
    safeSquare: dot(reduced[0], reduced[0]) / 4,
    translations,
  };
}

/**
 * A function that returns the shortest periodic image of a Cartesian displacement, Å.
 *
 * The lattice is reduced first: beside the wrapped vector only its ±1 neighbours can then be shortest, however skewed
 * the cell was given.
 */
export function minimumImage(lattice: Matrix3): (displacement: Vector3) => Vector3 {
  const { reduced, inverse, safeSquare, translations } = neighbourhood(lattice);
  const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = reduced;
  const [[ux, uy, uz], [vx, vy, vz], [wx, wy, wz]] = inverse;
  const shortening = translations.filter((translation) => canShorten(translation, reduced));
  // Asked for every atom of a pair of structures: in components, without a vector for each step.
  return ([x, y, z]) => {
    const i = Math.round(x * ux + y * uy + z * uz);
    const j = Math.round(x * vx + y * vy + z * vz);
    const k = Math.round(x * wx + y * wy + z * wz);
    const p = x - (i * ax + j * bx + k * cx);
    const q = y - (i * ay + j * by + k * cy);
    const r = z - (i * az + j * bz + k * cz);
    let bestSquare = p * p + q * q + r * r;
    let best: Vector3 = [p, q, r];
    if (bestSquare <= safeSquare) return best;
    for (const [tx, ty, tz] of shortening) {
      const [s, t, u] = [p + tx, q + ty, r + tz];
      const square = s * s + t * t + u * u;
      if (square < bestSquare - EQUALLY_FAR_ANGSTROM2) {
        best = [s, t, u];
        bestSquare = square;
      }
    }
    return best;
  };
}

/** Keeps the wrapped image when two images are equally far, so that rounding never picks the other one. */
const EQUALLY_FAR_ANGSTROM2 = 1e-12;

/**
 * Whether a translation t makes any wrapped vector shorter, one with components of at most ½: w·t is then at most half
 * the sum of |a·t|, |b·t| and |c·t|. None does in an orthogonal cell, six in a hexagonal prism.
 */
function canShorten(translation: Vector3, [a, b, c]: Matrix3): boolean {
  const most = Math.abs(dot(a, translation)) + Math.abs(dot(b, translation)) + Math.abs(dot(c, translation));
  return most - dot(translation, translation) > EQUALLY_FAR_ANGSTROM2;
}

/** A function that returns the length of the shortest image of (x, y, z), Å: without vectors, for tables of many pairs. */
export function periodicDistance(lattice: Matrix3): (x: number, y: number, z: number) => number {
  const { reduced, inverse, safeSquare, translations } = neighbourhood(lattice);
  const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = reduced;
  const [[ux, uy, uz], [vx, vy, vz], [wx, wy, wz]] = inverse;
  const steps = Float64Array.from(translations.flat());
  return (x, y, z) => {
    const i = Math.round(x * ux + y * uy + z * uz);
    const j = Math.round(x * vx + y * vy + z * vz);
    const k = Math.round(x * wx + y * wy + z * wz);
    const p = x - i * ax - j * bx - k * cx;
    const q = y - i * ay - j * by - k * cy;
    const r = z - i * az - j * bz - k * cz;
    let square = p * p + q * q + r * r;
    if (square <= safeSquare) return Math.sqrt(square);
    for (let at = 0; at < steps.length; at += 3) {
      const u = p + (steps[at] ?? 0);
      const v = q + (steps[at + 1] ?? 0);
      const w = r + (steps[at + 2] ?? 0);
      const other = u * u + v * v + w * w;
      if (other < square) square = other;
    }
    return Math.sqrt(square);
  };
}
