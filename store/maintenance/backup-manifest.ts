/** The first entry of a backup: what is in it, so that a damaged or foreign file is refused before a row is written. */
import { z } from 'zod';

export const MANIFEST_NAME = 'manifest.json';
export const FORMAT_VERSION = 1;

/** PostgreSQL's own limit is 63 bytes; every name of ours is of this form. */
const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

export const backupManifestSchema = z.strictObject({
  format: z.literal('adatom-backup'),
  formatVersion: z.literal(FORMAT_VERSION),
  /** Name of the last migration. */
  schema: z.string(),
  createdAt: z.string(),
  tables: z.array(
    z.strictObject({
      name,
      columns: z.array(z.strictObject({ name, type: z.string() })),
      rows: z.int().min(0),
      /** Of the entry `tables/NAME.copy`: the text format of COPY, rows in the order of the primary key. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z.int().min(0),
    }),
  ),
  counters: z.record(name, z.int().min(0)),
});
export type BackupManifest = z.output<typeof backupManifestSchema>;

export function tableEntry(table: string): string {
  return `tables/${table}.copy`;
}
