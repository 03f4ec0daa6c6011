/** Issues of a screening page by page: those of its shown generation, then those of its current ranking. */
import { sql } from 'kysely';
import { z } from 'zod';
import { AdatomError } from '../../model/errors.ts';
import type { Issue } from '../../model/issues.ts';
import { pageOf, readCursor } from '../cursor.ts';
import type { Queries } from '../database.ts';
import type { Page, PageRequest } from '../store.ts';
import type { Shown } from './result-pages.ts';

type IssuePageRequest = PageRequest & { readonly code?: string; readonly severity?: string };

const issueCursor = z.tuple([z.int().min(0), z.uuid().nullable(), z.int().min(1).max(3), z.int().min(0)]);

export async function issuePage(db: Queries, shown: Shown, page: IssuePageRequest): Promise<Page<Issue> | undefined> {
  const screening = await db
    .selectFrom('screenings')
    .select(['shown_generation', 'ranking'])
    .where('id', '=', shown.screening)
    .where('project', '=', shown.project)
    .executeTakeFirst();
  if (screening === undefined) return undefined;
  const generation = screening.shown_generation ?? 0;
  const { ranking } = screening;
  let rows = db
    .selectFrom('issues')
    .select(['stage', 'position', 'document'])
    .where('screening', '=', shown.screening)
    .where((issue) => issue.or([issue('generation', '=', generation), issue('ranking', '=', ranking)]));
  if (page.code !== undefined) rows = rows.where('code', '=', page.code);
  if (page.severity !== undefined) rows = rows.where('severity', '=', page.severity);
  if (page.after !== undefined) {
    const [madeGeneration, madeRanking, stage, position] = readCursor(page.after, issueCursor);
    if (madeGeneration !== generation || madeRanking !== ranking) {
      throw new AdatomError(
        'request',
        'after: the screening has new results since that page; begin with the first one',
      );
    }
    rows = rows.where(sql<boolean>`(stage, position) > (${stage}::integer, ${position}::bigint)`);
  }
  const found = await rows
    .orderBy('stage')
    .orderBy('position')
    .limit(page.limit + 1)
    .execute();
  return pageOf(found, page.limit, {
    show: ({ document }) => document,
    cursor: ({ stage, position }) => [generation, ranking, stage, position],
  });
}
