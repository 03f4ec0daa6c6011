/**
 * Adds to each system which facet its clean slab exposes, and holds the facet of the manifest against it.
 *
 * The facet is told from the bulk that the slab is linked to; a slab without one, or that is no cut of it (a
 * reconstruction, another polymorph), has no facet of its own. Bulks and slabs are shared by many systems, so each pair is
 * looked at once.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { FacetIdentity, RoleAssignment, System } from '../model/system.ts';
import { type Bulk, bulkOf, identifyFacet } from './identify-facet.ts';
import { familyKey, familyText, type Miller } from './shared/miller.ts';
import type { Axis } from './shared/slab-geometry.ts';

export interface FacetInput {
  readonly calculations: readonly Calculation[];
  readonly roles: readonly RoleAssignment[];
  /** Name of the manifest, for the issue. */
  readonly file: string;
}

export interface FacetedSystems {
  readonly systems: readonly System[];
  /** A stated facet that is not the one the slab exposes. */
  readonly issues: readonly Issue[];
}

export function withExposedFacets(
  systems: readonly System[],
  { calculations, roles, file }: FacetInput,
): FacetedSystems {
  const byId = new Map(calculations.map((calculation) => [calculation.id, calculation]));
  const axes = new Map(
    roles.flatMap(({ calculation, slab }) => (slab === undefined ? [] : [[calculation, slab.axis]])),
  );
  const bulks = new Map<string, Bulk | undefined>();
  const issues: Issue[] = [];
  const faceted = systems.map((system): System => {
    const slab = byId.get(system.slab ?? '')?.structure;
    const structure = byId.get(system.bulk ?? '')?.structure;
    const axis: Axis | undefined = axes.get(system.slab ?? '');
    if (slab === undefined || structure === undefined || system.bulk === undefined || axis === undefined) return system;
    if (!bulks.has(system.bulk)) bulks.set(system.bulk, bulkOf(structure));
    const bulk = bulks.get(system.bulk);
    const exposedFacet = bulk && identifyFacet(slab, axis, bulk);
    if (bulk === undefined || exposedFacet === undefined) return system;
    issues.push(...contradiction(system, exposedFacet, bulk, file));
    return { ...system, exposedFacet };
  });
  return { systems: faceted, issues };
}

function contradiction(system: System, found: FacetIdentity, { crystal, axes }: Bulk, file: string): Issue[] {
  const stated = threeIndices(system.facet);
  if (stated === undefined || familyKey(stated, crystal, axes).join() === found.family.join()) return [];
  const named = `(${system.facet?.join(' ')}), of the family ${familyText(stated, crystal, axes)}`;
  const problem = `systems.${system.id}.facet: ${named}, is stated, and the atoms of ${system.slab} show ${found.label}`;
  return [issue('E_MANIFEST', { problem }, { file })];
}

/** (hkil) as (hkl); undefined for what is no plane. */
function threeIndices(stated: readonly number[] | undefined): Miller | undefined {
  const [h, k, third, fourth] = stated ?? [];
  const l = fourth ?? third;
  if (h === undefined || k === undefined || l === undefined) return undefined;
  return h === 0 && k === 0 && l === 0 ? undefined : [h, k, l];
}
