/**
 * A screening as the parts of the page look things up: candidates by id, the anchor of each candidate and path, and the
 * descriptors that get a column.
 *
 * Anchors are numbers, not names: an identifier may hold any character a folder name may.
 */
import type { Profile } from '../../../model/profile.ts';
import type { RankedCandidate } from '../../../model/ranking.ts';
import type { DescriptorDescription, ScreeningResult } from '../../../model/screening.ts';
import type { Candidate, PathReport, System } from '../../../model/system.ts';

export interface ReportContent {
  readonly result: ScreeningResult;
  /** That the result was ranked by; absent where only the result is known. */
  readonly profile?: Profile;
  /** Definitions of the descriptors that any candidate has, with or without a value. */
  readonly descriptors: readonly DescriptorDescription[];
  readonly candidate: (id: string) => Candidate | undefined;
  /** Absent when the candidate is not ranked. */
  readonly ranked: (id: string) => RankedCandidate | undefined;
  readonly system: (id: string) => System | undefined;
  readonly systemAnchor: (id: string) => string;
  readonly label: (id: string) => string;
  readonly candidateAnchor: (id: string) => string;
  /** Absent when no path of this id is shown. */
  readonly pathAnchor: (id: string) => string | undefined;
  /** Candidates whose barrier may come from a path. */
  readonly candidatesOfPath: (path: PathReport) => readonly Candidate[];
}

export function reportContent(result: ScreeningResult, profile?: Profile): ReportContent {
  const candidates = new Map(result.candidates.map((candidate) => [candidate.id, candidate]));
  const systems = new Map(result.systems.map((system) => [system.id, system]));
  const ranked = new Map(result.ranked.map((entry) => [entry.id, entry]));
  const systemNumbers = new Map(result.systems.map((system, index) => [system.id, index + 1]));
  const order = [...result.ranked, ...result.unranked].map(({ id }) => id);
  const candidateNumbers = new Map(order.map((id, index) => [id, index + 1]));
  const pathNumbers = new Map(result.paths.map((path, index) => [path.id, index + 1]));
  const users = candidatesByPath(result, systems);
  return {
    result,
    ...(profile !== undefined && { profile }),
    descriptors: result.definitions.filter(({ identifier }) =>
      result.candidates.some((candidate) => identifier in candidate.descriptors),
    ),
    candidate: (id) => candidates.get(id),
    ranked: (id) => ranked.get(id),
    system: (id) => systems.get(id),
    systemAnchor: (id) => `system-${systemNumbers.get(id) ?? 0}`,
    label: (id) => candidates.get(id)?.label || id,
    candidateAnchor: (id) => `candidate-${candidateNumbers.get(id) ?? 0}`,
    pathAnchor: (id) => {
      const number = pathNumbers.get(id);
      return number === undefined ? undefined : `path-${number}`;
    },
    candidatesOfPath: (path) => users.get(path.id) ?? [],
  };
}

function candidatesByPath(
  result: ScreeningResult,
  systems: ReadonlyMap<string, System>,
): ReadonlyMap<string, readonly Candidate[]> {
  const users = new Map<string, Candidate[]>();
  for (const candidate of result.candidates) {
    for (const path of systems.get(candidate.system)?.paths ?? []) {
      const known = users.get(path);
      if (known === undefined) users.set(path, [candidate]);
      else known.push(candidate);
    }
  }
  return users;
}
