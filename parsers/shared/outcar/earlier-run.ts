/**
 * What is told of a run that was followed by another one in the same file (a restart that appends, a chain of killed runs).
 *
 * The mistake avoided here: dropping it silently. Its energy is of another geometry or of other settings and never counts,
 * but it shows where the run that counts came from.
 */
import type { EarlierRun } from '../../../model/calculation.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { knownValues } from '../known-values.ts';
import { boundedLine } from './labelled-value.ts';
import type { Run } from './runs.ts';

/** Undefined for bytes before a header that hold no run. */
export function earlierRun(scanner: ByteScanner, run: Run, hasHeader: boolean): EarlierRun | undefined {
  const { header, steps, ending, start } = run;
  if (!hasHeader && steps.count === 0) return undefined;
  const { last } = steps;
  return {
    ...knownValues({
      version: header.version,
      energySigma0Ev: last?.machineLearned === false ? last.step.energySigma0Ev : undefined,
    }),
    place: { byteOffset: start, byteLength: hasHeader ? boundedLine(scanner, start).end - start : 0 },
    ionicStepCount: steps.count,
    completeness: ending.timing ? 'complete' : 'truncated',
  };
}
