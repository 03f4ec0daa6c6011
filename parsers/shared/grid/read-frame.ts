/**
 * One frame of a grid file: its blocks of values, reduced to sums over planes while they stream by.
 *
 * The mistake avoided here: averaging over a field of stars as if it were 0, or filling a cut block up. A block with a
 * field that is no number, or with another count of values than its grid has points, is left out with its place.
 */
import { type Issue, issue } from '../../../model/issues.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { quoted } from '../line-reader.ts';
import { type Between, readBetween } from './between-blocks.ts';
import { type BlockEnd, BlockReader } from './block-reader.ts';
import { type FrameHead, pointsText, valuesText, wantsMoreThan } from './frame-head.ts';
import { PlaneSums } from './plane-sums.ts';

/** Values handed from the decoder to the sums at a time: they stay in the processor's nearest cache. */
export const PORTION = 2048;

export interface Frame {
  readonly head: FrameHead;
  readonly blocks: readonly Block[];
  /** Behind the last block. */
  readonly between?: Between;
  /** The file ends within it. */
  readonly isCut: boolean;
  /** What the file says beside its numbers about how many blocks there are. */
  readonly hasSpin: boolean;
  readonly isNonCollinear: boolean;
  readonly issues: readonly Issue[];
}

export interface Block {
  /** Offset of the first byte behind the grid line. */
  readonly start: number;
  readonly end: number;
  /** Absent when the block is not whole or holds a field that is no number. */
  readonly sums?: PlaneSums;
}

/** `name`: of the frame in issues, '' for the only one. */
export function readFrame(scanner: ByteScanner, head: FrameHead, name: string): Frame {
  const { points } = head;
  const context = { points, atoms: head.head.positions.cartesianAngstrom.length / 3 };
  const blocks: Block[] = [];
  const issues: Issue[] = [];
  const marks = { hasSpin: false, isNonCollinear: false };
  let [at, line] = [head.at, head.line];
  for (;;) {
    const block = `${name}block ${blocks.length + 1}`;
    if (wantsMoreThan(scanner.sizeBytes - at, points)) {
      const found = `room for ${scanner.sizeBytes - at} bytes`;
      issues.push(issue('E_TRUNCATED', { expected: valuesText(points), found }, { byteOffset: at, block }));
      blocks.push({ start: at, end: scanner.sizeBytes });
      return { head, blocks, isCut: true, ...marks, issues };
    }
    const { sums, end } = readBlock(scanner, at, line, head);
    const faults = blockIssues(end, head, block);
    issues.push(...faults);
    const isWhole = end.read === end.wanted && end.surplusAt === undefined;
    blocks.push({ start: at, end: end.end, ...(isWhole && end.badCount === 0 && { sums }) });
    if (!isWhole) return { head, blocks, isCut: end.isCut, ...marks, issues };
    const between = readBetween(scanner, end.next, end.nextLine, context);
    marks.hasSpin ||= between.moments > 0 || between.follows === 'block' || between.unknown !== undefined;
    marks.isNonCollinear ||= between.hasImaginaryPart;
    if (between.isOverfull === true) blocks.push(withoutSums(blocks.pop()));
    issues.push(...betweenIssues(between, head, block));
    if (between.follows !== 'block') {
      return { head, blocks, between, isCut: between.missing !== undefined, ...marks, issues };
    }
    [at, line] = [between.at, between.line];
  }
}

function readBlock(
  scanner: ByteScanner,
  start: number,
  line: number,
  { points }: FrameHead,
): { readonly sums: PlaneSums; readonly end: BlockEnd } {
  const reader = new BlockReader(scanner, start, line, points);
  const sums = new PlaneSums(points);
  const portion = new Float64Array(PORTION);
  for (let count = reader.fill(portion); count > 0; count = reader.fill(portion)) sums.add(portion, count);
  return { sums, end: reader.finish() };
}

function withoutSums(block: Block | undefined): Block {
  return { start: block?.start ?? 0, end: block?.end ?? 0 };
}

/** What blocks the values of a block, or is worth a look. */
export function blockIssues(end: BlockEnd, { points }: FrameHead, block: string): Issue[] {
  const expected = valuesText(points);
  const found = `${end.read}`;
  const issues: Issue[] = [];
  if (end.firstBad !== undefined) {
    const bad = `${end.badCount} field(s) that are none (****, NaN)`;
    issues.push(issue('E_UNPARSEABLE', { expected: 'numbers', found: bad }, { byteOffset: end.firstBad, block }));
  }
  if (end.isCut) issues.push(issue('E_TRUNCATED', { expected, found }, { byteOffset: end.end, block }));
  if (end.stoppedAt !== undefined) {
    issues.push(issue('E_SYNTAX', { expected, found: `${found}, then text` }, { byteOffset: end.stoppedAt, block }));
  }
  if (end.surplusAt !== undefined) {
    const more = 'more on the line of the last one';
    issues.push(issue('E_SYNTAX', { expected, found: more }, { byteOffset: end.surplusAt, block }));
  }
  if (end.unevenAt !== undefined && issues.length === 0) {
    issues.push(issue('W_UNEVEN_LINES', {}, { byteOffset: end.unevenAt, block }));
  }
  return issues;
}

function betweenIssues(between: Between, { points }: FrameHead, block: string): Issue[] {
  const behind = `behind ${block}`;
  if (between.missing !== undefined) {
    const details = { expected: between.missing, found: 'the end of the file' };
    return [issue('E_TRUNCATED', details, { byteOffset: between.at, block: behind })];
  }
  const { unknown } = between;
  if (unknown === undefined) return [];
  const expected =
    between.isOverfull === true
      ? `${valuesText(points)} and no more than the atoms' moments behind them`
      : `augmentation occupancies, the grid line ${pointsText(points)}, or the end`;
  const where = { line: unknown.number, byteOffset: unknown.start, block: behind };
  return [issue('E_SYNTAX', { expected, found: quoted(unknown.text) }, where)];
}
