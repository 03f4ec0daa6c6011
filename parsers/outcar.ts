/**
 * OUTCAR, VASP 4.6 to 6.x: every ionic step, the settings, and how the run ended.
 *
 * The scanner jumps between blocks; nothing is read line by line but the header. A file may hold several appended runs:
 * the last header counts. A torn tail costs the unfinished step, never a wrong number (SCIENCE §1).
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import { issue } from '../model/issues.ts';
import { ByteScanner } from './shared/byte-scanner.ts';
import { knownValues } from './shared/known-values.ts';
import { readExtras } from './shared/outcar/extras.ts';
import { recordPlaces } from './shared/outcar/final-places.ts';
import { finalStructure } from './shared/outcar/final-structure.ts';
import type { Header } from './shared/outcar/header.ts';
import { ionicOutcome } from './shared/outcar/ionic-convergence.ts';
import { recordIssues, withoutRepeated } from './shared/outcar/record-issues.ts';
import { type Runs, readRuns } from './shared/outcar/runs.ts';
import { readTail } from './shared/outcar/tail.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { isScreenOutput } from './shared/screen-output.ts';

export const outcarParser: ParserDefinition = {
  format: 'outcar',
  title: 'OUTCAR, the main output of VASP',
  matchesName: (name) => /(?:^|[._-])OUTCAR(?:$|[._\d-])/.test(name),
  matchesContent: (head) => /(?:^\s*|\n {0,2})vasp\.\d/.test(head) && !isScreenOutput(head),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const scanner = new ByteScanner(source, options.windowBytes);
  const tail = options.tail === true ? readTail(source, scanner) : undefined;
  if (tail === undefined) return recordOf(scanner, readRuns(scanner, options.steps ?? 'all'), options);
  const record = recordOf(scanner, { starts: [tail.start], earlier: [], last: tail }, options);
  return { ...record, issues: [...record.issues, issue('I_TAIL_ONLY', {}, { byteOffset: tail.headerEnd })] };
}

function recordOf(scanner: ByteScanner, { starts, earlier, last: run }: Runs, options: ParseOptions): FileRecord {
  const { header, steps, ending } = run;
  if (header.version === undefined && run.headerEnd === scanner.sizeBytes && header.potcars.length === 0)
    return unreadable(scanner);
  // The header wins over what a step says.
  const settings = { ...steps.dispersion.values, ...header.settings };
  const final = steps.last;
  const structure = finalStructure(header, steps);
  const potcars = header.potcarsComplete ? header.potcars : undefined;
  const told = recordPlaces(header, final, knownValues({ structure, potcars }));
  const { maximumMemoryKilobytes } = ending;
  const computing = { ...header.computing, ...knownValues({ maximumMemoryKilobytes }) };
  const { places, issues, ...extras } = readExtras(scanner, run, options);
  return {
    format: 'outcar',
    completeness: ending.timing ? 'complete' : 'truncated',
    ...(header.version !== undefined && { version: header.version }),
    settings,
    ...(potcars !== undefined && { potcars }),
    ...(structure !== undefined && { structure }),
    ...(header.kpoints !== undefined && { kpoints: header.kpoints }),
    ionicStepCount: steps.count,
    steps: steps.kept,
    convergence: {
      electronic: final?.step.electronic ?? 'unknown',
      ionic: ionicOutcome(settings, final?.step, ending),
    },
    ...(ending.elapsedSeconds !== undefined && { elapsedSeconds: ending.elapsedSeconds }),
    ...(Object.keys(computing).length > 0 && { computing }),
    ...(earlier.length > 0 && { earlierRuns: earlier }),
    ...extras,
    places: { ...steps.dispersion.places, ...told, ...ending.places, ...places },
    issues: [
      ...withoutRepeated(
        recordIssues({
          header: { ...header, settings } satisfies Header,
          runs: starts,
          begun: run.begun,
          steps,
          ending,
          sizeBytes: scanner.sizeBytes,
        }),
        issues,
      ),
      ...issues,
    ],
  };
}

function unreadable(scanner: ByteScanner): FileRecord {
  const reason =
    scanner.sizeBytes === 0
      ? 'the file is empty'
      : 'no OUTCAR of VASP: expected a header "vasp.<version>", found neither header nor iterations nor POTCARs';
  return {
    format: 'outcar',
    completeness: 'unreadable',
    places: {},
    issues: [issue('E_UNREADABLE', { reason }, { line: 1, byteOffset: 0 })],
  };
}
