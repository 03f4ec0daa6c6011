/**
 * Roles, links and systems: which calculation is for what, and which may be subtracted from which. Every role and link
 * carries its evidence, in words a scientist can check.
 */
import type { AdsorptionSite } from './adsorption-site.ts';
import type { DescriptorResult } from './descriptor.ts';
import type { Issue } from './issues.ts';
import type { Interpolation, InterpolationName } from './path.ts';

export type Role =
  | 'bulk'
  | 'defect-cell'
  | 'slab'
  | 'adsorbed-slab'
  | 'interface'
  | 'isolated-atom'
  | 'isolated-molecule'
  | 'low-dimensional'
  | 'neb-image'
  | 'molecular-dynamics'
  | 'single-point'
  | 'superseded'
  | 'ignored'
  | 'undetermined';

/** A slab as its coordinates show it (SCIENCE §4.1). */
export interface SlabGeometry {
  /** Lattice vector across the vacuum: 0 = a, 1 = b, 2 = c. */
  readonly axis: 0 | 1 | 2;
  /** Largest gap along the surface normal, Å. */
  readonly vacuumAngstrom: number;
  /** |a×b| of the in-plane vectors, Å². */
  readonly areaAngstrom2: number;
  /** Atomic planes along the normal, from below. */
  readonly layers: number;
  /** Planes whose atoms are all fixed in every direction, from the side that is held; absent when no flags are known. */
  readonly fixedBottomLayers?: number;
  /** The side from which planes are held; absent when none is, or no flags are known. */
  readonly heldSide?: 'bottom' | 'top' | 'both';
  /** Atoms of the outermost plane on either side: `O`, `Zn`, `ZnO`. Of an adsorbed slab it is the adsorbate. */
  readonly terminations: { readonly top: string; readonly bottom: string };
  /** Both faces are equivalent, adsorbates included (SCIENCE §4.7). */
  readonly symmetric: boolean;
  /** The stacking of the inner planes points to one side: faces that differ by more than adsorbates and relaxation. */
  readonly polar: boolean;
}

export interface RoleAssignment {
  readonly calculation: string;
  readonly role: Role;
  readonly stated: 'structure' | 'manifest';
  readonly evidence: readonly string[];
  readonly slab?: SlabGeometry;
  readonly issues: readonly Issue[];
}

export type LinkKind =
  | 'clean-slab'
  | 'atom-reference'
  | 'bulk-reference'
  | 'molecule-reference'
  | 'slab-bulk'
  | 'migration-path'
  | 'interface-film'
  | 'interface-substrate'
  | 'defect-host'
  | 'thickness-series'
  | 'formation-reference'
  | 'single-point-of';

/** What an adsorbed slab has more than its clean one. */
export interface Adsorbate {
  /** Element or molecule: `Li`, `H`, `H2O`. */
  readonly formula: string;
  /** n: in the cell, both faces together. */
  readonly count: number;
}

/** Groups of settings that two calculations must share to be subtracted (SCIENCE §11). */
export type CompatibilityItem =
  | 'functional'
  | 'meta-gga'
  | 'hybrid'
  | 'nonlocal-vdw'
  | 'hamiltonian'
  | 'potcar'
  | 'cutoff'
  | 'dispersion'
  | 'hubbard-u'
  | 'cell'
  | 'spin'
  | 'precision'
  | 'smearing'
  | 'dipole-correction'
  | 'k-points'
  | 'convergence'
  | 'version'
  | 'charge'
  | 'energy-kind';

/** One group of settings of the two ends of a link held against each other. */
export interface CompatibilityCheck {
  readonly item: CompatibilityItem;
  /** `block` refuses the difference, `warn` lowers its quality; `unknown`: one of the two does not tell. */
  readonly verdict: 'pass' | 'warn' | 'block' | 'unknown';
  /** What was compared: VASP tags, or the element of a POTCAR. */
  readonly tag: string;
  /** Value in `from`; absent when its files do not tell. */
  readonly left?: string;
  /** Value in `to`. */
  readonly right?: string;
  /** What would have to be run again, and how. */
  readonly rerun?: string;
}

export interface Link {
  readonly kind: LinkKind;
  readonly from: string;
  readonly to: string;
  readonly stated: 'structure' | 'manifest';
  /** Of a link to a clean slab. */
  readonly adsorbate?: Adsorbate;
  readonly evidence: readonly string[];
  /** Calculations that would have fitted too. */
  readonly others: readonly string[];
  /** Every rule of §11 that applies, of links whose ends are subtracted. */
  readonly checks?: readonly CompatibilityCheck[];
  readonly issues: readonly Issue[];
}

/** A link outside the slab systems: a thickness series, what a compound forms from, an interface and its materials. */
export interface Relation extends Link {
  /** False: the two fit, but their settings forbid to subtract them; the issues tell what would have to be run again. */
  readonly accepted: boolean;
  /** Of an interface: boundaries between the two materials in its cell. */
  readonly boundaries?: 1 | 2;
}

