/** Where a page of candidates begins: behind one candidate in one order. */
import { z } from 'zod';
import { AdatomError } from '../../model/errors.ts';
import { readCursor } from '../cursor.ts';

export interface Place {
  /** Of the field of the order; null among the candidates without one. */
  readonly value: number | null;
  readonly screening: string;
  readonly id: string;
}

const placeSchema = z.tuple([z.string(), z.enum(['asc', 'desc']), z.number().nullable(), z.uuid(), z.string()]);

/** Throws `AdatomError('request')` for a cursor that was not made for this order. */
export function placeAfter(after: string, sort: { readonly field: string; readonly direction: 'asc' | 'desc' }): Place {
  const [field, direction, value, screening, id] = readCursor(after, placeSchema);
  if (field !== sort.field || direction !== sort.direction || id.includes('\0')) {
    throw new AdatomError('request', `after: is a cursor of the order ${JSON.stringify(field)} ${direction}`);
  }
  return { value, screening, id };
}
