/**
 * What stands behind the values of a block: nothing, augmentation occupancies, the moments of the atoms, the grid line of
 * the next block, or the head of the next frame of a CHG.
 *
 * The mistake avoided here: searching for the next grid line and taking whatever lies between for augmentation. A damaged
 * grid line would cost a component without a word, and a damaged count of points would leave numbers over.
 * Source: VASP wiki, CHGCAR; the moments (`5E20.12`, one or three per atom) are in real ISPIN = 2 files, not in the wiki.
 */
import type { GridPoints } from '../../../model/grid.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import type { TextLine } from '../line-reader.ts';
import { type LineCursor, linesFrom } from './line-cursor.ts';

export interface Between {
  /** What follows: another block (`at` is behind its grid line), a frame, the end, or what should not be there. */
  readonly follows: 'block' | 'frame' | 'end' | 'unknown';
  readonly at: number;
  readonly line: number;
  /** Numbers between that are no augmentation: moments, of which only a spin-polarised run has any. */
  readonly moments: number;
  /** An imaginary part, which only a non-collinear run has. */
  readonly hasImaginaryPart: boolean;
  /** What is missing when the file ends. */
  readonly missing?: string;
  /** The first line that belongs to nothing. */
  readonly unknown?: TextLine;
  /** More numbers than atoms can have moments: the block before is larger than its grid line says. */
  readonly isOverfull?: boolean;
}

/** `2I4`: the number of atom 1000 touches the word before it, that of atom 10000 is stars. */
const AUGMENTATION = /^\s*augmentation occupancies(\s*\(imaginary part\))?\s*(\d+|\*+)\s+(\d+)\s*$/;
const GRID_LINE = /^\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*$/;
const NUMBERS = /^(?:[\s\d.+\-*ed]|nan|inf(?:inity)?)*$/i;

/** Points of a grid line; undefined for any other line. */
export function gridPoints(text: string): GridPoints | undefined {
  const match = GRID_LINE.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

export interface BlockContext {
  readonly points: GridPoints;
  readonly atoms: number;
}

export function readBetween(scanner: ByteScanner, start: number, line: number, context: BlockContext): Between {
  const lines = linesFrom(scanner, start, line);
  const state: State = { moments: 0, owed: 0, augmented: 0, hasImaginaryPart: false };
  for (let next = lines.next(); next !== undefined; next = lines.next()) {
    const found = consume(scanner, next, state, context);
    if (found === undefined) continue;
    const before = found === 'block' ? lines : undefined;
    return {
      follows: found === 'overfull' ? 'unknown' : found,
      at: before?.at() ?? next.start,
      line: before?.number() ?? next.number,
      ...spoken(state),
      ...((found === 'unknown' || found === 'overfull') && { unknown: next }),
      ...(found === 'overfull' && { isOverfull: true }),
    };
  }
  return {
    follows: 'end',
    at: lines.at(),
    line: lines.number(),
    ...spoken(state),
    ...missingAtEnd(state, context, lines),
  };
}

interface State {
  moments: number;
  /** Augmentation occupancies announced and not yet seen. */
  owed: number;
  /** Atoms with augmentation occupancies so far. */
  augmented: number;
  hasImaginaryPart: boolean;
}

function spoken({ moments, hasImaginaryPart }: State): Pick<Between, 'moments' | 'hasImaginaryPart'> {
  return { moments, hasImaginaryPart };
}

function consume(
  scanner: ByteScanner,
  line: TextLine,
  state: State,
  { points, atoms }: BlockContext,
): 'block' | 'frame' | 'unknown' | 'overfull' | undefined {
  const augmentation = AUGMENTATION.exec(line.text);
  if (augmentation !== null) {
    if (state.owed > 0) return 'unknown';
    state.hasImaginaryPart ||= augmentation[1] !== undefined;
    const atom = Number(augmentation[2]);
    state.augmented = Number.isNaN(atom) ? state.augmented + 1 : atom;
    state.owed = Number(augmentation[3]);
    return undefined;
  }
  const grid = gridPoints(line.text);
  if (grid?.every((count, axis) => count === points[axis]) === true) {
    return [0, atoms, 3 * atoms].includes(state.moments) ? 'block' : 'overfull';
  }
  const isNumbers = NUMBERS.test(line.text);
  const words = line.text.trim() === '' ? 0 : line.text.trim().split(/\s+/).length;
  if (isNumbers && state.owed > 0) {
    state.owed -= words;
    return state.owed < 0 ? 'unknown' : undefined;
  }
  if (grid !== undefined) return 'unknown';
  if (isFrameHead(scanner, line)) return 'frame';
  if (words === 0) return undefined;
  if (!isNumbers) return 'unknown';
  state.moments += words;
  if (state.moments <= 3 * atoms) return undefined;
  return state.augmented > 0 ? 'unknown' : 'overfull';
}

/**
 * Whether a comment line, a scale factor and three vectors begin here: CHG of a molecular dynamics. A text at the end of
 * the file is taken for the beginning of a frame that was cut; a number there is rather a moment.
 */
function isFrameHead(scanner: ByteScanner, comment: TextLine): boolean {
  const lines = linesFrom(scanner, comment.start, comment.number);
  lines.next();
  const isText = !NUMBERS.test(comment.text);
  for (let index = 0; index < 4; index += 1) {
    const line = lines.next();
    if (line === undefined) return isText;
    const words = line.text.trim().split(/\s+/);
    const isScale = index === 0 && words.length === 1 && isNumber(words[0]);
    const isVector = index > 0 && words.length === 3 && words.every((word) => isNumber(word) && word.includes('.'));
    if (!isScale && !isVector) return isText && !line.terminated;
  }
  return true;
}

function isNumber(word: string | undefined): boolean {
  return word !== undefined && /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[EeDd][-+]?\d+)?$/.test(word);
}

function missingAtEnd(state: State, { atoms }: BlockContext, lines: LineCursor): Pick<Between, 'missing'> {
  if (state.owed > 0) return { missing: `${state.owed} more augmentation occupancies` };
  if (state.augmented > 0 && state.augmented < atoms) return { missing: `augmentation occupancies of ${atoms} atoms` };
  if (state.moments > 0) return { missing: 'the grid of a further block' };
  const last = lines.last();
  if (last !== undefined && !last.terminated && last.text.trim() !== '' && state.augmented > 0) {
    return { missing: 'the end of the last augmentation occupancy' };
  }
  return {};
}
