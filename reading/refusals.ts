/**
 * What a screening is refused for after its folders were looked at, in the same words on the command line and in the
 * service.
 */
import type { FoundTree } from '../intake/find-runs.ts';
import { AdatomError } from '../model/errors.ts';
import type { Issue } from '../model/issues.ts';

/** A folder of something else altogether has a reason for each of its thousand links. */
const MOST_REASONS = 10;

/** Undefined when there is something to read. */
export function nothingFound(folders: readonly string[], found: FoundTree): AdatomError | undefined {
  if (found.runs.length > 0 || found.bands.length > 0) return undefined;
  const inputs = found.inputOnly.length;
  const hint = inputs > 0 ? `; ${inputs} folder(s) with inputs that have not been run` : '';
  const reasons = found.issues.slice(0, MOST_REASONS).map((entry) => `\n  ${entry.where.file ?? ''}: ${entry.message}`);
  const more = found.issues.length - reasons.length;
  if (more > 0) reasons.push(`\n  and ${more} more`);
  return new AdatomError(
    'unanswerable',
    `no calculation (OUTCAR, vasprun.xml, vaspout.h5, OSZICAR) in ${folders.join(', ')}${hint}${reasons.join('')}`,
  );
}

/** A statement that cannot be followed is a wrong request: an answer without it would look as if it had been. */
export function unfollowedManifest(issues: readonly Issue[]): AdatomError | undefined {
  const problems = issues.filter((entry) => entry.code === 'E_MANIFEST');
  if (problems.length === 0) return undefined;
  const lines = problems.map((entry) => `${entry.where.file ?? 'manifest'}: ${entry.message}`);
  return new AdatomError('request', lines.join('\n'));
}
