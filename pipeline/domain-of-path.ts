/**
 * The domain of a path: what its atoms show, and what is known of the cell it runs in (SCIENCE §13.12).
 *
 * The mistake avoided here: a hop inside a cell without vacuum called "bulk diffusion" although the cell holds a vacancy
 * that the atom hops into; without a defect there the barrier would be another one.
 */
import type { AssembledPath } from '../assembly/migration-path.ts';
import type { Calculation } from '../model/calculation.ts';
import { volume } from '../model/lattice.ts';
import type { PathDomain } from '../model/path-domain.ts';
import type { Structure } from '../model/structure.ts';
import type { Relation, RoleAssignment } from '../model/system.ts';

export interface DomainContext {
  readonly calculations: ReadonlyMap<string, Calculation>;
  readonly roles: ReadonlyMap<string, RoleAssignment>;
  readonly relations: readonly Relation[];
}

/** Undefined when nobody is known to migrate. */
export function domainOfPath(path: AssembledPath, context: DomainContext): PathDomain | undefined {
  const { surroundings, migrating } = path;
  if (surroundings === undefined || surroundings === 'surface') return surroundings;
  const ends = [path.images[0], path.images.at(-1)].flatMap((image) => image?.calculation?.id ?? []);
  if (ends.some((id) => context.roles.get(id)?.role === 'interface')) return 'interface';
  const relation = context.relations.find(({ kind, from }) => kind === 'defect-host' && ends.includes(from));
  const cell = context.calculations.get(relation?.from ?? '')?.structure;
  const host = context.calculations.get(relation?.to ?? '')?.structure;
  const element = migrating?.atoms[0]?.element;
  // Without the perfect bulk in the tree the path itself can still show a vacancy.
  if (cell === undefined || host === undefined || element === undefined) return surroundings;
  const excess = excessOf(element, cell, host);
  if (excess === 0) return surroundings;
  return excess < 0 ? 'vacancy' : 'interstitial';
}

/** Atoms of the element that the cell has more than whole repetitions of its host. */
function excessOf(element: string, cell: Structure, host: Structure): number {
  const cells = Math.round(volume(cell.latticeAngstrom) / volume(host.latticeAngstrom));
  const count = ({ species }: Structure): number => species.filter((each) => each === element).length;
  return count(cell) - cells * count(host);
}
