/**
 * The `magnetization (x|y|z)` tables: what decides whether a calculation is magnetic.
 *
 * The total moment cannot tell an antiferromagnet from a non-magnetic system, the largest atomic moment can
 * (SCIENCE §11, ISPIN). A table that the end of the file cuts is not read: its largest moment may be missing.
 */
import { type ByteScanner, type Line, needle } from '../byte-scanner.ts';
import { boundedLine } from './labelled-value.ts';

const TITLE = needle('magnetization (');
/** Header rows between the title and the first atom. */
const MAXIMUM_HEADER_LINES = 4;
/** Atom, s, p, d, f and tot. */
const MAXIMUM_COLUMNS = 8;

/** Largest |m| of an atom over the last table of each direction in [from, to), µB; undefined without a whole table. */
export function largestAtomMagnetisation(
  scanner: ByteScanner,
  from: number,
  to: number,
): number | 'overflow' | undefined {
  const byDirection = new Map<string, number | undefined>();
  let at = scanner.indexOf(TITLE, from, to);
  while (at >= 0) {
    const direction = scanner.text(at + TITLE.length, at + TITLE.length + 1);
    const largest = largestInTable(scanner, boundedLine(scanner, at, to).next, to);
    if (largest !== 'torn') byDirection.set(direction, largest);
    at = scanner.indexOf(TITLE, at + TITLE.length, to);
  }
  if (byDirection.size === 0) return undefined;
  const values = [...byDirection.values()].filter((value) => value !== undefined);
  return values.length === byDirection.size ? Math.max(...values) : 'overflow';
}

/** Undefined when a moment is no number. */
function largestInTable(scanner: ByteScanner, from: number, to: number): number | undefined | 'torn' {
  let line = boundedLine(scanner, from, to);
  for (let skipped = 0; skipped < MAXIMUM_HEADER_LINES && !isAtomRow(scanner, line); skipped += 1) {
    line = boundedLine(scanner, line.next, to);
  }
  let largest: number | undefined;
  let readable = true;
  while (line.terminated && isAtomRow(scanner, line)) {
    const total = scanner.numbers(line.start, line.end, MAXIMUM_COLUMNS).at(-1);
    if (total === undefined || Number.isNaN(total)) readable = false;
    else largest = Math.max(largest ?? 0, Math.abs(total));
    line = boundedLine(scanner, line.next, to);
  }
  if (!line.terminated) return 'torn';
  return readable ? largest : undefined;
}

function isAtomRow(scanner: ByteScanner, line: Line): boolean {
  const [atom] = scanner.numbers(line.start, Math.min(line.end, line.start + 16), 1);
  return atom !== undefined && Number.isInteger(atom) && atom > 0;
}
