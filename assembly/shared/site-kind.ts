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

export type SurfaceAtoms = (face: 'top' | 'bottom') => readonly number[];

/** What an adsorbate could be bound to on each face: the outermost plane, and what is not covered just below it. */
export function surfaceAtoms(surface: AdsorbedSurface): SurfaceAtoms {
  const open = (face: 'top' | 'bottom', planes: readonly (readonly number[])[]): number[] => {
    const [outermost = [], ...below] = planes;
    const height = heightOutwards(surface, face);
    const mean = outermost.reduce((sum, atom) => sum + height(atom), 0) / Math.max(1, outermost.length);
    const near = below.flat().filter((atom) => mean - height(atom) < RUMPLE_ANGSTROM);
    return [...outermost, ...near.filter((atom) => !isCovered(surface, atom, height))];
  };
  // Most adsorbates stand on one face: the other one is not looked at.
  const found = new Map<'top' | 'bottom', readonly number[]>();
  return (face) => {
    const atoms = found.get(face) ?? open(face, face === 'top' ? [...surface.planes].reverse() : surface.planes);
    found.set(face, atoms);
    return atoms;
  };
}

/** `atom`: the one that binds the adsorbate, `unit`: all of its atoms. */
export function siteKind(
  surface: AdsorbedSurface,
  atom: number,
  open: SurfaceAtoms,
  unit: readonly number[] = [atom],
): PlacedKind {
  if (depthAngstrom(surface, atom) > 0) return { site: 'subsurface' };
  const face = faceOf(surface, atom);
  const bonded = neighboursOf(surface, atom, open(face));
  const [nearest] = byReach(bonded);
  if (nearest !== undefined) {
    const holding = bonded.filter((neighbour) => neighbour.reach <= ALIKE_FACTOR * nearest.reach);
    return placed(surface, { atom, face, holding });
  }
  const others = surface.adsorbateAtoms.filter((other) => !unit.includes(other));
  if (neighboursOf(surface, atom, others).length > 0) return { site: 'on-adsorbate' };
  const holding = heldLoosely(surface, atom, open(face));
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
function heldLoosely(surface: AdsorbedSurface, atom: number, open: readonly number[]): Neighbour[] {
  const near = neighboursOf(surface, atom, open, { factor: DESORBED_FACTOR });
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
  const own = add(surface.places[atom] ?? [0, 0, 0], middle);
  const offset = (other: number): number => norm(surface.alongFace(subtract(surface.places[other] ?? own, own)));
  const isAbove = Math.min(...below.map(offset)) <= ABOVE_SHARE * (Math.max(...lengths) + Math.min(...lengths)) * 0.5;
  return isAbove ? 'hcp' : 'fcc';
}

function isCovered(surface: AdsorbedSurface, atom: number, height: (atom: number) => number): boolean {
  const higher = surface.slabAtoms.filter((other) => height(other) > height(atom) + HIGHER_ANGSTROM);
  return neighboursOf(surface, atom, higher).length >= COVERING_BONDS;
}

function heightOutwards({ heightsAngstrom }: AdsorbedSurface, face: 'top' | 'bottom'): (atom: number) => number {
  const sign = face === 'top' ? 1 : -1;
  return (atom) => sign * (heightsAngstrom[atom] ?? 0);
}

function byReach(neighbours: readonly Neighbour[]): Neighbour[] {
  return [...neighbours].sort((left, right) => left.reach - right.reach);
}
