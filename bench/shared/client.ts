/** Asks the API of a service under load; repeats a request that it could not answer. */
import { setTimeout as wait } from 'node:timers/promises';

export interface Client {
  readonly address: string;
  /** Absent where the service asks for none. */
  readonly key?: string;
}

const ATTEMPTS = 100;
const PAUSE_MILLISECONDS = 200;

export function headersOf({ key }: Client): Record<string, string> {
  return key === undefined ? {} : { authorization: `Bearer ${key}` };
}

/** The body of the answer; throws for an answer that repeating does not mend. */
export async function ask(client: Client, path: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(client.address + path, { headers: headersOf(client) }).catch(() => undefined);
    if (answer?.ok === true) return await answer.text();
    const repeated = answer === undefined || answer.status === 503 || answer.status === 429;
    if (!repeated || attempt === ATTEMPTS) {
      throw new Error(`GET ${path}: ${answer === undefined ? 'no answer' : `${answer.status} ${await answer.text()}`}`);
    }
    await wait(PAUSE_MILLISECONDS);
  }
}

/** What of a screening's answer is asked about here. */
export interface ScreeningState {
  readonly state: string;
  readonly failure?: string;
  readonly folders: {
    readonly total: number;
    readonly waiting: number;
    readonly done: number;
    readonly failed: number;
  };
}

export async function screeningState(client: Client, id: string): Promise<ScreeningState> {
  // `as`: the API checks its answers against its own schema.
  return JSON.parse(await ask(client, `/v1/screenings/${id}`)) as ScreeningState;
}

export const isFinal = ({ state }: ScreeningState): boolean => ['done', 'failed', 'cancelled'].includes(state);
