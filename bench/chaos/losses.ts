/**
 * Counts what was lost: every acknowledged submission once, every folder one result, every answer the same as that of
 * the command line. Returns sentences; none means that nothing was lost.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ask, isFinal, type ScreeningState, screeningState } from '../shared/client.ts';
import { runProgram } from '../shared/program.ts';
import type { RunningService } from '../shared/service.ts';
import type { Acknowledged } from './acknowledge.ts';

export interface Outcome {
  readonly screenings: readonly Acknowledged[];
  readonly service: RunningService;
  readonly foldersEach: number;
  readonly patienceSeconds: number;
  /** For the results of the command line. */
  readonly folder: string;
}

const POLL_MILLISECONDS = 200;

export async function findLosses(outcome: Outcome): Promise<string[]> {
  const problems = await missingOrDoubled(outcome);
  const limit = Date.now() + 1000 * outcome.patienceSeconds;
  for (const acknowledged of outcome.screenings) {
    const state = await finalState(outcome, acknowledged.screening, limit);
    problems.push(...incomplete(acknowledged, state, outcome.foldersEach));
    if (state.state === 'done') problems.push(...(await differences(acknowledged, outcome)));
  }
  return problems;
}

async function missingOrDoubled({ screenings, service }: Outcome): Promise<string[]> {
  const stored = await allScreenings(service);
  const wanted = new Set(screenings.map(({ screening }) => screening));
  const missing = [...wanted].filter((id) => !stored.includes(id));
  const extra = stored.filter((id) => !wanted.has(id));
  return [
    ...(wanted.size === screenings.length ? [] : ['two submissions were answered with the same screening']),
    ...missing.map((id) => `screening ${id} was acknowledged and is not there`),
    ...extra.map((id) => `screening ${id} is there though its submission was repeated`),
  ];
}

async function allScreenings(service: RunningService): Promise<string[]> {
  const ids: string[] = [];
  let after = '';
  do {
    // `as`: the API checks its answers against its own schema.
    const page = JSON.parse(await ask(service, `/v1/screenings?limit=100${after}`)) as {
      readonly rows: readonly { readonly id: string }[];
      readonly next?: string;
    };
    ids.push(...page.rows.map(({ id }) => id));
    after = page.next === undefined ? '' : `&after=${encodeURIComponent(page.next)}`;
  } while (after !== '');
  return ids;
}

async function finalState({ service }: Outcome, id: string, limit: number): Promise<ScreeningState> {
  for (;;) {
    const state = await screeningState(service, id);
    if (isFinal(state) || Date.now() > limit) return state;
    await wait(POLL_MILLISECONDS);
  }
}

function incomplete({ screening }: Acknowledged, { state, failure, folders }: ScreeningState, each: number): string[] {
  const problems: string[] = [];
  if (state !== 'done') problems.push(`screening ${screening} ended as ${state}: ${failure ?? 'it did not end'}`);
  if (folders.total !== each) problems.push(`screening ${screening} has ${folders.total} folders, expected ${each}`);
  if (folders.done !== each || folders.waiting !== 0) {
    problems.push(`screening ${screening}: ${folders.done} folders done, ${folders.waiting} waiting, ${each} expected`);
  }
  return problems;
}

async function differences({ path, screening }: Acknowledged, { service, folder }: Outcome): Promise<string[]> {
  const out = join(folder, 'command-line', screening);
  await runProgram(['screen', path, '--out', out, '--quiet']);
  const pairs = [
    ['json', 'ranking.json'],
    ['calculations', 'calculations.ndjson'],
  ] as const;
  const problems: string[] = [];
  for (const [format, file] of pairs) {
    const served = await ask(service, `/v1/screenings/${screening}/exports/${format}`);
    if (served !== readFileSync(join(out, file), 'utf8')) problems.push(`${file} of screening ${screening} differs`);
  }
  return problems;
}
