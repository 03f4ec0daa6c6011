/**
 * The two terminations of a polar facet beside each other: each stays a candidate of its own, and both tell what the facet
 * offers over them (SCIENCE §2.7).
 */
import type { Candidate, FacetIdentity, System } from '../model/system.ts';
import { FACET, type KeptTermination, overTerminations } from './termination-policy.ts';

/**
 * The candidates in their order; those of facets with two terminations gain `facet-adsorption-energy`. Of several slabs of
 * one termination the most strongly bound counts, as of the sites of one slab (SCIENCE §2.6).
 */
export function withTerminations(candidates: readonly Candidate[], systems: readonly System[]): Candidate[] {
  /** By facet, then by termination. */
  const facets = new Map<string, Map<string, KeptTermination>>();
  const keyOf = new Map<string, string>();
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  for (const system of systems) {
    const { exposedFacet, bulk, id, ion } = system;
    if (exposedFacet === undefined || bulk === undefined || !exposedFacet.isPolar) continue;
    const key = `${bulk} ${exposedFacet.family.join()} ${ion}`;
    keyOf.set(id, key);
    const energy = byId.get(id)?.descriptors['adsorption-energy'];
    if (energy?.available !== true || energy.quality === 'unreliable') continue;
    const { value: energyEv, uncertainty: uncertaintyEv, inputs, issues } = energy;
    const termination = terminationOf(exposedFacet);
    const faces = facets.get(key) ?? new Map<string, KeptTermination>();
    facets.set(key, faces);
    if (energyEv >= (faces.get(termination)?.energyEv ?? Number.POSITIVE_INFINITY)) continue;
    faces.set(termination, {
      termination,
      energyEv,
      ...(uncertaintyEv !== undefined && { uncertaintyEv }),
      inputs,
      issues,
    });
  }
  return candidates.map((candidate) => {
    const faces = facets.get(keyOf.get(candidate.id) ?? '');
    if (faces === undefined || faces.size < 2) return candidate;
    const found = overTerminations([...faces.values()], 'best');
    return { ...candidate, descriptors: { ...candidate.descriptors, [FACET]: found } };
  });
}

function terminationOf({ miller }: FacetIdentity): string {
  return `(${miller.join(' ')})`;
}
