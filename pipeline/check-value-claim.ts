/**
 * One printed value beside one computed one, under every hypothesis that could explain a difference: sign turned,
 * reference shifted by the cohesive energy of the metal, both (SCIENCE §2.1, §2.2, §2.8, §13.2).
 *
 * The mistakes avoided here: calling E_b = +3.40 eV (positive = bound) a contradiction of E_ads = −3.40 eV, which is the
 * same statement; picking one of several explanations that all fit; and contradicting a claim by a value whose error
 * nobody knows.
 */
import { AGREEING_SIGMAS, type ClaimCheck, type ClaimVerdict, type TestedHypothesis } from '../model/claim-check.ts';
import { printedNumber, type ValueClaim } from '../model/claims.ts';
import { type Issue, issue } from '../model/issues.ts';
import { candidateValue, type ResolvedName, unitConverter } from '../ranking/index.ts';
import type { ClaimCandidate } from './claim-candidates.ts';
import { type Comparison, changesOf, type Reference, testedHypotheses } from './claim-hypotheses.ts';
import type { CohesiveEnergy } from './cohesive-energy-of.ts';
import { ADSORPTION_REFERENCES } from './parse-claims.ts';

type ValueCheck = Pick<
  ClaimCheck,
  'verdict' | 'computed' | 'sigmas' | 'cohesiveEnergy' | 'hypotheses' | 'alsoFits' | 'issues'
>;

/** `descriptor`: of the claim's quantity. `cohesive`: of the claim's metal, in eV. */
export function checkValueClaim(
  claim: ValueClaim,
  candidate: ClaimCandidate,
  descriptor: ResolvedName,
  cohesive: CohesiveEnergy | undefined,
): ValueCheck {
  const known = candidateValue(candidate, descriptor.identifier);
  if (known.state !== 'known') return notChecked(known.reasons);
  const reference = ADSORPTION_REFERENCES[descriptor.identifier];
  const found = candidate.reference ?? reference;
  if (reference !== undefined && (claim.reference === 'other' || !(found === 'atom' || found === 'bulk'))) {
    const claimed = claim.referenceInWords ?? claim.reference ?? 'something not stated';
    return notChecked([issue('E_CLAIM_REFERENCE', { claimed, found: found ?? 'something not stated' })]);
  }
  const convert = unitConverter(descriptor.unit, claim.unit) ?? ((value: number) => value);
  const printed = printedNumber(claim.value);
  const comparison: Comparison = {
    claim,
    claimed: descriptorSign(claim, descriptor.factor) * printed.value + 0,
    claimedSigma: Math.max(claim.uncertainty ?? 0, printed.halfDigit),
    computed: convert(known.known.value),
    computedSigma: convert(known.known.uncertainty),
    candidate: candidate.id,
    isSigmaStated: candidate.statedByProfile?.includes(descriptor.identifier) === true,
    ...references(claim, candidate, reference),
    ...(cohesive !== undefined && {
      cohesive: { ...cohesive, value: convert(cohesive.value), sigma: convert(cohesive.sigma) },
    }),
  };
  return judged(comparison);
}

/** What the printed number is to be multiplied with; of a sign that is not stated, that of the quantity's own name. */
function descriptorSign({ sign }: ValueClaim, factor: number): number {
  if (sign === 'positive-bound') return -1;
  return sign === 'negative-bound' ? 1 : 1 / factor;
}

function references(
  claim: ValueClaim,
  candidate: ClaimCandidate,
  reference: Reference | undefined,
): Pick<Comparison, 'claimReference' | 'computedReference' | 'isComputedStated'> {
  if (reference === undefined) return { isComputedStated: true };
  const stated = candidate.reference;
  const computedReference = reference === 'atom' && stated === 'bulk' ? 'bulk' : reference;
  const claimReference = claim.reference === 'atom' || claim.reference === 'bulk' ? claim.reference : computedReference;
  return { claimReference, computedReference, isComputedStated: stated !== undefined };
}

