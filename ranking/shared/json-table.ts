/**
 * A table in a JSON file: a list of candidates, or an object with `candidates`. A candidate has a name and its values,
 * each a number, a text, or `{value, uncertainty, unit, quality}`. The candidates of a screening's own output are read
 * too: their values stand under `descriptors`, and an unavailable one is missing with its reasons.
 *
 * The mistake avoided here: `null`, `false` and nested lists are no numbers; they are named where they stand.
 */
import { z } from 'zod';
import { AdatomError } from '../../model/errors.ts';
import type { RawTable, TableCell, TableRow } from './raw-table.ts';

const candidateSchema = z.record(z.string(), z.unknown());
const tableSchema = z.union([
  z.array(candidateSchema),
  z.looseObject({ candidates: z.array(candidateSchema) }).transform((table) => table.candidates),
]);
const scalar = z.union([z.string(), z.number()]);
const richCellSchema = z.looseObject({
  value: scalar.nullish(),
  uncertainty: scalar.nullish(),
  unit: z.string().optional(),
  quality: z.enum(['ok', 'degraded', 'unreliable']).optional(),
  reasons: z.array(z.looseObject({ message: z.string() })).optional(),
});

/** From the descriptors of a candidate as they stand in the file to those that are read. */
export type DescriptorsAs = (descriptors: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** Throws `AdatomError('request')` when the text is no JSON or no table. */
export function jsonTable(
  text: string,
  fileName: string,
  descriptorsAs: DescriptorsAs = (descriptors) => descriptors,
): RawTable {
  const document = jsonOf(text.replace(/^\uFEFF/, ''), fileName);
  const parsed = tableSchema.safeParse(document);
  if (!parsed.success) {
    // What `adatom rank --json` prints holds no values of those that are not ranked.
    const isRanking = z.looseObject({ ranked: z.array(z.unknown()) }).safeParse(document).success;
    const found = isRanking ? ', found a ranking without them: give the table that was ranked' : '';
    throw new AdatomError('request', `${fileName}: expected a list of candidates or {"candidates": […]}${found}`, {
      where: { file: fileName },
    });
  }
  const records = parsed.data.map((candidate) => valuesOf(candidate, descriptorsAs));
  const columns = [...new Set(records.flatMap((record) => [...record.keys()]))];
  return { columns, rows: records.map((record, index) => rowOf(record, columns, { fileName, index })) };
}

function jsonOf(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, ' ');
    // Not every message of the JavaScript engine tells the position.
    const position = /position (\d+)/.exec(reason)?.[1];
    const where =
      position === undefined
        ? { file: fileName }
        : { file: fileName, line: text.slice(0, Number(position)).split('\n').length };
    const place = where.line === undefined ? fileName : `${fileName} line ${where.line}`;
    throw new AdatomError('request', `${place}: ${reason}`, { where, cause });
  }
}

/** The candidate's own keys; of a screening's candidate its name and descriptors. */
function valuesOf(
  candidate: z.output<typeof candidateSchema>,
  descriptorsAs: DescriptorsAs,
): ReadonlyMap<string, unknown> {
  const descriptors = candidateSchema.safeParse(candidate.descriptors);
  if (!descriptors.success) return new Map(Object.entries(candidate));
  return new Map([['id', candidate.id], ...Object.entries(descriptorsAs(descriptors.data))]);
}

function rowOf(
  record: ReadonlyMap<string, unknown>,
  columns: readonly string[],
  place: { readonly fileName: string; readonly index: number },
): TableRow {
  const block = `candidates[${place.index}]`;
  return {
    where: { file: place.fileName, block },
    cells: columns.map((column) => cellOf(record.get(column))),
    placeOf: (_, header) => ({ file: place.fileName, block: `${block}.${header}` }),
  };
}

function cellOf(raw: unknown): TableCell {
  if (raw === undefined || raw === null) return {};
  if (typeof raw === 'number' || typeof raw === 'string') return { content: raw };
  const rich = richCellSchema.safeParse(raw);
  if (!rich.success) return { content: JSON.stringify(raw) };
  const { value, uncertainty, unit, quality, reasons } = rich.data;
  return {
    ...(value === undefined || value === null ? {} : { content: value }),
    ...(uncertainty === undefined || uncertainty === null ? {} : { uncertainty }),
    ...(unit === undefined ? {} : { unit }),
    ...(quality === undefined ? {} : { quality }),
    ...(reasons === undefined ? {} : { absence: reasons.map((reason) => reason.message).join('; ') }),
  };
}
