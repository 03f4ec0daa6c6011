/**
 * The adsorbates of one slab described: face, site, neighbours, height, coverage, and how far each came from its start.
 *
 * A coverage counts the adsorbates of one face, per area and per cation of the outermost plane that has any (SCIENCE
 * §2.5); heights are those of the atom that binds an adsorbate, above the mean of the outermost plane (§4.9).
 */
import type { AdsorbedUnit, AdsorptionSite, SiteNeighbour } from '../model/adsorption-site.ts';
import { ANION_ELEMENTS } from '../model/elements.ts';
import {
  add,
  minimumImage,
  norm,
  reciprocal,
  scale,
  subtract,
  toCartesian,
  toFractional,
  type Vector3,
} from '../model/lattice.ts';
import { position, type Structure } from '../model/structure.ts';
import type { AdsorbedStructure } from './shared/adsorbate.ts';
import {
  type AdsorbedSurface,
  adsorbedSurface,
  depthAngstrom,
  faceOf,
  nearestOf,
  neighboursOf,
} from './shared/adsorbed-surface.ts';
import { adsorbedUnits } from './shared/adsorbed-units.ts';
import { siteKind, surfaceAtoms } from './shared/site-kind.ts';
import { areaAcross } from './shared/slab-geometry.ts';

const ANGSTROM2_PER_NM2 = 100;

/** A slab with adsorbates, and what it is compared with. */
export interface AdsorbedPair {
  readonly adsorbed: AdsorbedStructure;
  readonly clean: Structure;
  /** Atoms of the clean slab that are adsorbed on it themselves: they are no plane of its face. */
  readonly covering?: ReadonlySet<number>;
  /** Input of the run, atoms in the order of its output. */
  readonly start?: Structure;
  /** Atoms of one adsorbate. */
  readonly atomsPerUnit: number;
}

/** One adsorbate with what the checks of it need. */
export interface PlacedUnit extends AdsorbedUnit {
  /** The atom that binds it. */
  readonly anchor: number;
}

export interface PlacedAdsorbates {
  readonly surface: AdsorbedSurface;
  readonly units: readonly PlacedUnit[];
}

export function placeAdsorbates(pair: AdsorbedPair): PlacedAdsorbates {
  const { adsorbed, clean, start, atomsPerUnit } = pair;
  const surface = adsorbedSurface(adsorbed, clean, pair.covering);
  const open = surfaceAtoms(surface);
  const moves = start === undefined ? undefined : movesFrom(start, adsorbed);
  const units = adsorbedUnits(surface.structure, surface.adsorbateAtoms, atomsPerUnit).map((atoms): PlacedUnit => {
    const anchor = anchorOf(surface, atoms);
    return {
      atoms,
      anchor,
      face: faceOf(surface, anchor),
      ...siteKind(surface, anchor, open, atoms),
      neighbours: siteNeighbours(surface, anchor),
      heightAngstrom: -depthAngstrom(surface, anchor),
      ...(moves !== undefined && {
        displacementAngstrom: norm(surface.alongFace(subtract(meanOf(moves.ofAtoms, atoms), moves.common))),
      }),
    };
  });
  return { surface, units };
}

/** The surface as the run began; undefined when the start is not known. */
export function startingSurface({ adsorbed, start, clean, covering }: AdsorbedPair): AdsorbedSurface | undefined {
  if (start === undefined || !isSameOrder(start, adsorbed)) return undefined;
  return adsorbedSurface({ ...adsorbed, structure: start }, clean, covering);
}

function isSameOrder(start: Structure, { structure }: AdsorbedStructure): boolean {
  return start.species.join() === structure.species.join();
}

/** Without what only the checks need. */
export function describeSite(
  { surface, units }: PlacedAdsorbates,
  { adsorbed, clean }: AdsorbedPair,
): Pick<AdsorptionSite, 'face' | 'coveragePerNm2' | 'coveragePerSurfaceCation' | 'units' | 'slabDisplacementAngstrom'> {
  const faces = [...new Set(units.map((unit) => unit.face))];
  const onOneFace = units.length / Math.max(1, faces.length);
  const cations = faces.map((face) => surfaceCations(surface, face)).reduce((sum, count) => sum + count, 0);
  return {
    face: faces.length > 1 ? 'both' : (faces[0] ?? 'top'),
    coveragePerNm2: (ANGSTROM2_PER_NM2 * onOneFace) / areaAcross(clean.latticeAngstrom, adsorbed.axis),
    ...(cations > 0 && { coveragePerSurfaceCation: units.length / cations }),
    units: units.map(({ anchor: _, ...unit }) => unit),
    slabDisplacementAngstrom: Math.max(0, ...[...surface.displacements.values()].map(norm)),
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

function siteNeighbours(surface: AdsorbedSurface, anchor: number): SiteNeighbour[] {
  const bonded = neighboursOf(surface, anchor, surface.slabAtoms);
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
  /** Of every atom from the start to the end, Å. */
  readonly ofAtoms: readonly Vector3[];
  /** What most atoms of the slab moved, Å: the slab may have been shifted as a whole. */
  readonly common: Vector3;
}

function movesFrom(start: Structure, adsorbed: AdsorbedStructure): Moves | undefined {
  const { structure, match } = adsorbed;
  if (!isSameOrder(start, adsorbed)) return undefined;
  const inverse = reciprocal(start.latticeAngstrom);
  const image = minimumImage(structure.latticeAngstrom);
  const ofAtoms = structure.species.map((_, atom) => {
    const place = toCartesian(toFractional(position(start, atom), inverse), structure.latticeAngstrom);
    return image(subtract(position(structure, atom), place));
  });
  const ofSlab = match.partners.map((atom) => ofAtoms[atom] ?? [0, 0, 0]);
  const median = (axis: 0 | 1 | 2): number => {
    const sorted = ofSlab.map((move) => move[axis]).sort((left, right) => left - right);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return { ofAtoms, common: [median(0), median(1), median(2)] };
}

function meanOf(vectors: readonly Vector3[], atoms: readonly number[]): Vector3 {
  const sum = atoms.reduce<Vector3>((total, atom) => add(total, vectors[atom] ?? [0, 0, 0]), [0, 0, 0]);
  return scale(sum, 1 / Math.max(1, atoms.length));
}
