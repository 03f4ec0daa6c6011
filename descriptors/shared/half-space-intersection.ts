/**
 * The convex body of all points r with n·r ≤ d for every one of a set of planes.
 *
 * Each plane's polygon is cut out of a large square by all other half-spaces, and the volume follows from the areas,
 * V = Σ d·A/3. No list of vertices is kept, so that many planes through one vertex, as in cubes and octahedra cut by each
 * other, need no decision about which of them meet there: the mistake avoided here is a topology made of rounding errors.
 */
import { add, cross, dot, norm, scale, subtract, type Vector3 } from '../../model/lattice.ts';

export interface HalfSpace {
  /** Outward, of length 1. */
  readonly normal: Vector3;
  /** From the origin, above 0: the origin lies inside. */
  readonly distance: number;
}

export interface ConvexBody {
  readonly volume: number;
  /** Of the face on each plane, in their order; 0 for a plane that the body does not touch. */
  readonly areas: readonly number[];
  /** Distance of the farthest vertex. */
  readonly radius: number;
}

/** A body that reaches this many times farther than its farthest plane is open: no crystal is so. */
const OPEN_RATIO = 1e4;
/** Components of normals of one direction differ by rounding only. */
const SAME_DIRECTION = 1e-9;
/** Of the largest face: below it an area is what rounding leaves of an edge or a vertex. */
const NO_AREA = 1e-10;

/** Undefined when the half-spaces leave a way to infinity. */
export function intersection(halfSpaces: readonly HalfSpace[]): ConvexBody | undefined {
  const farthest = Math.max(0, ...halfSpaces.map(({ distance }) => distance));
  const reach = OPEN_RATIO * farthest;
  const planes = withoutCovered(halfSpaces);
  const first = facesOf(planes, reach);
  const extent = farthestOf(first);
  if (!(extent > 0) || extent > reach) return undefined;
  // Cut again out of a square of the size of the body: the last digits of a large one are lost.
  const faces = facesOf(planes, 2 * extent);
  const areas = faces.map(polygonArea);
  const least = NO_AREA * Math.max(...areas);
  const shown = areas.map((area) => (area > least ? area : 0));
  return {
    volume: shown.reduce((sum, area, at) => sum + (area * (planes[at]?.distance ?? 0)) / 3, 0),
    areas: halfSpaces.map((halfSpace) => shown[planes.indexOf(halfSpace)] ?? 0),
    radius: farthestOf(faces),
  };
}

function farthestOf(faces: readonly (readonly Vector3[])[]): number {
  return faces.flat().reduce((farthest, vertex) => Math.max(farthest, norm(vertex)), 0);
}

/** Of several planes in one direction only the nearest counts, the first of equals. */
function withoutCovered(halfSpaces: readonly HalfSpace[]): HalfSpace[] {
  return halfSpaces.filter((own, at) =>
    halfSpaces.every(
      (other, to) =>
        to === at ||
        norm(subtract(own.normal, other.normal)) > SAME_DIRECTION ||
        own.distance < other.distance ||
        (own.distance === other.distance && at < to),
    ),
  );
}

/** Polygon of each plane; empty where the others leave nothing. `reach`: half the diagonal of the squares at the start. */
function facesOf(planes: readonly HalfSpace[], reach: number): (readonly Vector3[])[] {
  return planes.map((plane) => {
    let polygon: readonly Vector3[] = squareOn(plane, 2 * reach);
    for (const other of planes) {
      if (other === plane) continue;
      polygon = clipped(polygon, other);
      if (polygon.length < 3) return [];
    }
    return polygon;
  });
}

function squareOn({ normal, distance }: HalfSpace, half: number): Vector3[] {
  const [x, y, z] = normal.map(Math.abs);
  const aside: Vector3 =
    (x ?? 0) <= (y ?? 0) && (x ?? 0) <= (z ?? 0) ? [1, 0, 0] : (y ?? 0) <= (z ?? 0) ? [0, 1, 0] : [0, 0, 1];
  const across = cross(normal, aside);
  const u = scale(across, half / norm(across));
  const v = cross(normal, u);
  const centre = scale(normal, distance);
  return [
    add(add(centre, u), v),
    add(subtract(centre, u), v),
    subtract(subtract(centre, u), v),
    subtract(add(centre, u), v),
  ];
}

/** Sutherland & Hodgman, Commun. ACM 17, 32 (1974). A vertex on the plane stays. */
function clipped(polygon: readonly Vector3[], { normal, distance }: HalfSpace): Vector3[] {
  const kept: Vector3[] = [];
  for (const [at, vertex] of polygon.entries()) {
    const previous = polygon[(at + polygon.length - 1) % polygon.length] ?? vertex;
    const [before, here] = [dot(normal, previous) - distance, dot(normal, vertex) - distance];
    if (before < 0 !== here < 0 && before !== 0 && here !== 0) {
      kept.push(add(previous, scale(subtract(vertex, previous), before / (before - here))));
    }
    if (here <= 0) kept.push(vertex);
  }
  return kept;
}

function polygonArea(polygon: readonly Vector3[]): number {
  const [origin] = polygon;
  if (origin === undefined) return 0;
  let sum: Vector3 = [0, 0, 0];
  for (let at = 1; at + 1 < polygon.length; at += 1) {
    const [left, right] = [polygon[at] ?? origin, polygon[at + 1] ?? origin];
    sum = add(sum, cross(subtract(left, origin), subtract(right, origin)));
  }
  return norm(sum) / 2;
}
