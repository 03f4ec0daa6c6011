/** The scoring method that a profile names. */
import type { Profile } from '../../model/profile.ts';
import { desirability } from '../desirability.ts';
import { lexicographic } from '../lexicographic.ts';
import { paretoOrder } from '../pareto.ts';
import { topsis } from '../topsis.ts';
import { weightedSum } from '../weighted-sum.ts';
import type { MethodOf } from './scoring-method.ts';

export function chooseMethod({
  method,
  normalisation = 'desirability',
}: Pick<Profile, 'method' | 'normalisation'>): MethodOf {
  switch (method) {
    case 'desirability':
      return desirability;
    case 'weighted-sum':
      return (matrix) => weightedSum(matrix, normalisation);
    case 'topsis':
      return topsis;
    case 'pareto':
      return paretoOrder;
    case 'lexicographic':
      return lexicographic;
  }
}
