/**
 * Band gap = CBM − VBM from eigenvalues and their occupations, 0…1, with threshold 0.5 (SCIENCE §7).
 *
 * The mistakes avoided here: reading a gap from one k-point or one spin; taking the zero-weight k-points of a hybrid band
 * structure whose occupations VASP left at 0 (tetrahedron method) for empty bands; and a gap from a list with a starred
 * energy in it. A level with occupation 0.5 is half full: both edges lie there. A gap below 0 counts as 0, a metal.
 */
import type { BandEdge, BandGap, Eigenvalues } from '../../model/electronic.ts';

const HALF_FULL = 0.5;

/** The same rule for lists too long to keep. */
export interface BandGapAccumulator {
  /** One level, occupation 0…1; spin and k-point count from 0, in any order. What is not finite leaves the whole without a gap. */
  readonly take: (energyEv: number, occupation: number, spin: 0 | 1, kpoint: number) => void;
  /** The gap of what was taken; `weights` by k-point, where they are known. */
  readonly result: (weights?: readonly number[]) => BandGap | undefined;
  /** Why there is no result, for a message; undefined when there is one. */
  readonly missing: (weights?: readonly number[]) => string | undefined;
}

/** Undefined without occupations, without an occupied or an empty band, and when a number of the list is NaN. */
export function bandGapOf(eigenvalues: Eigenvalues): BandGap | undefined {
  const { spinCount, kpointCount, bandCount, energiesEv, occupations, weights } = eigenvalues;
  if (occupations === undefined) return undefined;
  const gap = bandGapAccumulator();
  for (let index = 0; index < spinCount * kpointCount * bandCount; index += 1) {
    const block = Math.floor(index / bandCount);
    const spin = block < kpointCount ? 0 : 1;
    // A list shorter than its counts is a bug of the caller; it gives no gap rather than a wrong one.
    gap.take(energiesEv[index] ?? Number.NaN, occupations[index] ?? Number.NaN, spin, block % kpointCount);
  }
  return gap.result(weights);
}

export function bandGapAccumulator(): BandGapAccumulator {
  const points = new Map<number, PointEdges>();
  let current: PointEdges | undefined;
  let unreadable = false;
  const edges = (weights: readonly number[] | undefined): Edges => {
    // A level that is no number may be any edge.
    return unreadable ? { reason: 'an eigenvalue or occupation is no number' } : edgesOf(points.values(), weights);
  };
  return {
    take: (energyEv, occupation, spin, kpoint) => {
      if (current?.kpoint !== kpoint) {
        current = points.get(kpoint) ?? newPoint(kpoint);
        points.set(kpoint, current);
      }
      if (!Number.isFinite(energyEv) || !Number.isFinite(occupation)) unreadable = true;
      if (occupation !== 0) current.isFilled = true;
      if (occupation >= HALF_FULL && energyEv > current.occupiedEv) {
        current.occupiedEv = energyEv;
        current.occupiedSpin = spin;
      }
      if (occupation <= HALF_FULL && energyEv < current.emptyEv) {
        current.emptyEv = energyEv;
        current.emptySpin = spin;
      }
    },
    result: (weights) => edges(weights).gap,
    missing: (weights) => edges(weights).reason,
  };
}

/** Of one k-point, both spins: plain numbers, since every level of a list may move an edge. */
interface PointEdges {
  readonly kpoint: number;
  /** −∞ without an occupied band. */
  occupiedEv: number;
  occupiedSpin: 0 | 1;
  /** ∞ without an empty one. */
  emptyEv: number;
  emptySpin: 0 | 1;
  /** Whether any occupation is not 0. */
  isFilled: boolean;
}

function newPoint(kpoint: number): PointEdges {
  const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;
  return {
    kpoint,
    occupiedEv: NEGATIVE_INFINITY,
    occupiedSpin: 0,
    emptyEv: POSITIVE_INFINITY,
    emptySpin: 0,
    isFilled: false,
  };
}

interface Edges {
  readonly gap?: BandGap;
  readonly reason?: string;
}

function edgesOf(points: Iterable<PointEdges>, weights: readonly number[] | undefined): Edges {
  let valence: PointEdges | undefined;
  let conduction: PointEdges | undefined;
  const counted: PointEdges[] = [];
  for (const point of points) {
    if (!point.isFilled && weights?.[point.kpoint] === 0) continue;
    counted.push(point);
    if (point.occupiedEv > (valence?.occupiedEv ?? Number.NEGATIVE_INFINITY)) valence = point;
    if (point.emptyEv < (conduction?.emptyEv ?? Number.POSITIVE_INFINITY)) conduction = point;
  }
  if (valence === undefined) return { reason: 'no occupied band' };
  if (conduction === undefined) return { reason: 'no empty band' };
  return { gap: gapBetween(valence, conduction, counted) };
}

/** Equal edges at several k-points make the gap direct when one of these has both. */
function gapBetween(valence: PointEdges, conduction: PointEdges, points: readonly PointEdges[]): BandGap {
  const both = points.find(
    ({ occupiedEv, emptyEv }) => occupiedEv === valence.occupiedEv && emptyEv === conduction.emptyEv,
  );
  const difference = conduction.emptyEv - valence.occupiedEv;
  return {
    kind: difference > 0 ? 'insulator' : 'metal',
    gapEv: Math.max(0, difference),
    isDirect: both !== undefined,
    valenceBandMaximum: occupiedEdge(both ?? valence),
    conductionBandMinimum: emptyEdge(both ?? conduction),
  };
}

function occupiedEdge({ occupiedEv, occupiedSpin, kpoint }: PointEdges): BandEdge {
  return { energyEv: occupiedEv, spin: occupiedSpin, kpoint };
}

function emptyEdge({ emptyEv, emptySpin, kpoint }: PointEdges): BandEdge {
  return { energyEv: emptyEv, spin: emptySpin, kpoint };
}
