/**
 * The events of one screening as Server-Sent Events, from the one after `sequence`.
 *
 * The text is made when the connection asks for more, so a slow reader holds at most one page of events: the store keeps
 * the rest. The stream ends when the screening is final and nothing of it waits; a heartbeat keeps proxies from ending it
 * sooner.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { FINAL_STATES, type ScreeningEvent } from '../../model/service.ts';
import type { Store } from '../../store/store.ts';

export interface EventStreamRequest {
  readonly project: string;
  readonly screening: string;
  /** Sequence of the last event the client has. */
  readonly after: number;
  readonly heartbeatSeconds: number;
  /** Aborted when the client is gone or the server stops. */
  readonly signal: AbortSignal;
}

const PAGE_EVENTS = 100;

export async function* eventStream(store: Store, request: EventStreamRequest): AsyncGenerator<string> {
  const { project, screening, heartbeatSeconds, signal } = request;
  let { after } = request;
  let woken = new AbortController();
  const unsubscribe = await store.events.subscribe(screening, () => woken.abort());
  try {
    // Tells the client that it is connected, also when nothing happens for a while.
    yield ': connected\n\n';
    while (!signal.aborted) {
      woken = new AbortController();
      const wasOver = await isOver(store, project, screening);
      const events = await store.events.list(project, screening, after, PAGE_EVENTS);
      for (const event of events) {
        yield eventText(event);
        after = event.sequence;
      }
      if (events.length > 0) continue;
      // The state was looked at before the events: whatever made it final has been sent.
      if (wasOver) return;
      await wait(heartbeatSeconds, AbortSignal.any([woken.signal, signal]));
      if (!woken.signal.aborted && !signal.aborted) yield ': heartbeat\n\n';
    }
  } finally {
    unsubscribe();
  }
}

function eventText({ sequence, type, data, at }: ScreeningEvent): string {
  return `id: ${sequence}\nevent: ${type}\ndata: ${JSON.stringify({ ...data, at })}\n\n`;
}

async function isOver(store: Store, project: string, id: string): Promise<boolean> {
  const screening = await store.screenings.get(project, id);
  if (screening === undefined) return true;
  if (!FINAL_STATES.includes(screening.state)) return false;
  const rankings = await store.screenings.rankings(project, id);
  return rankings.every(({ state }) => state !== 'queued');
}

async function wait(seconds: number, until: AbortSignal): Promise<void> {
  try {
    await sleep(seconds * 1000, undefined, { signal: until });
  } catch (error) {
    if (!until.aborted) throw error;
  }
}
