/** Decision matrices for tests of ranking methods. */
import { type Objective, profileSchema } from '../../model/profile.ts';
import { type DecisionMatrix, decisionMatrix } from '../../ranking/shared/decision-matrix.ts';
import type { ScoringMethod } from '../../ranking/shared/scoring-method.ts';

interface Criterion {
  readonly descriptor?: string;
  readonly kind: 'min' | 'max';
  readonly weight?: number;
  readonly tolerance?: number;
  /** Of the desirability; wide by default. */
  readonly bounds?: readonly [number, number];
}

/** Objectives in this order, without uncertainty unless one is given for all. */
export function matrixOf(
  criteria: readonly Criterion[],
  rows: readonly (readonly (number | undefined)[])[],
  uncertainty = 0,
): DecisionMatrix {
  const objectives = criteria.map(objectiveOf);
  return decisionMatrix(
    rows.map((values, at) => ({
      // In code-unit order for up to 26 rows.
      id: String.fromCharCode(97 + at),
      cells: values.map((value) => (value === undefined ? undefined : { value, uncertainty })),
      keepsWeight: values.map(() => false),
    })),
    objectives,
  );
}

function objectiveOf(
  { kind, weight = 1, tolerance = 0, descriptor, bounds: [low, high] = [-100, 100] }: Criterion,
  at: number,
): Objective {
  const desirability = kind === 'min' ? { kind, target: low, upper: high } : { kind, lower: low, target: high };
  const [objective] = profileSchema.shape.objectives.parse([
    { descriptor: descriptor ?? `x${at}`, unit: '1', weight, tolerance, desirability },
  ]);
  if (objective === undefined) throw new Error('one objective gives one');
  return objective;
}

/** Scores of all rows. */
export function scoresOf(matrix: DecisionMatrix, method: ScoringMethod): number[] {
  const order = new Float64Array(matrix.ids.length);
  method.order(matrix.values, order);
  return Array.from(order, method.scoreOf);
}
