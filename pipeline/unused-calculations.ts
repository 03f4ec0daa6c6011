/**
 * Every calculation that stands behind no system, with the reason: nothing that was found disappears.
 */
import type { AssembledPath } from '../assembly/migration-path.ts';
import { blockingIssues } from '../assembly/usable-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue, located } from '../model/issues.ts';
import { ROLE_NAMES } from '../model/role-names.ts';
import type { UnusedCalculation } from '../model/screening.ts';
import type { LinkKind, Relation, Role, RoleAssignment, System } from '../model/system.ts';
import { describedBeside, hydrogenStates } from './describe-adsorbates.ts';

export interface AssembledScreening {
  readonly calculations: readonly Calculation[];
  readonly roles: readonly RoleAssignment[];
  readonly systems: readonly System[];
  readonly relations: readonly Relation[];
  readonly paths: readonly AssembledPath[];
}

export function unusedCalculations(screening: AssembledScreening, ion: string): UnusedCalculation[] {
  const used = usedCalculations(screening);
  const roles = new Map(screening.roles.map((role) => [role.calculation, role]));
  const kinds = kindsByMember(screening.relations);
  return screening.calculations
    .filter((calculation) => !used.has(calculation.id))
    .map((calculation) => {
      const role = roles.get(calculation.id);
      const unreadable = calculation.final === undefined;
      return {
        calculation: calculation.id,
        role: unreadable ? 'unreadable' : (role?.role ?? 'undetermined'),
        reasons: reasonsOf(calculation, role, { ion, kinds: kinds.get(calculation.id) ?? new Set() }),
      };
    });
}

function usedCalculations({ calculations, systems, relations, paths }: AssembledScreening): Set<string> {
  const used = new Set<string>();
  /** Whose vibrations a value is made of, where they were calculated. */
  const vibrating = new Set(systems.flatMap(hydrogenStates));
  const pathsInUse = new Set(systems.flatMap((system) => system.paths));
  for (const system of systems) {
    if (system.slab !== undefined) used.add(system.slab);
    for (const id of system.adsorbed) used.add(id);
    for (const id of describedBeside(system)) used.add(id);
    for (const link of system.links) used.add(link.to);
  }
  for (const path of paths) {
    if (!pathsInUse.has(path.id)) continue;
    for (const [at, { calculation }] of path.images.entries()) {
      if (calculation === undefined) continue;
      used.add(calculation.id);
      if (at < path.images.length - 1) vibrating.add(calculation.id);
    }
  }
  const tellModes = new Set(calculations.filter(({ vibrations }) => vibrations !== undefined).map(({ id }) => id));
  for (const { kind, from, to, accepted } of relations) {
    if (kind === 'single-point-of' && accepted && vibrating.has(to) && tellModes.has(from)) used.add(from);
  }
  return used;
}

/** Kinds of the links outside the systems that a calculation is part of. */
function kindsByMember(relations: readonly Relation[]): ReadonlyMap<string, ReadonlySet<LinkKind>> {
  const kinds = new Map<string, Set<LinkKind>>();
  for (const { kind, from, to, accepted } of relations) {
    if (!accepted) continue;
    for (const id of [from, to]) kinds.set(id, (kinds.get(id) ?? new Set()).add(kind));
  }
  return kinds;
}

interface Standing {
  readonly ion: string;
  readonly kinds: ReadonlySet<LinkKind>;
}

function reasonsOf(calculation: Calculation, role: RoleAssignment | undefined, { ion, kinds }: Standing): Issue[] {
  if (calculation.final === undefined) {
    const unread = notRead(calculation);
    return unread.length > 0 ? unread : blockingIssues(calculation);
  }
  if (role?.role === 'superseded') return [...role.issues];
  const name = role?.role ?? 'undetermined';
  // The kinds, not the partners: calculations with one reason are told together.
  const links = kinds.size === 0 ? '' : `; outside the systems it is linked by ${[...kinds].sort().join(', ')}`;
  const details = { role: ROLE_NAMES[name], reason: REASONS[name](ion) + links };
  const unlinked = issue('I_UNLINKED', details, { file: calculation.id });
  return [unlinked, ...located(role?.issues ?? [], { file: calculation.id })];
}

function notRead(calculation: Calculation): Issue[] {
  return located(
    calculation.issues.filter((entry) => entry.code === 'I_NOT_READ'),
    { file: calculation.id },
  );
}

const REASONS: Readonly<Record<Role, (ion: string) => string>> = {
  bulk: (ion) => `no slab found here needs it, neither as bulk ${ion} nor as the bulk it is cut from`,
  'defect-cell': () => 'no descriptor computed here needs it',
  slab: () => 'the adsorbed slabs that would fit on it are linked to another calculation of the same clean slab',
  'adsorbed-slab': (ion) => `it carries something else than ${ion} alone, for which no value is computed here`,
  interface: () => 'no descriptor computed here needs it',
  'isolated-atom': (ion) => `no adsorbed slab needs it as the reference of ${ion}; one in a box below 8 Å is none`,
  'isolated-molecule': (ion) => `no descriptor of ${ion} computed here needs it`,
  'low-dimensional': () => 'it is neither bulk nor slab',
  'neb-image': (ion) => `its path belongs to no system with ${ion}; the path is listed by itself`,
  'molecular-dynamics': () => 'its last energy belongs to a temperature, not to a structure at rest',
  'single-point': () => 'it tells a property of another calculation, whose energy counts',
  superseded: () => 'a later run counts',
  ignored: () => 'the manifest says to ignore it',
  undetermined: () => 'its role cannot be told without a structure',
};
