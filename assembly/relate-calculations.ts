/**
 * What belongs together outside the slab systems: defect cells and their host, interfaces and their materials, thickness
 * series, what compounds form from, and properties with the calculation they were computed for.
 *
 * Comes before the systems, because it takes calculations out of their way: a cell with a vacancy is no bulk reference,
 * an interface no slab that ions are adsorbed on. Everything is looked up by composition and cell, nothing is compared
 * with all others.
 */
import type { Calculation } from '../model/calculation.ts';
import type { Relation, RoleAssignment } from '../model/system.ts';
import { compareText } from './link-candidates.ts';
import { linkDefects } from './relations/link-defects.ts';
import { linkFormationReferences } from './relations/link-formation-references.ts';
import { linkInterfaces } from './relations/link-interfaces.ts';
import { linkSinglePoints } from './relations/link-single-points.ts';
import { linkThicknessSeries } from './relations/link-thickness-series.ts';

export interface RelatedCalculations {
  /** In the order of `roles`, some of them defect cells and interfaces now. */
  readonly roles: readonly RoleAssignment[];
  readonly relations: readonly Relation[];
}

export function relateCalculations(
  calculations: readonly Calculation[],
  shown: readonly RoleAssignment[],
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
    relations: relations.sort(
      (left, right) =>
        compareText(left.kind, right.kind) || compareText(left.from, right.from) || compareText(left.to, right.to),
    ),
  };
}

function refine(
  roles: Map<string, RoleAssignment>,
  id: string,
  { role, evidence }: Pick<RoleAssignment, 'role' | 'evidence'>,
): void {
  const before = roles.get(id);
  if (before !== undefined) roles.set(id, { ...before, role, evidence: [...evidence, ...before.evidence] });
}
