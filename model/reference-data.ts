/**
 * Published figures that come with the program: tables with a unit and a meaning per column and a source, values kept as
 * printed (SCIENCE §12). What a source leaves out is left out here; a contradiction inside a source is told, not mended.
 */
import { z } from 'zod';

const cellSchema = z.union([z.number(), z.string()]);

const columnSchema = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a name of letters and digits'),
  /** Absent for text and counts. */
  unit: z.string().min(1).exactOptional(),
  meaning: z.string().min(1),
});

export const referenceSetSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
    version: z.int().positive(),
    title: z.string().min(1),
    source: z.string().min(1),
    /** What must be kept in mind before the figures are compared. */
    caveat: z.string().exactOptional(),
    /** Columns that tell one row from the others. */
    key: z.array(z.string()).min(1).readonly(),
    columns: z.array(columnSchema).min(2).readonly(),
    rows: z.array(z.record(z.string(), cellSchema)).min(1).readonly(),
    /** Contradictions of the source with itself, by the key of the row. */
    conflicts: z.array(z.strictObject({ row: z.array(cellSchema).min(1).readonly(), reason: z.string() })).default([]),
  })
  .superRefine((set, context) => {
    for (const { path, message } of faultsOf(set)) context.addIssue({ code: 'custom', path, message });
  });

export type ReferenceSet = z.output<typeof referenceSetSchema>;
export type ReferenceRow = ReferenceSet['rows'][number];

/** Of a row as one text. */
export function rowKey(row: ReferenceRow, { key }: Pick<ReferenceSet, 'key'>): string {
  return key.map((column) => String(row[column] ?? '')).join(' ');
}

interface Fault {
  readonly path: (string | number)[];
  readonly message: string;
}

function faultsOf({ columns, key, rows, conflicts }: Omit<ReferenceSet, 'caveat'>): Fault[] {
  const names = new Set(columns.map(({ name }) => name));
  const keys = rows.map((row) => rowKey(row, { key }));
  return [
    ...key.filter((name) => !names.has(name)).map((name) => ({ path: ['key'], message: `${name} is no column` })),
    ...rows.flatMap((row, at) =>
      Object.keys(row)
        .filter((name) => !names.has(name))
        .map((name) => ({ path: ['rows', at, name], message: 'is no column' })),
    ),
    ...keys.flatMap((text, at) =>
      keys.indexOf(text) === at ? [] : [{ path: ['rows', at], message: `${text} is there twice` }],
    ),
    ...conflicts.flatMap(({ row }, at) =>
      keys.includes(row.join(' ')) ? [] : [{ path: ['conflicts', at, 'row'], message: `no row ${row.join(' ')}` }],
    ),
  ];
}
