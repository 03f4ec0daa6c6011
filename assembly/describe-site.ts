/**
 * The adsorbates of one slab described: face, site, neighbours, height, coverage, and how far each came from its start.
 *
 * A coverage counts the adsorbates of one face, per area and per cation of the outermost plane that has any (SCIENCE
 * §2.5); heights are those of the atom that binds an adsorbate, above the mean of the outermost plane (§4.9).
 */
import type { AdsorbedUnit, AdsorptionSite, SiteNeighbour } from '../model/adsorption-site.ts';
import { ANION_ELEMENTS } from '../model/elements.ts';
import { add, norm, scale, subtract, type Vector3 } from '../model/lattice.ts';
import { type Structure, vectorAt } from '../model/structure.ts';
import {
  type AdsorbedSurface,
  adsorbedSurface,
  depthAngstrom,
  faceOf,
  type Neighbour,
  nearestOf,
  neighboursOf,
} from './shared/adsorbed-surface.ts';
import { adsorbedUnits } from './shared/adsorbed-units.ts';
import { fractionalOf } from './shared/atom-pairing.ts';
import type { CleanSurface } from './shared/clean-surface.ts';
import { displacementsFrom, longest } from './shared/displacements.ts';
import type { AtomMatch } from './shared/match-atoms.ts';
import { openAtoms, siteKind } from './shared/site-kind.ts';
import { areaAcross } from './shared/slab-geometry.ts';

const ANGSTROM2_PER_NM2 = 100;

/** A slab with adsorbates, and what it is compared with. */
export interface AdsorbedPair {
  readonly structure: Structure;
  readonly clean: CleanSurface;
  /** Of the clean slab's atoms with those of the structure. */
  readonly match: AtomMatch;
  /** Input of the run, atoms in the order of its output. */
  readonly start?: Structure;
  /** Atoms of one adsorbate. */
  readonly atomsPerUnit: number;
}

/** One adsorbate with what the checks of it need. */
export interface PlacedUnit extends AdsorbedUnit {
  /** The atom that binds it. */
  readonly anchor: number;
  /** Atoms of the slab that the anchor is bonded to. */
  readonly bonded: readonly Neighbour[];
}

export interface PlacedAdsorbates {
  readonly surface: AdsorbedSurface;
  readonly units: readonly PlacedUnit[];
  /** Of the slab's atoms from their places in the clean slab, after the common shift, length 3N, Å; of others zero. */
  readonly displacementsAngstrom: Float64Array;
  /** The surface as the run began; undefined when the start is not known. */
  readonly starting: () => AdsorbedSurface | undefined;
}

export function placeAdsorbates(pair: AdsorbedPair): PlacedAdsorbates {
  const { structure, clean, match, atomsPerUnit } = pair;
  const surface = adsorbedSurface(structure, match, clean);
  const { frame } = surface;
  const start = pair.start !== undefined && isSameOrder(pair.start, structure) ? pair.start : undefined;
  const moves = start === undefined ? undefined : movesFrom(start, surface, match);
  const isOpen = openAtoms(surface);
  const units = adsorbedUnits(structure, surface.adsorbateAtoms, atomsPerUnit).map((atoms): PlacedUnit => {
    const anchor = anchorOf(surface, atoms);
    const bonded = neighboursOf(surface, anchor, surface.slabAtoms);
    return {
      atoms,
      anchor,
      bonded,
      face: faceOf(surface, anchor),
      ...siteKind(surface, { atom: anchor, bonded, unit: atoms }, isOpen),
      neighbours: siteNeighbours(surface, anchor, bonded),
      heightAngstrom: -depthAngstrom(surface, anchor),
      ...(moves !== undefined && {
        displacementAngstrom: norm(frame.alongFace(subtract(meanOf(moves.ofAtoms, atoms), moves.common))),
      }),
    };
  });
  const { fractional } = clean;
  const places = { fractional, shift: match.shiftFractional, atoms: match.partners, frame };
  return {
    surface,
    units,
    displacementsAngstrom: displacementsFrom(structure, places),
    starting: () => start && adsorbedSurface(start, match, clean),
  };
}

