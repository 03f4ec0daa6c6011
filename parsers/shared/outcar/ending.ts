/**
 * How a run ended: its timing block, and whether the relaxation says it reached its accuracy.
 */
import type { Place } from '../../../model/calculation.ts';
import type { Issue } from '../../../model/issues.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { labelledAt, valueBehind } from './labelled-value.ts';
import type { MarkList } from './marks.ts';
import { lostTime } from './unparseable.ts';

export interface Ending {
  /** `General timing and accounting informations for this job` is there: the run ended by itself. */
  readonly timing: boolean;
  readonly elapsedSeconds?: number;
  readonly requiredAccuracy: boolean;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

const ELAPSED = needle('Elapsed time (sec):');

/** Reads what stands in the last part of the run: its last ionic step, or its header. */
export function readEnding(scanner: ByteScanner, part: { readonly marks: MarkList; readonly end: number }): Ending {
  const timing = part.marks.first('timing');
  const elapsed = timing < 0 ? -1 : scanner.indexOf(ELAPSED, timing, part.end);
  const label = elapsed < 0 ? undefined : labelledAt(scanner, elapsed, ELAPSED);
  const seconds = label === undefined ? undefined : valueBehind(scanner, label);
  const known = seconds !== undefined && Number.isFinite(seconds.value);
  return {
    timing: timing >= 0,
    requiredAccuracy: part.marks.first('requiredAccuracy') >= 0,
    ...(known && { elapsedSeconds: seconds.value }),
    issues: timing < 0 || known ? [] : [lostTime(scanner, 'the elapsed time in seconds', label?.at ?? timing)],
    places: known ? { elapsedSeconds: seconds.place } : {},
  };
}
