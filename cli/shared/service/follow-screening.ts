/** Waits for the end of a screening, and says how far it is. */
import { FINAL_STATES } from '../../../model/service.ts';
import type { ServiceClient } from './client.ts';
import { expectDocument, type ScreeningDocument, screeningDocument } from './documents.ts';
import { followEvents } from './event-stream.ts';

export interface FollowedScreening {
  /** As the service sent it. */
  readonly answer: unknown;
  readonly screening: ScreeningDocument;
}

export async function screeningOf(client: ServiceClient, id: string): Promise<FollowedScreening> {
  const answer = await client.json(`/v1/screenings/${encodeURIComponent(id)}`);
  return { answer, screening: expectDocument(screeningDocument, answer, `screening ${id}`) };
}

const ASK_AFTER_MILLISECONDS = 500;

/**
 * Resolves when the screening is in a state that nothing follows. Events only wake: what counts is what the service
 * says when it is asked, so that an event that is misread costs nothing.
 */
export async function followScreening(
  client: ServiceClient,
  id: string,
  onProgress: (screening: ScreeningDocument) => void,
): Promise<FollowedScreening> {
  let followed = await screeningOf(client, id);
  onProgress(followed.screening);
  if (isFinal(followed)) return followed;
  let askedAt = performance.now();
  for await (const event of followEvents(client, `/v1/screenings/${encodeURIComponent(id)}/events`)) {
    // What happened before is told first, event after event.
    if (event.type !== 'state' && performance.now() - askedAt < ASK_AFTER_MILLISECONDS) continue;
    askedAt = performance.now();
    followed = await screeningOf(client, id);
    onProgress(followed.screening);
    if (isFinal(followed)) break;
  }
  return followed;
}

function isFinal({ screening }: FollowedScreening): boolean {
  return FINAL_STATES.includes(screening.state);
}
