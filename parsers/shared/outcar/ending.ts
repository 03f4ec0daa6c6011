/**
 * How a run ended: its timing block, and whether the relaxation says it reached its accuracy.
 */
import type { Place } from '../../../model/calculation.ts';
import type { Issue } from '../../../model/issues.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { knownValues } from '../known-values.ts';
import { labelledAt, valueBehind } from './labelled-value.ts';
import type { MarkList } from './marks.ts';
import { lostTime } from './unparseable.ts';

export interface Ending {
  /** `General timing and accounting informations for this job` is there: the run ended by itself. */
  readonly timing: boolean;
  readonly elapsedSeconds?: number;
  readonly maximumMemoryKilobytes?: number;
  readonly requiredAccuracy: boolean;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

const ELAPSED = needle('Elapsed time (sec):');
const MEMORY = needle('Maximum memory used (kb):');
/** The last line of the block. */
const LAST = needle('context switches');
/** The block has a dozen lines. */
const BLOCK_BYTES = 1200;

/** Reads what stands in the last part of the run: its last ionic step, or its header. */
export function readEnding(scanner: ByteScanner, part: { readonly marks: MarkList; readonly end: number }): Ending {
  const timing = part.marks.first('timing');
  const places: Record<string, Place> = {};
  const issues: Issue[] = [];
  const read = (name: string, label: Uint8Array): number | undefined => {
    const at = timing < 0 ? -1 : scanner.indexOf(label, timing, Math.min(part.end, timing + BLOCK_BYTES));
    const line = at < 0 ? undefined : labelledAt(scanner, at, label);
    const field = line === undefined ? undefined : valueBehind(scanner, line);
    // VASP prints a memory of 0 where the system does not tell it.
    if (label === MEMORY && field?.value === 0) return undefined;
    if (field !== undefined && Number.isFinite(field.value)) {
      places[name] = field.place;
      return field.value;
    }
    // Old versions do not measure the memory; a block that is cut may have lost it.
    const isLost = timing >= 0 && (label === ELAPSED || at >= 0 || scanner.indexOf(LAST, timing, part.end) < 0);
    if (isLost) issues.push(lostTime(scanner, WORDS[name] ?? name, at < 0 ? timing : at));
    return undefined;
  };
  return {
    timing: timing >= 0,
    requiredAccuracy: part.marks.first('requiredAccuracy') >= 0,
    ...knownValues({
      elapsedSeconds: read('elapsedSeconds', ELAPSED),
      maximumMemoryKilobytes: read('computing.maximumMemoryKilobytes', MEMORY),
    }),
    issues,
    places,
  };
}

const WORDS: Readonly<Record<string, string>> = {
  elapsedSeconds: 'the elapsed time in seconds',
  'computing.maximumMemoryKilobytes': 'the memory in kB',
};
