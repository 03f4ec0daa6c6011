/**
 * OSZICAR: one line per ionic step with F and E0, and one line per electronic step.
 *
 * It serves where an OUTCAR is missing (endpoints of a band) and tells the magnetisation. The mistakes avoided here: the
 * energies of the electronic lines lack the dispersion energy and are never used; electronic lines at the end without an
 * ionic line are an unfinished step; a line that lost its end (`E0= -.2821`) is no energy. Values have 8 digits here,
 * OUTCAR has more.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord, IonicStep, Place } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { notTextRecord, unreadableRecord } from './shared/fault.ts';
import { fileNameMatcher } from './shared/file-name.ts';
import { lineReader, quoted, type TextLine, whereOf } from './shared/line-reader.ts';
import { isStepLine, isWholeStepLine, readStepLine, type StepLine } from './shared/oszicar-step.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { unterminated } from './shared/torn-number.ts';

/** How many issues of earlier steps are kept: a run that blew up would repeat them thousands of times. */
const MAX_EARLIER_ISSUES = 20;
/** `DAV:   1 …`, `RMM:`, `CG :`, `SDA:`, `DMP:` …: a step was made whatever became of its numbers, which are not read. */
const ELECTRONIC_LINE = /^\s*[A-Z]{2,4}\s*:/;
/** Head of the electronic lines of a step. */
const ELECTRONIC_HEAD = /^\s*N\s+E\s+dE\s/;

export const oszicarParser: ParserDefinition = {
  format: 'oszicar',
  title: 'OSZICAR, the energies of the steps',
  matchesName: fileNameMatcher(['OSZICAR']),
  matchesContent: (head) => /^\s*N\s+E\s+dE\s+d eps/.test(head) || /^\s*\d+\s+F=\s*\S+\s+E0=/m.test(head),
  parse,
};

interface Reading {
  readonly steps: IonicStep[];
  readonly issues: Issue[];
  /** Of the last ionic line; those of earlier lines are in `issues`. */
  lastIssues: readonly Issue[];
  places: Record<string, Place>;
  /** Electronic lines since the last ionic one. */
  electronicStepCount: number;
  /** Set while a step is begun and not finished. */
  pending: TextLine | undefined;
  earlierRuns: number;
}

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('oszicar', source);
  if (notText !== undefined) return notText;
  const lines = lineReader(source, options);
  const reading: Reading = {
    steps: [],
    issues: [],
    lastIssues: [],
    places: {},
    electronicStepCount: 0,
    pending: undefined,
    earlierRuns: 0,
  };
  for (let line = lines.next(); line !== undefined; line = lines.next()) take(line, reading);
  const { steps, pending, places, earlierRuns } = reading;
  const issues = [...reading.issues, ...reading.lastIssues];
  if (steps.length === 0 && pending === undefined) {
    return unreadableRecord('oszicar', 'no OSZICAR of VASP: neither ionic nor electronic steps in it');
  }
  if (earlierRuns > 0) issues.push(issue('W_MULTIPLE_RUNS', { runs: earlierRuns + 1 }));
  // The moment stands last: a line with both energies may have lost it.
  if (pending !== undefined) issues.push(unfinished(pending, steps.length));
  else if (!issues.some(({ code }) => code === 'W_TRUNCATED')) issues.push(...unterminated(lines.last()));
  return {
    format: 'oszicar',
    completeness: pending === undefined ? 'complete' : 'truncated',
    ionicStepCount: steps.length,
    steps,
    places,
    issues,
  };
}

function take(line: TextLine, reading: Reading): void {
  if (ELECTRONIC_LINE.test(line.text)) {
    reading.electronicStepCount += 1;
    reading.pending = line;
  } else if (ELECTRONIC_HEAD.test(line.text)) {
    reading.pending = line;
  } else if (isStepLine(line.text)) {
    if (line.terminated || isWholeStepLine(line.text)) addStep(line, reading);
    else reading.pending = line;
  } else if (!line.terminated && line.text !== '') {
    reading.pending ??= line;
  }
}

function addStep(line: TextLine, reading: Reading): void {
  const found = readStepLine(line);
  const previous = reading.steps.at(-1)?.index ?? 0;
  // Past the width of its column the number is stars; the steps of a run are counted one by one.
  const index = found.number ?? previous + 1;
  if (index <= previous) reading.earlierRuns += 1;
  const { magnetisation, lost } = magnetisationOf(found, line, reading);
  reading.steps.push({
    index,
    ...(found.freeEnergyEv !== undefined && { freeEnergyEv: found.freeEnergyEv }),
    ...(found.energySigma0Ev !== undefined && { energySigma0Ev: found.energySigma0Ev }),
    ...(found.temperatureKelvin !== undefined && { temperatureKelvin: found.temperatureKelvin }),
    ...magnetisation,
    ...(reading.electronicStepCount > 0 && { electronicStepCount: reading.electronicStepCount }),
    electronic: 'unknown',
  });
  if (reading.issues.length < MAX_EARLIER_ISSUES) reading.issues.push(...reading.lastIssues);
  reading.lastIssues = [...found.issues, ...lost];
  reading.places = finalPlaces(found, magnetisation);
  reading.electronicStepCount = 0;
  reading.pending = undefined;
}

type Magnetisation = Pick<IonicStep, 'totalMagnetisationBohr' | 'magnetisationVectorBohr'>;

interface KnownMagnetisation {
  readonly magnetisation: Magnetisation;
  readonly lost: readonly Issue[];
}

/** On a line without line end one moment may be the first of three; only an earlier step can tell. */
function magnetisationOf(found: StepLine, line: TextLine, reading: Reading): KnownMagnetisation {
  const [x, y, z] = found.magnetisationBohr;
  if (x === undefined) return { magnetisation: {}, lost: [] };
  if (y !== undefined && z !== undefined) return { magnetisation: { magnetisationVectorBohr: [x, y, z] }, lost: [] };
  const collinear = line.terminated || reading.steps.some((step) => step.totalMagnetisationBohr !== undefined);
  if (collinear) return { magnetisation: { totalMagnetisationBohr: x }, lost: [] };
  const details = { expected: 'a line end after mag=', found: 'the end of the file' };
  return { magnetisation: {}, lost: [issue('W_TRUNCATED', details, whereOf(line))] };
}

function finalPlaces(found: StepLine, magnetisation: Magnetisation): Record<string, Place> {
  const places: Record<string, Place> = {};
  for (const [name, place] of Object.entries(found.places)) {
    if (name !== 'totalMagnetisationBohr') places[`final.${name}`] = place;
    // The moment stands in the record under the name that fits its shape, or not at all.
    else for (const shape of Object.keys(magnetisation)) places[`final.${shape}`] = place;
  }
  return places;
}

function unfinished(line: TextLine, steps: number): Issue {
  const found = `${steps} finished step(s), then ${quoted(line.text)} (file ends)`;
  return issue('E_TRUNCATED', { expected: 'a line "N F= … E0= …" after the electronic steps', found }, whereOf(line));
}
