/**
 * Two materials stacked along one direction: where one ends and the other begins.
 *
 * The mistake avoided here: calling every slab with two kinds of planes an interface. An adlayer, a termination, a doped
 * plane and a layered compound have two kinds of planes too. A block counts only when it is a material by itself: each of
 * its elements fills several planes, and either both compositions are materials of the tree, or both blocks are thick and
 * have elements of their own all through. A slab is read across its vacuum, so a film on both sides is one block.
 */
import type { Structure } from '../../model/structure.ts';
import { composition } from '../../model/structure.ts';
import { reducedFormula } from './composition-difference.ts';
import { areaAcross, atomicLayers, type Gap, heights } from './slab-geometry.ts';

export interface MaterialBlock {
  readonly atoms: readonly number[];
  readonly species: readonly string[];
  readonly planes: number;
  readonly thicknessAngstrom: number;
  /** Mean height above the lowest atom, Å. */
  readonly heightAngstrom: number;
}

export interface BlockPair {
  readonly blocks: readonly [MaterialBlock, MaterialBlock];
  /** Boundaries between the two: one, or two in a periodic sandwich and in a slab with a film on both sides. */
  readonly boundaries: 1 | 2;
}

/** Å³ per atom of a bulk of this composition; 0 when only a slab of it is known; undefined when it is no material here. */
export type KnownMaterials = ReadonlyMap<string, number>;

/** An element with fewer of all atoms is a dopant or an adsorbate. */
const MAJOR_SHARE = 0.05;
/** The boundary plane may belong to either material. */
const BOUNDARY_SHIFTS = [0, 1, -1, 2, -2];
const LEAST_KNOWN_THICKNESS_ANGSTROM = 3;
const LEAST_CLEAR_THICKNESS_ANGSTROM = 6;
const LEAST_CLEAR_PLANES = 4;
/** One plane beyond the last that holds an element ends a compound; another material has more. */
const LEAST_PLANES_OUTSIDE = 2;
/** An element of its own reaches through this share of a block. */
const CLEAR_REACH = 0.7;
/** A film is about as dense as its bulk; a few adatoms are not. */
const LARGEST_VOLUME_RATIO = 1.7;

interface Stacking {
  readonly structure: Structure;
  readonly layers: readonly (readonly number[])[];
  /** Mean height of each plane, Å. */
  readonly heightsAngstrom: readonly number[];
  /** Of the cell across the planes, Å. */
  readonly periodAngstrom: number;
  readonly areaAngstrom2: number;
  readonly hasVacuum: boolean;
}

/** Planes `from` … `to` in cyclic order, both included. */
interface Arc {
  readonly from: number;
  readonly to: number;
}

export function materialBlocks(
  structure: Structure,
  { gap, hasVacuum }: { readonly gap: Gap; readonly hasVacuum: boolean },
  known: KnownMaterials,
): BlockPair | undefined {
  const counts = composition(structure.species);
  const major = Object.keys(counts).filter(
    (element) => (counts[element] ?? 0) >= MAJOR_SHARE * structure.species.length,
  );
  if (major.length < 2) return undefined;
  const stacking = stackingOf(structure, gap, hasVacuum);
  const arcs = major.map((element) => arcOf(stacking, element)).filter((arc) => isPart(stacking, arc, major));
  for (const arc of arcs) {
    const pair = knownPair(stacking, arc, known);
    if (pair !== undefined) return pair;
  }
  for (const arc of arcs) {
    const pair = clearPair(stacking, arc, major);
    if (pair !== undefined) return pair;
  }
  return undefined;
}

function stackingOf(structure: Structure, gap: Gap, hasVacuum: boolean): Stacking {
  const all = heights(structure, gap.axis);
  const layers = atomicLayers(structure, gap.axis);
  return {
    structure,
    layers,
    heightsAngstrom: layers.map((layer) => layer.reduce((sum, atom) => sum + (all[atom] ?? 0), 0) / layer.length),
    periodAngstrom: gap.heightAngstrom,
    areaAngstrom2: areaAcross(structure.latticeAngstrom, gap.axis),
    hasVacuum,
  };
}

/** The planes from the first to the last that hold the element, around its largest gap. */
function arcOf({ layers, structure, heightsAngstrom, periodAngstrom }: Stacking, element: string): Arc {
  const isOf = (atom: number): boolean => structure.species[atom] === element;
  const with_: number[] = [];
  for (let plane = 0; plane < layers.length; plane += 1) if (layers[plane]?.some(isOf)) with_.push(plane);
  let [widest, from, to] = [-1, 0, layers.length - 1];
  for (let at = 0; at < with_.length; at += 1) {
    const plane = with_[at] ?? 0;
    const next = with_[(at + 1) % with_.length] ?? plane;
    const step = (heightsAngstrom[next] ?? 0) - (heightsAngstrom[plane] ?? 0);
    const gap = step > 0 ? step : step + periodAngstrom;
    if (gap > widest) [widest, from, to] = [gap, next, plane];
  }
  return { from, to };
}

/** Planes of adatoms or dopants beyond it are no other material. */
function isPart({ layers, structure }: Stacking, arc: Arc, major: readonly string[]): boolean {
  // Each element of a compound reaches through all of it: most slabs end here.
  if (layers.length - arcLength(arc, layers.length) < LEAST_PLANES_OUTSIDE) return false;
  const own = new Set(planesOf(arc, layers.length));
  const outside = layers.filter(
    (layer, plane) => !own.has(plane) && layer.some((atom) => major.includes(structure.species[atom] ?? '')),
  );
  return own.size >= 1 && outside.length >= LEAST_PLANES_OUTSIDE;
}

