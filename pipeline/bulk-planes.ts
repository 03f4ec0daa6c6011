/**
 * The atomic planes of a bulk along the normal of one of its facets: what a slab's planes are held against.
 *
 * The mistake avoided here: the distance of lattice planes d_hkl for the distance of atomic planes. Between two lattice
 * planes lie as many atomic ones as the basis makes, at unequal distances.
 */
import { bulkOf } from '../assembly/identify-facet.ts';
import { reducedFormula } from '../assembly/shared/composition-difference.ts';
import { coprime } from '../assembly/shared/miller.ts';
import { layerGapAngstrom } from '../assembly/shared/slab-geometry.ts';
import { dot, norm, reciprocal, scale, toCartesian, type Vector3 } from '../model/lattice.ts';
import type { Structure } from '../model/structure.ts';

export interface BulkPlane {
  /** Reduced formula of its atoms. */
  readonly formula: string;
  /** To the next plane below, Å. */
  readonly spacingAngstrom: number;
}

/** Components of a plane along primitive axes are whole multiples of this: of centred cells halves, thirds, quarters. */
const SMALLEST_FRACTION = 1 / 12;

/** One period, from above; `miller` along the conventional axes, pointing up. Undefined for what is no crystal. */
export function bulkPlanes(structure: Structure, miller: Vector3): readonly BulkPlane[] | undefined {
  const bulk = bulkOf(structure);
  if (bulk === undefined) return undefined;
  const { primitive, atoms } = bulk.crystal;
  const along = toCartesian(miller, reciprocal(bulk.axes.lattice));
  const [h, k, l] = primitive.map((vector) => Math.round(dot(vector, along) / SMALLEST_FRACTION));
  const wave = toCartesian(coprime([h ?? 0, k ?? 0, l ?? 0]), reciprocal(primitive));
  const period = 1 / norm(wave);
  const normal = scale(wave, period);
  const placed = atoms
    .map(({ species, place }) => ({ species, height: modulo(dot(place, normal), period) }))
    .sort((left, right) => right.height - left.height);
  const gap = layerGapAngstrom(atoms.map(({ species }) => species));
  return planesOf(placed, { period, gap });
}

interface PlacedAlong {
  readonly species: string;
  readonly height: number;
}

/** The circle of one period is cut in its widest gap, so that no plane is divided. */
function planesOf(placed: readonly PlacedAlong[], { period, gap }: { readonly period: number; readonly gap: number }) {
  const below = (at: number): number => {
    const [here, next] = [placed[at]?.height ?? 0, placed[at + 1]?.height ?? (placed[0]?.height ?? 0) - period];
    return here - next;
  };
  const gaps = placed.map((_, at) => below(at));
  const widest = gaps.indexOf(Math.max(...gaps));
  if (!((gaps[widest] ?? 0) > gap)) return undefined;
  const ordered = [
    ...placed.slice(widest + 1),
    ...placed.slice(0, widest + 1).map((atom) => ({ ...atom, height: atom.height - period })),
  ];
  const planes: PlacedAlong[][] = [];
  for (const [at, atom] of ordered.entries()) {
    const previous = ordered[at - 1];
    if (previous === undefined || previous.height - atom.height > gap) planes.push([]);
    planes.at(-1)?.push(atom);
  }
  const means = planes.map((plane) => plane.reduce((sum, { height }) => sum + height, 0) / plane.length);
  return planes.map((plane, at): BulkPlane => {
    const next = means[at + 1] ?? (means[0] ?? 0) - period;
    return { formula: reducedFormula(plane.map(({ species }) => species)), spacingAngstrom: (means[at] ?? 0) - next };
  });
}

function modulo(value: number, period: number): number {
  return value - period * Math.floor(value / period);
}
