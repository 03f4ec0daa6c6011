/** What an administrator does with a database as a whole. */
import type { Log } from '../../model/log.ts';
import { openDatabase } from '../database.ts';
import { openUploadFolder } from '../upload-folder.ts';
import { backupDatabase } from './backup-database.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { type CheckFinding, checkDatabase } from './check-database.ts';
import { type PruneReport, pruneDatabase } from './prune-database.ts';

export type { BackupManifest } from './backup-manifest.ts';
export type { CheckFinding } from './check-database.ts';
export type { PruneReport } from './prune-database.ts';
export { restoreDatabase } from './restore-database.ts';

export interface Maintenance {
  readonly check: () => Promise<readonly CheckFinding[]>;
  readonly prune: (before: Date) => Promise<PruneReport>;
  readonly backup: (file: string) => Promise<BackupManifest>;
  readonly close: () => Promise<void>;
}

export function openMaintenance(databaseUrl: string, dataFolder: string, log: Log): Maintenance {
  const database = openDatabase(databaseUrl, log, 2);
  return {
    check: () => checkDatabase(database, dataFolder),
    prune: (before) => pruneDatabase(database, openUploadFolder(dataFolder), before),
    backup: (file) => backupDatabase(database, file),
    close: database.close,
  };
}
