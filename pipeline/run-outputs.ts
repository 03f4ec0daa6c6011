/**
 * Which output of a run the values come from, and which others tell of the same run.
 *
 * A run writes the same numbers into OUTCAR, vasprun.xml, vaspout.h5 and OSZICAR. The mistakes avoided here: a final
 * state put together from two files that stopped at different steps; and a file that an earlier run left behind, taken
 * for a second opinion on this one. Every value of the final state comes from one step of one file.
 */
import type { FileRecord, IonicStep } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { formula } from '../model/structure.ts';
import { OUTPUT_KINDS, type ReadFile, type ReadRun } from './read-tree.ts';
import { energiesDiffer } from './source-energies.ts';
import { differentSettings } from './source-settings.ts';

export interface RunOutput {
  readonly path: string;
  readonly record: FileRecord;
  /** Complete ionic steps of the run that counts. */
  readonly stepCount: number;
  readonly final?: IonicStep;
}

export interface RunOutputs {
  /** The output that the values come from; undefined when the run has none. */
  readonly main?: RunOutput;
  /** Outputs that tell of the same run, best first. */
  readonly others: readonly RunOutput[];
  readonly setAside: readonly RunOutput[];
  /** Why an output was set aside, or another one than the best is used. */
  readonly issues: readonly Issue[];
}

export function runOutputs(run: ReadRun): RunOutputs {
  const outputs = OUTPUT_KINDS.flatMap((kind) => {
    const file = run.files[kind];
    return file === undefined ? [] : [outputOf(file)];
  });
  const [first] = outputs;
  if (first === undefined) return { others: [], setAside: [], issues: [] };
  const main = outputs.slice(1).reduce((chosen, other) => (isBetter(other, chosen) ? other : chosen), first);
  const rest = outputs.filter((output) => output !== main);
  const issues = main === first ? [] : [usedInstead(main, first)];
  const setAside = rest.filter((output) => {
    const reason = otherRun(main, output);
    if (reason !== undefined) issues.push(issue('I_NOT_READ', { reason }, { file: output.path }));
    return reason !== undefined;
  });
  return { main, others: rest.filter((output) => !setAside.includes(output)), setAside, issues };
}

function outputOf({ identity, record }: ReadFile): RunOutput {
  const final = record.steps?.at(-1);
  // An OSZICAR may hold the lines of several runs, and its numbers count from 1 in each.
  const counted = record.format === 'oszicar' ? final?.index : record.ionicStepCount;
  const stepCount = counted ?? record.steps?.length ?? 0;
  return { path: identity.path, record, stepCount, ...(final !== undefined && { final }) };
}

/** Whether the energies of the final step are there. */
export function tells({ final, record }: RunOutput): boolean {
  return (
    record.completeness !== 'unreadable' && final?.freeEnergyEv !== undefined && final.energySigma0Ev !== undefined
  );
}

/**
 * An output of lower order is better when it tells what the higher one lost, never by an earlier step. OSZICAR tells
 * neither settings nor convergence: it stands for no other file.
 */
function isBetter(other: RunOutput, chosen: RunOutput): boolean {
  if (other.record.format === 'oszicar' || !tells(other) || other.stepCount < chosen.stepCount) return false;
  if (otherRun(chosen, other) !== undefined) return false;
  if (!tells(chosen)) return chosen.record.completeness === 'unreadable' || !isMachineLearned(chosen);
  if (chosen.record.completeness === 'complete') return false;
  return other.stepCount > chosen.stepCount || other.record.completeness === 'complete';
}

/** A step of a force field has no DFT energy: that is no loss that another file could make good. */
function isMachineLearned({ record }: RunOutput): boolean {
  return record.issues.some(({ code }) => code === 'E_ML_ENERGY');
}

function usedInstead(main: RunOutput, first: RunOutput): Issue {
  const reason = tells(first)
    ? `the latter ends early, after ${first.stepCount} complete ionic step(s)`
    : 'the latter tells no energy of its last step';
  const used = `the former has ${main.stepCount} and is ${main.record.completeness}`;
  return issue(
    'W_OTHER_SOURCE',
    { used: main.path, instead: first.path, reason: `${reason}; ${used}` },
    { file: first.path },
  );
}

/** Why an output was written by another run than `main`; undefined when nothing says so. */
function otherRun(main: RunOutput, other: RunOutput): string | undefined {
  const [ours, theirs] = [main.record.structure?.species, other.record.structure?.species];
  if (ours !== undefined && theirs !== undefined && formula(ours) !== formula(theirs)) {
    return `it holds ${formula(theirs)}, ${main.path} holds ${formula(ours)}: it belongs to another run`;
  }
  const tags = differentSettings(main.record, other.record);
  // One tag may be told in two ways; another result with it is another run.
  if (tags.length === 0 || !(main.stepCount !== other.stepCount || energiesDiffer(main, other))) return undefined;
  const list = tags.map(({ tag, left, right }) => `${tag} = ${right} (not ${left})`).join(', ');
  return `it was run with ${list} and has another result than ${main.path}: it belongs to another run`;
}
