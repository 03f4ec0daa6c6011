/**
 * The head of a grid file, or of one frame of a CHG: a POSCAR, a blank line, the points along a, b, c.
 *
 * The mistake avoided here: allocating what the grid line says. `999999999` points would be more values than the file
 * has bytes, and the planes of a needle-shaped grid more than memory should hold.
 */
import type { GridPoints } from '../../../model/grid.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { type Fault, faultAt, isFault, lineOrFault } from '../fault.ts';
import { quoted, type TextLine } from '../line-reader.ts';
import { readStructureHead, type StructureHead } from '../poscar/structure-head.ts';
import { gridPoints } from './between-blocks.ts';
import { linesFrom } from './line-cursor.ts';

/** An FFT grid has some hundred points along a vector. */
const MAX_POINTS_ALONG_A_VECTOR = 65_536;
/** A digit and a blank. */
const MIN_BYTES_PER_VALUE = 2;

export interface FrameHead {
  readonly head: StructureHead;
  readonly points: GridPoints;
  readonly gridLine: TextLine;
  /** Start of the line behind the grid line, and its number. */
  readonly at: number;
  readonly line: number;
}

export function readFrameHead(scanner: ByteScanner, start: number, number: number): FrameHead | Fault {
  const lines = linesFrom(scanner, start, number);
  const head = readStructureHead(lines);
  if (isFault(head)) return head;
  const expected = 'a blank line, then the points along a, b, c';
  let line = lineOrFault(lines, expected);
  while (!isFault(line) && line.text.trim() === '') line = lineOrFault(lines, expected);
  if (isFault(line)) return line;
  const points = gridPoints(line.text);
  const isGrid = points?.every((count) => count > 0 && count <= MAX_POINTS_ALONG_A_VECTOR) === true;
  if (points === undefined || !isGrid || !line.terminated) return faultAt(line, expected, quoted(line.text));
  return { head, points, gridLine: line, at: lines.at(), line: lines.number() };
}

/** Whether the values of the grid cannot fit into that many bytes. */
export function wantsMoreThan(bytes: number, points: GridPoints): boolean {
  return points[0] * points[1] * points[2] > Math.ceil(bytes / MIN_BYTES_PER_VALUE);
}

export function pointsText(points: GridPoints): string {
  return points.join(' × ');
}

export function valuesText(points: GridPoints): string {
  return `${points[0] * points[1] * points[2]} values (${pointsText(points)})`;
}
