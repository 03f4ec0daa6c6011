/**
 * Families of facets to the body they enclose, and what is told of it. Lengths of the body are surface energies: its size
 * means nothing, its proportions do (SCIENCE §4.5).
 */

import type { Parts } from '../../model/descriptor.ts';
import { type Matrix3, norm, reciprocal, scale, toCartesian, type Vector3 } from '../../model/lattice.ts';
import { intersection } from './half-space-intersection.ts';

export interface FacetFamily {
  readonly label: string;
  /** As given, coprime. */
  readonly miller: Vector3;
  /** All planes of the family. */
  readonly planes: readonly Vector3[];
  readonly energyJPerM2: number;
}

export interface FamilyShare {
  readonly facet: string;
  readonly miller: Vector3;
  readonly surfaceEnergyJPerM2: number;
  /** Of the whole surface; 0 when the crystal does not show it. */
  readonly areaFraction: number;
  /** Planes of the family. */
  readonly planes: number;
}

export interface WulffBody {
  readonly meanJPerM2: number;
  readonly parts: Parts & { readonly areaFractions: readonly FamilyShare[] };
}

/** Undefined when the planes do not close a body. */
export function wulffBody(families: readonly FacetFamily[], lattice: Matrix3): WulffBody | undefined {
  const inverse = reciprocal(lattice);
  const halfSpaces = families.flatMap(({ planes, energyJPerM2 }) =>
    planes.map((plane) => ({ normal: unit(toCartesian(plane, inverse)), distance: energyJPerM2 })),
  );
  const body = intersection(halfSpaces);
  if (body === undefined) return undefined;
  const area = body.areas.reduce((sum, each) => sum + each, 0);
  let at = 0;
  const areaFractions = families.map(({ label, miller, planes, energyJPerM2 }): FamilyShare => {
    const own = body.areas.slice(at, at + planes.length).reduce((sum, each) => sum + each, 0);
    at += planes.length;
    return {
      facet: label,
      miller,
      surfaceEnergyJPerM2: energyJPerM2,
      areaFraction: own / area,
      planes: planes.length,
    };
  });
  const meanJPerM2 = mean(areaFractions, ({ surfaceEnergyJPerM2 }) => surfaceEnergyJPerM2);
  const variance = mean(areaFractions, ({ surfaceEnergyJPerM2 }) => (surfaceEnergyJPerM2 - meanJPerM2) ** 2);
  return {
    meanJPerM2,
    parts: {
      areaFractions,
      exposed: areaFractions.filter(({ areaFraction }) => areaFraction > 0).map(({ facet }) => facet),
      // As pymatgen defines them: relative spread of γ over the surface, and A/V^(2/3) (4.84 of a sphere).
      anisotropyFraction: Math.sqrt(variance) / meanJPerM2,
      shapeFactor: area / body.volume ** (2 / 3),
      effectiveRadiusJPerM2: ((3 * body.volume) / (4 * Math.PI)) ** (1 / 3),
      farthestPointJPerM2: body.radius,
      volumeJ3PerM6: body.volume,
      areaJ2PerM4: area,
    },
  };
}

function mean(shares: readonly FamilyShare[], of: (share: FamilyShare) => number): number {
  return shares.reduce((sum, share) => sum + share.areaFraction * of(share), 0);
}

function unit(vector: Vector3): Vector3 {
  return scale(vector, 1 / norm(vector));
}
