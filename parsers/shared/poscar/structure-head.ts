/**
 * What a POSCAR holds, which is also the head of LOCPOT, CHGCAR and every frame of a CHG: comment, cell, elements, atoms.
 *
 * The mistake avoided here: a VASP 4 file names no elements, and a made-up name would be linked with other calculations;
 * such a head gives `unnamedStructure`, which `withSpecies` completes from the POTCARs of the same run.
 */
import type { FileRecord, Place, UnnamedStructure } from '../../../model/calculation.ts';
import { isElement } from '../../../model/elements.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { Structure } from '../../../model/structure.ts';
import { type Fault, isFault, lineOrFault } from '../fault.ts';
import { type LineReader, placeOf, whereOf } from '../line-reader.ts';
import { type Cell, readCell } from './cell.ts';
import { type Positions, readPositions } from './positions.ts';
import {
  elementOf,
  elementsBehindPositions,
  elementsInComment,
  readSpeciesBlock,
  type SpeciesBlock,
} from './species.ts';

export interface StructureHead {
  readonly comment: string;
  readonly cell: Cell;
  readonly block: SpeciesBlock;
  readonly positions: Positions;
}

/** The part of a record that the head is. */
export interface StructurePart extends Pick<FileRecord, 'structure' | 'unnamedStructure'> {
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

export function readStructureHead(lines: LineReader): StructureHead | Fault {
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

export function structurePart(head: StructureHead): StructurePart {
  const { cell, block, positions } = head;
  const unnamed: UnnamedStructure = {
    latticeAngstrom: cell.latticeAngstrom,
    counts: block.counts,
    cartesianAngstrom: positions.cartesianAngstrom,
    ...(positions.selectiveDynamics !== undefined && { selectiveDynamics: positions.selectiveDynamics }),
  };
  const { elements, issues } = namedElements(head);
  const structure = elements === undefined ? undefined : withSpecies(unnamed, elements);
  return {
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

/**
 * The structure with these elements, one for each block of atoms in the file's order; undefined when their number is
 * another or one is no element symbol.
 */
export function withSpecies(unnamed: UnnamedStructure, elements: readonly string[]): Structure | undefined {
  if (elements.length !== unnamed.counts.length || !elements.every(isElement)) return undefined;
  const { counts, ...geometry } = unnamed;
  return { ...geometry, species: elements.flatMap((element, index) => repeated(element, counts[index] ?? 0)) };
}

function namedElements(head: StructureHead): { elements?: readonly string[]; issues: readonly Issue[] } {
  const { comment, block, positions } = head;
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

function repeated(element: string, count: number): string[] {
  return new Array<string>(count).fill(element);
}