function notChecked(issues: readonly Issue[]): ValueCheck {
  return { verdict: 'not-checked', hypotheses: [], alsoFits: [], issues };
}

function judged(comparison: Comparison): ValueCheck {
  const { claim, computed, computedSigma, claimedSigma, cohesive } = comparison;
  const hypotheses = testedHypotheses(comparison);
  const base = hypotheses.find(({ hypothesis }) => hypothesis === 'reproduced');
  if (base === undefined) {
    return notChecked([
      issue('E_REFERENCE_MISSING', { needed: `cohesive energy of ${claim.adsorbate ?? 'the metal'}` }),
    ]);
  }
  const fitting = hypotheses.filter(({ fits }) => fits);
  const isSigmaKnown = computedSigma > 0;
  const verdict = fitting.length === 0 && !isSigmaKnown ? 'not-checked' : verdictOf(fitting);
  const others = verdict === 'ambiguous' ? fitting : fitting.filter(({ hypothesis }) => hypothesis !== verdict);
  return {
    verdict,
    computed: { value: computed, ...(isSigmaKnown && { sigma: computedSigma }) },
    sigmas: [
      ...(isSigmaKnown ? [{ of: computedSigmaText(comparison), value: computedSigma }] : []),
      { of: claim.uncertainty === undefined ? 'the printed digits' : 'the claim', value: claimedSigma },
    ],
    ...(cohesive !== undefined && comparison.claimReference !== undefined && { cohesiveEnergy: cohesive }),
    hypotheses,
    alsoFits: [...new Set(others.map(({ hypothesis }) => hypothesis))],
    issues: [
      ...(isSigmaKnown ? [] : [issue('W_CLAIM_NO_SIGMA', { candidates: comparison.candidate })]),
      ...remarks(comparison, fitting),
      ...notTested(comparison),
    ],
  };
}

function computedSigmaText({ isSigmaStated }: Comparison): string {
  return isSigmaStated ? 'the computed value, as the profile states it' : 'the computed value';
}

/**
 * The simplest hypothesis that fits. Rivals that need at most one change, or no more changes than it does, leave the
 * question open: nothing is picked.
 */
function verdictOf(fitting: readonly TestedHypothesis[]): ClaimVerdict {
  const [best] = fitting;
  if (best === undefined) return 'not-reproduced';
  const most = Math.max(1, changesOf(best.hypothesis));
  const rivals = fitting.filter(({ hypothesis }) => changesOf(hypothesis) <= most);
  return rivals.some(({ hypothesis }) => hypothesis !== best.hypothesis) ? 'ambiguous' : best.hypothesis;
}

function remarks({ claim }: Comparison, fitting: readonly TestedHypothesis[]): Issue[] {
  const [best] = fitting;
  if (best === undefined) return [];
  const reach = AGREEING_SIGMAS * best.sigma;
  const isFlipped = best.hypothesis === 'sign-flipped' || best.hypothesis === 'flipped-and-shifted';
  const isShifted = best.hypothesis === 'reference-shifted' || best.hypothesis === 'flipped-and-shifted';
  return [
    ...(reach >= Math.abs(best.expected)
      ? [issue('W_CLAIM_WEAK', { lowest: best.expected - reach, highest: best.expected + reach, unit: claim.unit })]
      : []),
    ...(isFlipped && claim.sign === 'not-stated' ? [issue('I_CLAIM_UNSTATED', { what: 'its sign convention' })] : []),
    ...(isShifted && claim.reference === 'not-stated' ? [issue('I_CLAIM_UNSTATED', { what: 'its reference' })] : []),
  ];
}

function notTested({ claim, claimReference, cohesive }: Comparison): Issue[] {
  if (claimReference === undefined || cohesive !== undefined) return [];
  const reason = `the cohesive energy of ${claim.adsorbate ?? 'the metal'} is not known`;
  return [issue('W_CLAIM_NOT_TESTED', { hypothesis: 'a shifted reference', reason })];
}
