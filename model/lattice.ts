/**
 * Vectors, lattices and periodic distances.
 *
 * A `Matrix3` has the lattice vectors a, b, c as rows, in Å. Fractional coordinates f and Cartesian r are rows too:
 * r = f · L. The mistake avoided here: wrapping each fractional component to [−½, ½) gives the shortest periodic image
 * only in near-orthogonal cells; in skewed cells the neighbours must be searched (SCIENCE §3.2).
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
  return Math.hypot(u[0], u[1], u[2]);
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
  const [f, g, h] = fractional;
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

/**
 * A function that returns the shortest periodic image of a Cartesian displacement, Å.
 * Searches ±1 neighbour cells around the wrapped vector, ±2 when a cell angle is below 45° or above 135°.
 */
export function minimumImage(lattice: Matrix3): (displacement: Vector3) => Vector3 {
  const inverse = reciprocal(lattice);
  const reach = anglesDegrees(lattice).some((angle) => angle < 45 || angle > 135) ? 2 : 1;
  const translations: Vector3[] = [];
  for (let i = -reach; i <= reach; i += 1)
    for (let j = -reach; j <= reach; j += 1)
      for (let k = -reach; k <= reach; k += 1) translations.push(toCartesian([i, j, k], lattice));
  return (displacement) => {
    const [f, g, h] = toFractional(displacement, inverse);
    const wrapped = toCartesian([f - Math.round(f), g - Math.round(g), h - Math.round(h)], lattice);
    let best = wrapped;
    let bestSquare = dot(wrapped, wrapped);
    for (const t of translations) {
      const candidate: Vector3 = [wrapped[0] + t[0], wrapped[1] + t[1], wrapped[2] + t[2]];
      const square = dot(candidate, candidate);
      // The slack keeps the wrapped image when two images are equally far, so that rounding never picks the other one.
      if (square < bestSquare - 1e-12) {
        best = candidate;
        bestSquare = square;
      }
    }
    return best;
  };
}
