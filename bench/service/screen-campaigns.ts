/** Screens campaigns one way or the other and tells how long it took, seconds. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Client, headersOf, isFinal, screeningState } from '../shared/client.ts';
import { runProgram } from '../shared/program.ts';

const POLL_MILLISECONDS = 50;
const ATTEMPTS = 5;

/** One `adatom screen` after the other, each with all threads and nothing kept from before. */
export async function screenByCommandLine(campaigns: readonly string[], out: string): Promise<number> {
  const started = performance.now();
  for (const [index, campaign] of campaigns.entries()) {
    const { exitCode, stderr } = await runProgram(['screen', campaign, '--out', join(out, String(index)), '--quiet']);
    if (exitCode !== 0) throw new Error(`adatom screen ended with ${exitCode}: ${stderr}`);
  }
  return (performance.now() - started) / 1000;
}

/** All handed in at once by path; until the last ranking is there. */
export async function screenByService(campaigns: readonly string[], service: Client): Promise<number> {
  const started = performance.now();
  await Promise.all(campaigns.map((campaign) => screenOne(campaign, service)));
  return (performance.now() - started) / 1000;
}

async function screenOne(campaign: string, service: Client): Promise<void> {
  const answer = await handIn(campaign, service);
  // `as`: the API checks its answers against its own schema.
  const { id } = (await answer.json()) as { readonly id: string };
  for (;;) {
    const state = await screeningState(service, id);
    if (state.state === 'done') return;
    if (isFinal(state)) throw new Error(`${campaign} ended as ${state.state}: ${state.failure ?? ''}`);
    await wait(POLL_MILLISECONDS);
  }
}

/** A connection that the server closes while a request is on its way gives no answer: the key makes asking again safe. */
async function handIn(campaign: string, service: Client): Promise<Response> {
  const request = {
    method: 'POST',
    headers: { ...headersOf(service), 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ sources: [{ kind: 'path', paths: [campaign] }] }),
  };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(`${service.address}/v1/screenings`, request).catch(() => undefined);
    if (answer?.status === 201) return answer;
    if (answer !== undefined || attempt === ATTEMPTS) {
      throw new Error(`${campaign}: ${answer === undefined ? 'no answer' : `${answer.status} ${await answer.text()}`}`);
    }
  }
}