function isSameOrder(start: Structure, { species }: Structure): boolean {
  return start.species.length === species.length && species.every((element, atom) => element === start.species[atom]);
}

/** Without what only the checks need. */
export function describeSite(
  { surface, units, displacementsAngstrom }: PlacedAdsorbates,
  { structure, axis }: CleanSurface,
): Pick<AdsorptionSite, 'face' | 'coveragePerNm2' | 'coveragePerSurfaceCation' | 'units' | 'slabDisplacementAngstrom'> {
  const faces = [...new Set(units.map((unit) => unit.face))];
  const onOneFace = units.length / Math.max(1, faces.length);
  const cations = faces.map((face) => surfaceCations(surface, face)).reduce((sum, count) => sum + count, 0);
  return {
    face: faces.length > 1 ? 'both' : (faces[0] ?? 'top'),
    coveragePerNm2: (ANGSTROM2_PER_NM2 * onOneFace) / areaAcross(structure.latticeAngstrom, axis),
    ...(cations > 0 && { coveragePerSurfaceCation: units.length / cations }),
    units: units.map(({ anchor: _, bonded: __, ...unit }) => unit),
    slabDisplacementAngstrom: longest(displacementsAngstrom),
  };
}

/** The atom of an adsorbate that the slab holds most. */
function anchorOf(surface: AdsorbedSurface, atoms: readonly number[]): number {
  const [only = 0] = atoms;
  if (atoms.length === 1) return only;
  const reach = (atom: number): number =>
    nearestOf(surface, atom, surface.slabAtoms)?.reach ?? Number.POSITIVE_INFINITY;
  return atoms.reduce((best, atom) => (reach(atom) < reach(best) ? atom : best), only);
}

function siteNeighbours(surface: AdsorbedSurface, anchor: number, bonded: readonly Neighbour[]): SiteNeighbour[] {
  const nearest = bonded.length > 0 ? undefined : nearestOf(surface, anchor, surface.slabAtoms);
  return (nearest === undefined ? bonded : [nearest]).map(({ atom, distanceAngstrom }) => ({
    element: surface.structure.species[atom] ?? '',
    atom,
    distanceAngstrom,
  }));
}

/** In the outermost plane of a face that has any. */
function surfaceCations({ planes, structure }: AdsorbedSurface, face: 'top' | 'bottom'): number {
  const inwards = face === 'top' ? [...planes].reverse() : planes;
  const counts = inwards.map((plane) => plane.filter((atom) => isCation(structure.species[atom] ?? '')).length);
  return counts.find((count) => count > 0) ?? 0;
}

function isCation(element: string): boolean {
  return !ANION_ELEMENTS.has(element);
}

interface Moves {
  /** Of every atom from the start to the end, length 3N, Å. */
  readonly ofAtoms: Float64Array;
  /** What most atoms of the slab moved, Å: the slab may have been shifted as a whole. */
  readonly common: Vector3;
}

function movesFrom(start: Structure, { structure, frame }: AdsorbedSurface, { partners }: AtomMatch): Moves {
  const atoms = Array.from(start.species.keys());
  const places = { fractional: fractionalOf(start), shift: [0, 0, 0] as const, atoms, frame };
  const ofAtoms = displacementsFrom(structure, places);
  const median = (axis: 0 | 1 | 2): number => {
    const sorted = Float64Array.from(partners, (atom) => ofAtoms[3 * atom + axis] ?? 0).sort();
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return { ofAtoms, common: [median(0), median(1), median(2)] };
}

function meanOf(vectors: Float64Array, atoms: readonly number[]): Vector3 {
  const sum = atoms.reduce<Vector3>((total, atom) => add(total, vectorAt(vectors, atom)), [0, 0, 0]);
  return scale(sum, 1 / Math.max(1, atoms.length));
}
