/**
 * Published claims held against computed values: each claim with every candidate that it is about (SCIENCE §2, §12.2,
 * §13.2).
 *
 * The mistakes avoided here: a charged or another adsorbate compared with a neutral adatom because the digits are alike,
 * and a claim that silently drops out because its candidate or its value is missing.
 */
import type { CheckedClaims, ClaimCheck } from '../model/claim-check.ts';
import { type Claim, type ClaimSet, isOrder, type OrderClaim, type ValueClaim } from '../model/claims.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { RankableCandidate } from '../model/ranking.ts';
import type { ReferenceSet } from '../model/reference-data.ts';
import type { ResolvedName } from '../ranking/index.ts';
import { checkOrderClaim } from './check-order-claim.ts';
import { checkValueClaim } from './check-value-claim.ts';
import { type ClaimCandidate, claimCandidates } from './claim-candidates.ts';
import { type FoundSubjects, findSubject } from './claim-subjects.ts';
import { cohesiveEnergyOf } from './cohesive-energy-of.ts';
import { allDescriptorNames } from './defined-descriptors.ts';

export interface Computed {
  readonly candidates: readonly RankableCandidate[];
  /** What they were read from, when it was JSON: of a screening's output more is known of each. */
  readonly document?: unknown;
}

/** `cohesive`: the reference set cohesive-energies. */
export function checkClaims(set: ClaimSet, computed: Computed, cohesive: ReferenceSet): CheckedClaims {
  const { name, version, title, source, caveat } = set;
  const head = { name, version, title, source, ...(caveat !== undefined && { caveat }) };
  return { ...head, checks: checksOf(set, computed, cohesive) };
}

function checksOf(set: ClaimSet, computed: Computed, cohesive: ReferenceSet): ClaimCheck[] {
  const candidates = claimCandidates(computed.candidates, computed.document).sort(byId);
  const found = new Map(
    Object.entries(set.subjects).map(([name, subject]) => [name, findSubject(subject, candidates)] as const),
  );
  const { resolve } = allDescriptorNames();
  return set.claims.flatMap((claim) => {
    const descriptor = resolve(claim.quantity);
    if (descriptor === undefined) throw new Error(`claim ${claim.id} of ${set.name}: quantity not checked`);
    const of = (name: string): FoundSubjects => found.get(name) ?? { found: [], issues: [] };
    if (isOrder(claim)) return [orderCheck(claim, of, descriptor)];
    return valueChecks(claim, of(claim.of), descriptor, cohesive);
  });
}

function byId(left: RankableCandidate, right: RankableCandidate): number {
  return left.id < right.id ? -1 : Number(left.id > right.id);
}

const NOTHING = { candidates: [], evidence: [], hypotheses: [], alsoFits: [], pairs: [] } as const;

function valueChecks(
  claim: ValueClaim,
  { found, issues }: FoundSubjects,
  descriptor: ResolvedName,
  measured: ReferenceSet,
): ClaimCheck[] {
  const head = {
    ...NOTHING,
    claim: claim.id,
    quantity: descriptor.identifier,
    unit: claim.unit,
    claimed: claimedText(claim),
  };
  const charged = chargeIssues(claim);
  if (found.length === 0)
    return [{ ...head, verdict: 'not-checked', issues: [...charged, ...issues, ...conflicts(claim)] }];
  return found.map(({ candidate, evidence }): ClaimCheck => {
    const about = { ...head, candidates: [candidate.id], evidence: [evidence] };
    const barred = [...charged, ...otherAdsorbate(claim, candidate)];
    if (barred.length > 0) return { ...about, verdict: 'not-checked', issues: [...barred, ...conflicts(claim)] };
    const cohesion = cohesiveEnergyOf(candidate, claim.adsorbate, measured);
    const check = checkValueClaim(claim, candidate, descriptor, cohesion);
    return { ...about, ...check, issues: [...check.issues, ...issues, ...conflicts(claim)] };
  });
}

function orderCheck(claim: OrderClaim, of: (name: string) => FoundSubjects, descriptor: ResolvedName): ClaimCheck {
  const [lower, higher] = [claim.lower, claim.higher].map((names) => names.map((name) => suited(claim, of(name))));
  const both = [...(lower ?? []), ...(higher ?? [])];
  const candidates = (sides: readonly FoundSubjects[] = []): ClaimCandidate[] =>
    sides.flatMap(({ found }) => found.map(({ candidate }) => candidate));
  const absent = both.filter(({ found }) => found.length === 0).flatMap(({ issues }) => issues);
  const refused = both.filter(({ found }) => found.length > 0).flatMap(({ issues }) => issues);
  const check = checkOrderClaim(claim, descriptor, { lower: candidates(lower), higher: candidates(higher) }, absent);
  return {
    ...NOTHING,
    ...check,
    claim: claim.id,
    // The pairs are differences under the claim's own name, whose sign may be the other one.
    quantity: descriptor.factor === 1 ? descriptor.identifier : claim.quantity,
    unit: descriptor.unit,
    claimed: orderText(claim),
    candidates: candidates(both).map(({ id }) => id),
    evidence: both.flatMap(({ found }) => found.map(({ evidence }) => evidence)),
    issues: [...check.issues, ...refused, ...conflicts(claim)],
  };
}

/** Without those whose values are about another adsorbate. */
function suited(claim: Claim, { found, issues }: FoundSubjects): FoundSubjects {
  const barred = found.map(({ candidate }) => otherAdsorbate(claim, candidate));
  return { found: found.filter((_, at) => barred[at]?.length === 0), issues: [...issues, ...barred.flat()] };
}

function claimedText(claim: ValueClaim): string {
  const { value, unit, sign, reference } = claim;
  const signText =
    sign === 'positive-bound' ? 'positive = bound' : sign === 'negative-bound' ? 'negative = bound' : undefined;
  const about = [
    claim.signInWords ?? signText ?? (sign === undefined ? undefined : 'sign not stated'),
    claim.referenceInWords ?? (reference === 'not-stated' ? 'reference not stated' : reference),
  ].filter((part) => part !== undefined);
  const printed = `${value.replace('-', '−')}${unit === '1' ? '' : ` ${unit}`}`;
  return `${printed}${about.length === 0 ? '' : ` (${about.join('; ')})`}`;
}

function orderText({ lower, higher, quantity, ordersOfMagnitude: orders }: OrderClaim): string {
  const by = orders === undefined ? '' : `, by a factor of 10^${orders}`;
  return `${quantity} of ${lower.join(', ')} below that of ${higher.join(', ')}${by}`;
}

function chargeIssues({ adsorbate = 'a species', charge }: ValueClaim): Issue[] {
  return charge === undefined || charge === 0 ? [] : [issue('E_CLAIM_CHARGED', { adsorbate, charge })];
}

/** Only a screening's output tells the ion. */
function otherAdsorbate({ adsorbate }: Claim, { ion }: ClaimCandidate): Issue[] {
  if (adsorbate === undefined || ion === undefined || adsorbate === ion) return [];
  return [issue('E_CLAIM_ADSORBATE', { claimed: adsorbate, found: ion })];
}

function conflicts({ conflict }: Claim): Issue[] {
  return conflict === undefined ? [] : [issue('W_SOURCE_CONFLICT', { reason: conflict })];
}
