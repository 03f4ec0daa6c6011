/**
 * Slabs of one facet in several thicknesses, from the relations that lead from each to the next thinner one.
 */
import type { Relation } from '../model/system.ts';

export interface ThicknessSeries {
  readonly slabs: readonly string[];
  readonly relations: readonly Relation[];
}

/** By the id of every slab that is in one. Slabs whose settings forbid to subtract them are in no series together. */
export function thicknessSeries(relations: readonly Relation[]): ReadonlyMap<string, ThicknessSeries> {
  const steps = relations.filter(({ kind, accepted }) => kind === 'thickness-series' && accepted);
  const seriesOf = new Map<string, { slabs: string[]; relations: Relation[] }>();
  for (const relation of steps) {
    const [from, to] = [relation.from, relation.to].map(
      (slab) => seriesOf.get(slab) ?? { slabs: [slab], relations: [] },
    );
    if (from === undefined || to === undefined) continue;
    const joined =
      from === to
        ? { ...from, relations: [...from.relations, relation] }
        : { slabs: [...from.slabs, ...to.slabs], relations: [...from.relations, ...to.relations, relation] };
    for (const slab of joined.slabs) seriesOf.set(slab, joined);
  }
  return seriesOf;
}
