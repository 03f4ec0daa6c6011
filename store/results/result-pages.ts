/**
 * Results of the generation that is shown, page by page in the order of the result.
 *
 * A cursor names the generation it was made for: pages of two generations put together would be a result that never was.
 */
import { z } from 'zod';
import { AdatomError } from '../../model/errors.ts';
import type { StructureDocument } from '../../model/structure-document.ts';
import type { PathReport, System } from '../../model/system.ts';
import { pageOf, readCursor } from '../cursor.ts';
import type { Queries } from '../database.ts';
import type { CalculationRow, Page, PageRequest, StoredFile } from '../store.ts';

export interface Shown {
  readonly project: string;
  readonly screening: string;
}

/** Undefined when the project has no such screening; generation 0 when nothing is shown yet. */
export async function shownGeneration(db: Queries, { project, screening }: Shown): Promise<number | undefined> {
  const row = await db
    .selectFrom('screenings')
    .select('shown_generation')
    .where('id', '=', screening)
    .where('project', '=', project)
    .executeTakeFirst();
  return row && (row.shown_generation ?? 0);
}

const pageCursor = z.tuple([z.int().min(0), z.int().min(0)]);

/** The position that a page begins after. */
export function positionAfter({ after }: PageRequest, generation: number): number {
  if (after === undefined) return -1;
  const [made, position] = readCursor(after, pageCursor);
  if (made === generation) return position;
  throw new AdatomError('request', 'after: the screening has new results since that page; begin with the first one');
}

interface Documents {
  readonly structures: StructureDocument;
  readonly systems: System;
  readonly paths: PathReport;
}

export async function documentPage<T extends keyof Documents>(
  db: Queries,
  table: T,
  shown: Shown,
  page: PageRequest,
): Promise<Page<Documents[T]> | undefined> {
  const generation = await shownGeneration(db, shown);
  if (generation === undefined) return undefined;
  const rows = await db
    .selectFrom<keyof Documents>(table)
    .select(['position', 'document'])
    .where('screening', '=', shown.screening)
    .where('generation', '=', generation)
    .where('position', '>', positionAfter(page, generation))
    .orderBy('position')
    .limit(page.limit + 1)
    .execute();
  return pageOf(rows, page.limit, {
    // A table of documents holds what its stage has written there.
    show: ({ document }) => document as unknown as Documents[T],
    cursor: ({ position }) => [generation, position],
  });
}

export async function calculationPage(
  db: Queries,
  shown: Shown,
  page: PageRequest & { readonly role?: string },
): Promise<Page<CalculationRow> | undefined> {
  const generation = await shownGeneration(db, shown);
  if (generation === undefined) return undefined;
  let rows = calculationsOf(db, shown, generation).where('position', '>', positionAfter(page, generation));
  if (page.role !== undefined) rows = rows.where('role', '=', page.role);
  const found = await rows
    .orderBy('position')
    .limit(page.limit + 1)
    .execute();
  return pageOf(found, page.limit, { show: calculationRow, cursor: ({ position }) => [generation, position] });
}

export async function calculation(db: Queries, shown: Shown, id: string): Promise<CalculationRow | undefined> {
  const generation = await shownGeneration(db, shown);
  if (generation === undefined) return undefined;
  const row = await calculationsOf(db, shown, generation).where('id', '=', id).executeTakeFirst();
  return row && calculationRow(row);
}

export async function structureOf(db: Queries, shown: Shown, id: string): Promise<StructureDocument | undefined> {
  const generation = await shownGeneration(db, shown);
  if (generation === undefined) return undefined;
  const row = await db
    .selectFrom('structures')
    .select('document')
    .where('screening', '=', shown.screening)
    .where('generation', '=', generation)
    .where('calculation', '=', id)
    .executeTakeFirst();
  return row?.document;
}

export async function fileAt(db: Queries, shown: Shown, path: string): Promise<StoredFile | undefined> {
  const generation = await shownGeneration(db, shown);
  if (generation === undefined) return undefined;
  const row = await db
    .selectFrom('files')
    .select(['path', 'location', 'sha256'])
    .where('screening', '=', shown.screening)
    .where('generation', '=', generation)
    .where('path', '=', path)
    .orderBy('position')
    .executeTakeFirst();
  return row && { path: row.path, location: row.location, ...(row.sha256 !== null && { sha256: row.sha256 }) };
}

function calculationsOf(db: Queries, { screening }: Shown, generation: number) {
  return db
    .selectFrom('calculations')
    .select(['position', 'id', 'folder', 'role', 'parsed', 'line'])
    .where('screening', '=', screening)
    .where('generation', '=', generation);
}

function calculationRow({
  id,
  folder,
  role,
  parsed,
  line,
}: Omit<CalculationRow, 'role'> & { readonly role: string | null }): CalculationRow {
  return { id, folder, ...(role !== null && { role }), parsed, line };
}
