/**
 * One connection that hears what other processes tell (LISTEN/NOTIFY), shared by everybody in this process.
 *
 * A line breaks unheard. Whoever listens is therefore also called after each new connection, without a text: something
 * may have been missed. A call is a hint to look, never the news itself.
 */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../model/log.ts';
import { connectionOptions } from './pool.ts';

/** `text` is what was told; undefined after the line was down. */
export type Heard = (text: string | undefined) => void;

export const CHANNELS = {
  /** A screening has new events; the text is its id. */
  events: 'adatom_events',
  /** Work was stored. */
  work: 'adatom_work',
} as const;
export type Channel = keyof typeof CHANNELS;

export interface Listener {
  /** Resolves when the line stands; returns how to stop. */
  readonly listen: (channel: Channel, heard: Heard) => Promise<() => void>;
  readonly close: () => Promise<void>;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;

export function openListener(databaseUrl: string, log: Log): Listener {
  const listeners: Record<Channel, Set<Heard>> = { events: new Set(), work: new Set() };
  const closing = new AbortController();
  let line: Promise<pg.Client> | undefined;

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client(connectionOptions(databaseUrl));
    client.on('notification', ({ channel, payload }) => {
      for (const name of CHANNEL_NAMES) {
        if (CHANNELS[name] === channel) for (const heard of [...listeners[name]]) heard(payload);
      }
    });
    client.on('error', (error) => log.debug({ reason: error.message }, 'the listening connection was lost'));
    await client.connect();
    for (const name of CHANNEL_NAMES) await client.query(`listen ${CHANNELS[name]}`);
    client.once('end', () => {
      if (!closing.signal.aborted) line = reconnect();
    });
    return client;
  }

  async function reconnect(): Promise<pg.Client> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      await delay(pauseMs, undefined, { signal: closing.signal });
      try {
        const client = await connect();
        for (const name of CHANNEL_NAMES) for (const heard of [...listeners[name]]) heard(undefined);
        return client;
      } catch (error) {
        log.debug({ reason: String(error) }, 'PostgreSQL cannot be listened to yet');
      }
    }
  }

  return {
    listen: async (channel, heard) => {
      // A subscriber does not fail because the database is away for a moment: its line is set up later.
      line ??= connect().catch(reconnect);
      line.catch(() => {});
      const own: Heard = (text) => heard(text);
      listeners[channel].add(own);
      await line;
      return () => listeners[channel].delete(own);
    },
    close: async () => {
      closing.abort();
      const client = await line?.catch(() => undefined);
      await client?.end();
    },
  };
}

const CHANNEL_NAMES = Object.keys(CHANNELS) as readonly Channel[];
