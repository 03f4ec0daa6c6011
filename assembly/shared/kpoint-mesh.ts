/**
 * k-point meshes: their subdivisions, how far they lie from Γ, and how dense they are.
 *
 * Spacing is |b_i|/N_i with |b_i| without 2π, so that 0.04 Å⁻¹ here is VASP's KSPACING 0.2513 (SCIENCE §11). The mistake
 * avoided here: two meshes of the same subdivisions, one through Γ and one beside it, sample different points.
 */
import type { Calculation, KPoints } from '../../model/calculation.ts';
import { lengths, reciprocal, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';

export type Mesh = readonly [number, number, number];

/** Two fractional coordinates closer than this are one. */
const SAME_COORDINATE = 1e-4;
/** A length that is a whole number of spacings need not divide so in binary. */
const ROUNDING = 1e-6;
/** VASP's KSPACING holds 2π. */
const TWO_PI = 2 * Math.PI;

/** Subdivisions of the mesh: as stated, else read off the listed points; undefined when neither tells. */
export function meshOf(calculation: Pick<Calculation, 'kpoints' | 'structure' | 'settings'>): Mesh | undefined {
  const { kpoints, structure, settings } = calculation;
  if (kpoints?.mesh !== undefined) return kpoints.mesh;
  const points = kpoints === undefined ? [] : sampledPoints(kpoints);
  if (points.length > 0) return [subdivisions(points, 0), subdivisions(points, 1), subdivisions(points, 2)];
  if (structure === undefined) return undefined;
  if (kpoints?.automaticLengthAngstrom !== undefined) {
    return automaticMesh(kpoints.automaticLengthAngstrom, structure);
  }
  // Without KPOINTS an INCAR can ask for a spacing instead.
  const { KSPACING } = settings;
  if (kpoints !== undefined || typeof KSPACING !== 'number' || !(KSPACING > 0)) return undefined;
  return meshOfSpacing(lengths(reciprocal(structure.latticeAngstrom)), KSPACING / TWO_PI);
}

/** Spacings along the three reciprocal vectors, Å⁻¹, without 2π. */
export function spacings(calculation: Calculation): Vector3 | undefined {
  const mesh = meshOf(calculation);
  const structure = calculation.structure;
  if (mesh === undefined || structure === undefined) return undefined;
  const [a, b, c] = lengths(reciprocal(structure.latticeAngstrom));
  return [a / mesh[0], b / mesh[1], c / mesh[2]];
}

/** The coarsest mesh with at most this spacing (Å⁻¹) along these reciprocal lengths; 1 across a vacuum. */
export function meshOfSpacing(lengths: Vector3, spacing: number, openAxes: readonly number[] = []): Mesh {
  const count = (axis: 0 | 1 | 2): number =>
    openAxes.includes(axis) ? 1 : Math.max(1, Math.ceil(lengths[axis] / spacing - ROUNDING));
  return [count(0), count(1), count(2)];
}

/** Points that count; a band structure appends others with weight 0. */
function sampledPoints({ fractional = [], weights }: KPoints): readonly Vector3[] {
  return fractional.filter((_, index) => weights?.[index] !== 0);
}

/** 1 / (smallest distance of two coordinates on the circle): symmetry removes points, never the spacing of all of them. */
function subdivisions(points: readonly Vector3[], axis: 0 | 1 | 2): number {
  const folded = new Set<number>();
  for (const point of points) {
    const coordinate = point[axis] - Math.floor(point[axis]);
    // Time reversal: −k is sampled wherever k is.
    for (const value of [coordinate, 1 - coordinate]) folded.add(value >= 1 - SAME_COORDINATE ? 0 : value);
  }
  const sorted = [...folded].sort((left, right) => left - right);
  let smallest = 1;
  for (const [index, value] of sorted.entries()) {
    const next = sorted[index + 1] ?? (sorted[0] ?? 0) + 1;
    if (next - value > SAME_COORDINATE) smallest = Math.min(smallest, next - value);
  }
  return Math.round(1 / smallest);
}

function automaticMesh(lengthAngstrom: number, structure: Structure): Mesh {
  const [a, b, c] = lengths(reciprocal(structure.latticeAngstrom));
  const count = (reciprocalLength: number): number => Math.max(1, Math.floor(lengthAngstrom * reciprocalLength + 0.5));
  return [count(a), count(b), count(c)];
}

/** How far the mesh lies from Γ, in subdivisions, 0 … ½; undefined when neither KPOINTS nor a list tells. */
export function offsetOf(kpoints: KPoints | undefined, mesh: Mesh): Vector3 | undefined {
  const [point] = kpoints === undefined ? [] : sampledPoints(kpoints);
  const fold = (value: number): number => Math.abs(value - Math.round(value));
  if (kpoints?.scheme === 'gamma' || kpoints?.scheme === 'monkhorst-pack') {
    const { shift = [0, 0, 0], scheme } = kpoints;
    const own = (axis: 0 | 1 | 2): number => (scheme === 'monkhorst-pack' && mesh[axis] % 2 === 0 ? 0.5 : 0);
    return [fold(own(0) + shift[0]), fold(own(1) + shift[1]), fold(own(2) + shift[2])];
  }
  return point === undefined
    ? undefined
    : [fold(point[0] * mesh[0]), fold(point[1] * mesh[1]), fold(point[2] * mesh[2])];
}
