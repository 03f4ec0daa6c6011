/** Why ranks changed, as `adatom rank --before` prints it in JSON. */
import type { Issue } from '../../model/issues.ts';
import type { CandidateChange, CauseParts, ChangeCause } from '../../model/ranking-change.ts';
import { issueDocument } from '../../pipeline/issue-document.ts';
import type { ExplainedChange } from './rank-change.ts';

/** Those that stand in every answer, 0 where they are the same in both rankings. */
const ALWAYS: readonly ChangeCause[] = ['ownValues', 'otherValues', 'candidates', 'rules', 'weights', 'method'];

export function changeDocument({ change, noticed, origins }: ExplainedChange): object {
  const { before, after, changes, values, issues, ...facts } = change;
  return {
    before,
    after,
    changes: changes.map(candidateDocument),
    values: values.map(({ reasons, ...value }) => ({
      ...value,
      ...(reasons !== undefined && { reasons: documents(reasons) }),
    })),
    ...facts,
    ...origins,
    issues: documents([...noticed, ...issues]),
  };
}

function candidateDocument({ before, after, reasonsBefore, reasonsAfter, ...change }: CandidateChange): object {
  const { id, status, rankChange, causes, scoreCauses, ...rest } = change;
  return {
    id,
    status,
    ...(before !== undefined && { rankBefore: before.rank }),
    ...(after !== undefined && { rankAfter: after.rank }),
    ...(before !== undefined && { scoreBefore: before.score }),
    ...(after !== undefined && { scoreAfter: after.score }),
    ...(before !== undefined && { firstRankProbabilityBefore: before.firstRankProbability }),
    ...(after !== undefined && { firstRankProbabilityAfter: after.firstRankProbability }),
    ...(before !== undefined && { equalScoresBefore: before.equalScores }),
    ...(after !== undefined && { equalScoresAfter: after.equalScores }),
    ...(rankChange !== undefined && { rankChange }),
    ...(causes !== undefined && { causes: completed(causes, change) }),
    ...(scoreCauses !== undefined && { scoreCauses: completed(scoreCauses, change) }),
    ...rest,
    ...(reasonsBefore !== undefined && { reasonsBefore: documents(reasonsBefore) }),
    ...(reasonsAfter !== undefined && { reasonsAfter: documents(reasonsAfter) }),
  };
}

/** What is part of a joint cause has no part of its own, not 0. */
function completed(parts: CauseParts, { together = [] }: Pick<CandidateChange, 'together'>): CauseParts {
  const joint = jointCauses(parts, together);
  const absent = ALWAYS.filter((cause) => !joint.includes(cause)).map((cause) => [cause, 0] as const);
  return { ...Object.fromEntries(absent), ...parts };
}

/** Those that have no part of their own, because they act as one with others. */
export function jointCauses(parts: CauseParts, together: readonly ChangeCause[] = []): readonly ChangeCause[] {
  const isOfValues = parts.values !== undefined || together.includes('values');
  return isOfValues ? [...together, 'ownValues', 'otherValues'] : together;
}

function documents(issues: readonly Issue[]): object[] {
  return issues.map(issueDocument);
}
