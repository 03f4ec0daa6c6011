/**
 * Statements of the manifest that the files contradict: each is told with what is stated and what the file shows.
 *
 * A manifest may decide what a structure leaves open (7 Å of vacuum may be a small box). The mistake avoided here:
 * following it against the structure, so that a slab's energy becomes the bulk's that all others are relative to.
 */
import type { Calculation } from '../model/calculation.ts';
import { atomCount, composition, formula, type Structure } from '../model/structure.ts';
import type { Role } from '../model/system.ts';
import { hasAtomsInACell } from './classify-role.ts';
import { extraUnits } from './shared/composition-difference.ts';
import { type Gap, largestGaps, MINIMUM_VACUUM_ANGSTROM } from './shared/slab-geometry.ts';
import type { StatedSystem } from './stated-links.ts';

/** Planes of layered crystals (MoS2, graphite) are up to 3.5 Å apart: nothing below this is vacuum. */
const LARGEST_CRYSTAL_GAP_ANGSTROM = 4;
const AXIS_NAMES = ['a', 'b', 'c'] as const;

export interface Stated {
  readonly roles: ReadonlyMap<string, Role>;
  readonly cleanSlabs: ReadonlyMap<string, Calculation>;
  /** Formula of what a calculation carries. */
  readonly adsorbates: ReadonlyMap<string, string>;
  readonly systems: readonly StatedSystem[];
}

/** In words, without the manifest's name. */
export function contradictions(stated: Stated, calculations: readonly Calculation[]): string[] {
  if (stated.roles.size === 0) return [];
  const byId = new Map(calculations.map((calculation) => [calculation.id, calculation]));
  const structureOf = (id: string): Structure | undefined => byId.get(id)?.structure;
  return [
    ...[...stated.roles].flatMap(([id, role]) => {
      const structure = structureOf(id);
      const fault = structure === undefined ? undefined : roleFault(structure, role);
      return fault === undefined ? [] : [`${id} is stated to be ${ROLE_WORDS[role] ?? role}, but ${fault}`];
    }),
    ...[...stated.cleanSlabs].flatMap(([id, slab]) => {
      const [adsorbed, clean] = [structureOf(id), slab.structure];
      if (adsorbed === undefined || clean === undefined) return [];
      const fault = slabFault(adsorbed, clean, stated.adsorbates.get(id));
      return fault === undefined ? [] : [`${slab.id} is stated to be the clean slab of ${id}, but ${fault}`];
    }),
    ...stated.systems.flatMap(bulkFaults),
  ];
}

const ROLE_WORDS: Readonly<Partial<Record<Role, string>>> = {
  bulk: 'a bulk',
  'defect-cell': 'a bulk cell with a defect',
  slab: 'a slab',
  'adsorbed-slab': 'an adsorbed slab',
  'isolated-atom': 'an isolated atom',
  'isolated-molecule': 'an isolated molecule',
};

function roleFault(structure: Structure, role: Role): string | undefined {
  if (ROLE_WORDS[role] === undefined || !hasAtomsInACell(structure)) return undefined;
  const gaps = [...largestGaps(structure)].sort((left, right) => right.gapAngstrom - left.gapAngstrom);
  const [widest, narrowest] = [gaps[0], gaps.at(-1)];
  if (widest === undefined || narrowest === undefined) return undefined;
  const atoms = formula(structure.species);
  if (role === 'bulk' || role === 'defect-cell') {
    return widest.gapAngstrom >= MINIMUM_VACUUM_ANGSTROM ? `its cell of ${atoms} has ${gapText(widest)}` : undefined;
  }
  if (role === 'slab' || role === 'adsorbed-slab') {
    return widest.gapAngstrom < LARGEST_CRYSTAL_GAP_ANGSTROM
      ? `its cell of ${atoms} has no vacuum: the largest is ${gapText(widest)}`
      : undefined;
  }
  if ((atomCount(structure) === 1) !== (role === 'isolated-atom')) return `its cell holds ${atoms}`;
  return narrowest.gapAngstrom < LARGEST_CRYSTAL_GAP_ANGSTROM
    ? `its cell of ${atoms} has no vacuum on all sides: only ${gapText(narrowest)}`
    : undefined;
}

function gapText({ gapAngstrom, axis }: Gap): string {
  return `a gap of ${gapAngstrom.toFixed(1)} Å along ${AXIS_NAMES[axis]}`;
}

/** An adsorbed slab holds all atoms of its clean slab, and more. */
function slabFault(adsorbed: Structure, clean: Structure, adsorbate: string | undefined): string | undefined {
  const [more, less] = [composition(adsorbed.species), composition(clean.species)];
  const both = `the one holds ${formula(clean.species)}, the other ${formula(adsorbed.species)}`;
  const lacks = Object.keys(less).some((element) => (less[element] ?? 0) > (more[element] ?? 0));
  if (lacks || atomCount(adsorbed) <= atomCount(clean)) return both;
  const isNamed = adsorbate === undefined || extraUnits(adsorbed.species, clean.species, adsorbate) !== undefined;
  return isNamed ? undefined : `${both}, which is no whole number of ${adsorbate} more`;
}

/** A slab may hold more than its bulk, such as hydrogen on its cut bonds; never less. */
function bulkFaults({ id, slab, adsorbed, bulk }: StatedSystem): string[] {
  const whole = slab ?? adsorbed[0];
  if (bulk?.structure === undefined || whole?.structure === undefined) return [];
  const held = new Set(whole.structure.species);
  const foreign = [...new Set(bulk.structure.species)].filter((element) => !held.has(element));
  if (foreign.length === 0) return [];
  return [
    `systems.${id}.bulk: ${bulk.id} holds ${formula(bulk.structure.species)}, ${whole.id} holds ${formula(whole.structure.species)} without ${foreign.join(', ')}`,
  ];
}
