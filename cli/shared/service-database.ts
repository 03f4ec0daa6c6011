/**
 * The database of the service for commands that work on it directly: that of DATABASE_URL, else the embedded one, asked
 * through the process that holds it or started for as long as the command takes.
 */
import { resolve } from 'node:path';
import type { Log } from '../../model/log.ts';
import type { ServiceSettings } from '../../model/service-settings.ts';
import { useEmbeddedPostgres } from '../../store/embedded/start-postgres.ts';
import { makeDataFolder } from './data-folder.ts';
import { serviceSettings } from './service-settings.ts';

export interface ServiceDatabase {
  readonly databaseUrl: string;
  readonly isEmbedded: boolean;
  readonly dataFolder: string;
  readonly settings: ServiceSettings;
}

/** A command answers on stdout; what the store tells on the way is no part of the answer. */
export const QUIET_LOG: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function withServiceDatabase<T>(
  command: string,
  work: (place: ServiceDatabase) => Promise<T>,
): Promise<T> {
  const settings = serviceSettings();
  const dataFolder = resolve(settings.ADATOM_DATA);
  if (settings.DATABASE_URL !== undefined) {
    return work({ databaseUrl: settings.DATABASE_URL, isEmbedded: false, dataFolder, settings });
  }
  makeDataFolder(dataFolder);
  const postgres = await useEmbeddedPostgres(dataFolder, command);
  try {
    return await work({ databaseUrl: postgres.databaseUrl, isEmbedded: true, dataFolder, settings });
  } finally {
    await postgres.stop();
  }
}
