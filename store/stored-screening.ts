/** Rows of screenings and rankings as the nouns of model/service.ts. */
import type { Selectable } from 'kysely';
import { FINAL_STATES, type ScreeningState, type StoredRanking, type StoredScreening } from '../model/service.ts';
import type { ScreeningTables } from './tables/screenings.ts';

export type ScreeningRecord = Selectable<ScreeningTables['screenings']>;
type RankingRecord = Pick<Selectable<ScreeningTables['rankings']>, (typeof RANKING_COLUMNS)[number]>;

/** Without the head, which may be long. */
export const RANKING_COLUMNS = [
  'id',
  'project',
  'screening',
  'generation',
  'profile',
  'seed',
  'state',
  'failure',
  'is_current',
  'created_at',
  'finished_at',
] as const;

export function storedScreening(row: ScreeningRecord): StoredScreening {
  return {
    id: row.id,
    project: row.project,
    stated: row.stated,
    state: row.state,
    generation: row.generation,
    ...(row.failure !== null && { failure: row.failure }),
    folders: {
      total: row.folders_total,
      waiting: row.folders_waiting,
      done: row.folders_done,
      failed: row.folders_failed,
    },
    ...(row.ranking !== null && { ranking: row.ranking }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
  };
}

export function storedRanking(row: RankingRecord): StoredRanking {
  return {
    id: row.id,
    screening: row.screening,
    generation: row.generation,
    profile: row.profile,
    seed: row.seed,
    state: row.state,
    ...(row.failure !== null && { failure: row.failure }),
    current: row.is_current,
    createdAt: row.created_at,
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
  };
}

export function isFinal(state: ScreeningState): boolean {
  return FINAL_STATES.includes(state);
}
