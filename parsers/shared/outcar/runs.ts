/**
 * The runs of an OUTCAR: usually one, more where a run was restarted into the same file. The last header counts.
 *
 * A run is read while the file is walked, before it is known whether another one follows; what was read of an earlier
 * one is then dropped but for its summary.
 */
import type { EarlierRun } from '../../../model/calculation.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { earlierRun } from './earlier-run.ts';
import { type Ending, readEnding } from './ending.ts';
import { type Header, readHeader } from './header.ts';
import { firstMachineLearned } from './machine-learned.ts';
import type { BegunSteps } from './record-issues.ts';
import { type HeaderPart, runParts, type StepSection } from './sections.ts';
import { type RunSteps, type StepReader, stepReader } from './steps.ts';

export interface Run {
  readonly start: number;
  readonly headerEnd: number;
  readonly header: Header;
  readonly begun: BegunSteps;
  /** The ionic steps that begin and end the run, complete or not. */
  readonly firstSection?: StepSection;
  readonly lastSection?: StepSection;
  readonly steps: RunSteps;
  readonly ending: Ending;
}

export interface Runs {
  /** Offsets of the version headers, one for each run. */
  readonly starts: readonly number[];
  readonly earlier: readonly EarlierRun[];
  readonly last: Run;
}

export function readRuns(scanner: ByteScanner, keep: 'all' | 'last'): Runs {
  const starts: number[] = [];
  const earlier: EarlierRun[] = [];
  let run: OpenRun | undefined;
  for (const part of runParts(scanner)) {
    if (part.kind === 'step') run?.add(part);
    else {
      const before = run === undefined ? undefined : earlierRun(scanner, run.finish(), starts.length > 0);
      if (before !== undefined) earlier.push(before);
      if (part.hasVersion) starts.push(part.start);
      run = openRun(scanner, part, keep);
    }
  }
  if (run === undefined) throw new Error('an OUTCAR begins with a header part, which may be empty');
  return { starts, earlier, last: run.finish() };
}

interface OpenRun {
  readonly add: (section: StepSection) => void;
  readonly finish: () => Run;
}

function openRun(scanner: ByteScanner, part: HeaderPart, keep: 'all' | 'last'): OpenRun {
  const learned = firstMachineLearned(part.marks, part.start, part.end);
  const headerEnd = learned < 0 ? part.end : learned;
  const header = readHeader(scanner, part.start, headerEnd);
  const reader: StepReader = stepReader(scanner, { header, part, headerEnd }, keep);
  let count = 0;
  let first: StepSection | undefined;
  let last: StepSection | undefined;
  return {
    add: (section) => {
      first ??= section;
      last = section;
      count += 1;
      reader.add(section);
    },
    finish: () => {
      const ending = readEnding(scanner, last ?? part);
      const lastIteration = last?.iterations.at(-1);
      const begun = {
        count,
        ...(first !== undefined && { firstStart: first.start }),
        ...(lastIteration !== undefined && { lastIteration }),
      };
      const sections = {
        ...(first !== undefined && { firstSection: first }),
        ...(last !== undefined && { lastSection: last }),
      };
      return { start: part.start, headerEnd, header, begun, ...sections, steps: reader.finish(ending.timing), ending };
    },
  };
}
