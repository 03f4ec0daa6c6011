/** A redis-server of one test file, which can be killed and started again with what it had kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, freePort, runRedis } from './run-redis.ts';
import { services } from './services.ts';

export interface PrivateRedis {
  readonly redisUrl: string;
  /** As a power cut: SIGKILL. */
  readonly kill: () => Promise<void>;
  /** On the same port with the same append-only file; ends a running one in order before. */
  readonly restart: () => Promise<void>;
  /** Ends it and removes its folder; call it in afterAll. */
  readonly stop: () => Promise<void>;
}

export async function newRedis(): Promise<PrivateRedis> {
  const folder = mkdtempSync(join(services().folder, 'redis-'));
  const port = await freePort();
  let child = await runRedis(folder, port);
  return {
    redisUrl: `redis://127.0.0.1:${port}`,
    kill: () => endProcess(child, 'SIGKILL'),
    restart: async () => {
      await endProcess(child, 'SIGTERM');
      child = await runRedis(folder, port);
    },
    stop: async () => {
      await endProcess(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
