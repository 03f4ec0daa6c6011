/** What `adatom doctor` asks a Redis: whether it answers, and whether it keeps what it is given. */
import { Redis } from 'ioredis';
import { AdatomError } from '../../model/errors.ts';

export interface RedisInspection {
  readonly serverVersion: string;
  readonly appendOnly: boolean;
  /** E.g. `noeviction`. */
  readonly evictionPolicy: string;
}

const CONNECT_MS = 5000;

/** Throws `transient` when it cannot be reached, `request` when it refuses us. One attempt. */
export async function inspectRedis(redisUrl: string): Promise<RedisInspection> {
  const connection = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let failure: Error | undefined;
  // The reason comes as an event; the promise says only that the connection is closed.
  connection.on('error', (error: Error) => {
    failure ??= error;
  });
  try {
    await connection.connect();
    const info = await connection.info();
    const value = (name: string): string => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? 'unknown';
    return {
      serverVersion: value('redis_version'),
      appendOnly: value('aof_enabled') === '1',
      evictionPolicy: value('maxmemory_policy'),
    };
  } catch (error) {
    const cause = failure ?? error;
    if (!(cause instanceof Error)) throw cause;
    const isRefused = /^(?:NOAUTH|WRONGPASS|NOPERM)/.test(cause.message);
    throw new AdatomError(isRefused ? 'request' : 'transient', cause.message, { cause });
  } finally {
    connection.disconnect();
  }
}
