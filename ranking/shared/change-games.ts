/**
 * For each candidate of two rankings the causes that could move it, what every combination of them gives, and its parts.
 *
 * A cause that is the same in both is no player and has no part. Own and others' values are told apart wherever scores
 * are made of desirabilities, else up to a limit; beyond it they are one cause. Combinations in which the candidate is
 * not ranked have no place to give: orders that pass through one are left out, and where none is left the causes that
 * decide on admission act as one.
 */
import type { CandidateChange, CauseParts, ChangeCause } from '../../model/ranking-change.ts';
import type { CombinedWorlds, WorldCauses } from './combined-worlds.ts';
import { shapleyParts } from './shapley.ts';

export interface ChangeGame {
  /** Of a candidate that is ranked at both ends. */
  readonly parts: () => Pick<CandidateChange, 'causes' | 'scoreCauses' | 'together' | 'isRestricted'>;
  /** Of one that is in both tables and ranked at one end. */
  readonly sufficient: () => ChangeCause[][];
}

export interface ChangeGames {
  readonly gameOf: (id: string) => ChangeGame;
  /** How many candidates have own and others' values as one cause, of those that have both. */
  readonly together: { readonly candidates: number; readonly of: number };
}

interface Contest {
  /** Candidates whose values differ. */
  readonly moved: ReadonlySet<string>;
  /** Those that are ranked at both ends, the ones that matter most first. */
  readonly ranked: readonly string[];
  /** Rows that may be ranked anew to tell own from others' values; a row takes some microseconds. */
  readonly mostRows?: number;
}

/** A cause, or several that act as one. */
interface Player {
  readonly name: ChangeCause;
  readonly causes: readonly (keyof WorldCauses)[];
}

const MOST_ROWS = 2_000_000;

export function changeGames(worlds: CombinedWorlds, { moved, ranked, mostRows = MOST_ROWS }: Contest): ChangeGames {
  const shared = sharedPlayers(worlds);
  const both = moved.size < 2 ? [] : ranked.filter((id) => moved.has(id));
  const rowsOfOne = 2 ** (1 + shared.length) * Math.max(worlds.ids.before.size, worlds.ids.after.size);
  const split = new Set(worlds.isRowByRow ? both : both.slice(0, Math.floor(mostRows / rowsOfOne)));
  const gameOf = (id: string): ChangeGame => {
    const players = [...valuePlayers(id, moved, split), ...shared];
    const deciding = [...(moved.has(id) ? [OWN] : []), ...shared.filter(isOfAdmission)];
    return { parts: () => partsOf(id, players, worlds), sufficient: () => sufficientOf(id, deciding, worlds) };
  };
  return { gameOf, together: { candidates: both.length - split.size, of: both.length } };
}

function sharedPlayers({ pieces, ids }: CombinedWorlds): Player[] {
  const isSame = ids.before.size === ids.after.size && [...ids.before].every((id) => ids.after.has(id));
  return [...(isSame ? [] : (['candidates'] as const)), ...pieces].map((name) => ({ name, causes: [name] }));
}

function valuePlayers(id: string, moved: ReadonlySet<string>, split: ReadonlySet<string>): Player[] {
  // Where only one of the two differs, the other one may be taken from either side: all values are from one then.
  const causes = ['ownValues', 'otherValues'] as const;
  const isOwn = moved.has(id);
  const isOthers = moved.size > (isOwn ? 1 : 0);
  if (isOwn && isOthers && split.has(id)) return causes.map((name) => ({ name, causes: [name] }));
  if (isOwn && isOthers) return [{ name: 'values', causes }];
  if (!isOwn && !isOthers) return [];
  return [{ name: isOwn ? 'ownValues' : 'otherValues', causes }];
}

const OWN: Player = { name: 'ownValues', causes: ['ownValues'] };

const NONE: WorldCauses = {
  ownValues: 'before',
  otherValues: 'before',
  candidates: 'before',
  rules: 'before',
  weights: 'before',
  method: 'before',
};

function causesOf(players: readonly Player[], coalition: number): WorldCauses {
  const joined = players.filter((_, at) => (coalition & (1 << at)) !== 0).flatMap(({ causes }) => causes);
  return { ...NONE, ...Object.fromEntries(joined.map((cause) => [cause, 'after'])) };
}

function partsOf(id: string, players: readonly Player[], worlds: CombinedWorlds): ReturnType<ChangeGame['parts']> {
  const apart = dividedAmong(id, players, worlds);
  if (apart !== undefined) return apart;
  const merged = players.filter(isOfAdmission);
  const joint: Player = { name: 'together', causes: merged.flatMap(({ causes }) => causes) };
  const fewer = [joint, ...players.filter((player) => !merged.includes(player))];
  return { ...dividedAmong(id, fewer, worlds), together: merged.map(({ name }) => name) };
}

/** Undefined where no order of the players keeps the candidate ranked. */
function dividedAmong(
  id: string,
  players: readonly Player[],
  worlds: CombinedWorlds,
): Pick<CandidateChange, 'causes' | 'scoreCauses' | 'isRestricted'> | undefined {
  const coalitions = Array.from({ length: 1 << players.length }, (_, coalition) => coalition);
  const standings = coalitions.map((coalition) => worlds.standing(id, causesOf(players, coalition)));
  const ranks = shapleyParts(players.length, (coalition) => standings[coalition]?.rank);
  const scores = shapleyParts(players.length, (coalition) => standings[coalition]?.score);
  if (ranks === undefined || scores === undefined) return undefined;
  return {
    causes: named(players, ranks),
    // Another method's score is of another scale.
    ...(!worlds.pieces.includes('method') && { scoreCauses: named(players, scores) }),
    ...(standings.includes(undefined) && { isRestricted: true }),
  };
}

function named(players: readonly Player[], parts: readonly number[]): CauseParts {
  return Object.fromEntries(players.map(({ name }, at) => [name, parts[at] ?? 0]));
}

/** Other candidates never decide whether one is ranked. */
function isOfAdmission({ name }: Player): boolean {
  return name !== 'candidates' && name !== 'otherValues';
}

/** The smallest sets of causes after which it is ranked and was not, or the other way round. */
function sufficientOf(id: string, players: readonly Player[], worlds: CombinedWorlds): ChangeCause[][] {
  const isRanked = (coalition: number) => worlds.isRanked(id, causesOf(players, coalition));
  const coalitions = Array.from({ length: 1 << players.length }, (_, coalition) => coalition);
  const enough = coalitions.filter((coalition) => isRanked(coalition) !== isRanked(0));
  const smallest = enough.filter((one) => !enough.some((other) => other !== one && (other & one) === other));
  return smallest.map((coalition) => players.filter((_, at) => (coalition & (1 << at)) !== 0).map(({ name }) => name));
}
