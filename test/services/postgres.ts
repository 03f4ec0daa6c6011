/** A PostgreSQL server of one test file, which can be stopped and started again on the same port. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { descriptorDescriptions } from '../../pipeline/screen.ts';
import { startEmbeddedPostgres } from '../../store/embedded/start-postgres.ts';
import { migrateDatabase } from '../../store/migrate.ts';
import { services } from './services.ts';
import { silentLog } from './silent-log.ts';

export interface PrivatePostgres {
  /** Migrated. */
  readonly databaseUrl: string;
  readonly restart: () => Promise<void>;
  /** As a power cut: SIGKILL to the server; `restart` afterwards recovers. */
  readonly kill: () => void;
  /** In order, until `restart`. */
  readonly pause: () => Promise<void>;
  /** Ends it and removes its folder; call it in afterAll. */
  readonly stop: () => Promise<void>;
}

export async function newPostgres(): Promise<PrivatePostgres> {
  const folder = mkdtempSync(join(services().folder, 'postgres-'));
  chmodSync(folder, 0o755);
  let running = await startEmbeddedPostgres(folder, { holder: 'a test' });
  const { databaseUrl } = running;
  await migrateDatabase(databaseUrl, descriptorDescriptions(), silentLog);
  return {
    databaseUrl,
    restart: async () => {
      await running.stop();
      running = await startEmbeddedPostgres(folder, { holder: 'a test' });
      if (running.databaseUrl !== databaseUrl) throw new Error('the port of the test server was taken meanwhile');
    },
    kill: () => {
      const file = readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8');
      process.kill(Number.parseInt(file, 10), 'SIGKILL');
    },
    pause: () => running.stop(),
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
