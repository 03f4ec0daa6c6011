/**
 * What `adatom inspect` tells of a tree: what every calculation is, what it is linked to and why, and which missing
 * calculation would make most values computable. Nothing in it is a result: no energy is subtracted here.
 */
import type { Issue } from './issues.ts';
import type { UnusedCalculation } from './screening.ts';
import type { Link, PathReport, ProtocolVerdict, Relation, RoleAssignment, System } from './system.ts';

/** A link as its calculation tells it; all of it stands with its system, relation or path. */
export type InspectedLink = Pick<Link, 'kind' | 'to' | 'stated' | 'evidence' | 'others'> & {
  /** Those of the checks that do not pass. */
  readonly checks?: NonNullable<Link['checks']>;
};

export interface InspectedCalculation extends Pick<RoleAssignment, 'role' | 'stated' | 'evidence' | 'slab'> {
  readonly id: string;
  /** Relative to the searched folder. */
  readonly folder: string;
  /** Composition of the cell: `Li1O9Zn9`. */
  readonly formula?: string;
  /** Of which it is the left-hand side. */
  readonly links: readonly InspectedLink[];
  /** Only with a protocol, and only of roles that are held against one. */
  readonly protocol?: readonly ProtocolVerdict[];
  /** Of its files and of its role. */
  readonly issues: readonly Issue[];
}

/** The images and their links; the barrier is the business of `adatom neb` and `adatom screen`. */
export type InspectedPath = Pick<PathReport, 'id' | 'images' | 'migrating' | 'links' | 'issues'>;

/** What a missing calculation would make: a descriptor, or a link that is refused or incomplete now. */
export type MissingValue =
  | 'adsorption-energy'
  | 'nucleation-driving-force'
  | 'migration-barrier'
  | 'surface-energy'
  | 'adsorbate-reference'
  | 'relation';

/** Something to be run, and the values of one kind that wait for it. */
export interface MissingPiece {
  /** `a clean slab of O24Zn24 in the cell …`, `re-run zno/slab/OUTCAR with ENCUT = 520`. */
  readonly what: string;
  readonly makes: MissingValue;
  /** Values that need it. */
  readonly count: number;
  /** Those of them that need nothing else. */
  readonly alone: number;
  /** How many calculations it stands for. */
  readonly runs: number;
  /** Adsorbed slabs, clean slabs, paths whose values they are. */
  readonly calculations: readonly string[];
}

export interface Inspection {
  readonly adatomVersion: string;
  readonly ion: string;
  readonly protocol?: string;
  /** By id. */
  readonly calculations: readonly InspectedCalculation[];
  readonly systems: readonly System[];
  readonly relations: readonly Relation[];
  readonly paths: readonly InspectedPath[];
  readonly unused: readonly UnusedCalculation[];
  /** What makes most values for one calculation first. */
  readonly missing: readonly MissingPiece[];
  readonly issues: readonly Issue[];
}
