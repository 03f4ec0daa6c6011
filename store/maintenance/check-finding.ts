/** What a check of the database answers: one finding per question, also when all is well. */

export interface CheckFinding {
  readonly subject: string;
  /** How many; none is well. */
  readonly count: number;
  /** `waste` costs space only, `fault` must not be. */
  readonly kind: 'fault' | 'waste';
  /** A few of them, by name. */
  readonly examples: readonly string[];
  readonly advice: string;
}

const MOST_EXAMPLES = 3;

type Found = Omit<CheckFinding, 'count' | 'examples'> & { readonly names: readonly string[] };

export function finding({ names, ...question }: Found): CheckFinding {
  return { ...question, count: names.length, examples: names.slice(0, MOST_EXAMPLES) };
}
