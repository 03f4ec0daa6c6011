/**
 * What is wrong with a run as a whole: how it ended, what its last step lacks, and what earlier steps lost.
 */
import { type Issue, issue } from '../../../model/issues.ts';
import type { Ending } from './ending.ts';
import { energyIssues } from './energy-checks.ts';
import type { Header } from './header.ts';
import type { ParsedStep } from './ionic-step.ts';
import type { Iteration } from './iterations.ts';
import { MAGNETISATION_BLOCK } from './magnetisation-table.ts';
import type { EarlierSteps, RunSteps } from './steps.ts';

/** The steps whose electronic loop began, whether they are complete or not. */
export interface BegunSteps {
  readonly count: number;
  readonly firstStart?: number;
  readonly lastIteration?: Iteration;
}

export interface RunFindings {
  readonly header: Header;
  /** Offsets of the version headers in the file. */
  readonly runs: readonly number[];
  readonly begun: BegunSteps;
  readonly steps: RunSteps;
  readonly ending: Ending;
  readonly sizeBytes: number;
}

export function recordIssues(run: RunFindings): Issue[] {
  const { header, runs, steps } = run;
  const { last } = steps;
  return [
    ...(header.version === undefined ? [issue('W_NO_VERSION', {})] : []),
    ...(runs.length > 1 ? [issue('W_MULTIPLE_RUNS', { runs: runs.length }, { byteOffset: runs.at(-1) ?? 0 })] : []),
    ...endIssues(run),
    ...header.issues,
    ...steps.dispersion.issues,
    ...earlierFields(steps.earlier),
    ...(last === undefined ? [] : lastStepIssues(header, last, steps.earlier)),
  ];
}

/** The table of moments is read for their largest and for all of them: its damage is told where its row is known. */
export function withoutRepeated(ofSteps: readonly Issue[], ofTables: readonly Issue[]): Issue[] {
  const isTold = ofTables.some(({ where }) => where.block === MAGNETISATION_BLOCK);
  return ofSteps.filter(({ code, where }) => !(isTold && code === 'W_OVERFLOW' && where.block === MAGNETISATION_BLOCK));
}

function endIssues({ ending, begun, steps, sizeBytes }: RunFindings): Issue[] {
  const issues: Issue[] = [...ending.issues];
  if (!ending.timing) {
    const found = `the file ends after ${steps.count} complete ionic step(s)${unfinished(begun, steps.count)}`;
    const expected = '"General timing and accounting informations for this job"';
    issues.push(issue('E_TRUNCATED', { expected, found }, { byteOffset: sizeBytes }));
  }
  if (steps.count === 0) {
    const where = { byteOffset: begun.firstStart ?? sizeBytes };
    issues.push(issue('E_UNREADABLE', { reason: 'no complete ionic step' }, where));
  }
  return issues;
}

function unfinished({ count, lastIteration }: BegunSteps, complete: number): string {
  if (lastIteration === undefined || count <= complete) return '';
  return `, in electronic iteration ${lastIteration.electronic} of step ${count}`;
}

function lastStepIssues(header: Header, last: ParsedStep, earlier: EarlierSteps): Issue[] {
  const where = { byteOffset: last.offset };
  if (last.machineLearned) return [issue('E_ML_ENERGY', {}, where), ...last.issues];
  const noSpecies = 'TITEL lines and "ions per type" do not name the element of every atom';
  return [
    ...last.issues,
    ...(last.hasForceTable ? [] : [issue('W_NO_FORCES', {}, where)]),
    ...(header.species === undefined ? [issue('W_NO_SPECIES', { names: noSpecies })] : []),
    ...energyIssues(header, last.step, earlier),
  ];
}

/** One issue for all fields that earlier steps lost: they are not used for the result, but they are missing. */
function earlierFields({ damagedFields, firstDamage }: EarlierSteps): Issue[] {
  if (firstDamage === undefined) return [];
  return [issue('W_OVERFLOW', { field: `${damagedFields} field(s) of earlier ionic steps` }, firstDamage)];
}
