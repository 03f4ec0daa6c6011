/**
 * A ranking with the places of its candidates, and the rows that candidates are queried by. One transaction: queries see
 * the whole ranking or none of it.
 */

import { type Selectable, sql } from 'kysely';
import type pg from 'pg';
import type { RankedCandidate, Ranking } from '../../model/ranking.ts';
import type { Candidate } from '../../model/system.ts';
import { type Cell, copyRows } from '../copy-rows.ts';
import { clearCurrent, dropOldGenerations, makeCurrent, mayBeCurrent } from '../current-ranking.ts';
import type { Queries } from '../database.ts';
import { CANDIDATE_COLUMNS } from '../descriptor-columns.ts';
import { appendEvent } from '../events.ts';
import { lockScreening, storable } from '../screening-state.ts';
import type { ScreeningRecord } from '../stored-screening.ts';
import type { ScreeningTables } from '../tables/screenings.ts';
import { STAGES } from './save-stages.ts';

interface Session {
  readonly queries: Queries;
  readonly connection: pg.PoolClient;
}

type RankingRecord = Selectable<ScreeningTables['rankings']>;

interface Made {
  readonly ranking: Ranking;
  /** By descriptor identifier. */
  readonly columns: ReadonlyMap<string, string>;
  /** A described candidate with the values that were ranked. */
  readonly asRanked: (candidate: Candidate) => Candidate;
}

export async function saveRanking(session: Session, id: string, { ranking, columns, asRanked }: Made): Promise<void> {
  const found = await lockRanking(session.queries, id);
  if (found === undefined || isCancelled(found)) return;
  const { record, screening } = found;
  const candidates = await candidatesOf(session.queries, record);
  // A ranking that was saved before, and whose generation is gone meanwhile, is history.
  if (candidates === undefined) return;
  const current = record.is_current || (record.wants_current && mayBeCurrent(screening, record.generation));
  await removeRows(session.queries, id);
  if (current) await clearCurrent(session.queries, record.screening, id);
  const { ranked, unranked, ...head } = ranking;
  await copyPlacements(session.connection, record, ranking);
  await copyRows(
    session.connection,
    { table: 'candidate_rows', columns: [...CANDIDATE_COLUMNS, ...columns.values()] },
    candidateRows({ record, candidates: candidates.map(asRanked), ranked, current, identifiers: [...columns.keys()] }),
  );
  await copyIssues(session.connection, record, ranking);
  await session.queries
    .updateTable('rankings')
    .set({
      state: 'done',
      failure: null,
      head: JSON.stringify(head),
      candidate_count: candidates.length,
      finished_at: sql`coalesce(finished_at, now())`,
    })
    .where('id', '=', id)
    .execute();
  if (current) await makeCurrent(session.queries, record.screening, record);
  await dropOldGenerations(session.queries, record.screening);
  if (record.state !== 'done') await tell(session.queries, record, { state: 'done', current });
}

export async function failRanking(queries: Queries, id: string, failure: string): Promise<void> {
  const found = await lockRanking(queries, id);
  if (found === undefined || found.record.state !== 'queued') return;
  await queries
    .updateTable('rankings')
    .set({ state: 'failed', failure: storable(failure), finished_at: sql`now()` })
    .where('id', '=', id)
    .execute();
  await dropOldGenerations(queries, found.record.screening);
  await tell(queries, found.record, { state: 'failed', failure });
}

interface Locked {
  readonly record: RankingRecord;
  readonly screening: ScreeningRecord;
}

async function lockRanking(queries: Queries, id: string): Promise<Locked | undefined> {
  const row = (): Promise<RankingRecord | undefined> =>
    queries.selectFrom('rankings').selectAll().where('id', '=', id).executeTakeFirst();
  const before = await row();
  const screening = before && (await lockScreening(queries, before.screening));
  const record = screening && (await row());
  return record && { record, screening };
}

/** Cancelled while it was made; one that was asked for again since then waits, and is kept. */
function isCancelled({ record, screening }: Locked): boolean {
  if (!record.own || record.state !== 'failed') return false;
  return screening.state === 'cancelled' && screening.generation === record.generation;
}

async function candidatesOf(queries: Queries, record: RankingRecord): Promise<readonly Candidate[] | undefined> {
  const described = await queries
    .selectFrom('generations')
    .select('described')
    .where('screening', '=', record.screening)
    .where('generation', '=', record.generation)
    .executeTakeFirst();
  if (described === undefined && record.state === 'done') return undefined;
  if (described?.described !== true) throw new Error(`ranking ${record.id}: its generation is not described`);
  const rows = await queries
    .selectFrom('candidates')
    .select('document')
    .where('screening', '=', record.screening)
    .where('generation', '=', record.generation)
    .orderBy('position')
    .execute();
  return rows.map(({ document }) => document);
}

async function removeRows(queries: Queries, ranking: string): Promise<void> {
  for (const table of ['placements', 'candidate_rows', 'issues'] as const) {
    await queries.deleteFrom(table).where('ranking', '=', ranking).execute();
  }
}

/** Ranked entries first, each kind in its order. */
function copyPlacements(connection: pg.PoolClient, { id, screening }: RankingRecord, ranking: Ranking): Promise<void> {
  const entries = [
    ...ranking.ranked.map((entry) => [entry.id, entry.rank, entry.score, JSON.stringify(entry)] as const),
    ...ranking.unranked.map((entry) => [entry.id, null, null, JSON.stringify(entry)] as const),
  ];
  return copyRows(
    connection,
    { table: 'placements', columns: ['ranking', 'screening', 'position', 'candidate', 'rank', 'score', 'entry'] },
    entries.map((cells, position) => [id, screening, position, ...cells]),
  );
}

function copyIssues(connection: pg.PoolClient, { id, screening }: RankingRecord, { issues }: Ranking): Promise<void> {
  return copyRows(
    connection,
    { table: 'issues', columns: ['screening', 'stage', 'ranking', 'position', 'code', 'severity', 'document'] },
    issues.map((issue, position) => [
      screening,
      STAGES.ranking,
      id,
      position,
      issue.code,
      issue.severity,
      JSON.stringify(issue),
    ]),
  );
}

interface RowSource {
  readonly record: RankingRecord;
  readonly candidates: readonly Candidate[];
  readonly ranked: readonly RankedCandidate[];
  readonly current: boolean;
  readonly identifiers: readonly string[];
}

function* candidateRows({ record, candidates, ranked, current, identifiers }: RowSource): Generator<readonly Cell[]> {
  const places = new Map(ranked.map((entry) => [entry.id, entry]));
  for (const { id, label, ion, descriptors } of candidates) {
    const place = places.get(id);
    yield [
      ...[record.project, record.screening, record.id, current, id, label, ion],
      ...[place?.rank, place?.score, place?.front, place?.firstRankProbability, place?.tieGroup],
      ...identifiers.map((identifier) => {
        const result = descriptors[identifier];
        return result?.available === true && Number.isFinite(result.value) ? result.value : null;
      }),
    ];
  }
}

async function tell(queries: Queries, record: RankingRecord, data: Readonly<Record<string, unknown>>): Promise<void> {
  await appendEvent(queries, {
    project: record.project,
    screening: record.screening,
    type: 'ranking',
    data: { ranking: record.id, generation: record.generation, ...data },
  });
}
