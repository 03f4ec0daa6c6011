/**
 * Where adsorbates are bound on a slab, as the atoms show it (SCIENCE §2.5, §4.9, §4.10).
 *
 * The mistake avoided here: a site known by the name of its folder only. A Li that was put on top of O and relaxed into
 * the hollow is described as what it is.
 */
import type { Issue } from './issues.ts';

export type Face = 'top' | 'bottom';

/**
 * By the atoms of the surface that it is bound to: one, two, or three and more; `on-adsorbate`: to other adsorbates
 * only; `subsurface`: below the face; `detached`: to nothing.
 */
export type SiteKind = 'top' | 'bridge' | 'hollow' | 'on-adsorbate' | 'subsurface' | 'detached';

/** An atom of the slab at the adsorbate; one of them may stand here several times in a small cell, once per image. */
export interface SiteNeighbour {
  readonly element: string;
  /** Number of the atom in the calculation, from 0. */
  readonly atom: number;
  readonly distanceAngstrom: number;
}

/** One adsorbed atom or molecule. */
export interface AdsorbedUnit {
  /** Numbers of its atoms in the calculation, from 0. */
  readonly atoms: readonly number[];
  readonly face: Face;
  readonly site: SiteKind;
  /** Atoms of the surface that make the site; absent where none do. */
  readonly coordination?: number;
  /** Of a hollow of three: hcp above an atom of the plane below, fcc not. */
  readonly stacking?: 'hcp' | 'fcc';
  /** Bonded atoms of the slab, d < 1.2(r_i + r_j); without a bond the nearest one. Nearest first. */
  readonly neighbours: readonly SiteNeighbour[];
  /** Of the atom that binds it, above the mean of the outermost plane of its face; negative below, Å. */
  readonly heightAngstrom: number;
  /** Along the face, from where the calculation started, less what the slab moved; absent when the start is not known. */
  readonly displacementAngstrom?: number;
}

/** The adsorbates of one calculation. */
export interface AdsorptionSite {
  readonly calculation: string;
  /** Element or formula of a molecule. */
  readonly adsorbate: string;
  /** n: in the cell, both faces together. */
  readonly count: number;
  readonly face: Face | 'both';
  /** n/A of one face, nm⁻². */
  readonly coveragePerNm2: number;
  /** n per cation of the outermost plane that has any; absent where there are none. */
  readonly coveragePerSurfaceCation?: number;
  readonly units: readonly AdsorbedUnit[];
  /** Farthest that an atom of the slab is from its place in the clean one, after the common shift, Å. */
  readonly slabDisplacementAngstrom: number;
  /** The calculation of the same site that counts for both. */
  readonly duplicateOf?: string;
  /** How many calculations of this site there are, where it is more than this one. */
  readonly copies?: number;
  readonly issues: readonly Issue[];
}
