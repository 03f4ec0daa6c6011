/**
 * A result as the stages made it: every document in its text and its place, so that ranking.json comes out as the
 * command line writes it, byte for byte.
 */

import type { Issue } from '../../model/issues.ts';
import type { RankedCandidate, UnrankedCandidate } from '../../model/ranking.ts';
import type { Queries } from '../database.ts';
import type { StoredResult } from '../store.ts';
import type { Pass } from './generation-rows.ts';
import { STAGES } from './save-stages.ts';

export async function assemblyState(db: Queries, pass: Pass): Promise<Buffer | undefined> {
  const row = await generationOf(db, pass);
  return row?.assembly_state ?? undefined;
}

export async function description(db: Queries, pass: Pass): Promise<StoredResult['description'] | undefined> {
  const row = await generationOf(db, pass);
  if (row?.described !== true) return undefined;
  return {
    candidates: await documentsOf(db, 'candidates', pass),
    ...(row.protocol_verdicts !== null && { protocolVerdicts: row.protocol_verdicts }),
    issues: await issuesOf(db, pass, STAGES.description),
  };
}

/** Undefined also for a ranking whose generation was replaced by a newer one. */
export async function storedResult(db: Queries, project: string, ranking: string): Promise<StoredResult | undefined> {
  const record = await db
    .selectFrom('rankings')
    .select(['screening', 'generation', 'head'])
    .where('id', '=', ranking)
    .where('project', '=', project)
    .where('state', '=', 'done')
    .executeTakeFirst();
  if (record === undefined || record.head === null) return undefined;
  const pass: Pass = record;
  const row = await generationOf(db, pass);
  const described = await description(db, pass);
  if (row?.counts == null || described === undefined) return undefined;
  const { issues, ...head } = record.head;
  return {
    request: row.request,
    assembly: {
      counts: row.counts,
      roles: await documentsOf(db, 'roles', pass),
      systems: await documentsOf(db, 'systems', pass),
      relations: await documentsOf(db, 'relations', pass),
      paths: await documentsOf(db, 'paths', pass),
      unused: await documentsOf(db, 'unused', pass),
      issues: await issuesOf(db, pass, STAGES.assembly),
    },
    description: described,
    ranking: { ...head, ...(await placementsOf(db, ranking)), issues },
  };
}

function generationOf(db: Queries, { screening, generation }: Pass) {
  return db
    .selectFrom('generations')
    .select(['request', 'counts', 'assembly_state', 'described', 'protocol_verdicts'])
    .where('screening', '=', screening)
    .where('generation', '=', generation)
    .executeTakeFirst();
}

type DocumentTable = 'candidates' | 'roles' | 'systems' | 'relations' | 'paths' | 'unused';
type Documents = {
  readonly candidates: StoredResult['description']['candidates'];
  readonly roles: StoredResult['assembly']['roles'];
  readonly systems: StoredResult['assembly']['systems'];
  readonly relations: StoredResult['assembly']['relations'];
  readonly paths: StoredResult['assembly']['paths'];
  readonly unused: StoredResult['assembly']['unused'];
};

async function documentsOf<T extends DocumentTable>(
  db: Queries,
  table: T,
  { screening, generation }: Pass,
): Promise<Documents[T]> {
  const rows = await db
    .selectFrom<DocumentTable>(table)
    .select('document')
    .where('screening', '=', screening)
    .where('generation', '=', generation)
    .orderBy('position')
    .execute();
  // A table of documents holds what its stage has written there.
  return rows.map(({ document }) => document) as unknown as Documents[T];
}

async function issuesOf(db: Queries, { screening, generation }: Pass, stage: number): Promise<readonly Issue[]> {
  const rows = await db
    .selectFrom('issues')
    .select('document')
    .where('screening', '=', screening)
    .where('generation', '=', generation)
    .where('stage', '=', stage)
    .orderBy('position')
    .execute();
  return rows.map(({ document }) => document);
}

async function placementsOf(db: Queries, ranking: string) {
  const rows = await db
    .selectFrom('placements')
    .select(['rank', 'entry'])
    .where('ranking', '=', ranking)
    .orderBy('position')
    .execute();
  // An entry with a rank was written from a ranked candidate, one without from an unranked one.
  const entries = (ranked: boolean): unknown[] =>
    rows.filter(({ rank }) => (rank !== null) === ranked).map(({ entry }) => entry);
  return { ranked: entries(true) as RankedCandidate[], unranked: entries(false) as UnrankedCandidate[] };
}
