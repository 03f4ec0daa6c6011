/**
 * What a printed number may mean: as stated, with the other sign, relative to the other reference, both; and how far the
 * computed value is from each (SCIENCE §2.1, §2.2, §2.8, §13.2).
 *
 * The mistake avoided here: a reference shifted twice. E(bulk) = E(atom) + E_coh leads from one reference to the other, and
 * only where the two differ; what is stated of the computed value is not doubted.
 */
import { agrees, type ClaimHypothesis, type TestedHypothesis } from '../model/claim-check.ts';
import type { ValueClaim } from '../model/claims.ts';
import type { CohesiveEnergy } from './cohesive-energy-of.ts';

/** Of VASP's total energies more are noise. */
const COHESION_DECIMALS = 4;

/** The reference of an adsorption energy, where it is one that cohesion leads to. */
export type Reference = 'atom' | 'bulk';

/** Everything in the unit of the claim. */
export interface Comparison {
  readonly claim: ValueClaim;
  /** With the sign of the descriptor. */
  readonly claimed: number;
  readonly claimedSigma: number;
  readonly computed: number;
  /** 0 where it is not known. */
  readonly computedSigma: number;
  /** Whether that is the 1σ that the profile of the screening states. */
  readonly isSigmaStated: boolean;
  /** Whose value it is. */
  readonly candidate: string;
  readonly claimReference?: Reference;
  readonly computedReference?: Reference;
  /** Whether the candidate's own output states what its value is relative to. */
  readonly isComputedStated: boolean;
  readonly cohesive?: CohesiveEnergy;
}

/** The simplest first; without those that need a cohesive energy that nobody knows. */
export function testedHypotheses(comparison: Comparison): TestedHypothesis[] {
  return assumptionsOf(comparison).flatMap((assumption) => tested(comparison, assumption) ?? []);
}

interface Assumption {
  readonly isFlipped: boolean;
  /** Whose reference is the other one than stated or taken. */
  readonly shifted: 'none' | 'claim' | 'computed';
}

/** The simplest first. A sign is turned only of what has two conventions, a reference where there are two. */
function assumptionsOf({ claim, claimReference, isComputedStated }: Comparison): Assumption[] {
  const flips = claim.sign === undefined ? [false] : [false, true];
  const shifts = (['none', 'claim', 'computed'] as const).filter(
    (shifted) => shifted === 'none' || (claimReference !== undefined && (shifted === 'claim' || !isComputedStated)),
  );
  return shifts
    .flatMap((shifted) => flips.map((isFlipped) => ({ isFlipped, shifted })))
    .sort((left, right) => changesOf(hypothesisOf(left)) - changesOf(hypothesisOf(right)));
}

function hypothesisOf({ isFlipped, shifted }: Assumption): ClaimHypothesis {
  if (shifted === 'none') return isFlipped ? 'sign-flipped' : 'reproduced';
  return isFlipped ? 'flipped-and-shifted' : 'reference-shifted';
}

export function changesOf(hypothesis: ClaimHypothesis): number {
  return hypothesis === 'reproduced' ? 0 : hypothesis === 'flipped-and-shifted' ? 2 : 1;
}

/** Undefined when it needs a cohesive energy that nobody knows. */
function tested(comparison: Comparison, assumption: Assumption): TestedHypothesis | undefined {
  const { claim, computed, computedSigma, claimedSigma, cohesive } = comparison;
  const claimed = (assumption.isFlipped ? -1 : 1) * comparison.claimed + 0;
  const side = cohesionSide(comparison, assumption);
  if (side !== 0 && cohesive === undefined) return undefined;
  const shift = side * (cohesive?.value ?? 0);
  const expected = claimed + shift;
  const sigma = Math.hypot(computedSigma, claimedSigma, side === 0 ? 0 : (cohesive?.sigma ?? 0));
  const difference = computed - expected;
  const decimals = claim.value.split('.')[1]?.length ?? 0;
  return {
    hypothesis: hypothesisOf(assumption),
    assumed: assumedText(comparison, assumption),
    arithmetic: arithmeticText({ claimed, shift, expected, decimals }),
    expected,
    difference,
    sigma,
    fits: agrees(difference, sigma),
  };
}

/** E(bulk reference) = E(atom reference) + E_coh: +1 leads from the atom to the bulk, −1 back. */
function cohesionSide({ claimReference, computedReference }: Comparison, { shifted }: Assumption): -1 | 0 | 1 {
  if (claimReference === undefined || computedReference === undefined) return 0;
  const from = shifted === 'claim' ? other(claimReference) : claimReference;
  const to = shifted === 'computed' ? other(computedReference) : computedReference;
  if (from === to) return 0;
  return to === 'bulk' ? 1 : -1;
}

function other(reference: Reference): Reference {
  return reference === 'atom' ? 'bulk' : 'atom';
}

function assumedText({ claim, claimReference, computedReference }: Comparison, assumption: Assumption): string {
  const { isFlipped, shifted } = assumption;
  const parts = [
    ...(isFlipped ? ['the sign is the other one'] : []),
    ...(shifted === 'claim' && claimReference !== undefined
      ? [`the claim is relative to the ${other(claimReference)}`]
      : []),
    ...(shifted === 'computed' && computedReference !== undefined
      ? [`the computed value is relative to the ${other(computedReference)}`]
      : []),
  ];
  if (parts.length > 0) return parts.join(', ');
  return claim.sign === 'not-stated' || claim.reference === 'not-stated'
    ? 'as printed, under our conventions'
    : 'as stated';
}

/** `−1.61 + 1.63 = 0.02` */
function arithmeticText(of: Readonly<Record<'claimed' | 'shift' | 'expected' | 'decimals', number>>): string {
  const printed = of.claimed.toFixed(of.decimals).replace('-', '−');
  if (of.shift === 0) return printed;
  const shift = String(Number(Math.abs(of.shift).toFixed(COHESION_DECIMALS)));
  const decimals = Math.max(of.decimals, shift.split('.')[1]?.length ?? 0);
  return `${printed} ${of.shift < 0 ? '−' : '+'} ${shift} = ${of.expected.toFixed(decimals).replace('-', '−')}`;
}
