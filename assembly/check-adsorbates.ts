/**
 * Whether an adsorbed state is one: still bound, outside of the slab, on the site it was put on, on a surface that is
 * still that of the clean slab (SCIENCE §2.6, §4.8, §4.9).
 *
 * The mistake avoided here: a number for "Li on ZnO" from a run in which Li drifted away, sank in, or pulled the oxide
 * apart. Metal below an adsorbate on oxygen is no alloy: it is one when the metal came, or became what is nearest.
 */
import type { SiteKind } from '../model/adsorption-site.ts';
import { ANION_ELEMENTS, isMetal } from '../model/elements.ts';
import { type Issue, issue } from '../model/issues.ts';
import { dot, norm } from '../model/lattice.ts';
import { vectorAt } from '../model/structure.ts';
import type { PlacedAdsorbates, PlacedUnit } from './describe-site.ts';
import {
  type AdsorbedSurface,
  DESORBED_FACTOR,
  depthAngstrom,
  type Neighbour,
  nearestOf,
  neighboursOf,
  sumOfRadii,
} from './shared/adsorbed-surface.ts';
import type { CleanSurface } from './shared/clean-surface.ts';
import { longest } from './shared/displacements.ts';
import { openAtoms, siteKind } from './shared/site-kind.ts';
import { isFixed } from './shared/slab-geometry.ts';

const AMBIGUOUS_DISPLACEMENT_ANGSTROM = 1.5;
const RECONSTRUCTED_ANGSTROM = 1;
const MIGRATED_ANGSTROM = 1;
/** Out of its layer, along the normal. */
const PULLED_ANGSTROM = 0.5;

export function adsorbateIssues(placed: PlacedAdsorbates, clean: CleanSurface): Issue[] {
  const { surface, units } = placed;
  const loose = looseUnits(surface, units);
  const sunk = units.filter((unit) => depthAngstrom(surface, unit.anchor) > 0);
  // What became of a site that is none is told already.
  const bound = units.filter((unit) => !loose.includes(unit) && !sunk.includes(unit));
  return [
    ...slabIssues(placed, clean.structure.species),
    ...loose.map((unit) => desorbed(surface, unit, units)),
    ...sunk.map((unit) => issue('E_ADS_SUBSURFACE', { depthAngstrom: depthAngstrom(surface, unit.anchor) })),
    ...bound.flatMap((unit) => migrated(unit, placed)),
    ...bound.flatMap((unit) => converted(unit, placed)),
    ...fixedSideIssues(surface, units),
  ];
}

/** Atoms of the slab that are far from their places: another surface, or, of the adsorbate's own element, a wrong pair. */
function slabIssues({ surface, displacementsAngstrom }: PlacedAdsorbates, cleanSpecies: readonly string[]): Issue[] {
  if (longest(displacementsAngstrom) <= RECONSTRUCTED_ANGSTROM) return [];
  const { species } = surface.structure;
  const own = new Set(
    surface.adsorbateAtoms.map((atom) => species[atom] ?? '').filter((el) => cleanSpecies.includes(el)),
  );
  const far = surface.slabAtoms
    .map((atom) => ({
      element: species[atom] ?? '',
      displacementAngstrom: norm(vectorAt(displacementsAngstrom, atom)),
    }))
    .filter(({ displacementAngstrom }) => displacementAngstrom > RECONSTRUCTED_ANGSTROM)
    .sort((left, right) => right.displacementAngstrom - left.displacementAngstrom);
  const isDoubtful = ({ element, displacementAngstrom }: (typeof far)[number]): boolean =>
    own.has(element) && displacementAngstrom > AMBIGUOUS_DISPLACEMENT_ANGSTROM;
  const [doubtful] = far.filter(isDoubtful);
  const rearranged = far.filter((atom) => !isDoubtful(atom));
  const [farthest] = rearranged;
  return [
    ...(doubtful === undefined
      ? []
      : [issue('W_MATCH_AMBIGUOUS', { displacementAngstrom: doubtful.displacementAngstrom })]),
    ...(farthest === undefined ? [] : [issue('W_RECONSTRUCTED', { ...farthest, atoms: rearranged.length })]),
  ];
}

/** Bound neither to the slab nor to an adsorbate that is. */
function looseUnits(surface: AdsorbedSurface, units: readonly PlacedUnit[]): PlacedUnit[] {
  const attached = [...surface.slabAtoms];
  let loose = [...units];
  for (let isFound = true; isFound && loose.length > 0; ) {
    const held = loose.filter(
      (unit) =>
        unit.bonded.length > 0 ||
        unit.atoms.some((atom) => (nearestOf(surface, atom, attached)?.reach ?? DESORBED_FACTOR) <= DESORBED_FACTOR),
    );
    attached.push(...held.flatMap((unit) => unit.atoms));
    loose = loose.filter((unit) => !held.includes(unit));
    isFound = held.length > 0;
  }
  return loose;
}

