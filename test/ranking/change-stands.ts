/** Two rankings to be held against each other: tables written as rows of numbers, profiles as their objectives. */
import { type Profile, profileSchema } from '../../model/profile.ts';
import type { RankableCandidate, RankableValue } from '../../model/ranking.ts';
import type { explainChange } from '../../ranking/index.ts';

/** Values by descriptor; a value that is not there is missing. */
export type Table = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function candidatesOf(table: Table, settings: Partial<RankableValue> = {}): RankableCandidate[] {
  return Object.entries(table).map(([id, numbers]) => ({
    id,
    values: Object.fromEntries(
      Object.entries(numbers).map(([name, value]) => [name, { value, uncertainty: 0, quality: 'ok', ...settings }]),
    ),
    missing: {},
  }));
}

/** An objective that grows from 0 to 10, of weight 1. */
export function objective(descriptor: string, settings: object = {}): object {
  return { descriptor, unit: 'eV', desirability: { kind: 'max', lower: 0, target: 10 }, ...settings };
}

/** By the objectives of the first argument; draws are few, nothing here asks for them. */
export function profileOf(objectives: readonly object[], settings: object = {}): Profile {
  const words = { name: 'p', version: 1, description: '-', reference: '-', ion: 'any', monteCarlo: { draws: 4 } };
  return profileSchema.parse({ ...words, objectives, ...settings });
}

export function stand(table: Table | readonly RankableCandidate[], profile: Profile) {
  const candidates = Array.isArray(table) ? table : candidatesOf(table as Table); // no table is an array
  return { profile, seed: 1, read: () => candidates };
}

/** What became of one candidate. */
export function changeOf(id: string, { changes }: ReturnType<typeof explainChange>) {
  const found = changes.find((change) => change.id === id);
  if (found === undefined) throw new Error(`no candidate ${id}`);
  return found;
}
