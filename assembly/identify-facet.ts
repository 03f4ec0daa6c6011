/**
 * Which plane of the bulk a slab exposes, from its cell and its atoms; the name of the folder is never asked.
 *
 * The plane vectors of the slab are looked for among the lattice vectors of the bulk; where several pairs have their
 * lengths and angle, the one on which most atoms of the slab lie where the bulk has atoms is right. That tells the two
 * sides of a polar crystal apart, too (SCIENCE §4.6). The mistakes avoided here: taking a plane for another one with the
 * same mesh, and reading the indices along the axes of a primitive cell.
 */
import {
  add,
  cross,
  determinant,
  dot,
  type Matrix3,
  norm,
  periodicDistance,
  reciprocal,
  reducedPair,
  scale,
  subtract,
  toCartesian,
  toFractional,
  type Vector3,
} from '../model/lattice.ts';
import { atomCount, type Structure } from '../model/structure.ts';
import type { FacetIdentity } from '../model/system.ts';
import { type Crystal, crystalOf, type PlacedAtom } from './shared/crystal.ts';
import { type CrystalAxes, crystalAxes } from './shared/crystal-axes.ts';
import { familyKey, familyText, indicesOf, isPolar, type Miller } from './shared/miller.ts';
import { type Axis, planeVectors, unwrappedSlab } from './shared/slab-geometry.ts';

export interface Bulk {
  readonly crystal: Crystal;
  readonly axes: CrystalAxes;
}

/** Undefined for a cell of so many atoms that it is no reference of a crystal, and for one smaller than any atom. */
export function bulkOf(structure: Structure): Bulk | undefined {
  if (atomCount(structure) > MOST_BULK_ATOMS) return undefined;
  const crystal = crystalOf(structure);
  if (!(norm(crystal.primitive[0]) >= SHORTEST_VECTOR_ANGSTROM)) return undefined;
  return { crystal, axes: crystalAxes(crystal, structure.latticeAngstrom) };
}

/** No two atoms of an element are nearer. */
const SHORTEST_VECTOR_ANGSTROM = 1;
/** Finding the symmetry takes the square of their number. */
const MOST_BULK_ATOMS = 200;
/** Lattice vectors of the bulk are tried up to this length; no slab is wider, a damaged cell may be. */
const WIDEST_MESH_ANGSTROM = 100;
/** Relative difference of lengths, and of the product of two vectors: a slab may be strained onto a support. */
const STRAIN = 0.03;
/** Atoms near a surface relax by this much and no more, Å. */
const PLACE_TOLERANCE_ANGSTROM = 0.7;
/** Of the inner atoms. */
const LEAST_MATCHED_SHARE = 0.8;
/** The outer parts of a slab relax and reconstruct; of a thin one all atoms count. */
const INNER_SHARE = 0.6;
const THINNEST_WITH_INNER_ANGSTROM = 6;
const SAME_DEVIATION_ANGSTROM = 0.02;

/** Undefined when no plane of the bulk has the mesh and the atoms of the slab. */
export function identifyFacet(slab: Structure, axis: Axis, { crystal, axes }: Bulk): FacetIdentity | undefined {
  const mesh = slabMesh(slab, axis);
  // Written so that a length that is no number is too wide.
  if (!mesh.every((vector) => norm(vector) <= WIDEST_MESH_ANGSTROM)) return undefined;
  const atoms = innerAtoms(slab, axis, mesh);
  const distance = periodicDistance(crystal.primitive);
  let best: (Fit & { readonly miller: Miller }) | undefined;
  for (const candidate of meshesLike(mesh, crystal)) {
    const fit = fitOf(atoms, candidate, { crystal, distance });
    if (fit === undefined) continue;
    const [p, q] = candidate;
    const miller = indicesOf(cross(p, q), axes.lattice, determinant(crystal.primitive));
    if (best === undefined || isBetter({ ...fit, miller }, best)) best = { ...fit, miller };
  }
  if (best === undefined) return undefined;
  const { miller } = best;
  const isPolarFace = isPolar(miller, crystal, axes);
  return {
    miller,
    family: familyKey(miller, crystal, axes),
    label: familyText(miller, crystal, axes),
    isPolar: isPolarFace,
    ...(isPolarFace && axes.family === 'hexagonal' && miller[2] !== 0 && { termination: miller[2] > 0 ? '+' : '-' }),
    matchedShare: best.share,
    deviationAngstrom: best.deviationAngstrom,
  };
}

type Mesh = readonly [Vector3, Vector3];

/** Shortest vectors of the slab's cell in its plane; their cross product points up, away from the bottom. */
function slabMesh({ latticeAngstrom }: Structure, axis: Axis): Mesh {
  const [u, v] = reducedPair(...planeVectors(latticeAngstrom, axis));
  return dot(cross(u, v), latticeAngstrom[axis]) < 0 ? [u, scale(v, -1)] : [u, v];
}

/** An atom by its place in the mesh and its height: what stays when the slab is laid into the bulk. */
interface MeshAtom {
  readonly species: string;
  readonly alongU: number;
  readonly alongV: number;
  readonly heightAngstrom: number;
}

