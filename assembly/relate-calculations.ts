/**
 * What belongs together outside the slab systems: defect cells and their host, interfaces and their materials, thickness
 * series, what compounds form from, and properties with the calculation they were computed for.
 *
 * Comes before the systems, because it takes calculations out of their way: a cell with a vacancy is no bulk reference,
 * an interface no slab that ions are adsorbed on. Everything is looked up by composition and cell, nothing is compared
 * with all others.
 */
import type { Calculation } from '../model/calculation.ts';
import { hasError } from '../model/issues.ts';
import type { Relation, RoleAssignment } from '../model/system.ts';
import { compareText, statedLink } from './link-candidates.ts';
import { linkDefects } from './relations/link-defects.ts';
import { linkFormationReferences } from './relations/link-formation-references.ts';
import { linkInterfaces } from './relations/link-interfaces.ts';
import { linkSinglePoints } from './relations/link-single-points.ts';
import { linkThicknessSeries } from './relations/link-thickness-series.ts';
import type { StatedRelation } from './stated-links.ts';

export interface RelatedCalculations {
  /** In the order of `roles`, some of them defect cells and interfaces now. */
  readonly roles: readonly RoleAssignment[];
  readonly relations: readonly Relation[];
}

export function relateCalculations(
  calculations: readonly Calculation[],
  shown: readonly RoleAssignment[],
  stated: readonly StatedRelation[] = [],
): RelatedCalculations {
  const roles = new Map(shown.map((role) => [role.calculation, role]));
  const relations: Relation[] = [];
  for (const { relation, name } of linkDefects(calculations, roles)) {
    relations.push(relation);
    refine(roles, relation.from, { role: 'defect-cell', evidence: [`${name}: a cell of ${relation.to}`] });
  }
  for (const entry of linkInterfaces(calculations, roles)) {
    relations.push(...entry.relations);
    if (entry.isRole) refine(roles, entry.calculation, { role: 'interface', evidence: entry.evidence });
  }
  relations.push(
    ...linkThicknessSeries(calculations, roles),
    ...linkFormationReferences(calculations, roles),
    ...linkSinglePoints(calculations, roles),
  );
  return {
    roles: shown.map((role) => roles.get(role.calculation) ?? role),
    relations: [...besideStated(relations, stated), ...stated.map(statedRelation)].sort(
      (left, right) =>
        compareText(left.kind, right.kind) || compareText(left.from, right.from) || compareText(left.to, right.to),
    ),
  };
}

/** What the manifest states replaces what was found for the same purpose. */
function besideStated(found: readonly Relation[], stated: readonly StatedRelation[]): Relation[] {
  const replaced = new Set(stated.map(({ kind, from }) => `${kind} ${from.id}`));
  return found.filter(({ kind, from }) => !replaced.has(`${kind} ${from}`));
}

function statedRelation({ kind, from, to }: StatedRelation): Relation {
  const link = statedLink(kind, kind === 'single-point-of' ? 'atom-reference' : 'bulk-reference', from, to);
  return { ...link, accepted: !hasError(link.issues) };
}

function refine(
  roles: Map<string, RoleAssignment>,
  id: string,
  { role, evidence }: Pick<RoleAssignment, 'role' | 'evidence'>,
): void {
  const before = roles.get(id);
  if (before !== undefined) roles.set(id, { ...before, role, evidence: [...evidence, ...before.evidence] });
}
