/**
 * What is wrong with a run as a whole: how it ended, what its last step lacks, and what earlier steps lost.
 */
import { type Issue, issue } from '../../../model/issues.ts';
import type { Ending } from './ending.ts';
import { energyIssues } from './energy-checks.ts';
import type { Header } from './header.ts';
import type { ParsedStep } from './ionic-step.ts';
import type { StepSection } from './sections.ts';

export interface RunFindings {
  readonly header: Header;
  /** Offsets of the version headers in the file. */
  readonly runs: readonly number[];
  readonly sections: readonly StepSection[];
  readonly steps: readonly ParsedStep[];
  readonly ending: Ending;
  readonly sizeBytes: number;
}

export function recordIssues(run: RunFindings): Issue[] {
  const { header, runs, steps } = run;
  const last = steps.at(-1);
  return [
    ...(header.version === undefined ? [issue('W_NO_VERSION', {})] : []),
    ...(runs.length > 1 ? [issue('W_MULTIPLE_RUNS', { runs: runs.length }, { byteOffset: runs.at(-1) ?? 0 })] : []),
    ...endIssues(run),
    ...earlierFields(steps),
    ...(last === undefined ? [] : lastStepIssues(header, last, steps)),
  ];
}

function endIssues({ ending, sections, steps, sizeBytes }: RunFindings): Issue[] {
  const issues: Issue[] = [];
  if (!ending.timing) {
    const found = `the file ends after ${steps.length} complete ionic step(s)${unfinished(sections, steps.length)}`;
    const expected = '"General timing and accounting informations for this job"';
    issues.push(issue('E_TRUNCATED', { expected, found }, { byteOffset: sizeBytes }));
  }
  if (steps.length === 0) {
    const where = { byteOffset: sections[0]?.start ?? sizeBytes };
    issues.push(issue('E_UNREADABLE', { reason: 'no complete ionic step' }, where));
  }
  return issues;
}

function unfinished(sections: readonly StepSection[], complete: number): string {
  const last = sections.at(-1);
  const iteration = last?.iterations.at(-1)?.electronic;
  if (last === undefined || sections.length <= complete || iteration === undefined) return '';
  return `, in electronic iteration ${iteration} of step ${sections.length}`;
}

function lastStepIssues(header: Header, last: ParsedStep, steps: readonly ParsedStep[]): Issue[] {
  const where = { byteOffset: last.offset };
  if (last.machineLearned) return [issue('E_ML_ENERGY', {}, where), ...last.issues];
  const noSpecies = 'TITEL lines and "ions per type" do not name the element of every atom';
  return [
    ...last.issues,
    ...(last.hasForceTable ? [] : [issue('W_NO_FORCES', {}, where)]),
    ...(header.species === undefined ? [issue('W_NO_SPECIES', { names: noSpecies })] : []),
    ...energyIssues(header, last.step, { steps: steps.map((parsed) => parsed.step) }),
  ];
}

/** One issue for all fields that earlier steps lost: they are not used for the result, but they are missing. */
function earlierFields(steps: readonly ParsedStep[]): Issue[] {
  const damaged = steps.slice(0, -1).filter((parsed) => parsed.issues.length > 0);
  const first = damaged[0]?.issues[0];
  if (first === undefined) return [];
  const count = damaged.reduce((total, parsed) => total + parsed.issues.length, 0);
  return [issue('W_OVERFLOW', { field: `${count} field(s) of earlier ionic steps` }, first.where)];
}
