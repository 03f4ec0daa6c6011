/**
 * A grid file from its first to its last byte in one pass: the record of its last frame that is not cut.
 *
 * The mistakes avoided here: dividing a potential by the volume, naming the spin-down potential a magnetisation, and
 * taking the first frame of a CHG (its molecular dynamics begins there) for the result of the run.
 */
import type { ByteSource } from '../../../model/byte-source.ts';
import type { FileFormat, FileRecord, Place } from '../../../model/calculation.ts';
import type { GridComponent, GridComponentName, GridSummary } from '../../../model/grid.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { volume } from '../../../model/lattice.ts';
import { ByteScanner } from '../byte-scanner.ts';
import { type Fault, faultyRecord, isFault, notTextRecord } from '../fault.ts';
import { placeOf } from '../line-reader.ts';
import type { ParseOptions } from '../parser.ts';
import { structurePart } from '../poscar/structure-head.ts';
import { toldUnterminated } from '../torn-number.ts';
import { readFrameHead } from './frame-head.ts';
import { type Frame, readFrame } from './read-frame.ts';

export interface GridFormat {
  readonly format: FileFormat;
  readonly quantity: GridSummary['quantity'];
}

export function readGridFile(kind: GridFormat, source: ByteSource, options: ParseOptions): FileRecord {
  const notText = notTextRecord(kind.format, source);
  if (notText !== undefined) return notText;
  const frames = readFrames(new ByteScanner(source, options.windowBytes));
  return isFault(frames) ? faultyRecord(kind.format, frames) : toldUnterminated(source, recordOf(kind, frames));
}

interface Frames {
  readonly chosen: Frame;
  /** Counted from 1. */
  readonly number: number;
  readonly count: number;
  /** About the frames behind the chosen one. */
  readonly issues: readonly Issue[];
}

function readFrames(scanner: ByteScanner): Frames | Fault {
  const first = readFrameHead(scanner, 0, 1);
  if (isFault(first)) return first;
  const frame = readFrame(scanner, first, '');
  let frames: Frames = { chosen: frame, number: 1, count: 1, issues: [] };
  for (let { between } = frame; between?.follows === 'frame'; ) {
    const count: number = frames.count + 1;
    const head = readFrameHead(scanner, between.at, between.line);
    if (isFault(head)) return { ...frames, count, issues: [...frames.issues, head.fault] };
    const next = readFrame(scanner, head, `frame ${count}, `);
    const isShort = next.blocks.length < frame.blocks.length;
    if (!next.isCut && !isShort) frames = { chosen: next, number: count, count, issues: [] };
    else frames = { ...frames, count, issues: [...frames.issues, ...next.issues, ...shortIssues(next, frame, count)] };
    between = next.between;
  }
  return frames;
}

/** A frame that ends where a block ends shows its cut only beside the first frame. */
function shortIssues(next: Frame, first: Frame, count: number): Issue[] {
  if (next.issues.length > 0 || next.blocks.length >= first.blocks.length) return [];
  const details = { expected: `${first.blocks.length} blocks`, found: `${next.blocks.length}` };
  const byteOffset = next.blocks.at(-1)?.end ?? next.head.at;
  return [issue('E_TRUNCATED', details, { byteOffset, block: `frame ${count}` })];
}

function recordOf({ format, quantity }: GridFormat, frames: Frames): FileRecord {
  const { chosen } = frames;
  const { head, points, gridLine } = chosen.head;
  const { places, issues, ...part } = structurePart(head);
  const names = namesOf(quantity, chosen);
  const isDensity = quantity === 'charge';
  const divisor = isDensity ? volume(head.cell.latticeAngstrom) : 1;
  const overflows: Issue[] = [];
  const gridPlaces: Record<string, Place> = { 'grid.points': placeOf(gridLine) };
  const components: GridComponent[] = [];
  for (const [index, { sums, start, end }] of chosen.blocks.entries()) {
    const name = names[index];
    if (sums === undefined || name === undefined) continue;
    const component = sums.component(name, divisor, isDensity);
    // Values of any size are numbers; their sum may be none.
    if (!isFiniteComponent(component)) {
      overflows.push(overflow(name, start));
      continue;
    }
    gridPlaces[`grid.components.${components.length}`] = { byteOffset: start, byteLength: end - start };
    components.push(component);
  }
  return {
    format,
    // Its structure is read: a block without its numbers is told by its issue.
    completeness: chosen.isCut || frames.issues.length > 0 ? 'truncated' : 'complete',
    ...part,
    ...(components.length > 0 && { grid: { quantity, points, components } }),
    places: { ...places, ...gridPlaces },
    issues: [...issues, ...frameIssues(frames), ...chosen.issues, ...overflows, ...frames.issues],
  };
}

function isFiniteComponent({ planarAverages, average, minimum, maximum, integral = 0 }: GridComponent): boolean {
  return [average, minimum, maximum, integral].every(Number.isFinite) && planarAverages.every(isAllFinite);
}

function isAllFinite(values: Float64Array): boolean {
  return values.every(Number.isFinite);
}

function overflow(name: string, byteOffset: number): Issue {
  const details = { expected: `values of ${name} that can be added`, found: 'a sum beyond all numbers' };
  return issue('E_UNPARSEABLE', details, { byteOffset });
}

function frameIssues({ count, number }: Frames): Issue[] {
  return count === 1 ? [] : [issue('I_GRID_FRAMES', { frames: count, used: number })];
}

const CHARGE_NAMES: readonly GridComponentName[] = ['total', 'magnetisation-x', 'magnetisation-y', 'magnetisation-z'];
const POTENTIAL_NAMES: readonly GridComponentName[] = ['total', 'field-x', 'field-y', 'field-z'];

/** Names of the blocks that were begun, whether they are whole or not. */
function namesOf(quantity: GridSummary['quantity'], frame: Frame): readonly GridComponentName[] {
  const count = frame.blocks.length;
  const isNonCollinear = frame.isNonCollinear || count > 2;
  if (isNonCollinear) return quantity === 'charge' ? CHARGE_NAMES : POTENTIAL_NAMES;
  if (quantity === 'charge') return ['total', 'magnetisation'];
  return count > 1 || frame.hasSpin ? ['spin-up', 'spin-down'] : ['total'];
}
