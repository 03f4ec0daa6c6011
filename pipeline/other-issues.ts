/**
 * What remains to be told of an output when the values come from a better one.
 *
 * The mistake avoided here: an OSZICAR that was cut off while it was copied, or a vasprun.xml that is no XML, blocks the
 * energy of a complete OUTCAR. Its faults are named and block nothing; what both files say is told once.
 */
import { type Issue, type IssueCode, issue } from '../model/issues.ts';
import type { RunOutput } from './run-outputs.ts';

/** Of one file only: another file of the run tells it, or says the same in its own words. */
const SILENT: ReadonlySet<IssueCode> = new Set([
  'W_NO_VERSION',
  'W_NO_FORCES',
  'W_NO_SPECIES',
  'W_NO_EDISP',
  'W_CONVERGENCE_UNKNOWN',
  'W_MULTIPLE_RUNS',
  'I_TAIL_ONLY',
]);

/** Each with the file it stands in. */
export function otherIssues(main: RunOutput, other: RunOutput): Issue[] {
  const told = new Set(main.record.issues.map(({ code }) => code));
  return other.record.issues.flatMap((entry): Issue[] => {
    const where = { file: other.path, ...entry.where };
    if (SILENT.has(entry.code) && (told.has(entry.code) || main.final !== undefined)) return [];
    if (entry.severity !== 'error' && entry.code !== 'W_TRUNCATED')
      return told.has(entry.code) ? [] : [{ ...entry, where }];
    const reason = `${entry.message} (${main.path} is used)`;
    return [issue('I_NOT_READ', { reason }, where)];
  });
}