function arcLength({ from, to }: Arc, count: number): number {
  return ((to - from + count) % count) + 1;
}

function planesOf(arc: Arc, count: number): number[] {
  return Array.from({ length: arcLength(arc, count) }, (_, at) => (arc.from + at) % count);
}

function knownPair(stacking: Stacking, arc: Arc, known: KnownMaterials): BlockPair | undefined {
  const count = stacking.layers.length;
  // A boundary at the vacuum is where it is.
  const froms = stacking.hasVacuum && arc.from === 0 ? [0] : BOUNDARY_SHIFTS;
  const tos = stacking.hasVacuum && arc.to === count - 1 ? [0] : BOUNDARY_SHIFTS;
  const shifts = froms.flatMap((low) => tos.map((high) => ({ low, high })));
  shifts.sort((one, other) => Math.abs(one.low) + Math.abs(one.high) - Math.abs(other.low) - Math.abs(other.high));
  for (const { low, high } of shifts) {
    const shifted = { from: (arc.from + low + count) % count, to: (arc.to + high + count) % count };
    const pair = pairAt(stacking, shifted);
    if (pair === undefined) continue;
    // One compound with more of an element in one part than in the other is one material.
    const [one, other] = pair.blocks.map(({ species }) => [...new Set(species)].sort().join());
    if (one !== other && pair.blocks.every((block) => isMaterial(block, stacking, known))) return pair;
  }
  return undefined;
}

function isMaterial(
  block: MaterialBlock,
  { layers, structure, areaAngstrom2 }: Stacking,
  known: KnownMaterials,
): boolean {
  const bulkVolume = known.get(reducedFormula(block.species));
  if (bulkVolume === undefined) return false;
  const elements = new Set(block.species);
  const inBlock = new Set(block.atoms);
  const planesWith = (element: string): number =>
    layers.filter((layer) => layer.some((atom) => inBlock.has(atom) && structure.species[atom] === element)).length;
  // A single plane of an element is an adlayer or a termination; three of a metal are a film.
  const least = elements.size === 1 ? 3 : 2;
  if ([...elements].some((element) => planesWith(element) < least)) return false;
  const spacing = block.thicknessAngstrom / Math.max(1, block.planes - 1);
  const volume = (areaAngstrom2 * (block.thicknessAngstrom + spacing)) / block.atoms.length;
  return bulkVolume === 0 || volume <= LARGEST_VOLUME_RATIO * bulkVolume;
}

/** Without knowing the materials: thick blocks, each with an element of its own all through. */
function clearPair(stacking: Stacking, arc: Arc, major: readonly string[]): BlockPair | undefined {
  const pair = pairAt(stacking, arc);
  if (pair === undefined) return undefined;
  const [one, other] = pair.blocks;
  const isClear = (block: MaterialBlock, beside: MaterialBlock): boolean =>
    block.planes >= LEAST_CLEAR_PLANES &&
    block.thicknessAngstrom >= LEAST_CLEAR_THICKNESS_ANGSTROM &&
    major.some((element) => {
      if (!block.species.includes(element) || beside.species.includes(element)) return false;
      return (
        extentOf(stacking, planesOf(arcOf(stacking, element), stacking.layers.length)) >=
        CLEAR_REACH * block.thicknessAngstrom
      );
    });
  return isClear(one, other) && isClear(other, one) ? pair : undefined;
}

function pairAt(stacking: Stacking, arc: Arc): BlockPair | undefined {
  const count = stacking.layers.length;
  const inner = planesOf(arc, count);
  if (inner.length < 2 || inner.length > count - 2) return undefined;
  const outer = planesOf({ from: (arc.to + 1) % count, to: (arc.from - 1 + count) % count }, count);
  // Most slabs with adatoms end here, before a composition is counted.
  if ([inner, outer].some((planes) => extentOf(stacking, planes) < LEAST_KNOWN_THICKNESS_ANGSTROM)) return undefined;
  const crossesVacuum = arc.from === 0 || arc.to === count - 1;
  return {
    blocks: [blockOf(stacking, inner), blockOf(stacking, outer)],
    boundaries: stacking.hasVacuum && crossesVacuum ? 1 : 2,
  };
}

function blockOf(stacking: Stacking, planes: readonly number[]): MaterialBlock {
  const { layers, structure, heightsAngstrom } = stacking;
  const atoms = planes.flatMap((plane) => layers[plane] ?? []);
  return {
    atoms,
    species: atoms.map((atom) => structure.species[atom] ?? ''),
    planes: planes.length,
    thicknessAngstrom: extentOf(stacking, planes),
    heightAngstrom: planes.reduce((sum, plane) => sum + (heightsAngstrom[plane] ?? 0), 0) / planes.length,
  };
}

/** From the first to the last plane in cyclic order; the vacuum of a slab in between does not count. */
function extentOf({ heightsAngstrom, periodAngstrom, hasVacuum }: Stacking, planes: readonly number[]): number {
  let extent = 0;
  for (const [at, plane] of planes.entries()) {
    const next = planes[at + 1];
    if (next === undefined) break;
    const step = (heightsAngstrom[next] ?? 0) - (heightsAngstrom[plane] ?? 0);
    if (step >= 0) extent += step;
    else if (!hasVacuum) extent += step + periodAngstrom;
  }
  return extent;
}
