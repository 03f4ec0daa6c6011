/**
 * The value of a candidate under a name the profile uses, or the reasons why it cannot be used.
 *
 * One place decides what "missing" means, so that constraints and scores cannot disagree: an absent key, a number that
 * is not finite, an uncertainty that is no width. A value of quality `unreliable` is known but must not rank (§10.8).
 */
import { type Issue, issue } from '../../model/issues.ts';
import type { RankableCandidate, RankableValue } from '../../model/ranking.ts';

export type CandidateValue =
  | { readonly state: 'known'; readonly known: RankableValue }
  | { readonly state: 'missing' | 'unreliable'; readonly reasons: readonly Issue[] };

export function candidateValue(candidate: RankableCandidate, name: string): CandidateValue {
  const known = own(candidate.values, name);
  if (known === undefined) {
    const absent = issue('E_DESCRIPTOR_MISSING', { descriptor: name });
    return { state: 'missing', reasons: [absent, ...(own(candidate.missing, name) ?? [])] };
  }
  if (!Number.isFinite(known.value) || !(known.uncertainty >= 0 && known.uncertainty < Number.POSITIVE_INFINITY)) {
    const found = `${known.value} ± ${known.uncertainty}`;
    const broken = issue('E_UNPARSEABLE', { expected: 'a finite value with an uncertainty', found }, { block: name });
    return { state: 'missing', reasons: [issue('E_DESCRIPTOR_MISSING', { descriptor: name }), broken] };
  }
  if (known.quality === 'unreliable') {
    return { state: 'unreliable', reasons: [issue('E_UNRELIABLE', { descriptor: name })] };
  }
  return { state: 'known', known };
}

/** A profile may name anything, also `constructor`: only a record's own keys are values. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
