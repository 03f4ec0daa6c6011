/** The embedded service as its user starts it: one process, its own database, no key. */
import { mkdirSync } from 'node:fs';
import { freePort } from '../../test/services/run-redis.ts';
import type { Client } from './client.ts';
import { startProgram } from './program.ts';
import { untilReady } from './service.ts';

export interface EmbeddedService extends Client {
  readonly stop: () => Promise<void>;
}

export async function startEmbeddedService(folder: string, roots: string): Promise<EmbeddedService> {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const port = await freePort();
  const program = startProgram(['serve'], {
    ADATOM_DATA: folder,
    ADATOM_ROOTS: roots,
    ADATOM_PORT: String(port),
    ADATOM_REQUESTS_PER_MINUTE: '1000000',
  });
  const address = `http://127.0.0.1:${port}`;
  await untilReady(address, program.notes);
  return { address, stop: () => program.end('SIGTERM') };
}
