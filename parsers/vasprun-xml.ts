/**
 * vasprun.xml, VASP 4.6 to 6.x: every ionic step, the settings, atoms, k-points, bands and tensors.
 *
 * A fast reader takes the shape that VASP writes; anything else goes to a general XML reader. A file that ends early or
 * is no XML from some place on gives every complete element before that place, and says so. Documents that were written
 * one behind the other are told apart; the last one counts.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { EarlierRun, FileRecord } from '../model/calculation.ts';
import { issue } from '../model/issues.ts';
import { ByteScanner, needle } from './shared/byte-scanner.ts';
import { unreadableRecord } from './shared/fault.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { VasprunDocument } from './shared/vasprun-xml/document.ts';
import type { DocumentEnd } from './shared/vasprun-xml/events.ts';
import { knownShapeReader, UNKNOWN_SHAPE } from './shared/vasprun-xml/known-shape-reader.ts';
import { postponedHandler } from './shared/vasprun-xml/postponed.ts';
import { recordOf } from './shared/vasprun-xml/record.ts';
import { readAnyXml } from './shared/vasprun-xml/saxes-reader.ts';
import { XmlView } from './shared/vasprun-xml/xml-view.ts';

/** Bytes in which a document must begin. */
const SEARCHED_FOR_START = 64 * 1024;
const DECLARATION = needle('<?xml');
const ROOT = needle('<modeling');
/** An appended file has a few runs; a damaged one may hold many declarations. */
const MAXIMUM_RUNS = 100;

export const vasprunXmlParser: ParserDefinition = {
  format: 'vasprun-xml',
  title: 'vasprun.xml, the main output of VASP as XML',
  matchesName: (name) => /(?:^|[._-])vasprun(?:[._-].*)?\.xml(?:$|[._\d-])/i.test(name),
  matchesContent: (head) => /^\s*(?:<\?xml[^>]*\?>\s*)?<modeling[\s>]/.test(head),
  parse,
};

/** Which reader is used; tests compare both. */
export type XmlReader = 'known shape first' | 'general';

interface OpenFile {
  readonly source: ByteSource;
  readonly scanner: ByteScanner;
  readonly options: ParseOptions;
  readonly reader: XmlReader;
}

interface Run {
  readonly document: VasprunDocument;
  readonly start: number;
  readonly end: DocumentEnd;
}

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  return parseVasprun(source, options, 'known shape first');
}

export function parseVasprun(source: ByteSource, options: ParseOptions, reader: XmlReader): FileRecord {
  const scanner = new ByteScanner(source, options.windowBytes);
  const earlier: EarlierRun[] = [];
  let start = documentStart(scanner, 0, Math.min(scanner.sizeBytes, SEARCHED_FOR_START));
  if (start < 0) return unreadable(scanner);
  for (let attempt = 0; ; attempt += 1) {
    const run = readRun({ source, scanner, options, reader }, start);
    const next = documentStart(scanner, Math.max(start + 1, run.end.at - ROOT.length), scanner.sizeBytes);
    if (next < 0 || attempt >= MAXIMUM_RUNS) return withEarlier(recordOf(run.document, run.end, options), earlier);
    // A declaration that is damaged is no run before the one that it declares.
    if (run.document.hasRoot) earlier.push(earlierRun(run, next, options));
    start = next;
  }
}

function unreadable(scanner: ByteScanner): FileRecord {
  const reason = scanner.sizeBytes === 0 ? 'the file is empty' : 'no vasprun.xml of VASP: expected <modeling>';
  return unreadableRecord('vasprun-xml', reason);
}

/** Start of the next document: its XML declaration, or its root where there is none. */
function documentStart(scanner: ByteScanner, from: number, to: number): number {
  const root = scanner.indexOf(ROOT, from, to);
  if (root < 0) return -1;
  const declaration = scanner.lastIndexOf(DECLARATION, Math.max(from, root - 1024), root);
  return declaration < 0 ? root : declaration;
}

function readRun({ source, scanner, options, reader }: OpenFile, start: number): Run {
  if (reader === 'known shape first') {
    const document = new VasprunDocument(options, true);
    const view = new XmlView(source, options.windowBytes);
    const end = knownShapeReader(view, document).document(start);
    if (end !== UNKNOWN_SHAPE && readLast(view, document)) return { document, start, end };
  }
  const document = new VasprunDocument(options, false);
  return { document, start, end: readAnyXml(scanner, start, document) };
}

/** The last step with what was put off in it; false when it has another shape than the known one. */
function readLast(view: XmlView, document: VasprunDocument): boolean {
  const { lastWhole: at } = document;
  const readAgain = (start: number): boolean => knownShapeReader(view, document).element(start) !== UNKNOWN_SHAPE;
  if (at !== undefined && !document.readLastAgain(() => readAgain(at))) return false;
  const { last } = document;
  for (const postponed of last?.block.postponed ?? []) {
    if (last === undefined) break;
    const reader = knownShapeReader(view, postponedHandler(last.block, postponed));
    if (reader.element(postponed.place.byteOffset) === UNKNOWN_SHAPE) return false;
  }
  document.completeLast();
  return true;
}

function earlierRun(run: Run, next: number, options: ParseOptions): EarlierRun {
  const record = recordOf(run.document, run.end, options);
  const energySigma0Ev = record.steps?.at(-1)?.energySigma0Ev;
  return {
    ...(record.version !== undefined && { version: record.version }),
    place: { byteOffset: run.start, byteLength: next - run.start },
    ionicStepCount: record.ionicStepCount ?? 0,
    completeness: record.completeness,
    ...(energySigma0Ev !== undefined && { energySigma0Ev }),
  };
}

function withEarlier(record: FileRecord, earlierRuns: readonly EarlierRun[]): FileRecord {
  if (earlierRuns.length === 0) return record;
  const multiple = issue('W_MULTIPLE_RUNS', { runs: earlierRuns.length + 1 });
  return { ...record, earlierRuns, issues: [multiple, ...record.issues] };
}
