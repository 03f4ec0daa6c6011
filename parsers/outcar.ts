/**
 * OUTCAR, VASP 4.6 to 6.x: every ionic step, the settings, and how the run ended.
 *
 * The scanner jumps between blocks; nothing is read line by line but the header. A file may hold several appended runs:
 * the last header counts. A torn tail costs the unfinished step, never a wrong number (SCIENCE §1).
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord, Place } from '../model/calculation.ts';
import { issue } from '../model/issues.ts';
import { ByteScanner } from './shared/byte-scanner.ts';
import { dispersionSettings } from './shared/outcar/dispersion-settings.ts';
import { readEnding } from './shared/outcar/ending.ts';
import { finalStructure } from './shared/outcar/final-structure.ts';
import { type Header, readHeader } from './shared/outcar/header.ts';
import { ionicOutcome } from './shared/outcar/ionic-convergence.ts';
import type { ParsedStep } from './shared/outcar/ionic-step.ts';
import { firstMachineLearned } from './shared/outcar/machine-learned.ts';
import { recordIssues } from './shared/outcar/record-issues.ts';
import { findRuns, findStepSections } from './shared/outcar/sections.ts';
import { readSteps } from './shared/outcar/steps.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';

export const outcarParser: ParserDefinition = {
  format: 'outcar',
  title: 'OUTCAR, the main output of VASP',
  matchesName: (name) => /(?:^|[._-])OUTCAR(?:$|[._\d-])/.test(name),
  matchesContent: (head) => /^\s*vasp\.\d/.test(head) || /\n {0,2}vasp\.\d/.test(head),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const scanner = new ByteScanner(source, options.windowBytes);
  const runs = findRuns(scanner);
  const start = runs.at(-1) ?? 0;
  const sections = findStepSections(scanner, start);
  const firstIteration = sections[0]?.start ?? scanner.sizeBytes;
  const learned = firstMachineLearned(scanner, start, firstIteration);
  const headerEnd = learned < 0 ? firstIteration : learned;
  const header = readHeader(scanner, start, headerEnd);
  if (header.version === undefined && headerEnd === scanner.sizeBytes && header.potcars.length === 0)
    return unreadable(scanner);
  const ending = readEnding(scanner, sections.at(-1)?.start ?? start);
  const steps = readSteps(scanner, { header, headerEnd, sections, ended: ending.timing });
  const settings = { ...dispersionOf(scanner, steps[0]), ...header.settings };
  const last = steps.at(-1);
  const structure = finalStructure(header, steps);
  return {
    format: 'outcar',
    completeness: ending.timing ? 'complete' : 'truncated',
    ...(header.version !== undefined && { version: header.version }),
    settings,
    ...(header.potcarsComplete && { potcars: header.potcars }),
    ...(structure !== undefined && { structure }),
    ...(header.kpoints !== undefined && { kpoints: header.kpoints }),
    ionicStepCount: steps.length,
    steps: steps.map((parsed) => parsed.step),
    convergence: {
      electronic: last?.step.electronic ?? 'unknown',
      ionic: ionicOutcome(settings, last?.step, ending),
    },
    ...(ending.elapsedSeconds !== undefined && { elapsedSeconds: ending.elapsedSeconds }),
    places: { ...header.places, ...finalPlaces(last?.places ?? {}), ...ending.places },
    issues: recordIssues({
      header: { ...header, settings } satisfies Header,
      runs,
      sections,
      steps,
      ending,
      sizeBytes: scanner.sizeBytes,
    }),
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

/** Old versions name the dispersion method only beside its energy, often in the first step alone. The header wins. */
function dispersionOf(scanner: ByteScanner, first: ParsedStep | undefined) {
  const place = first?.places.dispersionEnergyEv;
  return place === undefined ? {} : dispersionSettings(scanner, place.byteOffset);
}

function finalPlaces(places: Readonly<Record<string, Place>>): Record<string, Place> {
  return Object.fromEntries(Object.entries(places).map(([name, place]) => [`final.${name}`, place]));
}
