/**
 * Rank acceptability: how often a candidate would be first, and whose order is not settled, if every value were drawn
 * again from its uncertainty.
 *
 * The mistake avoided here: errors of DFT energies from one functional go in the same direction for all candidates, so
 * independent errors overstate how easily two candidates swap. With correlation ρ a draw is
 * x = μ + σ(√ρ·z₀ + √(1−ρ)·z), z₀ shared by all candidates of the draw; descriptors are independent.
 * Source: SCIENCE §10.5; Lahdelma & Salminen, Oper. Res. 49, 444 (2001).
 */
import type { Desirability } from '../model/profile.ts';
import { desirabilityOf } from './desirability.ts';
import { fillNormals } from './shared/normal-stream.ts';

/** One objective of a candidate as the draws need it. */
export interface UncertainTerm {
  readonly descriptor: string;
  readonly value: number;
  /** 1σ in the unit of the value. */
  readonly uncertainty: number;
  /** Share of the weights, see `WeightedDesirability`. */
  readonly share: number;
  readonly shape: Desirability;
}

export interface UncertainCandidate {
  readonly id: string;
  readonly terms: readonly UncertainTerm[];
}

export interface DrawOptions {
  readonly seed: number;
  readonly draws: number;
  /** ρ by descriptor name; names that are absent take `DEFAULT_CORRELATIONS`, then 0. */
  readonly correlations: Readonly<Record<string, number>>;
}

export interface Acceptability {
  /** b¹: share of draws in which the candidate is first; draws with several firsts are shared equally. */
  readonly firstRankProbability: number;
  /** Counts from 1 down the list. */
  readonly tieGroup: number;
}

/** ρ of adsorption energies, under every name they are shown by; anything else has independent errors (§10.5). */
const DEFAULT_CORRELATIONS: ReadonlyMap<string, number> = new Map([
  ['adsorption-energy', 0.5],
  ['E_ads', 0.5],
  ['binding-energy', 0.5],
  ['E_b', 0.5],
  ['nucleation-driving-force', 0.5],
  ['ΔE_nuc', 0.5],
]);

/** Two neighbours are tied when the lower one beats the group's first with a probability strictly inside these. */
const TIE_LOW = 0.3;
const TIE_HIGH = 0.7;

/** Acceptability of every candidate; `ranked` is the list in rank order, and so is the answer. */
export function rankAcceptability(ranked: readonly UncertainCandidate[], options: DrawOptions): Acceptability[] {
  const column = columns(ranked, options);
  const best = new Float64Array(options.draws).fill(Number.NEGATIVE_INFINITY);
  const bestCount = new Uint32Array(options.draws);
  const hasLed: boolean[] = [];
  const groups: number[] = [];
  let groupFirst: Float64Array | undefined;
  let group = 0;
  for (const candidate of ranked) {
    const scores = column(candidate);
    hasLed.push(raise(best, bestCount, scores));
    if (groupFirst === undefined || !isTied(beatingProbability(scores, groupFirst))) {
      group += 1;
      groupFirst = scores;
    }
    groups.push(group);
  }
  return ranked.map((candidate, index) => ({
    // Columns are drawn again instead of kept: only the few candidates that ever led are needed twice.
    firstRankProbability: hasLed[index] === true ? firstShare(column(candidate), best, bestCount) : 0,
    tieGroup: groups[index] ?? 0,
  }));
}

/** Gives the logarithm of a candidate's score in every draw; its order is the order of the scores. */
function columns(
  ranked: readonly UncertainCandidate[],
  options: DrawOptions,
): (candidate: UncertainCandidate) => Float64Array {
  const { seed, draws, correlations } = options;
  const shared = new Map<string, Float64Array>();
  for (const name of new Set(ranked.flatMap((candidate) => candidate.terms.map((term) => term.descriptor)))) {
    const normals = new Float64Array(draws);
    if (correlationOf(name, correlations) > 0) fillNormals(normals, JSON.stringify([seed, name]));
    shared.set(name, normals);
  }
  const own = new Float64Array(draws);
  return (candidate) => {
    const scores = new Float64Array(draws);
    for (const term of candidate.terms) {
      const correlation = correlationOf(term.descriptor, correlations);
      fillNormals(own, JSON.stringify([seed, term.descriptor, candidate.id]));
      addTerm(scores, term, { own, shared: shared.get(term.descriptor) ?? own, correlation });
    }
    return scores;
  };
}

interface Errors {
  readonly own: Float64Array;
  readonly shared: Float64Array;
  readonly correlation: number;
}

function addTerm(scores: Float64Array, term: UncertainTerm, errors: Errors): void {
  const sharedWidth = term.uncertainty * Math.sqrt(errors.correlation);
  const ownWidth = term.uncertainty * Math.sqrt(1 - errors.correlation);
  for (let draw = 0; draw < scores.length; draw += 1) {
    const deviation = sharedWidth * (errors.shared[draw] ?? 0) + ownWidth * (errors.own[draw] ?? 0);
    const desirability = desirabilityOf(term.value + deviation, term.shape);
    scores[draw] = (scores[draw] ?? 0) + term.share * Math.log(desirability);
  }
}

function correlationOf(name: string, correlations: Readonly<Record<string, number>>): number {
  const stated = Object.hasOwn(correlations, name) ? correlations[name] : undefined;
  return stated ?? DEFAULT_CORRELATIONS.get(name) ?? 0;
}

/** Raises the best score of each draw; true when the candidate led or tied in one of them. */
function raise(best: Float64Array, bestCount: Uint32Array, scores: Float64Array): boolean {
  let led = false;
  for (let draw = 0; draw < scores.length; draw += 1) {
    const score = scores[draw] ?? Number.NEGATIVE_INFINITY;
    const leader = best[draw] ?? Number.NEGATIVE_INFINITY;
    if (score < leader) continue;
    led = true;
    bestCount[draw] = score > leader ? 1 : (bestCount[draw] ?? 0) + 1;
    best[draw] = score;
  }
  return led;
}

function firstShare(scores: Float64Array, best: Float64Array, bestCount: Uint32Array): number {
  let sum = 0;
  for (let draw = 0; draw < scores.length; draw += 1) {
    if (scores[draw] === best[draw]) sum += 1 / (bestCount[draw] ?? 1);
  }
  return sum / scores.length;
}

/** Share of draws in which `scores` beats `rival`; equal scores count half. */
function beatingProbability(scores: Float64Array, rival: Float64Array): number {
  let halves = 0;
  for (let draw = 0; draw < scores.length; draw += 1) {
    const score = scores[draw] ?? 0;
    const other = rival[draw] ?? 0;
    if (score > other) halves += 2;
    else if (score === other) halves += 1;
  }
  return halves / (2 * scores.length);
}

function isTied(probability: number): boolean {
  return probability > TIE_LOW && probability < TIE_HIGH;
}
