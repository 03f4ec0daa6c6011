/**
 * Cursors of pages: base64url of a JSON array, checked against a schema before any of it reaches SQL. A cursor that was
 * forged, cut or made for another list is a fault of the request.
 */
import type { z } from 'zod';
import { AdatomError } from '../model/errors.ts';

const LONGEST_CURSOR = 8192;

export function writeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

export function readCursor<S extends z.ZodType>(cursor: string, schema: S): z.output<S> {
  if (cursor.length > LONGEST_CURSOR || !/^[A-Za-z0-9_-]+$/.test(cursor)) throw notACursor();
  const parsed = schema.safeParse(documentOf(cursor));
  if (!parsed.success) throw notACursor(parsed.error);
  return parsed.data;
}

function documentOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw notACursor(error);
    throw error;
  }
}

function notACursor(cause?: unknown): AdatomError {
  const message = 'after: expected the "next" of the page before, of the same list in the same order';
  return new AdatomError('request', message, { cause });
}

/** A page from one row more than was asked for. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  { show, cursor }: { readonly show: (row: Row) => T; readonly cursor: (row: Row) => readonly unknown[] },
): { readonly rows: readonly T[]; readonly next?: string } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(show),
    ...(rows.length > limit && last !== undefined && { next: writeCursor(cursor(last)) }),
  };
}
