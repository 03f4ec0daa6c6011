/** Hands a campaign in as a user does, again and again until the service has answered. */
import { setTimeout as wait } from 'node:timers/promises';
import { runProgram } from '../shared/program.ts';
import type { RunningService } from '../shared/service.ts';

export interface Campaign {
  readonly path: string;
  readonly upload: boolean;
}

export interface Acknowledged extends Campaign {
  readonly screening: string;
  readonly attempts: number;
}

const MOST_ATTEMPTS = 200;
const PAUSE_MILLISECONDS = 300;

export async function submitUntilAcknowledged(campaign: Campaign, service: RunningService): Promise<Acknowledged> {
  const how = campaign.upload ? [] : ['--by-path'];
  let last = '';
  for (let attempts = 1; attempts <= MOST_ATTEMPTS; attempts += 1) {
    const args = ['submit', campaign.path, ...how, '--server', service.address, '--json'];
    const { exitCode, stdout, stderr } = await runProgram(args, { ADATOM_KEY: service.key });
    if (exitCode === 0) return { ...campaign, screening: idIn(stdout), attempts };
    last = stderr;
    await wait(PAUSE_MILLISECONDS);
  }
  throw new Error(`${campaign.path} was never acknowledged: ${last}`);
}

function idIn(text: string): string {
  const answer: unknown = JSON.parse(text);
  if (typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string')
    return answer.id;
  throw new Error(`submit printed no id: ${text.slice(0, 200)}`);
}
