/**
 * Hard constraints: who is ranked at all. A candidate that fails is listed as unranked, with the constraint, its limit,
 * the value found and the unit.
 *
 * Limits are strict, as the specification writes them (ΔE_nuc < +0.10 eV): a value at the limit fails. The mistake
 * avoided here: a missing value is neither "passed" nor "failed"; it refuses when the constraint is required and
 * otherwise leaves a warning that nothing was checked. Source: SCIENCE §10.8.
 */
import { type Issue, issue } from '../model/issues.ts';
import type { Constraint } from '../model/profile.ts';
import type { RankableCandidate } from '../model/ranking.ts';
import { candidateValue } from './shared/candidate-value.ts';

export interface ConstraintVerdict {
  /** Why the candidate is refused; empty when it is admitted. */
  readonly reasons: readonly Issue[];
  /** What an admitted candidate should carry along. */
  readonly issues: readonly Issue[];
}

export function checkConstraints(candidate: RankableCandidate, constraints: readonly Constraint[]): ConstraintVerdict {
  const reasons: Issue[] = [];
  const issues: Issue[] = [];
  for (const constraint of constraints) {
    const found = candidateValue(candidate, constraint.descriptor);
    if (found.state === 'known') {
      if (!meets(found.known.value, constraint)) {
        const because = constraint.reason === undefined ? '' : ` (${constraint.reason})`;
        const foundText = `${numberText(found.known.value)} ${constraint.unit}`;
        reasons.push(issue('E_CONSTRAINT', { constraint: `${limitText(constraint)}${because}`, found: foundText }));
      }
    } else if (found.state === 'missing' && !constraint.required) {
      issues.push(issue('W_CONSTRAINT_UNCHECKED', { constraint: limitText(constraint) }));
    } else {
      reasons.push(...found.reasons);
    }
  }
  return { reasons, issues };
}

function meets(value: number, constraint: Constraint): boolean {
  if (constraint.minimum !== undefined && !(value > constraint.minimum)) return false;
  return constraint.maximum === undefined || value < constraint.maximum;
}

/** `migration-barrier < 1 eV`, `0 < surface-energy < 2 J/m²` */
function limitText({ descriptor, minimum, maximum, unit }: Constraint): string {
  if (maximum === undefined) return `${descriptor} > ${numberText(minimum ?? Number.NaN)} ${unit}`;
  const lower = minimum === undefined ? '' : `${numberText(minimum)} < `;
  return `${lower}${descriptor} < ${numberText(maximum)} ${unit}`;
}

/** Ten digits: drops the noise of binary subtraction, keeps what decides at a limit. */
function numberText(value: number): string {
  return String(Number(value.toPrecision(10)));
}
