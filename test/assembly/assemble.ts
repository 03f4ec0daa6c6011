/** From calculations to systems, as a screening does it. */
import { assembleSystems } from '../../assembly/assemble-systems.ts';
import { assignRoles } from '../../assembly/assign-roles.ts';
import { assemblePath } from '../../assembly/migration-path.ts';
import { indexRelaxations } from '../../assembly/relaxation-index.ts';
import { resolveStatements } from '../../assembly/stated-links.ts';
import type { Band } from '../../model/band.ts';
import type { Calculation } from '../../model/calculation.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { Link, LinkKind, System } from '../../model/system.ts';

export interface Tree {
  readonly ion?: string;
  readonly manifest?: Manifest;
  readonly bands?: readonly Band[];
}

export function assemble(calculations: readonly Calculation[], { ion = 'Li', manifest, bands = [] }: Tree = {}) {
  const paths = bands.map((band) => band.id);
  const statements = resolveStatements(manifest, { calculations, paths });
  const shown = assignRoles(calculations, bands, statements.roles);
  const assembled = bands.map((band) =>
    assemblePath(band, { relaxations: indexRelaxations(calculations), ...statements.paths.get(band.id) }),
  );
  const tree = assembleSystems({ calculations, roles: shown, paths: assembled, statements, ion });
  const roles = new Map(tree.roles.map((role) => [role.calculation, role]));
  return { systems: tree.systems, roles, paths: assembled, issues: [...statements.issues, ...tree.issues] };
}

export function linksOf(system: System | undefined, kind: LinkKind): readonly Link[] {
  return system?.links.filter((link) => link.kind === kind) ?? [];
}

/** `from > to` of every link of a kind, over all systems, sorted. */
export function pairs(systems: readonly System[], kind: LinkKind): string[] {
  return systems.flatMap((system) => linksOf(system, kind).map((link) => `${link.from} > ${link.to}`)).sort();
}
