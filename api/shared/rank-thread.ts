/** The code of a ranking thread: ranks candidates by a profile, while the server answers others. */
import type { Ranking } from '../../model/ranking.ts';
import { rankScreening } from '../../pipeline/rank-screening.ts';
import type { RankTask } from './rank-pool.ts';

export function onTask({ candidates, options }: RankTask): Ranking {
  return rankScreening(candidates, options);
}
