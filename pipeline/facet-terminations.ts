/**
 * The two terminations of a polar facet beside each other: each stays a candidate of its own, and both tell what the facet
 * offers over them (SCIENCE §2.7).
 */
import { facetAdsorptionEnergy } from '../descriptors/facet-adsorption-energy.ts';
import { type AvailableDescriptor, qualityOf } from '../model/descriptor.ts';
import { distinctIssues } from '../model/issues.ts';
import type { Candidate, System } from '../model/system.ts';

/** The candidates in their order; those of facets with two terminations gain `facet-adsorption-energy`. */
export function withTerminations(candidates: readonly Candidate[], systems: readonly System[]): Candidate[] {
  const facets = new Map<string, Face[]>();
  const keyOf = new Map<string, string>();
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  for (const system of systems) {
    const { exposedFacet, bulk, id, ion } = system;
    if (exposedFacet === undefined || bulk === undefined || !exposedFacet.isPolar) continue;
    const key = `${bulk} ${exposedFacet.family.join()} ${ion}`;
    keyOf.set(id, key);
    const energy = byId.get(id)?.descriptors['adsorption-energy'];
    if (energy?.available !== true || energy.quality === 'unreliable') continue;
    const face = { miller: exposedFacet.miller.join(), termination: terminationOf(system), energy };
    facets.set(key, [...(facets.get(key) ?? []), face]);
  }
  return candidates.map((candidate) => {
    const faces = facets.get(keyOf.get(candidate.id) ?? '') ?? [];
    if (new Set(faces.map(({ miller }) => miller)).size < 2) return candidate;
    return {
      ...candidate,
      descriptors: { ...candidate.descriptors, 'facet-adsorption-energy': overTerminations(faces) },
    };
  });
}

interface Face {
  readonly miller: string;
  readonly termination: string;
  readonly energy: AvailableDescriptor;
}

function terminationOf({ exposedFacet, label }: System): string {
  return exposedFacet === undefined ? label : `(${exposedFacet.miller.join(' ')})`;
}

function overTerminations(faces: readonly Face[]) {
  const terminations = faces.map(({ termination, energy }) => ({ termination, energyEv: energy.value }));
  const result = facetAdsorptionEnergy.compute(facetAdsorptionEnergy.inputs.parse({ terminations }));
  if (!result.available) return result;
  const issues = distinctIssues([...result.issues, ...faces.flatMap(({ energy }) => energy.issues)]);
  return { ...result, inputs: faces.flatMap(({ energy }) => energy.inputs), issues, quality: qualityOf(issues) };
}