/** The atoms far from both faces, the innermost first. */
function innerAtoms(slab: Structure, axis: Axis, [u, v]: Mesh): MeshAtom[] {
  const { cartesianAngstrom, heightsAngstrom } = unwrappedSlab(slab, axis);
  const normal = cross(u, v);
  const inverse = reciprocal([u, v, normal]);
  const thickness = Math.max(...heightsAngstrom);
  const middle = thickness / 2;
  const reach = thickness < THINNEST_WITH_INNER_ANGSTROM ? middle : middle * INNER_SHARE;
  return slab.species
    .map((species, atom) => {
      const [alongU, alongV] = toFractional(cartesianAngstrom[atom] ?? [0, 0, 0], inverse);
      return { species, alongU, alongV, heightAngstrom: (heightsAngstrom[atom] ?? 0) - middle };
    })
    .filter(({ heightAngstrom }) => Math.abs(heightAngstrom) <= reach + 1e-6)
    .sort((left, right) => Math.abs(left.heightAngstrom) - Math.abs(right.heightAngstrom));
}

/** Pairs of lattice vectors of the bulk with the lengths and the angle of the mesh; of equivalent ones by symmetry one. */
function meshesLike([u, v]: Mesh, { primitive, rotations }: Crystal): Mesh[] {
  const proper = rotations.filter((rotation) => determinant(rotation) > 0);
  const isFirstOfOrbit = (components: Vector3): boolean =>
    proper.every((rotation) => !isAfter(toCartesian(components, rotation), components));
  const product = dot(u, v);
  const tolerance = 2 * STRAIN * norm(u) * norm(v);
  const seconds = vectorsOfLength(norm(v), primitive).map((components) => toCartesian(components, primitive));
  return vectorsOfLength(norm(u), primitive)
    .filter(isFirstOfOrbit)
    .map((components) => toCartesian(components, primitive))
    .flatMap((p) => seconds.filter((q) => Math.abs(dot(p, q) - product) <= tolerance).map((q): Mesh => [p, q]));
}

/** Lattice vectors by their whole components. */
function vectorsOfLength(lengthAngstrom: number, primitive: Matrix3): Vector3[] {
  const longest = lengthAngstrom * (1 + STRAIN);
  const shortest = lengthAngstrom * (1 - STRAIN);
  // A component is the projection on the reciprocal vector.
  const [reachA, reachB, reachC] = reciprocal(primitive).map((vector) => Math.floor(longest * norm(vector) + 1e-9));
  const found: Vector3[] = [];
  for (let i = -(reachA ?? 0); i <= (reachA ?? 0); i += 1) {
    for (let j = -(reachB ?? 0); j <= (reachB ?? 0); j += 1) {
      for (let k = -(reachC ?? 0); k <= (reachC ?? 0); k += 1) {
        const length = norm(toCartesian([i, j, k], primitive));
        if (length >= shortest && length <= longest) found.push([i, j, k]);
      }
    }
  }
  return found;
}

function isAfter(left: Vector3, right: Vector3): boolean {
  const at = left.findIndex((component, index) => component !== right[index]);
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
}

interface Fit {
  readonly share: number;
  readonly deviationAngstrom: number;
}

interface Measured {
  readonly crystal: Crystal;
  /** Of the shortest image in the crystal, Å. */
  readonly distance: ReturnType<typeof periodicDistance>;
}

/** How well the atoms lie in the bulk with their mesh on this one; undefined when too few do. */
function fitOf(atoms: readonly MeshAtom[], [p, q]: Mesh, measured: Measured): Fit | undefined {
  const normal = cross(p, q);
  const unit = scale(normal, 1 / norm(normal));
  const placed = atoms.map(({ species, alongU, alongV, heightAngstrom }) => ({
    species,
    place: add(add(scale(p, alongU), scale(q, alongV)), scale(unit, heightAngstrom)),
  }));
  const [anchor] = placed;
  if (anchor === undefined) return undefined;
  let best: Fit | undefined;
  for (const target of measured.crystal.atoms) {
    if (target.species !== anchor.species) continue;
    const fit = fitWithShift(placed, subtract(target.place, anchor.place), measured);
    if (fit !== undefined && (best === undefined || fit.share > best.share || isNearer(fit, best))) best = fit;
  }
  return best;
}

function isNearer(left: Fit, right: Fit): boolean {
  return left.share === right.share && left.deviationAngstrom < right.deviationAngstrom;
}

function fitWithShift(placed: readonly PlacedAtom[], shift: Vector3, { crystal, distance }: Measured): Fit | undefined {
  const mostMissed = Math.floor(placed.length * (1 - LEAST_MATCHED_SHARE));
  let missed = 0;
  let sum = 0;
  for (const { species, place } of placed) {
    const [x, y, z] = add(place, shift);
    let nearest = Number.POSITIVE_INFINITY;
    for (const other of crystal.atoms) {
      if (other.species !== species) continue;
      nearest = Math.min(nearest, distance(x - other.place[0], y - other.place[1], z - other.place[2]));
    }
    if (nearest <= PLACE_TOLERANCE_ANGSTROM) sum += nearest;
    else missed += 1;
    if (missed > mostMissed) return undefined;
  }
  const matched = placed.length - missed;
  return { share: matched / placed.length, deviationAngstrom: sum / Math.max(1, matched) };
}

/** More atoms in their places, then nearer ones; of equivalent planes the one with the larger indices. */
function isBetter(left: Fit & { readonly miller: Miller }, right: Fit & { readonly miller: Miller }): boolean {
  if (left.share !== right.share) return left.share > right.share;
  const nearer = right.deviationAngstrom - left.deviationAngstrom;
  return Math.abs(nearer) > SAME_DEVIATION_ANGSTROM ? nearer > 0 : isAfter(left.miller, right.miller);
}
