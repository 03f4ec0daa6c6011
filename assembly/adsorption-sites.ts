/**
 * The adsorption sites of every system, and which of them are one site found twice.
 *
 * Two calculations end on one site when their energies agree and an operation of the clean slab brings the adsorbates of
 * one onto those of the other (SCIENCE §2.6). The lowest of them counts; the others say so.
 */
import type { AdsorptionSite } from '../model/adsorption-site.ts';
import type { Calculation } from '../model/calculation.ts';
import { hasError, issue, located } from '../model/issues.ts';
import type { Vector3 } from '../model/lattice.ts';
import type { Structure } from '../model/structure.ts';
import type { System } from '../model/system.ts';
import { compareText } from './link-candidates.ts';
import type { PairedSlab } from './link-clean-slab.ts';
import { widestAxis } from './shared/slab-geometry.ts';
import { type SlabSymmetry, type SurfacePlace, slabSymmetry } from './shared/slab-operations.ts';
import { sitesOn } from './site-on-slab.ts';
import { usableEnergy } from './usable-energy.ts';

const SAME_ENERGY_EV = 0.005;
const SAME_PLACE_ANGSTROM = 0.3;

/** `pairedOf`: the pairing that led to a link, by the id of the adsorbed slab. */
export function withSites(
  systems: readonly System[],
  calculations: readonly Calculation[],
  pairedOf: (adsorbed: string) => PairedSlab | undefined,
): System[] {
  const byId = new Map(calculations.map((calculation) => [calculation.id, calculation]));
  const hosts = new Map(
    systems.flatMap(({ links }) =>
      links.flatMap(({ kind, from, to }) => (kind === 'clean-slab' ? [[from, to] as const] : [])),
    ),
  );
  const bareOf = (slab: Calculation): Structure | undefined => byId.get(hosts.get(slab.id) ?? '')?.structure;
  return systems.map((system) => {
    const found = foundSites(system, { calculations: byId, bareOf, pairedOf });
    return found.length === 0 ? system : { ...system, sites: withDuplicates(found) };
  });
}

interface FoundSite {
  readonly site: AdsorptionSite;
  readonly clean: Calculation;
  /** Of the atom that binds each adsorbate, in fractions of the cell of the clean slab. */
  readonly placesFractional: readonly Vector3[];
  /** E0 per adsorbate, eV; absent where the calculation may not be subtracted from the clean slab. */
  readonly energyEv?: number;
}

interface KnownOfSlabs {
  readonly calculations: ReadonlyMap<string, Calculation>;
  /** The slab below one that carries something itself. */
  readonly bareOf: (slab: Calculation) => Structure | undefined;
  readonly pairedOf: (adsorbed: string) => PairedSlab | undefined;
}

function foundSites(system: System, { calculations, bareOf, pairedOf }: KnownOfSlabs): FoundSite[] {
  const links = new Map(system.links.flatMap((link) => (link.kind === 'clean-slab' ? [[link.from, link]] : [])));
  const finders = new Map<Calculation, ReturnType<typeof sitesOn>>();
  return [...system.adsorbed, ...system.otherAdsorbed].flatMap((id) => {
    const link = links.get(id);
    const [adsorbed, clean] = [calculations.get(id), calculations.get(link?.to ?? '')];
    if (link === undefined || adsorbed === undefined || clean === undefined) return [];
    const find = finders.get(clean) ?? sitesOn(clean, bareOf(clean));
    finders.set(clean, find);
    const { site, placesFractional = [], count } = find(adsorbed, link.adsorbate?.formula ?? system.ion, pairedOf(id));
    if (site === undefined) return [];
    const energy = hasError([...link.issues, ...site.issues]) ? undefined : usableEnergy(adsorbed);
    return [
      { site, clean, placesFractional, ...(energy !== undefined && { energyEv: energy.energySigma0Ev / count }) },
    ];
  });
}

interface Duplicate {
  readonly of: FoundSite;
  readonly differenceEv: number;
  readonly distanceAngstrom: number;
}

