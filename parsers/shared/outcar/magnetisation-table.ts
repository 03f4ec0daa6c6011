/**
 * The `magnetization (x|y|z)` tables: what decides whether a calculation is magnetic.
 *
 * The total moment cannot tell an antiferromagnet from a non-magnetic system, the largest atomic moment can
 * (SCIENCE §11, ISPIN).
 */
import { type ByteScanner, needle } from '../byte-scanner.ts';

const TITLE = needle('magnetization (');
/** Header rows between the title and the first atom. */
const MAXIMUM_HEADER_LINES = 4;

/** Largest |m| of an atom over the last table of each direction in [from, to), µB; undefined without a table. */
export function largestAtomMagnetisation(scanner: ByteScanner, from: number, to: number): number | undefined {
  const byDirection = new Map<string, number>();
  let at = scanner.indexOf(TITLE, from, to);
  while (at >= 0) {
    const direction = scanner.text(at + TITLE.length, at + TITLE.length + 1);
    const largest = largestInTable(scanner, scanner.line(at, to).next, to);
    if (largest !== undefined) byDirection.set(direction, largest);
    at = scanner.indexOf(TITLE, at + TITLE.length, to);
  }
  return byDirection.size > 0 ? Math.max(...byDirection.values()) : undefined;
}

function largestInTable(scanner: ByteScanner, from: number, to: number): number | undefined {
  let line = scanner.line(from, to);
  for (let skipped = 0; skipped < MAXIMUM_HEADER_LINES && !isAtomRow(scanner, line); skipped += 1) {
    line = scanner.line(line.next, to);
  }
  let largest: number | undefined;
  while (line.terminated && isAtomRow(scanner, line)) {
    // Columns: atom, s, p, d, (f,) tot.
    const total = scanner.numbers(line.start, line.end, 8).at(-1);
    if (total === undefined || Number.isNaN(total)) return undefined;
    largest = Math.max(largest ?? 0, Math.abs(total));
    line = scanner.line(line.next, to);
  }
  return largest;
}

function isAtomRow(scanner: ByteScanner, line: { readonly start: number; readonly end: number }): boolean {
  const [atom] = scanner.numbers(line.start, Math.min(line.end, line.start + 16), 1);
  return atom !== undefined && Number.isInteger(atom) && atom > 0;
}
