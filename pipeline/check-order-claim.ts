/**
 * A printed order of values beside computed ones: every pair by itself, with its difference in σ; a ratio, where one is
 * claimed, as orders of magnitude.
 *
 * The mistakes avoided here: calling an order of two values reproduced when their difference is smaller than its error, or
 * when one of the values it names is missing (SCIENCE §10.7: no barrier of ZnO(202), §13.11: barriers closer than their
 * errors are ties); and calling "the lower adsorption energy" a contradiction where the source counts binding as positive
 * (§2.8).
 */
import { AGREEING_SIGMAS, agrees, type ClaimVerdict, type TestedPair } from '../model/claim-check.ts';
import { type OrderClaim, printedNumber } from '../model/claims.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { RankableValue } from '../model/ranking.ts';
import { candidateValue, type ResolvedName } from '../ranking/index.ts';
import type { ClaimCandidate } from './claim-candidates.ts';
import { ADSORPTION_REFERENCES } from './parse-claims.ts';

export interface OrderCheck {
  readonly verdict: ClaimVerdict;
  readonly pairs: readonly TestedPair[];
  readonly issues: readonly Issue[];
}

interface Sides {
  readonly lower: readonly ClaimCandidate[];
  readonly higher: readonly ClaimCandidate[];
}

/** `descriptor`: of the claim's quantity. `absent`: why some of the claim's subjects are not among the candidates. */
export function checkOrderClaim(
  claim: OrderClaim,
  descriptor: ResolvedName,
  { lower, higher }: Sides,
  absent: readonly Issue[],
): OrderCheck {
  const known = (candidates: readonly ClaimCandidate[]) =>
    candidates.flatMap((candidate) => {
      const value = candidateValue(candidate, claim.quantity);
      return value.state === 'known' ? [{ id: candidate.id, known: value.known }] : [];
    });
  const missing = [...lower, ...higher].flatMap((candidate) => {
    const value = candidateValue(candidate, claim.quantity);
    return value.state === 'known' ? [] : value.reasons.map((each) => at(each, candidate.id));
  });
  const all = [...known(lower), ...known(higher)];
  const vague = all.filter((each) => !(each.known.uncertainty > 0)).map(({ id }) => id);
  const stated = [...lower, ...higher].filter((each) => each.statedByProfile?.includes(descriptor.identifier));
  const sides = { lower: known(lower), higher: known(higher) };
  const pairs = testedPairs(claim, sides);
  const printed = verdictOf(pairs, [...absent, ...missing]);
  const isFlipped =
    printed === 'not-reproduced' &&
    ADSORPTION_REFERENCES[descriptor.identifier] !== undefined &&
    verdictOf(testedPairs(claim, turned(sides)), [...absent, ...missing]) === 'reproduced';
  return {
    verdict: isFlipped ? 'sign-flipped' : printed,
    pairs,
    issues: [
      ...absent,
      ...missing,
      ...(vague.length > 0 ? [issue('W_CLAIM_NO_SIGMA', { candidates: vague.join(', ') })] : []),
      ...(stated.length > 0
        ? [issue('I_CLAIM_STATED_SIGMA', { candidates: stated.map(({ id }) => id).join(', ') })]
        : []),
      ...(isFlipped ? [issue('I_CLAIM_UNSTATED', { what: 'its sign convention' })] : []),
      ...pairs.flatMap((pair) => ratioIssues(claim, pair)),
    ],
  };
}

interface Named {
  readonly id: string;
  readonly known: RankableValue;
}

interface NamedSides {
  readonly lower: readonly Named[];
  readonly higher: readonly Named[];
}

function testedPairs(claim: OrderClaim, { lower, higher }: NamedSides): TestedPair[] {
  return lower.flatMap((low) => higher.map((high) => testedPair(claim, low, high)));
}

/** The same values with the other sign: what was higher is lower then. */
function turned({ lower, higher }: NamedSides): NamedSides {
  const negated = ({ id, known }: Named): Named => ({ id, known: { ...known, value: -known.value } });
  return { lower: lower.map(negated), higher: higher.map(negated) };
}

function testedPair({ ordersOfMagnitude }: OrderClaim, lower: Named, higher: Named): TestedPair {
  const difference = higher.known.value - lower.known.value;
  const isSigmaKnown = lower.known.uncertainty > 0 && higher.known.uncertainty > 0;
  const sigma = Math.hypot(lower.known.uncertainty, higher.known.uncertainty);
  const orders = ordersOfMagnitude === undefined ? undefined : ordersBetween(lower.known, higher.known);
  const isSettled = isSigmaKnown && !agrees(difference, sigma);
  const order = isSettled ? (difference > 0 ? 'reproduced' : 'not-reproduced') : 'ambiguous';
  const pair = { lower: lower.id, higher: higher.id, difference, ...(isSigmaKnown && { sigma }) };
  if (orders === undefined || ordersOfMagnitude === undefined) {
    return { ...pair, verdict: ordersOfMagnitude !== undefined && order === 'reproduced' ? 'ambiguous' : order };
  }
  const printed = printedNumber(ordersOfMagnitude);
  const fits = agrees(orders.value - printed.value, Math.hypot(orders.sigma, printed.halfDigit));
  return {
    ...pair,
    verdict: order === 'reproduced' && !fits ? 'not-reproduced' : order,
    ordersOfMagnitude: { ...orders, fits },
  };
}

/** Undefined where a value is not clear of zero, or its 1σ not known: its logarithm has no error that could be told. */
function ordersBetween(lower: RankableValue, higher: RankableValue) {
  const isClear = ({ value, uncertainty }: RankableValue): boolean =>
    uncertainty > 0 && value > AGREEING_SIGMAS * uncertainty;
  if (!isClear(lower) || !isClear(higher)) return undefined;
  const relative = Math.hypot(lower.uncertainty / lower.value, higher.uncertainty / higher.value);
  return { value: Math.log10(higher.value / lower.value), sigma: relative / Math.LN10 };
}

/** One pair that contradicts settles it; a value that is missing leaves it open. */
function verdictOf(pairs: readonly TestedPair[], open: readonly Issue[]): ClaimVerdict {
  if (pairs.some(({ verdict }) => verdict === 'not-reproduced')) return 'not-reproduced';
  if (open.length > 0 || pairs.length === 0) return 'not-checked';
  return pairs.some(({ verdict }) => verdict === 'ambiguous') ? 'ambiguous' : 'reproduced';
}

function ratioIssues(
  { ordersOfMagnitude }: OrderClaim,
  { lower, higher, sigma, ordersOfMagnitude: found }: TestedPair,
): Issue[] {
  // Without σ that is what is told.
  if (ordersOfMagnitude === undefined || found !== undefined || sigma === undefined) return [];
  return [issue('W_CLAIM_RATIO', { lower, higher })];
}

function at(entry: Issue, id: string): Issue {
  return { ...entry, where: { ...entry.where, block: entry.where.block ?? id } };
}
