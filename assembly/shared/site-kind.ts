/**
 * Top, bridge or hollow: how many atoms of the surface hold an adsorbate.
 *
 * The mistakes avoided here: counting the plane below (Zn under the O face of ZnO lies within a bond of Li in every
 * hollow), and counting the second shell of a large adatom, whose bonds may be as long as the surface is wide: K on top
 * of a carbon atom has three more within 1.2(r_i + r_j). A neighbour counts when it is about as near as the nearest one.
 */
import type { SiteKind } from '../../model/adsorption-site.ts';
import { add, norm, subtract, type Vector3 } from '../../model/lattice.ts';
import {
  type AdsorbedSurface,
  DESORBED_FACTOR,
  depthAngstrom,
  faceOf,
  type Neighbour,
  neighboursOf,
  placeOf,
} from './adsorbed-surface.ts';

/** Distances as shares of the radii; 1.13 for the second shell of K on graphene, 1.0 in an even hollow. */
const ALIKE_FACTOR = 1.12;
/** Where nothing is bonded: alike when their offsets along the face differ by less than this share of the spacing. */
const ALIKE_OFFSET_SHARE = 0.2;
/** Rumpled planes of one face lie no farther below the outermost one, Å: (10-10) of ZnO 0.4, a plane of a metal 1.2 and more. */
const RUMPLE_ANGSTROM = 1;
/** An atom under as many bonds to higher ones is covered. */
const COVERING_BONDS = 3;
const HIGHER_ANGSTROM = 0.1;
/** Above an atom: nearer to its line than this share of the sides of the hollow; the next place is at 0.58. */
const ABOVE_SHARE = 0.3;
/** Longest by shortest side of a hollow that is close-packed: 1 on fcc (111), 1.155 on bcc (110). */
const EVEN_SIDES = 1.1;

export interface PlacedKind {
  readonly site: SiteKind;
  readonly coordination?: number;
  readonly stacking?: 'hcp' | 'fcc';
}

/** Whether an adsorbate on a face could be bound to an atom of the slab. */
export type IsOpen = (atom: number, face: 'top' | 'bottom') => boolean;

/** Open: in the outermost plane of the clean slab, or just below it and not covered. Found for the atoms asked for. */
export function openAtoms(surface: AdsorbedSurface): IsOpen {
  const isInPlane = (atom: number): boolean => surface.planes.some((plane) => plane.includes(atom));
  const isOpen = (atom: number, face: 'top' | 'bottom'): boolean => {
    const { atoms: outermost, meanHeightAngstrom } = surface[face];
    if (outermost.includes(atom)) return true;
    const depth = outwards(face) * (meanHeightAngstrom - (surface.heightsAngstrom[atom] ?? 0));
    return depth < RUMPLE_ANGSTROM && isInPlane(atom) && !isCovered(surface, atom, face);
  };
  const found = { top: new Map<number, boolean>(), bottom: new Map<number, boolean>() };
  return (atom, face) => {
    const known = found[face].get(atom) ?? isOpen(atom, face);
    found[face].set(atom, known);
    return known;
  };
}

/** An adsorbed atom with what holds it. */
export interface BoundAtom {
  readonly atom: number;
  /** All atoms of the slab that it is bonded to. */
  readonly bonded: readonly Neighbour[];
  /** All atoms of the adsorbate that it belongs to. */
  readonly unit: readonly number[];
}

export function siteKind(surface: AdsorbedSurface, { atom, bonded, unit }: BoundAtom, isOpen: IsOpen): PlacedKind {
  if (depthAngstrom(surface, atom) > 0) return { site: 'subsurface' };
  const face = faceOf(surface, atom);
  const toSurface = bonded.filter((neighbour) => isOpen(neighbour.atom, face));
  if (toSurface.length > 0) {
    const nearest = Math.min(...toSurface.map(({ reach }) => reach));
    const holding = toSurface.filter((neighbour) => neighbour.reach <= ALIKE_FACTOR * nearest);
    return placed(surface, { atom, face, holding });
  }
  const others = surface.adsorbateAtoms.filter((other) => !unit.includes(other));
  if (neighboursOf(surface, atom, others).length > 0) return { site: 'on-adsorbate' };
  const near = neighboursOf(surface, atom, surface.slabAtoms, DESORBED_FACTOR);
  const holding = heldLoosely(near.filter((neighbour) => isOpen(neighbour.atom, face)));
  return holding.length > 0 ? placed(surface, { atom, face, holding }) : { site: 'detached' };
}

interface Held {
  readonly atom: number;
  readonly face: 'top' | 'bottom';
  readonly holding: readonly Neighbour[];
}

function placed(surface: AdsorbedSurface, held: Held): PlacedKind {
  const coordination = held.holding.length;
  if (coordination < 3) return { site: coordination === 1 ? 'top' : 'bridge', coordination };
  const stacking = stackingOf(surface, held);
  return { site: 'hollow', coordination, ...(stacking !== undefined && { stacking }) };
}

/** Not bonded and not gone: the atoms of the surface that it stands over, by their offsets along the face. */
function heldLoosely(near: readonly Neighbour[]): readonly Neighbour[] {
  const [closest] = [...near].sort((left, right) => norm(left.aside) - norm(right.aside));
  if (closest === undefined) return [];
  const spacing = Math.min(
    ...near.filter((other) => other !== closest).map((other) => norm(subtract(other.aside, closest.aside))),
  );
  if (!Number.isFinite(spacing)) return [closest];
  return near.filter(({ aside }) => norm(aside) <= norm(closest.aside) + ALIKE_OFFSET_SHARE * spacing);
}

/** Of an even hollow of three atoms of one element. */
function stackingOf(surface: AdsorbedSurface, { atom, face, holding }: Held): 'hcp' | 'fcc' | undefined {
  const [first, second, third, fourth] = holding;
  if (first === undefined || second === undefined || third === undefined || fourth !== undefined) return undefined;
  const { species } = surface.structure;
  if (new Set(holding.map((neighbour) => species[neighbour.atom])).size > 1) return undefined;
  const sides = [
    [first, second],
    [second, third],
    [third, first],
  ] as const;
  const lengths = sides.map(([one, other]) => norm(subtract(one.aside, other.aside)));
  if (Math.max(...lengths) > EVEN_SIDES * Math.min(...lengths)) return undefined;
  const below = (face === 'top' ? surface.planes.at(-2) : surface.planes[1]) ?? [];
  if (below.length === 0) return undefined;
  // From the middle of the hollow: an adsorbate may sit a little aside.
  const sum = add(add(first.aside, second.aside), third.aside);
  const middle: Vector3 = [sum[0] / 3, sum[1] / 3, sum[2] / 3];
  const own = add(placeOf(surface, atom), middle);
  const offset = (other: number): number => norm(surface.frame.alongFace(subtract(placeOf(surface, other), own)));
  const isAbove = Math.min(...below.map(offset)) <= ABOVE_SHARE * (Math.max(...lengths) + Math.min(...lengths)) * 0.5;
  return isAbove ? 'hcp' : 'fcc';
}

function isCovered(surface: AdsorbedSurface, atom: number, face: 'top' | 'bottom'): boolean {
  const height = (of: number): number => outwards(face) * (surface.heightsAngstrom[of] ?? 0);
  const own = height(atom);
  const higher = surface.slabAtoms.filter((other) => height(other) > own + HIGHER_ANGSTROM);
  return neighboursOf(surface, atom, higher).length >= COVERING_BONDS;
}

function outwards(face: 'top' | 'bottom'): 1 | -1 {
  return face === 'top' ? 1 : -1;
}
