/**
 * What is found once for all candidates of a screening, and once for all facets of one bulk: with thousands of facets
 * nothing goes through all calculations for each of them. It is forgotten together with the screening.
 */
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';

export function rememberedOfInput<Value>(find: (input: CandidateInput) => Value): (input: CandidateInput) => Value {
  const known = new WeakMap<CandidateInput, { readonly value: Value }>();
  return (input) => {
    const found = known.get(input) ?? { value: find(input) };
    known.set(input, found);
    return found.value;
  };
}

export type Described = Readonly<Record<string, DescriptorResult>>;

/** Descriptors of a material; every candidate with this bulk has them. */
export function describerOfBulk(describe: (bulk: Calculation, input: CandidateInput) => Described): Describer {
  const knownIn = rememberedOfInput(() => new Map<string, Described>());
  return (system, input) => {
    const bulk = system.bulk === undefined ? undefined : input.calculations.get(system.bulk);
    if (bulk === undefined) return {};
    const known = knownIn(input);
    const found = known.get(bulk.id) ?? describe(bulk, input);
    known.set(bulk.id, found);
    return found;
  };
}
