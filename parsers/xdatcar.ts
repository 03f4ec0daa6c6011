/**
 * XDATCAR: the positions of every ionic step, read in one pass; the cell too where it changes.
 *
 * It has no energies: its steps are geometry only. The file says nowhere how many frames it should have, so a cut
 * between two frames cannot be seen. Old forms without a cell are counted. Source: VASP wiki, XDATCAR.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord, IonicStep, Place, UnnamedStructure } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { type Fault, faultyRecord, isFault, lineOrFault, notTextRecord } from './shared/fault.ts';
import { fileNameMatcher } from './shared/file-name.ts';
import { placeOf, whereOf } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { elementOf } from './shared/poscar/species.ts';
import { isBlankRow, type RowReader, readRow, rowReader } from './shared/row-reader.ts';
import { toldUnterminated } from './shared/torn-number.ts';
import { type Frame, markOf, readFrame } from './shared/xdatcar/frames.ts';
import { readXdatcarHead, type XdatcarHead } from './shared/xdatcar/head.ts';

/** A trajectory that blew up would repeat its issues thousands of times. */
const MAX_ISSUES = 20;

export const xdatcarParser: ParserDefinition = {
  format: 'xdatcar',
  title: 'XDATCAR, the positions of every step',
  matchesName: fileNameMatcher(['XDATCAR']),
  matchesContent: (head) => /^(?:[^\n]*\n){3,8}\s*(?:Direct configuration=|Konfig=)/.test(head),
  parse,
};

interface Reading {
  readonly reader: RowReader;
  readonly keepAll: boolean;
  head: XdatcarHead;
  readonly steps: IonicStep[];
  readonly issues: Issue[];
  frames: number;
  lastIndex: number;
  lastFrame: Frame | undefined;
  lastHead: XdatcarHead;
  /** Whether no frame has followed the last head yet. */
  isBehindHead: boolean;
  earlierRuns: number;
}

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('xdatcar', source);
  if (notText !== undefined) return notText;
  const reader = rowReader(source, options);
  const comment = lineOrFault(reader, 'a comment line');
  const head = isFault(comment) ? comment : readXdatcarHead(reader, comment);
  if (isFault(head)) return withoutFrames(head);
  const reading: Reading = {
    reader,
    keepAll: options.steps !== 'last',
    head,
    steps: [],
    issues: [],
    frames: 0,
    lastIndex: 0,
    lastFrame: undefined,
    lastHead: head,
    isBehindHead: true,
    earlierRuns: 0,
  };
  const fault = readFrames(reading) ?? (reading.isBehindHead ? noFrame(reading) : undefined);
  return toldUnterminated(source, recordOf(reading, fault));
}

/** A file that ends in its head has no frames; behind a damaged head there may be any number. */
function withoutFrames(fault: Fault): FileRecord {
  const record = faultyRecord('xdatcar', fault);
  return fault.completeness === 'truncated' ? { ...record, ionicStepCount: 0, steps: [] } : record;
}

function readFrames(reading: Reading): Fault | undefined {
  const { reader } = reading;
  const row = new Float64Array(3);
  let isBehindBlank = false;
  for (let bytes = reader.row(); bytes !== undefined; bytes = reader.row()) {
    if (isBlankRow(bytes)) {
      isBehindBlank = true;
      continue;
    }
    const mark = markOf(reader);
    const fields = mark === undefined ? readRow(bytes, row) : 0;
    const beginsFrame = mark !== undefined || (isBehindBlank && fields === 3);
    if (mark === undefined) reader.back();
    const fault = beginsFrame ? addFrame(reading, mark?.index) : readNextHead(reading);
    if (fault !== undefined) return fault;
    isBehindBlank = false;
  }
  return undefined;
}

function addFrame(reading: Reading, index = reading.lastIndex + 1): Fault | undefined {
  const { reader, head, steps, issues } = reading;
  const frame = readFrame(reader, head);
  if (isFault(frame)) return frame;
  if (index <= reading.lastIndex) reading.earlierRuns += 1;
  const step: IonicStep = {
    index,
    ...(head.cell !== undefined && { latticeAngstrom: head.cell.latticeAngstrom }),
    ...(frame.cartesianAngstrom !== undefined && { cartesianAngstrom: frame.cartesianAngstrom }),
    electronic: 'unknown',
  };
  if (reading.keepAll) steps.push(step);
  else steps[0] = step;
  if (issues.length < MAX_ISSUES) issues.push(...frame.issues);
  reading.frames += 1;
  reading.lastIndex = index;
  reading.lastFrame = frame;
  reading.lastHead = head;
  reading.isBehindHead = false;
  return undefined;
}

