/**
 * The request behind `adatom rank NEW --before OLD`: two tables, each with its profile, held against each other.
 *
 * The mistake avoided here: a table means what a profile reads into it (its own descriptors, its names), so each table is
 * read by both profiles before rules of one are combined with values of the other.
 */
import { AdatomError } from '../../model/errors.ts';
import type { Issue } from '../../model/issues.ts';
import type { Profile } from '../../model/profile.ts';
import type { RankableCandidate } from '../../model/ranking.ts';
import type { OriginChanges, RankingChange } from '../../model/ranking-change.ts';
import { profileDescriptors } from '../../pipeline/defined-descriptors.ts';
import {
  checkProfileDescriptors,
  explainChange,
  originChanges,
  readCandidateTable,
  type ScreeningOrigins,
  screeningOrigins,
} from '../../ranking/index.ts';
import { loadProfile } from '../../reading/find-profile.ts';
import { readText } from '../../reading/read-text.ts';
import { seedFor } from '../../reading/screening-request.ts';
import { tableFormat } from './table-format.ts';

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
  checkProfileDescriptors(profile, profileDescriptors(profile).names);
  const text = readText(file);
  const known = new Map<Profile, ReturnType<typeof readTable>>();
  const table = (by: Profile) => {
    const found = known.get(by) ?? readTable(text, file, by);
    known.set(by, found);
    return found;
  };
  return {
    file,
    text,
    profile,
    seed: seedFor(profile, stated),
    read: (by: Profile) => table(by).candidates,
    noticed: () => table(profile).issues,
  };
}

function readTable(
  text: string,
  file: string,
  profile: Profile,
): { readonly candidates: readonly RankableCandidate[]; readonly issues: readonly Issue[] } {
  const { names, complete } = profileDescriptors(profile);
  const { candidates, issues } = readCandidateTable(text, file, tableFormat(file, text), names.resolve);
  return { candidates: candidates.map(complete), issues };
}

function originsOf({ text, file }: { readonly text: string; readonly file: string }): ScreeningOrigins | undefined {
  return tableFormat(file, text) === 'json' ? screeningOrigins(JSON.parse(text.replace(/^\uFEFF/, ''))) : undefined;
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
