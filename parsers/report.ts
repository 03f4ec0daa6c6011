/**
 * REPORT: what VASP's advanced molecular dynamics (MDALGO) logs of every step: energies, temperature, constraints with
 * their blue-moon terms, biased coordinates.
 *
 * A run without such dynamics leaves an empty REPORT. The mistake avoided here: counting the step that the end of the
 * file cuts: a last step counts when it has the same lines as the step before it. What the wiki does not name (`t_b>`,
 * `p_b>`) is not read. Source: VASP wiki, Blue moon ensemble calculations, MDALGO, ICONST.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord, Place } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { MolecularDynamicsStep } from '../model/molecular-dynamics.ts';
import { notTextRecord, unreadableRecord } from './shared/fault.ts';
import { quoted, type TextLine, whereOf } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { type StepReader, stepReader } from './shared/report/step.ts';
import { rowReader } from './shared/row-reader.ts';

/** A run that blew up would repeat its issues thousands of times. */
const MAX_ISSUES = 20;
const STEP_HEAD = /^\s*MD step No\.\s*(.*?)\s*$/;
/** Longest line that is looked at. */
const LINE_BYTES = 256;
const GREATER = 62;
const LETTER_M = 77;
const DOCUMENT = /\.(?:txt|log|out|docx?|rtf|odt|md|tex|pdf|html?|json|ya?ml|csv|xml|py|sh)$/i;

export const reportParser: ParserDefinition = {
  format: 'report',
  title: 'REPORT, the log of constrained and biased molecular dynamics',
  matchesName: (name) => /^(?:.*[._-])?REPORT(?:[._-]?\d{1,3}|[._-][a-z]+\d*)?$/.test(name) && !DOCUMENT.test(name),
  matchesContent: (head) => /^\s*MDALGO\s*=\s*(?:\d|\*)/m.test(head) && /^\s*(?:RANDOM_SEED|SHAKETOL)\s*=/m.test(head),
  parse,
};

interface Reading {
  readonly keepAll: boolean;
  readonly steps: MolecularDynamicsStep[];
  readonly issues: Issue[];
  count: number;
  lastIndex: number;
  lastShape: string | undefined;
  places: Readonly<Record<string, Place>>;
  earlierRuns: number;
  start: number;
  end: number;
}

interface OpenStep {
  readonly index: number;
  readonly reader: StepReader;
  readonly head: TextLine;
  end: number;
}

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  if (source.sizeBytes === 0) return emptyRecord();
  const notText = notTextRecord('report', source);
  if (notText !== undefined) return notText;
  const lines = rowReader(source, options);
  const reading: Reading = {
    keepAll: options.steps !== 'last',
    steps: [],
    issues: [],
    count: 0,
    lastIndex: 0,
    lastShape: undefined,
    places: {},
    earlierRuns: 0,
    start: 0,
    end: 0,
  };
  let open: OpenStep | undefined;
  for (let row = lines.row(); row !== undefined; row = lines.row()) {
    if (!isOfInterest(row)) continue;
    const line = lines.last();
    if (line === undefined || !line.terminated) break;
    const head = STEP_HEAD.exec(line.text);
    if (head !== null) {
      if (open !== undefined) close(open, reading);
      open = openStep(head[1] ?? '', open?.index ?? 0, line);
      // Past the width of its column the number is stars; anything else there is damage.
      if (!/^(?:\d{1,15}|\*+)$/.test(head[1] ?? '')) badNumber(line, reading);
    } else if (open?.reader.take(line)) open.end = line.end;
  }
  if (open === undefined) return noSteps();
  const last = lines.last();
  const cut = last?.terminated === false ? last : undefined;
  return recordOf(reading, open, cut);
}

function isOfInterest(row: Uint8Array): boolean {
  if (row.length > LINE_BYTES) return false;
  return row.includes(GREATER) || row.includes(LETTER_M);
}

function badNumber(line: TextLine, { issues }: Reading): void {
  if (issues.length >= MAX_ISSUES) return;
  issues.push(issue('E_UNPARSEABLE', { expected: 'the number of a step', found: quoted(line.text) }, whereOf(line)));
}

function openStep(printed: string, previous: number, head: TextLine): OpenStep {
  const index = /^\d{1,15}$/.test(printed) ? Number(printed) : previous + 1;
  return { index, reader: stepReader(index), head, end: head.end };
}

function close({ index, reader, head, end }: OpenStep, reading: Reading): void {
  if (reading.count === 0) reading.start = head.start;
  else if (index <= reading.lastIndex) reading.earlierRuns += 1;
  if (reading.keepAll) reading.steps.push(reader.step());
  else reading.steps[0] = reader.step();
  if (reading.issues.length < MAX_ISSUES) reading.issues.push(...reader.issues());
  reading.count += 1;
  reading.lastIndex = index;
  reading.lastShape = reader.shape();
  reading.places = reader.places();
  reading.end = end;
}

function recordOf(reading: Reading, last: OpenStep, cut: TextLine | undefined): FileRecord {
  const shape = last.reader.shape();
  const isWhole = reading.lastShape === undefined ? /\be_b\b/.test(shape) : shape === reading.lastShape;
  if (isWhole) close(last, reading);
  const { steps, count, issues, earlierRuns, start, end } = reading;
  const isCut = cut !== undefined || !isWhole;
  const found = cut === undefined ? `only a part of step ${last.index} (file ends)` : `${quoted(cut.text)} (file ends)`;
  const torn = issue('E_TRUNCATED', { expected: 'the lines that every step has', found }, whereOf(cut ?? last.head));
  const runs = earlierRuns > 0 ? [issue('W_MULTIPLE_RUNS', { runs: earlierRuns + 1 })] : [];
  const named = Object.entries(reading.places).map(([name, place]) => [`molecularDynamics.final.${name}`, place]);
  return {
    format: 'report',
    completeness: isCut ? 'truncated' : 'complete',
    ionicStepCount: count,
    ...(count > 0 && { molecularDynamics: steps }),
    places: {
      ...(count > 0 && { molecularDynamics: { byteOffset: start, byteLength: end - start } }),
      ...Object.fromEntries(named),
    },
    issues: [...issues, ...runs, ...(isCut ? [torn] : [])],
  };
}

function emptyRecord(): FileRecord {
  const reason = 'the file is empty, as runs without such molecular dynamics leave it';
  return { format: 'report', completeness: 'complete', places: {}, issues: [issue('I_NOT_READ', { reason })] };
}

function noSteps(): FileRecord {
  return unreadableRecord('report', 'no REPORT of VASP with steps: expected "MD step No. n"');
}