/** Which plane of its bulk a slab exposes, as the atoms show it (SCIENCE §4.6). */
export interface FacetIdentity {
  /** (hkl) of the face on top, along the conventional axes of the bulk, coprime. */
  readonly miller: readonly [number, number, number];
  /** Key of all planes that the Laue group of the bulk makes equivalent. */
  readonly family: readonly [number, number, number];
  /** The family as it is written: `{10-10}`, `{110}`. */
  readonly label: string;
  /** The crystal shows another face on the other side. */
  readonly isPolar: boolean;
  /** Which of them is on top of a hexagonal crystal: + for l > 0, the face of the metal in wurtzite. */
  readonly termination?: '+' | '-';
  /** Share of the inner atoms that lie where the bulk has atoms of their element, and their mean distance from there, Å. */
  readonly matchedShare: number;
  readonly deviationAngstrom: number;
}

/** A material with its facet, and the calculations that describe it for one working ion. */
export interface System {
  readonly id: string;
  readonly label: string;
  /** (hkl) or (hkil) as the manifest states it. */
  readonly facet?: readonly number[];
  /** Of the clean slab, where its bulk was found. */
  readonly exposedFacet?: FacetIdentity;
  readonly ion: string;
  /** Reduced formula of the clean slab, elements in alphabetical order. */
  readonly formula: string;
  readonly slab?: string;
  /** Slabs with the ion adsorbed (sites), any order. */
  readonly adsorbed: readonly string[];
  /** Of the adsorbed slabs whose clean slab was found, in their order. */
  readonly sites?: readonly AdsorptionSite[];
  /** Slabs that carry something else: hydrogen, water. Their links name it. */
  readonly otherAdsorbed: readonly string[];
  readonly paths: readonly string[];
  readonly bulk?: string;
  readonly links: readonly Link[];
  readonly issues: readonly Issue[];
}

export interface Candidate {
  readonly id: string;
  readonly label: string;
  readonly ion: string;
  readonly system: string;
  /** By descriptor identifier. */
  readonly descriptors: Readonly<Record<string, DescriptorResult>>;
  /** E.g. lithiophilic, borderline, lithiophobic; absent when ΔE_nuc is. */
  readonly wetting?: string;
  readonly protocol?: readonly ProtocolVerdict[];
  readonly issues: readonly Issue[];
}

export interface ProtocolVerdict {
  readonly calculation: string;
  readonly item: string;
  readonly verdict: 'pass' | 'fail' | 'not-determinable';
  readonly expected: string;
  readonly found: string;
}

/** Of an image between the ends: VASP writes its timing when a run ends. */
export type ImageState = 'finished' | 'unfinished' | 'not-run' | 'unreadable';

/** An atom that is somewhere else when the path ends. */
export interface MigratingAtom {
  /** Counted from 1, as VASP and structure viewers do. */
  readonly atom: number;
  readonly element: string;
  /** Sum of its steps from image to image. */
  readonly pathLengthAngstrom: number;
  /** From where it is in the first image straight to where it is in the last one, along the way it went. */
  readonly straightAngstrom: number;
}

/** Who moves along a path. Several atoms: a concerted motion. */
export interface Migration {
  /** The longest way first. */
  readonly atoms: readonly MigratingAtom[];
  /** Largest displacement of any other atom from its place in the first image; absent when there is no other atom. */
  readonly othersLargestDisplacementAngstrom?: number;
}

/** One image of a path, as `adatom neb` prints it. */
export interface PathReportImage {
  readonly index: number;
  readonly energyEv?: number;
  readonly relativeEnergyEv?: number;
  readonly distanceAngstrom?: number;
  readonly tangentForceEvPerAngstrom?: number;
  readonly maxPerpendicularForceEvPerAngstrom?: number;
  readonly climbing: boolean;
  /** Between the ends; absent when the output cannot tell. */
  readonly state?: ImageState;
  /** Complete ionic steps of an image between the ends, where it has output. */
  readonly ionicSteps?: number;
  /** File the energy comes from, or why there is none. */
  readonly source: string;
}

/** A path with its barrier and all interpolations. */
export interface PathReport {
  readonly id: string;
  readonly energyKind: 'sigma0' | 'free';
  readonly images: readonly PathReportImage[];
  readonly barrier: DescriptorResult;
  /** Absent when the images cannot be compared atom by atom, and of a table. */
  readonly migrating?: Migration;
  /** Relaxations that the energies of images come from, where they lie outside the band. */
  readonly links?: readonly Link[];
  readonly interpolations?: Readonly<Partial<Record<InterpolationName, Interpolation>>>;
  /** The curve the barrier is read from, sampled for a plot: distance Å, energy eV relative to image 00. */
  readonly curve?: readonly (readonly [distanceAngstrom: number, energyEv: number])[];
  readonly issues: readonly Issue[];
}
