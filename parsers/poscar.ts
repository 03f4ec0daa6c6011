/**
 * POSCAR and CONTCAR: cell, elements, positions and selective-dynamics flags of VASP 4, 5 and 6.
 *
 * Velocities and predictor-corrector blocks behind the positions are left alone. The mistake avoided here: a VASP 4 file
 * names no elements, and a made-up name would be linked with other calculations; such a file gives `unnamedStructure`,
 * which `withSpecies` completes from the POTCARs of the same run. Source: VASP wiki, POSCAR.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord, UnnamedStructure } from '../model/calculation.ts';
import { isElement } from '../model/elements.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Structure } from '../model/structure.ts';
import { type Fault, faultyRecord, isFault, lineOrFault, notTextRecord } from './shared/fault.ts';
import { fileNameMatcher } from './shared/file-name.ts';
import { lineReader, placeOf, whereOf } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { type Cell, readCell } from './shared/poscar/cell.ts';
import { type Positions, readPositions } from './shared/poscar/positions.ts';
import {
  elementOf,
  elementsBehindPositions,
  elementsInComment,
  readSpeciesBlock,
  type SpeciesBlock,
} from './shared/poscar/species.ts';

/** VESTA names volumetric data `CHGCAR.vasp`: a POSCAR head, but no POSCAR. */
const VOLUMETRIC = /(?:^|[._-])(?:CHG|LOCPOT|ELFCAR|AECCAR|PARCHG)/;
const NAMED_AS = fileNameMatcher(['POSCAR', 'CONTCAR']);

export const poscarParser: ParserDefinition = {
  format: 'poscar',
  title: 'POSCAR or CONTCAR, a structure',
  matchesName: (name) => (NAMED_AS(name) || /\.(?:vasp|poscar)$/i.test(name)) && !VOLUMETRIC.test(name),
  matchesContent,
  parse,
};

/**
 * The structure with these elements, one for each block of atoms in the file's order; undefined when their number is
 * another or one is no element symbol.
 */
export function withSpecies(unnamed: UnnamedStructure, elements: readonly string[]): Structure | undefined {
  if (elements.length !== unnamed.counts.length || !elements.every(isElement)) return undefined;
  const { counts, ...geometry } = unnamed;
  return { ...geometry, species: elements.flatMap((element, index) => repeated(element, counts[index] ?? 0)) };
}

interface Contents {
  readonly comment: string;
  readonly cell: Cell;
  readonly block: SpeciesBlock;
  readonly positions: Positions;
}

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('poscar', source);
  if (notText !== undefined) return notText;
  const contents = readContents(source, options);
  if (isFault(contents)) return faultyRecord('poscar', contents);
  const { cell, block, positions } = contents;
  const unnamed: UnnamedStructure = {
    latticeAngstrom: cell.latticeAngstrom,
    counts: block.counts,
    cartesianAngstrom: positions.cartesianAngstrom,
    ...(positions.selectiveDynamics !== undefined && { selectiveDynamics: positions.selectiveDynamics }),
  };
  const { elements, issues } = namedElements(contents);
  const structure = elements === undefined ? undefined : withSpecies(unnamed, elements);
  return {
    format: 'poscar',
    completeness: 'complete',
    ...(structure === undefined ? { unnamedStructure: unnamed } : { structure }),
    places: {
      structure: placeOf(cell.firstLine, positions.lastLine),
      'structure.latticeAngstrom': placeOf(cell.firstLine, cell.lastLine),
      'structure.species': placeOf(block.firstLine),
      'structure.cartesianAngstrom': placeOf(positions.firstLine, positions.lastLine),
    },
    issues,
  };
}

function readContents(source: ByteSource, options: ParseOptions): Contents | Fault {
  const lines = lineReader(source, options);
  const comment = lineOrFault(lines, 'a comment line');
  if (isFault(comment)) return comment;
  const cell = readCell(lines);
  if (isFault(cell)) return cell;
  const block = readSpeciesBlock(lines);
  if (isFault(block)) return block;
  const positions = readPositions(
    lines,
    cell,
    block.counts.reduce((sum, count) => sum + count, 0),
  );
  if (isFault(positions)) return positions;
  return { comment: comment.text, cell, block, positions };
}

function namedElements(contents: Contents): { elements?: readonly string[]; issues: readonly Issue[] } {
  const { comment, block, positions } = contents;
  const where = whereOf(block.firstLine);
  if (block.names !== undefined) {
    const unknown = block.names.filter((name) => elementOf(name) === undefined);
    if (unknown.length > 0) return { issues: unknown.map((symbol) => issue('W_UNKNOWN_ELEMENT', { symbol }, where)) };
    return { elements: block.names.flatMap((name) => elementOf(name) ?? []), issues: [] };
  }
  const behind = elementsBehindPositions(positions.symbols, block.counts);
  const above = elementsInComment(comment, block.counts);
  const agree = behind === undefined || above === undefined || behind.join() === above.join();
  const elements = behind ?? above;
  if (agree && elements !== undefined) return { elements, issues: [] };
  const names = `the POTCARs of the run name the ${block.counts.length} kind(s) with ${block.counts.join(', ')} atoms`;
  return { issues: [issue('W_NO_SPECIES', { names }, where)] };
}

const THREE_NUMBERS = /^\s*(?:[-+]?[\d.]+(?:[EeDd][-+]?\d+)?\s+){2}[-+]?[\d.]+/;
const COUNTS = /^\s*\d+(?:\s+\d+)*\s*(?:[!#].*)?$/;

/** Scale factor, three vectors, then counts (VASP 4) or names and counts. XDATCAR begins alike but numbers its frames. */
function matchesContent(head: string): boolean {
  const lines = head.split(/\r?\n/);
  const vectors = lines.slice(2, 5);
  const [sixth = '', seventh = '', eighth = ''] = lines.slice(5, 8);
  return (
    /^\s*[-+]?\.?\d/.test(lines[1] ?? '') &&
    vectors.length === 3 &&
    vectors.every((line) => THREE_NUMBERS.test(line)) &&
    (COUNTS.test(sixth) || (/^\s*[A-Za-z]/.test(sixth) && COUNTS.test(seventh))) &&
    !/^\s*Direct configuration=/.test(eighth)
  );
}

function repeated(element: string, count: number): string[] {
  return new Array<string>(count).fill(element);
}
