/**
 * Which atoms of an adsorbed slab are the adsorbate, and whether they still sit on the surface.
 *
 * When the adsorbate's element is in the slab too (Zn on ZnO), atoms are matched to the clean slab under periodic
 * distance after removing a rigid shift; what finds no partner is the adsorbate (SCIENCE §4.9).
 */
import { covalentRadiusAngstrom } from '../../model/elements.ts';
import { type Issue, issue } from '../../model/issues.ts';
import { minimumImage, norm, subtract, type Vector3 } from '../../model/lattice.ts';
import { atomCount, position, type Structure } from '../../model/structure.ts';
import { type Axis, atomicLayers, heights, largestGaps } from './slab-geometry.ts';

export interface AdsorbateMatch {
  /** Indices in the adsorbed slab. */
  readonly atoms: readonly number[];
  /** Largest displacement of a slab atom from its place in the clean slab, Å; absent when no matching was needed. */
  readonly largestDisplacementAngstrom: number;
}

const AMBIGUOUS_DISPLACEMENT_ANGSTROM = 1.5;
const DESORBED_FACTOR = 1.5;

/** Pairs every clean-slab atom with the nearest free atom of its element, nearest pairs first. */
export function matchAdsorbate(adsorbed: Structure, clean: Structure, element: string): AdsorbateMatch {
  const image = minimumImage(clean.latticeAngstrom);
  const shift = rigidShift(adsorbed, clean, element);
  const pairs: { readonly from: number; readonly to: number; readonly distance: number }[] = [];
  for (let from = 0; from < atomCount(clean); from += 1) {
    for (let to = 0; to < atomCount(adsorbed); to += 1) {
      if (clean.species[from] !== adsorbed.species[to]) continue;
      const delta = image(subtract(subtract(position(adsorbed, to), position(clean, from)), shift));
      pairs.push({ from, to, distance: norm(delta) });
    }
  }
  pairs.sort((left, right) => left.distance - right.distance || left.from - right.from || left.to - right.to);
  const partner = new Map<number, number>();
  const taken = new Set<number>();
  let largest = 0;
  for (const { from, to, distance } of pairs) {
    if (partner.has(from) || taken.has(to)) continue;
    partner.set(from, to);
    taken.add(to);
    largest = Math.max(largest, distance);
  }
  const atoms = Array.from({ length: atomCount(adsorbed) }, (_, atom) => atom).filter((atom) => !taken.has(atom));
  return { atoms, largestDisplacementAngstrom: largest };
}

/** Desorbed, sunk below the surface, or matched with doubt: each with the distance that shows it. */
export function adsorbateIssues(adsorbed: Structure, match: AdsorbateMatch, axis: Axis): Issue[] {
  const issues: Issue[] = [];
  if (match.largestDisplacementAngstrom > AMBIGUOUS_DISPLACEMENT_ANGSTROM) {
    issues.push(issue('W_MATCH_AMBIGUOUS', { displacementAngstrom: match.largestDisplacementAngstrom }));
  }
  for (const atom of match.atoms) {
    issues.push(...desorbedIssues(adsorbed, atom, match.atoms), ...subsurfaceIssues(adsorbed, atom, match.atoms, axis));
  }
  return issues;
}

function desorbedIssues(structure: Structure, atom: number, adsorbate: readonly number[]): Issue[] {
  const image = minimumImage(structure.latticeAngstrom);
  let nearest = { distanceAngstrom: Number.POSITIVE_INFINITY, limitAngstrom: 0 };
  for (let other = 0; other < atomCount(structure); other += 1) {
    const sum = radius(structure, atom) + radius(structure, other);
    if (adsorbate.includes(other)) continue;
    const distanceAngstrom = norm(image(subtract(position(structure, other), position(structure, atom))));
    const limitAngstrom = DESORBED_FACTOR * sum;
    // Judged against the neighbour that is nearest relative to its own limit.
    if (distanceAngstrom - limitAngstrom < nearest.distanceAngstrom - nearest.limitAngstrom) {
      nearest = { distanceAngstrom, limitAngstrom };
    }
  }
  return nearest.distanceAngstrom > nearest.limitAngstrom ? [issue('E_ADS_DESORBED', nearest)] : [];
}

/** Below the mean height of the outermost slab plane on the side where the adsorbate is. */
function subsurfaceIssues(structure: Structure, atom: number, adsorbate: readonly number[], axis: Axis): Issue[] {
  const gap = largestGaps(structure)[axis];
  if (gap === undefined) return [];
  const height = heights(structure, gap);
  const slabLayers = atomicLayers(structure, height)
    .map((layer) => layer.filter((member) => !adsorbate.includes(member)))
    .filter((layer) => layer.length > 0)
    .map((layer) => layer.reduce((sum, member) => sum + (height[member] ?? 0), 0) / layer.length);
  const bottom = slabLayers[0];
  const top = slabLayers.at(-1);
  if (bottom === undefined || top === undefined) return [];
  const own = height[atom] ?? 0;
  const depthAngstrom = Math.min(top - own, own - bottom);
  return depthAngstrom > 0 ? [issue('E_ADS_SUBSURFACE', { depthAngstrom })] : [];
}

/** Median displacement of the atoms that are no adsorbate, taken in file order: a rigid shift of the whole slab. */
function rigidShift(adsorbed: Structure, clean: Structure, element: string): Vector3 {
  const image = minimumImage(clean.latticeAngstrom);
  const others = (structure: Structure): number[] =>
    Array.from({ length: atomCount(structure) }, (_, atom) => atom).filter(
      (atom) => structure.species[atom] !== element,
    );
  const from = others(clean);
  const to = others(adsorbed);
  if (from.length === 0 || from.length !== to.length) return [0, 0, 0];
  const deltas = from.map((atom, index) => image(subtract(position(adsorbed, to[index] ?? 0), position(clean, atom))));
  const median = (axis: 0 | 1 | 2): number => {
    const sorted = deltas.map((delta) => delta[axis]).sort((left, right) => left - right);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return [median(0), median(1), median(2)];
}

function radius(structure: Structure, atom: number): number {
  return covalentRadiusAngstrom(structure.species[atom] ?? '') ?? 1.5;
}
