/**
 * What stands above the frames of XDATCAR, in the three forms of its history: comment, cell, elements and counts (VASP 5,
 * in a run with changing cell above every frame); comment, elements and counts without a cell (5.2); counts, lengths,
 * temperature, `CAR` and name (VASP 4).
 *
 * Without a cell fractional positions have no place in space: such frames are counted, not stored.
 */
import type { Matrix3 } from '../../../model/lattice.ts';
import { type Fault, faultAt, isFault, lineOrFault } from '../fault.ts';
import { quoted, type TextLine } from '../line-reader.ts';
import { readCell } from '../poscar/cell.ts';
import { readSpeciesBlock, type SpeciesBlock } from '../poscar/species.ts';
import type { RowReader } from '../row-reader.ts';

export interface XdatcarHead {
  readonly atoms: number;
  /** Absent in the forms without a cell. */
  readonly cell?: Cell;
  readonly block?: SpeciesBlock;
  readonly firstLine: TextLine;
}

export interface Cell {
  readonly latticeAngstrom: Matrix3;
  readonly firstLine: TextLine;
  readonly lastLine: TextLine;
}

const COUNTS = /^\s*(\d+)(?:\s+\d+){2,3}\s*$/;
const FIVE_NUMBERS = /^\s*(?:[-+.\dE]+\s+){4}[-+.\dE]+\s*$/;
const NUMBER = /^\s*[-+]?\.?\d/;

/** `comment` is the line above, which may be blank. */
export function readXdatcarHead(reader: RowReader, comment: TextLine): XdatcarHead | Fault {
  const second = lineOrFault(reader, 'a scale factor or element names');
  if (isFault(second)) return second;
  const atoms = COUNTS.exec(comment.text)?.[1];
  if (atoms !== undefined && FIVE_NUMBERS.test(second.text)) return readOldHead(reader, comment, Number(atoms));
  reader.back();
  const cell = NUMBER.test(second.text) ? readCell(reader) : undefined;
  if (isFault(cell)) return cell;
  const block = readSpeciesBlock(reader);
  if (isFault(block)) return block;
  const last = reader.last() ?? comment;
  if (!last.terminated) return faultAt(last, 'a whole line of atom counts', quoted(last.text));
  return {
    atoms: block.counts.reduce((sum, count) => sum + count, 0),
    ...(cell !== undefined && { cell }),
    block,
    firstLine: comment,
  };
}

function readOldHead(reader: RowReader, counts: TextLine, atoms: number): XdatcarHead | Fault {
  if (atoms < 1) return faultAt(counts, 'a number of atoms', quoted(counts.text));
  for (const expected of ['a temperature', '"CAR"', 'the name of the system']) {
    const line = lineOrFault(reader, expected);
    if (isFault(line)) return line;
    if (expected === '"CAR"' && line.text.trim() !== 'CAR') return faultAt(line, expected, quoted(line.text));
  }
  return { atoms, firstLine: counts };
}
