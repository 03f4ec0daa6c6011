/**
 * Lists: `{rows, next?}`, asked for with `limit` and `after`.
 *
 * Numbers in a query arrive as text. They are read by their own rule: `Number('')` is 0, `Number('0x10')` is 16, and a
 * limit of "" means a mistake.
 */
import { z } from 'zod';

const PAGE_ROWS = 500;
const DEFAULT_ROWS = 100;

export function pageSchema<T extends z.ZodType>(row: T) {
  return z.strictObject({
    rows: z.array(row).readonly(),
    next: z.string().exactOptional().describe('cursor of the next page; absent on the last one'),
  });
}

/** A list that has no pages. */
export function rowsSchema<T extends z.ZodType>(row: T) {
  return z.strictObject({ rows: z.array(row).readonly() });
}

export const cursor = z.string().min(1).max(1000).exactOptional().describe('`next` of the page before');

export const limit = queryInteger(z.int().min(1).max(PAGE_ROWS)).default(DEFAULT_ROWS);

export const pageQuery = z.strictObject({ limit, after: cursor });

/** A whole number in a query or header. */
export function queryInteger<T extends z.ZodType>(schema: T) {
  return z.preprocess((text) => (typeof text === 'string' && /^-?\d{1,15}$/.test(text) ? Number(text) : text), schema);
}

/** A parameter that may be given several times. */
export function repeated<T extends z.ZodType>(schema: T, most: number) {
  return z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(schema).max(most)).default([]);
}
