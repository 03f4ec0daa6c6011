/**
 * One trap: the healthy campaign with exactly one change, what must be told of it, where, and what becomes of the values.
 * What is told more, elsewhere or not at all fails the test.
 */
import { expect } from 'vitest';
import type { ScreeningResult } from '../../model/screening.ts';
import type { Candidate } from '../../model/system.ts';
import { baseFiles, FACET } from './campaign.ts';
import type { Change } from './changes.ts';
import { screened, type Told, toldBy } from './screened.ts';

export interface Trap {
  readonly name: string;
  readonly change: Change;
  /** Code → where: `slab-li → slab`, `slab-li`, `neb`, `system zno-002`. Nothing else, nowhere else. */
  readonly told: Readonly<Record<string, readonly string[]>>;
  /** Codes with which the values answer, beside those of `told`. */
  readonly follows?: readonly string[];
  /** Of the candidate; what is not named is as in the healthy campaign. */
  readonly values?: Readonly<Partial<Record<Descriptor, State>>>;
}

export type Descriptor = 'adsorption-energy' | 'nucleation-driving-force' | 'migration-barrier' | 'surface-energy';
export type State = 'unavailable' | 'degraded' | 'unreliable' | 'ok';

/** In the healthy campaign: a polar slab has no surface energy of its own (SCIENCE §4.3). */
const HEALTHY: Readonly<Record<Descriptor, State>> = {
  'adsorption-energy': 'ok',
  'nucleation-driving-force': 'ok',
  'migration-barrier': 'ok',
  'surface-energy': 'unavailable',
};

export const healthy: Promise<ScreeningResult> = screened(baseFiles());

/** Screens the campaign with the change and asks for what the trap says; the result serves for further questions. */
export async function expectTrap({ change, told, follows = [], values = {} }: Trap): Promise<ScreeningResult> {
  const result = await screened(change(baseFiles()));
  const [before, after] = [toldBy(await healthy), toldBy(result)];
  expect(added(before, after, 'evidence')).toEqual(
    Object.entries(told)
      .flatMap(([code, places]) => places.map((place) => `${code} @ ${place}`))
      .sort(),
  );
  const answers = new Set(added(before, after, 'values').map((entry) => entry.slice(0, entry.indexOf(' '))));
  for (const code of follows) expect(answers).toContain(code);
  expect([...answers].filter((code) => !follows.includes(code) && told[code] === undefined)).toEqual([]);
  expect(statesOf(result)).toEqual({ ...HEALTHY, ...values });
  return result;
}

function added(before: Told, after: Told, part: keyof Told): string[] {
  return [...after[part]].filter((entry) => !before[part].has(entry)).sort();
}

/** Of the four that a trap is asked for: the others are made of the same calculations. */
function statesOf(result: ScreeningResult): Partial<Record<string, State>> {
  const states = Object.entries(candidateOf(result)?.descriptors ?? {})
    .filter(([name]) => Object.hasOwn(HEALTHY, name))
    .map(([name, value]) => [name, value.available ? value.quality : 'unavailable'] as const);
  return Object.fromEntries(states);
}

/** NaN when it is unavailable. */
export function valueIn(result: ScreeningResult, descriptor: Descriptor): number {
  const value = candidateOf(result)?.descriptors[descriptor];
  return value?.available ? value.value : Number.NaN;
}

/** The candidate of the clean slab: its name changes with what lies beside it. */
function candidateOf({ candidates, systems }: ScreeningResult): Candidate | undefined {
  const system = systems.find(({ slab }) => slab === `${FACET}/slab/OUTCAR`);
  return candidates.find((candidate) => candidate.system === system?.id);
}