/** A run with changing cell repeats the head above every frame. */
function readNextHead(reading: Reading): Fault | undefined {
  const { reader } = reading;
  const comment = lineOrFault(reader, 'a frame');
  if (isFault(comment)) return comment;
  const head = readXdatcarHead(reader, comment);
  if (isFault(head)) return head;
  reading.head = head;
  reading.isBehindHead = true;
  return undefined;
}

function noFrame({ head, reader }: Reading): Fault {
  const details = { expected: `a frame of ${head.atoms} positions`, found: 'the end of the file' };
  return { fault: issue('E_TRUNCATED', details, { byteOffset: reader.end() }), completeness: 'truncated' };
}

function recordOf(reading: Reading, fault: Fault | undefined): FileRecord {
  const { steps, frames, lastFrame, lastHead, earlierRuns } = reading;
  // Behind a fault that is no cut there may be later frames: then none of those before it is the last.
  const isLast = fault?.completeness !== 'unreadable';
  const final = isLast && lastFrame !== undefined ? structureOf(lastHead, lastFrame) : undefined;
  const issues = [...reading.issues, ...(final?.issues ?? [])];
  if (lastHead.cell === undefined && frames > 0) {
    const reason = 'the file has no cell: its fractional positions are not stored';
    issues.push(issue('W_NOT_STORED', { reason }, whereOf(lastHead.firstLine)));
  }
  if (earlierRuns > 0) issues.push(issue('W_MULTIPLE_RUNS', { runs: earlierRuns + 1 }));
  if (fault !== undefined) issues.push(fault.fault);
  return {
    format: 'xdatcar',
    completeness: fault?.completeness ?? 'complete',
    ...final?.part,
    ionicStepCount: frames,
    steps,
    places: final?.places ?? {},
    issues,
  };
}

interface FinalStructure {
  readonly part: Pick<FileRecord, 'structure' | 'unnamedStructure'>;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

function structureOf({ cell, block, firstLine }: XdatcarHead, frame: Frame): FinalStructure | undefined {
  const { cartesianAngstrom, start, end } = frame;
  if (cell === undefined || block === undefined || cartesianAngstrom === undefined) return undefined;
  const positions = { byteOffset: start, byteLength: end - start };
  const places = {
    structure: { byteOffset: firstLine.start, byteLength: end - firstLine.start, line: firstLine.number },
    'structure.latticeAngstrom': placeOf(cell.firstLine, cell.lastLine),
    'structure.species': placeOf(block.firstLine),
    'structure.cartesianAngstrom': positions,
    'final.latticeAngstrom': placeOf(cell.firstLine, cell.lastLine),
    'final.cartesianAngstrom': positions,
  };
  const geometry = { latticeAngstrom: cell.latticeAngstrom, cartesianAngstrom };
  const species = speciesOf(block.names ?? [], block.counts);
  if (species !== undefined) return { part: { structure: { ...geometry, species } }, places, issues: [] };
  const unnamedStructure: UnnamedStructure = { ...geometry, counts: block.counts };
  const unknown = (block.names ?? []).filter((name) => elementOf(name) === undefined);
  const names = `the ${block.counts.length} kind(s) have ${block.counts.join(', ')} atoms`;
  const where = whereOf(block.firstLine);
  const issues =
    unknown.length > 0
      ? unknown.map((symbol) => issue('W_UNKNOWN_ELEMENT', { symbol }, where))
      : [issue('W_NO_SPECIES', { names }, where)];
  return { part: { unnamedStructure }, places, issues };
}

/** Element of every atom; undefined when a name is none. */
function speciesOf(names: readonly string[], counts: readonly number[]): string[] | undefined {
  const species: string[] = [];
  for (const [kind, count] of counts.entries()) {
    const element = elementOf(names[kind] ?? '');
    if (element === undefined) return undefined;
    species.push(...new Array<string>(count).fill(element));
  }
  return species;
}
