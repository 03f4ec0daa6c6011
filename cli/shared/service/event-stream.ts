/**
 * Server-Sent Events (WHATWG HTML §9.2) as objects: what a screening does while one waits.
 *
 * A stream that ends or breaks is opened again after the last event that was read, so that none is missed and none is
 * told twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AdatomError } from '../../../model/errors.ts';
import type { ServiceClient } from './client.ts';

export interface StreamedEvent {
  /** Empty when the service gave none. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

/** Between two openings of a stream that ends at once. */
const REOPEN_MILLISECONDS = 500;
/** A service that is restarted opens the stream and ends it a few times; one that never tells anything is broken. */
const EMPTY_STREAMS_AT_MOST = 240;

/** Never ends by itself: leave the loop when you have read enough. */
export async function* followEvents(client: ServiceClient, path: string): AsyncGenerator<StreamedEvent> {
  let lastId = '';
  let emptyStreams = 0;
  for (;;) {
    const headers = { accept: 'text/event-stream', ...(lastId !== '' && { 'last-event-id': lastId }) };
    const { body } = await client.request(path, { headers });
    emptyStreams += 1;
    for await (const event of eventsIn(body)) {
      if (event.id !== '') lastId = event.id;
      emptyStreams = 0;
      yield event;
    }
    if (emptyStreams > EMPTY_STREAMS_AT_MOST) {
      throw new AdatomError('transient', `${client.server}: ${path} ends again and again without an event`);
    }
    await sleep(REOPEN_MILLISECONDS);
  }
}

/** Until the stream ends or breaks; a started event without its empty line is not told. */
async function* eventsIn(body: ReadableStream<Uint8Array> | null): AsyncGenerator<StreamedEvent> {
  if (body === null) return;
  const decoder = new TextDecoder();
  let text = '';
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true }).replaceAll('\r', '');
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = eventOf(block);
        if (event !== undefined) yield event;
      }
    }
  } catch (error) {
    // A cut connection is a TypeError ("terminated"); the caller opens the stream again.
    if (!(error instanceof TypeError)) throw error;
  } finally {
    // The caller may have left in the middle of the stream.
    await reader.cancel().catch(() => undefined);
  }
}

/** Undefined for comments, which keep the connection alive. */
function eventOf(block: string): StreamedEvent | undefined {
  const fields = { id: '', event: 'message', data: [] as string[] };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') fields.data.push(value);
    else if (name === 'id' || name === 'event') fields[name] = value;
  }
  if (fields.data.length === 0) return undefined;
  return { id: fields.id, type: fields.event, data: fields.data.join('\n') };
}
