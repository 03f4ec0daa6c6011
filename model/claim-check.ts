/**
 * What holding a published claim against computed values gives, with the arithmetic behind the verdict (SCIENCE §2, §13.2).
 *
 * The mistake avoided here: a verdict without the difference and the σ it was judged by. Every hypothesis that was
 * tried is kept, those that do not fit as well.
 */
import type { Issue } from './issues.ts';

/** The claim is taken as it is printed, or with its sign turned, or relative to the other reference, or both. */
export type ClaimHypothesis = 'reproduced' | 'sign-flipped' | 'reference-shifted' | 'flipped-and-shifted';

/** `ambiguous`: several hypotheses fit, or the order of two values is within their uncertainty. */
export type ClaimVerdict = ClaimHypothesis | 'ambiguous' | 'not-reproduced' | 'not-checked';

export const CLAIM_VERDICTS: readonly ClaimVerdict[] = [
  'reproduced',
  'sign-flipped',
  'reference-shifted',
  'flipped-and-shifted',
  'ambiguous',
  'not-reproduced',
  'not-checked',
];

/** A claim under one hypothesis beside the computed value, all in the unit of the claim. */
export interface TestedHypothesis {
  readonly hypothesis: ClaimHypothesis;
  /** What is assumed of claim and value, in words. */
  readonly assumed: string;
  /** How the printed number becomes the expected one: `−1.61 + 1.63 = 0.02`. */
  readonly arithmetic: string;
  /** With the sign and the reference of the computed value. */
  readonly expected: number;
  /** Computed − expected. */
  readonly difference: number;
  /** 1σ of the difference, as far as it is known. */
  readonly sigma: number;
  readonly fits: boolean;
}

/** Two values of an order claim; positive differences are as claimed. */
export interface TestedPair {
  readonly lower: string;
  readonly higher: string;
  readonly difference: number;
  /** Absent where that of one of the values is not known; the order is not settled then. */
  readonly sigma?: number;
  readonly verdict: 'reproduced' | 'ambiguous' | 'not-reproduced';
  /** log10 of higher/lower with its 1σ, where the claim states one and both values are clear of zero. */
  readonly ordersOfMagnitude?: { readonly value: number; readonly sigma: number; readonly fits: boolean };
}

export interface ClaimCheck {
  readonly claim: string;
  /** Identifier of the descriptor that the claim is held against; of an order the name whose numbers `pairs` are about. */
  readonly quantity: string;
  readonly unit: string;
  /** As printed, with sign and reference in words. */
  readonly claimed: string;
  readonly candidates: readonly string[];
  /** How each of them was found. */
  readonly evidence: readonly string[];
  readonly verdict: ClaimVerdict;
  /** Without `sigma` where it is not known. */
  readonly computed?: { readonly value: number; readonly sigma?: number };
  /** What `sigma` of the hypotheses is made of, besides that of E_coh where it is used. */
  readonly sigmas?: readonly { readonly of: string; readonly value: number }[];
  /** By which references are shifted, in the unit of the claim; its σ is 0 where it is of the same calculations. */
  readonly cohesiveEnergy?: { readonly value: number; readonly sigma: number; readonly from: string };
  readonly hypotheses: readonly TestedHypothesis[];
  /** Hypotheses that fit beside the verdict; of `ambiguous` all that fit. */
  readonly alsoFits: readonly ClaimHypothesis[];
  readonly pairs: readonly TestedPair[];
  /** Why it was not checked, and what weakens the verdict. */
  readonly issues: readonly Issue[];
}

/** A set of claims with what came of it. */
export interface CheckedClaims {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly source: string;
  readonly caveat?: string;
  /** In the order of the claims, then of the candidates. */
  readonly checks: readonly ClaimCheck[];
}

/** |Δ| up to this many σ agrees (95 %). */
export const AGREEING_SIGMAS = 2;
/** −1.61 − 1.63 is not −3.24 in binary. */
const EDGE = 1e-9;

export function agrees(difference: number, sigma: number): boolean {
  return Math.abs(difference) <= AGREEING_SIGMAS * sigma + EDGE;
}

/** The one the verdict is about; of no single one the claim as printed. */
export function toldHypothesis({ verdict, hypotheses }: ClaimCheck): TestedHypothesis | undefined {
  return hypotheses.find(({ hypothesis, fits }) => fits && hypothesis === verdict) ?? hypotheses[0];
}
