/**
 * A migration path as `adatom neb` prints it in JSON (the contract for scripts: names stay).
 *
 * What is not known is left out and told in the issues: a path without a barrier has no `forwardBarrierEv`, never 0.
 */
import { distinctIssues, type Issue } from '../../model/issues.ts';
import type { PathReport } from '../../model/system.ts';
import { issueDocument } from '../../pipeline/issue-document.ts';

/** Parts of the barrier that are printed beside it, in this order. */
const BARRIER_PARTS = [
  'forwardBarrierEv',
  'reverseBarrierEv',
  'reactionEnergyEv',
  'intermediateMinima',
  'spanEv',
  'method',
  'discreteForwardBarrierEv',
  'saddleImage',
  'saddleDistanceAngstrom',
  'saddleImageCoordinate',
] as const;

export function pathDocument(report: PathReport): object {
  const { barrier, interpolations, migrating } = report;
  const known = BARRIER_PARTS.filter((name) => barrier.parts[name] !== undefined);
  return {
    path: report.id,
    energyKind: report.energyKind,
    images: report.images,
    ...Object.fromEntries(known.map((name) => [name, barrier.parts[name]])),
    ...(barrier.available && { uncertaintyEv: barrier.uncertainty, quality: barrier.quality }),
    ...(migrating !== undefined && { migrating }),
    ...(interpolations !== undefined && { interpolations }),
    issues: pathIssues(report).map(issueDocument),
  };
}

/** Everything about the path and its barrier, each once. */
export function pathIssues({ barrier, issues }: PathReport): Issue[] {
  return distinctIssues([...(barrier.available ? barrier.issues : barrier.reasons), ...issues]);
}
