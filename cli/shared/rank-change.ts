/**
 * The request behind `adatom rank NEW --before OLD`: two tables, each with its profile, held against each other.
 *
 * The mistake avoided here: a table means what a profile reads into it (its own descriptors, its names), so each table is
 * read by both profiles before rules of one are combined with values of the other.
 */
import { AdatomError } from '../../model/errors.ts';
import type { Issue } from '../../model/issues.ts';
import type { Profile } from '../../model/profile.ts';
import type { OriginChanges, RankingChange } from '../../model/ranking-change.ts';
import { profileDescriptors } from '../../pipeline/defined-descriptors.ts';
import { type ProfileTable, readProfileTable, type TableText } from '../../pipeline/profile-table.ts';
import { explainChange, originChanges, type ScreeningOrigins, screeningOrigins } from '../../ranking/index.ts';
import { loadProfile } from '../../reading/find-profile.ts';
import { seedFor } from '../../reading/screening-request.ts';
import { tableText } from './table-text.ts';

export interface ChangeRequest {
  readonly before: { readonly file: string; readonly profile: string };
  readonly after: { readonly file: string; readonly profile: string };
  readonly seed?: number;
}

export interface ExplainedChange {
  readonly change: RankingChange;
  /** Of both tables, what was noticed when its own profile read it. */
  readonly noticed: readonly Issue[];
  readonly origins?: OriginChanges;
}

/** Throws `AdatomError('request')` for profiles and tables as `adatom rank` does. */
export function rankChange({ before, after, seed }: ChangeRequest): ExplainedChange {
  const old = openEnd(before, seed);
  const now = openEnd(after, seed);
  const names = [now, old].map(({ profile }) => profileDescriptors(profile).names);
  /** Two names of one quantity show the same number only with the same factor. */
  const same = (name: string): string => {
    const [found] = names.flatMap(({ resolve }) => resolve(name) ?? []);
    return found === undefined ? name : `${found.identifier} × ${found.factor}`;
  };
  const change = explainChange(old, now, same);
  const made = [originsOf(old), originsOf(now)] as const;
  return {
    change,
    noticed: [...old.noticed(), ...now.noticed()],
    ...(made[0] !== undefined && made[1] !== undefined && { origins: originChanges(made[0], made[1]) }),
  };
}

function openEnd({ file, profile: name }: ChangeRequest['before'], stated: number | undefined) {
  const profile = loadProfile(name);
  const written = tableText(file);
  const known = new Map<Profile, ProfileTable>();
  const table = (by: Profile) => {
    const found = known.get(by) ?? readProfileTable(written, by);
    known.set(by, found);
    return found;
  };
  return {
    written,
    profile,
    seed: seedFor(profile, stated),
    read: (by: Profile) => table(by).candidates,
    noticed: () => table(profile).issues,
  };
}

function originsOf({ written: { text, format } }: { readonly written: TableText }): ScreeningOrigins | undefined {
  return format === 'json' ? screeningOrigins(JSON.parse(text.replace(/^\uFEFF/, ''))) : undefined;
}

/** Throws `AdatomError('unanswerable')` where a table holds nobody. */
export function refuseEmptyEnds({ before, after }: RankingChange, request: ChangeRequest): void {
  for (const [end, file] of [
    [before, request.before.file],
    [after, request.after.file],
  ] as const) {
    if (end.ranked + end.unranked === 0) {
      throw new AdatomError('unanswerable', `${file}: no candidate in this table`);
    }
  }
}
