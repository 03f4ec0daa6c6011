/** What an administrator does with a database as a whole. */
import type { Log } from '../../model/log.ts';
import type { DescriptorDescription } from '../../model/screening.ts';
import { openDatabase } from '../database.ts';
import { openUploadFolder } from '../upload-folder.ts';
import { backupDatabase } from './backup-database.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { checkDatabase } from './check-database.ts';
import type { CheckFinding } from './check-finding.ts';
import { type PruneReport, pruneDatabase } from './prune-database.ts';

export type { BackupManifest } from './backup-manifest.ts';
export type { CheckFinding } from './check-finding.ts';
export type { PruneReport } from './prune-database.ts';
export { restoreDatabase } from './restore-database.ts';

export interface Maintenance {
  readonly check: () => Promise<readonly CheckFinding[]>;
  readonly prune: (before: Date) => Promise<PruneReport>;
  readonly backup: (file: string) => Promise<BackupManifest>;
  readonly close: () => Promise<void>;
}

export interface MaintenanceOptions {
  readonly databaseUrl: string;
  readonly dataFolder: string;
  readonly definitions: readonly DescriptorDescription[];
  readonly log: Log;
}

export function openMaintenance({ databaseUrl, dataFolder, definitions, log }: MaintenanceOptions): Maintenance {
  const database = openDatabase(databaseUrl, log, 2);
  return {
    check: () => checkDatabase(database, { dataFolder, definitions }),
    prune: (before) => pruneDatabase(database, openUploadFolder(dataFolder), before),
    backup: (file) => backupDatabase(database, file),
    close: database.close,
  };
}