function withDuplicates(found: readonly FoundSite[]): AdsorptionSite[] {
  const duplicates = duplicatesAmong(found);
  const counts = new Map<FoundSite, number>();
  for (const { of } of duplicates.values()) counts.set(of, (counts.get(of) ?? 1) + 1);
  return found.map((entry) => {
    const { site } = entry;
    const duplicate = duplicates.get(entry);
    const copies = counts.get(entry);
    if (duplicate === undefined) return copies === undefined ? site : { ...site, copies };
    const { of, ...apart } = duplicate;
    const same = of.site.calculation;
    const remark = located([issue('I_DUPLICATE_SITE', { same, ...apart })], { file: site.calculation });
    return { ...site, duplicateOf: same, issues: [...site.issues, ...remark] };
  });
}

/** Each site that is one with a lower one, by falling energy no farther than needed. */
function duplicatesAmong(found: readonly FoundSite[]): Map<FoundSite, Duplicate> {
  const energyOf = ({ energyEv = 0 }: FoundSite): number => energyEv;
  const ordered = found
    .filter((entry) => entry.energyEv !== undefined)
    .sort(
      (left, right) => energyOf(left) - energyOf(right) || compareText(left.site.calculation, right.site.calculation),
    );
  const symmetries = new Map<Calculation, SlabSymmetry>();
  const duplicates = new Map<FoundSite, Duplicate>();
  const counting: FoundSite[] = [];
  for (const entry of ordered) {
    const duplicate = duplicateOf(entry, counting, symmetries);
    if (duplicate === undefined) counting.push(entry);
    else duplicates.set(entry, duplicate);
  }
  return duplicates;
}

/** `counting`: by rising energy, so those within reach stand at the end. */
function duplicateOf(
  entry: FoundSite,
  counting: readonly FoundSite[],
  symmetries: Map<Calculation, SlabSymmetry>,
): Duplicate | undefined {
  for (let at = counting.length - 1; at >= 0; at -= 1) {
    const of = counting[at];
    if (of?.energyEv === undefined || entry.energyEv === undefined) return undefined;
    const differenceEv = entry.energyEv - of.energyEv;
    if (differenceEv >= SAME_ENERGY_EV) return undefined;
    if (!isComparable(entry, of)) continue;
    const symmetry = symmetries.get(of.clean) ?? symmetryOf(of.clean);
    if (symmetry === undefined) return undefined;
    symmetries.set(of.clean, symmetry);
    const distanceAngstrom = distanceApart(entry, of, symmetry);
    if (distanceAngstrom !== undefined) return { of, differenceEv, distanceAngstrom };
  }
  return undefined;
}

function symmetryOf({ structure }: Calculation): SlabSymmetry | undefined {
  return structure === undefined ? undefined : slabSymmetry(structure, widestAxis(structure));
}

function isComparable(left: FoundSite, right: FoundSite): boolean {
  return (
    left.clean === right.clean && left.site.adsorbate === right.site.adsorbate && left.site.count === right.site.count
  );
}

/** Largest distance along the face under the best operation; undefined when none brings all adsorbates together. */
function distanceApart(left: FoundSite, right: FoundSite, symmetry: SlabSymmetry): number | undefined {
  const [from = [], to = []] = [left, right].map((entry) => entry.placesFractional.map(symmetry.locate));
  const [first] = from;
  if (first === undefined) return undefined;
  let best: number | undefined;
  for (const target of to) {
    for (const operation of symmetry.operationsBetween(first, target, SAME_PLACE_ANGSTROM)) {
      const distance = farthestPair(from.map(operation), to, symmetry);
      if (distance !== undefined && (best === undefined || distance < best)) best = distance;
    }
  }
  return best;
}

/** Each place on one of its own; undefined when one of them finds none. */
function farthestPair(
  from: readonly SurfacePlace[],
  to: readonly SurfacePlace[],
  { distanceAlongFace }: SlabSymmetry,
): number | undefined {
  const free = new Set(to);
  let farthest = 0;
  for (const place of from) {
    const [nearest] = [...free]
      .filter((other) => Math.sign(other.heightAngstrom) === Math.sign(place.heightAngstrom))
      .map((other) => ({ other, distance: distanceAlongFace(place, other) }))
      .sort((left, right) => left.distance - right.distance);
    if (nearest === undefined || nearest.distance >= SAME_PLACE_ANGSTROM) return undefined;
    free.delete(nearest.other);
    farthest = Math.max(farthest, nearest.distance);
  }
  return farthest;
}