/** The neighbour that misses its limit by least shows how far an adsorbate is off. */
function desorbed(surface: AdsorbedSurface, { anchor }: PlacedUnit, units: readonly PlacedUnit[]): Issue {
  const loose = new Set(looseUnits(surface, units).flatMap((unit) => unit.atoms));
  const attached = surface.structure.species.flatMap((_, atom) => (loose.has(atom) ? [] : [atom]));
  const limitOf = (other: number): number => DESORBED_FACTOR * sumOfRadii(surface.structure, anchor, other);
  const all = attached.flatMap((other) => nearestOf(surface, anchor, [other]) ?? []);
  const excess = ({ atom, distanceAngstrom }: Neighbour): number => distanceAngstrom - limitOf(atom);
  const nearest = all.reduce((best, next) => (excess(next) < excess(best) ? next : best));
  return issue('E_ADS_DESORBED', {
    distanceAngstrom: nearest.distanceAngstrom,
    limitAngstrom: limitOf(nearest.atom),
  });
}

function migrated({ displacementAngstrom, anchor, site }: PlacedUnit, { starting }: PlacedAdsorbates): Issue[] {
  if (displacementAngstrom === undefined || displacementAngstrom <= MIGRATED_ANGSTROM) return [];
  const start = starting();
  const from = start === undefined ? 'unknown' : siteAt(start, anchor);
  return [issue('W_SITE_MIGRATED', { displacementAngstrom, from, to: site })];
}

function siteAt(surface: AdsorbedSurface, atom: number): SiteKind {
  const bonded = neighboursOf(surface, atom, surface.slabAtoms);
  return siteKind(surface, { atom, bonded, unit: [atom] }, openAtoms(surface)).site;
}

/** A metal that alloyed with the metal of the slab, or pulled an anion out of it. */
function converted(unit: PlacedUnit, placed: PlacedAdsorbates): Issue[] {
  const { species } = placed.surface.structure;
  const adsorbate = species[unit.anchor] ?? '';
  if (unit.atoms.length > 1 || !isMetal(adsorbate)) return [];
  const { bonded } = unit;
  const elementOf = ({ atom }: Neighbour): string => species[atom] ?? '';
  const pulled = (neighbour: Neighbour): number => outwards(neighbour.atom, unit, placed);
  const told = (kind: 'alloy' | 'conversion', neighbour: Neighbour, pulledAngstrom?: number): Issue =>
    issue('W_ADS_CONVERTED', {
      kind,
      adsorbate,
      neighbour: elementOf(neighbour),
      distanceAngstrom: neighbour.distanceAngstrom,
      ...(pulledAngstrom !== undefined && { pulledAngstrom }),
    });
  const [lifted] = bonded
    .filter((neighbour) => ANION_ELEMENTS.has(elementOf(neighbour)) && pulled(neighbour) > PULLED_ANGSTROM)
    .sort((left, right) => pulled(right) - pulled(left));
  if (lifted !== undefined) return [told('conversion', lifted, pulled(lifted))];
  const nearest = bonded.reduce<Neighbour | undefined>(
    (best, next) => (best === undefined || next.reach < best.reach ? next : best),
    undefined,
  );
  if (nearest === undefined || !isMetal(elementOf(nearest)) || elementOf(nearest) === adsorbate) return [];
  if (pulled(nearest) > PULLED_ANGSTROM) return [told('alloy', nearest, pulled(nearest))];
  const keepsAnion = bonded.some((neighbour) => ANION_ELEMENTS.has(elementOf(neighbour)));
  return !keepsAnion && hadAnion(unit, placed) ? [told('alloy', nearest)] : [];
}

/**
 * Whether an anion was nearest before: with the clean slab's atoms around the adsorbate, or at the start of a run in
 * which the adsorbate stayed where it was along the face.
 */
function hadAnion(
  { anchor, displacementAngstrom }: PlacedUnit,
  { surface, displacementsAngstrom, starting }: PlacedAdsorbates,
): boolean {
  const isAnion = (nearest: Neighbour | undefined): boolean =>
    nearest !== undefined && ANION_ELEMENTS.has(surface.structure.species[nearest.atom] ?? '');
  const placesAngstrom = surface.placesAngstrom.slice();
  for (let at = 0; at < placesAngstrom.length; at += 1) {
    placesAngstrom[at] = (placesAngstrom[at] ?? 0) - (displacementsAngstrom[at] ?? 0);
  }
  if (isAnion(nearestOf({ ...surface, placesAngstrom }, anchor, surface.slabAtoms))) return true;
  const hasStayed = displacementAngstrom !== undefined && displacementAngstrom <= MIGRATED_ANGSTROM;
  const start = hasStayed ? starting() : undefined;
  return start !== undefined && isAnion(nearestOf(start, anchor, start.slabAtoms));
}

/** How far an atom moved out of the slab on the side of an adsorbate, Å. */
function outwards(atom: number, { face }: PlacedUnit, { surface, displacementsAngstrom }: PlacedAdsorbates): number {
  return (face === 'top' ? 1 : -1) * dot(vectorAt(displacementsAngstrom, atom), surface.frame.normal);
}

/** A face that is held in the bulk geometry is no surface; a slab held as a whole is another matter. */
function fixedSideIssues(surface: AdsorbedSurface, units: readonly PlacedUnit[]): Issue[] {
  const flags = surface.structure.selectiveDynamics;
  if (flags === undefined || surface.slabAtoms.every((atom) => isFixed(flags, atom))) return [];
  return [...new Set(units.map((unit) => unit.face))]
    .filter((side) => surface[side].atoms.every((atom) => isFixed(flags, atom)))
    .map((side) => issue('E_ADS_ON_FIXED_SIDE', { side }));
}
