/**
 * CIF, a structure of a database or of a diffraction experiment: the first data block with a cell and atoms.
 *
 * The mistake avoided here: a number for what the file leaves open. Sites that are partly occupied, and a space group
 * without its operations, give no structure but an issue with its line. Source: IUCr, core CIF dictionary and CIF 1.1.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { type CifBlock, readBlocks } from './shared/cif/blocks.ts';
import { holdsStructure, structureOf } from './shared/cif/structure.ts';
import { faultyRecord, isFault, notTextRecord, unreadableRecord } from './shared/fault.ts';
import { lineReader, placeOf, type TextLine, whereOf } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';

export const cifParser: ParserDefinition = {
  format: 'cif',
  title: 'CIF, a structure with its symmetry',
  matchesName: (name) => /\.cif$/i.test(name),
  matchesContent: (head) => /^(?:\s*(?:#.*)?\r?\n)*\s*data_\S*\s/i.test(head),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('cif', source);
  if (notText !== undefined) return notText;
  const lines = lineReader(source, options);
  const blocks = readBlocks(lines);
  if (isFault(blocks)) return faultyRecord('cif', blocks);
  const [block, ...others] = blocks.filter(holdsStructure);
  if (block === undefined)
    return unreadableRecord('cif', 'no data block with a cell and atoms in fractional coordinates');
  const read = structureOf(block);
  if (isFault(read)) return faultyRecord('cif', read);
  return {
    format: 'cif',
    completeness: 'complete',
    structure: read.structure,
    places: { structure: placeOf(block.head.line, read.lastLine) },
    issues: [...read.issues, ...others.map(leftOut), ...unterminated(lines.last())],
  };
}

function leftOut({ name, head }: CifBlock): Issue {
  return issue('I_NOT_READ', { reason: `data_${name}, another structure in the same file` }, whereOf(head.line));
}

/** A CIF has no end by which a cut would show. */
function unterminated(last: TextLine | undefined): Issue[] {
  return last === undefined || last.terminated || last.text.trim() === ''
    ? []
    : [issue('I_UNTERMINATED', {}, whereOf(last))];
}
