/**
 * Element names and atom counts of a POSCAR (lines 6 and 7).
 *
 * VASP 4 wrote no names: there they are taken from the comment line or from symbols behind the positions only when these
 * cannot mean anything else. The mistake avoided here: inventing an element. VASP itself takes the elements from POTCAR.
 * Names may carry the suffix or hash of a POTCAR (`Zn_pv`, `Li/6c3a…`) and may repeat (`Zn O Zn`).
 */
import { elementOfPotcarSymbol, isElement } from '../../../model/elements.ts';
import { type Fault, faultAt, isFault, lineOrFault } from '../fault.ts';
import { type LineReader, leadingNumbers, quoted, type TextLine, withoutComment } from '../line-reader.ts';

/** More kinds of atoms than any POTCAR holds. */
const MAX_SPECIES = 10_000;

export interface SpeciesBlock {
  /** As they stand in the file; absent in a VASP 4 file. */
  readonly names?: readonly string[];
  /** Atoms of each name, in order. */
  readonly counts: readonly number[];
  readonly firstLine: TextLine;
}

export function readSpeciesBlock(lines: LineReader): SpeciesBlock | Fault {
  const first = lineOrFault(lines, 'element names or atom counts');
  if (isFault(first)) return first;
  const fields = fieldsOf(withoutComment(first.text));
  if (fields.length === 0) return faultAt(first, 'element names or atom counts', 'an empty line');
  if (/^[-+.\d]/.test(fields[0] ?? '')) {
    const counts = countsIn(first);
    return isFault(counts) ? counts : { counts, firstLine: first };
  }
  const second = lineOrFault(lines, `${fields.length} atom count(s)`);
  if (isFault(second)) return second;
  const counts = columnCounts(second, fields.length) ?? countsIn(second);
  if (isFault(counts)) return counts;
  if (counts.length !== fields.length) {
    return faultAt(second, `${fields.length} atom count(s) for ${fields.join(' ')}`, quoted(second.text));
  }
  return { names: fields, counts, firstLine: first };
}

/** Element of a name in a POSCAR; undefined when it is none (`X`, `Carbon`: VASP would cut that to Ca). */
export function elementOf(name: string): string | undefined {
  return /^[A-Za-z]{3}/.test(name) ? undefined : elementOfPotcarSymbol(name);
}

/** Elements a VASP 4 comment line names: `Zn O`, or the formula `Zn4 O4` whose numbers are the counts. */
export function elementsInComment(comment: string, counts: readonly number[]): readonly string[] | undefined {
  const fields = fieldsOf(comment);
  if (fields.length !== counts.length) return undefined;
  if (fields.every(isElement)) return fields;
  const elements = fields.map((field) => field.replace(/\d+$/, ''));
  const agrees = fields.every((field, index) => field === `${elements[index]}${counts[index]}`);
  return agrees && elements.every(isElement) ? elements : undefined;
}

/** Elements of the symbols behind the positions, when every atom has one and each block has the same throughout. */
export function elementsBehindPositions(
  symbols: readonly string[],
  counts: readonly number[],
): readonly string[] | undefined {
  const elements: string[] = [];
  let atom = 0;
  for (const count of counts) {
    const block = symbols.slice(atom, atom + count).map(elementOf);
    const [element] = block;
    if (element === undefined || block.some((other) => other !== element)) return undefined;
    elements.push(element);
    atom += count;
  }
  return elements;
}

/** VASP prints counts in columns of 4 characters in XDATCAR and of 6 in CONTCAR. */
const COUNT_WIDTHS: readonly number[] = [4, 6];

/**
 * Counts that fill their columns and touch: `  6412801024` is 64, 1280 and 1024. The length of the line tells the width of the
 * columns; undefined where it does not, or where nothing touches.
 */
function columnCounts({ text }: TextLine, names: number): readonly number[] | undefined {
  const line = text.trimEnd();
  const width = line.length / names;
  if (names < 2 || !COUNT_WIDTHS.includes(width) || fieldsOf(line).length >= names) return undefined;
  const columns = Array.from({ length: names }, (_, index) => line.slice(width * index, width * (index + 1)));
  return columns.every((column) => /^ *[1-9]\d*$/.test(column)) ? columns.map(Number) : undefined;
}

function countsIn(line: TextLine): readonly number[] | Fault {
  const counts = leadingNumbers(withoutComment(line.text), MAX_SPECIES).values;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const whole = counts.every((count) => Number.isInteger(count) && count >= 0);
  if (!whole || total < 1 || !Number.isSafeInteger(total)) return faultAt(line, 'atom counts', quoted(line.text));
  return counts;
}

function fieldsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((field) => field !== '');
}
