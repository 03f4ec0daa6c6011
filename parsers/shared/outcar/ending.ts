/**
 * How a run ended: its timing block, and whether the relaxation says it reached its accuracy.
 */
import type { Place } from '../../../model/calculation.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { labelledAt, valueBehind } from './labelled-value.ts';

export interface Ending {
  /** `General timing and accounting informations for this job` is there: the run ended by itself. */
  readonly timing: boolean;
  readonly elapsedSeconds?: number;
  readonly requiredAccuracy: boolean;
  readonly places: Readonly<Record<string, Place>>;
}

const TIMING = needle('General timing and accounting informations for this job');
const ELAPSED = needle('Elapsed time (sec):');
const REQUIRED_ACCURACY = needle('reached required accuracy - stopping structural energy minimisation');

/** Reads what follows `from`, the start of the last ionic step (or of the run). */
export function readEnding(scanner: ByteScanner, from: number): Ending {
  const timing = scanner.indexOf(TIMING, from);
  const elapsed = timing < 0 ? -1 : scanner.indexOf(ELAPSED, timing);
  const label = elapsed < 0 ? undefined : labelledAt(scanner, elapsed, ELAPSED);
  const seconds = label === undefined ? undefined : valueBehind(scanner, label);
  const known = seconds !== undefined && Number.isFinite(seconds.value);
  return {
    timing: timing >= 0,
    requiredAccuracy: scanner.indexOf(REQUIRED_ACCURACY, from) >= 0,
    ...(known && { elapsedSeconds: seconds.value }),
    places: known ? { elapsedSeconds: seconds.place } : {},
  };
}
