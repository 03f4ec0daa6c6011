/**
 * The parts of an OUTCAR in file order: the header of each run and its ionic steps.
 *
 * Steps are found by their `Iteration n( m)` lines, not by their force tables: molecular dynamics with NWRITE = 0 prints
 * tables only in the first and last step. Linear response prints further `Iteration` lines with the same n after the
 * forces; they belong to the step they follow.
 */
import type { ByteScanner } from '../byte-scanner.ts';
import { versionOfLine } from './header.ts';
import { type Iteration, iterationAt, lastOfLoop } from './iterations.ts';
import { boundedLine } from './labelled-value.ts';
import { type MarkWalker, markWalker } from './mark-walker.ts';
import { type MarkList, markList } from './marks.ts';

interface Part {
  readonly start: number;
  readonly end: number;
  readonly marks: MarkList;
}

/** What stands before the first electronic iteration of a run. */
export interface HeaderPart extends Part {
  readonly kind: 'header';
  /** It begins with a line that names the version; false for the start of a file without such a line. */
  readonly hasVersion: boolean;
}

/** One ionic step: from its first electronic iteration to the next step's. */
export interface StepSection extends Part {
  readonly kind: 'step';
  readonly iterations: readonly Iteration[];
  /** Of its run: the file ends behind it, or another run begins. */
  readonly isLast: boolean;
}

const NEWLINE = 10;
const MINUS = 45;
/** VASP 5.4 prints a blank line before the one that says where it runs. */
const LINES_TO_EXECUTED_ON = 2;
/** Blanks before the version. */
const MAXIMUM_INDENT = 2;

/**
 * The parts from `from` on, first a header, which may be empty. Each further header begins a new run: the bytes before it
 * belong to one that was followed by it.
 */
export function* runParts(scanner: ByteScanner, from = 0): Generator<HeaderPart | StepSection> {
  const walker = markWalker(scanner, from);
  let open: OpenPart = openHeader(from, false);
  let iterationLineEnd = 0;
  for (let mark = walker.next(); mark !== undefined; mark = walker.next()) {
    if (mark.name === 'version') {
      const start = versionLineStart(scanner, mark.offset);
      if (start === undefined) continue;
      yield closed(open, start, true);
      open = openHeader(start, true);
    } else if (mark.name !== 'iteration') {
      open.marks.add(mark);
    } else if (mark.offset >= iterationLineEnd) {
      const iteration = iterationAt(scanner, mark.offset);
      iterationLineEnd = iteration?.lineEnd ?? scanner.line(mark.offset).end;
      if (iteration === undefined) {
        // A damaged line, told by its ruler: the number of iterations is then not known.
        if (scanner.byte(mark.offset - 2) === MINUS) open.marks.add(mark);
        continue;
      }
      if (!belongsTo(open, iteration)) {
        yield closed(open, mark.offset, false);
        open = { kind: 'step', start: mark.offset, marks: markList(), iterations: [] };
      }
      iterationLineEnd = takeLoop(scanner, walker, open, iteration);
    }
  }
  yield closed(open, scanner.sizeBytes, true);
}

type OpenPart =
  | Omit<HeaderPart, 'end'>
  | (Omit<StepSection, 'end' | 'iterations' | 'isLast'> & { iterations: Iteration[] });

function openHeader(start: number, hasVersion: boolean): OpenPart {
  return { kind: 'header', start, marks: markList(), hasVersion };
}

/** Written out: spreads of every step take a twentieth of the time. */
function closed(part: OpenPart, end: number, isLast: boolean): HeaderPart | StepSection {
  const { start, marks } = part;
  return part.kind === 'step'
    ? { kind: 'step', start, end, marks, iterations: part.iterations, isLast }
    : { kind: 'header', start, end, marks, hasVersion: part.hasVersion };
}

/** A counter beyond its column is printed as stars; then a new step is told by its restarted electronic count. */
function belongsTo(part: OpenPart, iteration: Iteration): boolean {
  if (part.kind === 'header') return false;
  const previous = part.iterations.at(-1);
  if (previous === undefined) return false;
  if (Number.isNaN(iteration.ionic)) return iteration.electronic > previous.electronic;
  return iteration.ionic === part.iterations[0]?.ionic;
}

/** Adds the iteration and those that follow it at the usual distance; returns the end of the last one's line. */
function takeLoop(scanner: ByteScanner, walker: MarkWalker, part: OpenPart, first: Iteration): number {
  if (part.kind === 'header') return first.lineEnd;
  part.iterations.push(first);
  const last = lastOfLoop(scanner, part.iterations);
  if (last !== first) walker.continueBehind({ name: 'iteration', offset: last.offset });
  return last.lineEnd;
}

/** Start of the header line that names the version at `at`; undefined for a path or a remark. */
function versionLineStart(scanner: ByteScanner, at: number): number | undefined {
  const start = lineStartNear(scanner, at);
  if (start === undefined) return gluedHeaderStart(scanner, at);
  const line = boundedLine(scanner, start);
  const isHeader = line.terminated && versionOfLine(scanner.text(line.start, line.end)) !== undefined;
  return isHeader ? start : undefined;
}

/** A killed run ends inside a line, and the header of its restart stands behind it: ` vasp.5.4.4 … complex`, `executed on`. */
function gluedHeaderStart(scanner: ByteScanner, at: number): number | undefined {
  let line = boundedLine(scanner, at);
  if (!line.terminated || versionOfLine(scanner.text(at, line.end)) === undefined) return undefined;
  for (let behind = 0; behind < LINES_TO_EXECUTED_ON && line.terminated; behind += 1) {
    line = boundedLine(scanner, line.next);
    if (scanner.text(line.start, line.end).startsWith(' executed on ')) return at;
  }
  return undefined;
}

/** Start of the line if it lies at most the indent before `at`. Searching further back is quadratic in a file without line ends. */
function lineStartNear(scanner: ByteScanner, at: number): number | undefined {
  for (let start = at; start >= Math.max(0, at - MAXIMUM_INDENT); start -= 1) {
    if (start === 0 || scanner.byte(start - 1) === NEWLINE) return start;
  }
  return undefined;
}
