/**
 * Lexicographic order: the first objective decides; where it does not, the second, and so on.
 *
 * "Does not decide" is a difference within the objective's tolerance. The mistake avoided here: comparing two by two with
 * a tolerance is no order (a ties with b, b with c, a beats c). Instead the list is walked from its best: who is within
 * the tolerance of the first of a group joins it, and only inside a group the next objective is asked.
 * The score of a candidate is the share of the ranked ones that do not stand before it. Source: Fishburn, Manage. Sci. 20,
 * 1442 (1974).
 */
import { columnCosts } from './shared/column-costs.ts';
import type { DecisionMatrix } from './shared/decision-matrix.ts';
import type { ScoringMethod } from './shared/scoring-method.ts';

export function lexicographic(matrix: DecisionMatrix): ScoringMethod {
  const tolerances = matrix.objectives.map((objective) => objective.tolerance);
  return {
    order: (values, order) => {
      const costs = tolerances.map((_, column) => columnCosts(matrix, values, column));
      const rows = Array.from(order, (_, row) => row);
      let before = 0;
      for (const group of groupsOf(rows, { costs, tolerances }, 0)) {
        for (const row of group) order[row] = 1 - before / order.length;
        before += group.length;
      }
    },
    scoreOf: (order) => order,
    skipped: [],
  };
}

interface Criteria {
  readonly costs: readonly Float64Array[];
  readonly tolerances: readonly number[];
}

/** Rows from best to worst; those of one group no objective tells apart. */
function groupsOf(rows: readonly number[], criteria: Criteria, level: number): number[][] {
  const costs = criteria.costs[level];
  if (costs === undefined || rows.length < 2) return rows.length === 0 ? [] : [[...rows]];
  const tolerance = criteria.tolerances[level] ?? 0;
  const sorted = [...rows].sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0));
  const groups: number[][] = [];
  let first = Number.NEGATIVE_INFINITY;
  for (const row of sorted) {
    const cost = costs[row] ?? 0;
    const group = groups.at(-1);
    if (group !== undefined && cost - first <= tolerance) group.push(row);
    else {
      groups.push([row]);
      first = cost;
    }
  }
  return groups.flatMap((group) => groupsOf(group, criteria, level + 1));
}
