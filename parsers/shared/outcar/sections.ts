/**
 * Where the runs and the ionic steps of an OUTCAR begin and end.
 *
 * Steps are found by their `Iteration n( m)` lines, not by their force tables: molecular dynamics with NWRITE = 0 prints
 * tables only in the first and last step. Linear response prints further `Iteration` lines with the same n after the
 * forces; they belong to the step they follow.
 */
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { versionOfLine } from './header.ts';
import { boundedLine } from './labelled-value.ts';

/** One ionic step: [start, end) from its first electronic iteration to the next step's. */
export interface StepSection {
  readonly start: number;
  readonly end: number;
  /** Offsets of the `Iteration` lines and their electronic numbers, in order. */
  readonly iterations: readonly { readonly offset: number; readonly electronic: number }[];
}

const NEWLINE = 10;
const VERSION_NEEDLE = needle('vasp.');
const ITERATION_NEEDLE = needle('Iteration ');
/** Blanks before the version. */
const MAXIMUM_INDENT = 2;

/** Offsets of the version headers: one for each appended run. */
export function findRuns(scanner: ByteScanner): number[] {
  const runs: number[] = [];
  let at = scanner.indexOf(VERSION_NEEDLE, 0);
  while (at >= 0) {
    // The header is the only line that begins with the version; `vasp.` elsewhere is a path or a remark.
    const start = lineStartNear(scanner, at);
    const line = start === undefined ? undefined : boundedLine(scanner, start);
    if (line?.terminated === true && versionOfLine(scanner.text(line.start, line.end)) !== undefined) {
      runs.push(line.start);
    }
    at = scanner.indexOf(VERSION_NEEDLE, at + VERSION_NEEDLE.length);
  }
  return runs;
}

/** Start of the line if it lies at most the indent before `at`. Searching further back is quadratic in a file without line ends. */
function lineStartNear(scanner: ByteScanner, at: number): number | undefined {
  for (let start = at; start >= Math.max(0, at - MAXIMUM_INDENT); start -= 1) {
    if (start === 0 || scanner.byte(start - 1) === NEWLINE) return start;
  }
  return undefined;
}

/** Ionic steps of the run that starts at `start`, in file order; empty when no iteration was begun. */
export function findStepSections(scanner: ByteScanner, start: number): StepSection[] {
  const sections: { start: number; ionic: number; iterations: { offset: number; electronic: number }[] }[] = [];
  let at = scanner.indexOf(ITERATION_NEEDLE, start);
  while (at >= 0) {
    const lineEnd = scanner.line(at).end;
    const numbers = iterationNumbers(scanner.text(at, Math.min(lineEnd, at + 60)));
    if (numbers !== undefined) {
      const open = sections.at(-1);
      const previous = open?.iterations.at(-1)?.electronic ?? Number.POSITIVE_INFINITY;
      const sameStep =
        open !== undefined &&
        // A counter beyond its column is printed as stars; then a new step is told by its restarted electronic count.
        (Number.isNaN(numbers.ionic) ? numbers.electronic > previous : numbers.ionic === open.ionic);
      const iteration = { offset: at, electronic: numbers.electronic };
      if (sameStep) open.iterations.push(iteration);
      else sections.push({ start: at, ionic: numbers.ionic, iterations: [iteration] });
    }
    at = scanner.indexOf(ITERATION_NEEDLE, lineEnd);
  }
  return sections.map((section, index) => ({
    start: section.start,
    end: sections[index + 1]?.start ?? scanner.sizeBytes,
    iterations: section.iterations,
  }));
}

/** `Iteration     12(   3)`; ionic is NaN when it overflowed its column. */
function iterationNumbers(text: string): { ionic: number; electronic: number } | undefined {
  const match = /^Iteration\s*(\d+|\*+)\(\s*(\d+|\*+)\)/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { ionic: countOf(match[1]), electronic: countOf(match[2]) };
}

function countOf(text: string): number {
  return text.startsWith('*') ? Number.NaN : Number(text);
}
