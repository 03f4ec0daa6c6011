/**
 * Candidates beside published figures of the same surfaces, and how far their orders agree (SCIENCE §12).
 *
 * The mistake avoided here: a correlation over whatever happens to have both numbers, told without their count. Every
 * correlation says its n and its p; candidates and rows that found no partner are listed.
 */
import { rankCorrelation } from '../descriptors/rank-correlation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import type { RankableCandidate } from '../model/ranking.ts';
import { type ReferenceRow, type ReferenceSet, rowKey } from '../model/reference-data.ts';

export interface JoinedCandidate {
  readonly id: string;
  readonly row: ReferenceRow;
}

export interface FigureCorrelation {
  readonly descriptor: string;
  /** Column of the reference set. */
  readonly figure: string;
  readonly candidates: readonly string[];
  readonly result: DescriptorResult;
}

export interface Joined {
  readonly joined: readonly JoinedCandidate[];
  readonly candidatesAlone: readonly string[];
  readonly rowsAlone: readonly string[];
  readonly correlations: readonly FigureCorrelation[];
}

const FEWEST_TO_CORRELATE = 2;

/** `descriptors`: the names under which values are compared, each descriptor once. */
export function joinReference(
  candidates: readonly RankableCandidate[],
  set: ReferenceSet,
  descriptors: readonly string[],
): Joined {
  const rows = new Map(set.rows.map((row) => [comparable(rowKey(row, set)), row]));
  const pairs = candidates.flatMap((candidate) => {
    const row = rows.get(comparable(candidate.id));
    return row === undefined ? [] : [{ candidate, row }];
  });
  const found = new Set(pairs.map(({ candidate }) => candidate.id));
  const used = new Set(pairs.map(({ row }) => row));
  const figures = set.columns.filter(({ name, unit }) => unit !== undefined && !set.key.includes(name));
  return {
    joined: pairs.map(({ candidate: { id }, row }) => ({ id, row })),
    candidatesAlone: candidates.map(({ id }) => id).filter((id) => !found.has(id)),
    rowsAlone: set.rows.filter((row) => !used.has(row)).map((row) => rowKey(row, set)),
    correlations: descriptors.flatMap((descriptor) =>
      figures.flatMap(({ name }) => correlation(pairs, descriptor, name)),
    ),
  };
}

interface Pair {
  readonly candidate: RankableCandidate;
  readonly row: ReferenceRow;
}

function correlation(pairs: readonly Pair[], descriptor: string, figure: string): FigureCorrelation[] {
  const points = pairs.flatMap(({ candidate, row }) => {
    const [x, y] = [candidate.values[descriptor]?.value, row[figure]];
    return x === undefined || typeof y !== 'number' ? [] : [{ id: candidate.id, x, y }];
  });
  if (points.length < FEWEST_TO_CORRELATE) return [];
  const result = rankCorrelation.compute({ x: points.map(({ x }) => x), y: points.map(({ y }) => y) });
  return [{ descriptor, figure, candidates: points.map(({ id }) => id), result }];
}

/** `ZnO (002)` and `zno(002)` are one name. */
function comparable(name: string): string {
  return name.replace(/\s+/g, '').toLowerCase();
}
