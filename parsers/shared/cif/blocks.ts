/**
 * The data blocks of a CIF: single items and tables by their tags. Only what a structure is made of is kept.
 *
 * The mistake avoided here: reading a table whose last row lacks a value as one with the columns shifted.
 */
import { endedAfter, type Fault, faultAt, isFault } from '../fault.ts';
import { type LineReader, quoted } from '../line-reader.ts';
import { type CifToken, tokenReader } from './tokens.ts';

export interface CifTable {
  readonly tags: readonly string[];
  readonly rows: readonly (readonly CifToken[])[];
}

export interface CifBlock {
  readonly name: string;
  readonly head: CifToken;
  readonly items: ReadonlyMap<string, CifToken>;
  readonly tables: readonly CifTable[];
}

/** What is kept of a file: the rest (references, reflections) may be long. */
const KEPT = /^_(?:cell_|atom_site_(?!aniso)|symmetry_|space_group_)/;
/** No table of a structure has more values; of reflections none is kept. */
const MOST_VALUES = 4_000_000;

interface OpenBlock extends CifBlock {
  readonly items: Map<string, CifToken>;
  readonly tables: CifTable[];
}

export function readBlocks(lines: LineReader): CifBlock[] | Fault {
  const next = tokenReader(lines);
  const blocks: OpenBlock[] = [];
  let token = next();
  while (token !== undefined) {
    if (isFault(token)) return token;
    const block = blocks.at(-1);
    if (token.kind === 'block') {
      blocks.push({ name: token.text, head: token, items: new Map(), tables: [] });
      token = next();
    } else if (block === undefined) {
      return faultAt(token.line, 'a "data_" line first', quoted(token.line.text));
    } else if (token.kind === 'loop') {
      const table = readTable(next, lines, block);
      if (isFault(table)) return table;
      token = table.behind;
    } else if (token.kind === 'tag') {
      const value = next();
      if (value === undefined) return endedAfter(lines, `a value of ${token.text}`);
      if (isFault(value)) return value;
      if (value.kind !== 'value') return faultAt(value.line, `a value of ${token.text}`, quoted(value.line.text));
      if (KEPT.test(token.text)) block.items.set(token.text, value);
      token = next();
    } else {
      return faultAt(token.line, 'a tag, "loop_" or "data_"', quoted(token.text));
    }
  }
  return blocks;
}

interface Behind {
  readonly behind: CifToken | undefined;
}

/** Reads tags and values behind `loop_`, and the token behind them. */
function readTable(next: () => CifToken | Fault | undefined, lines: LineReader, block: OpenBlock): Behind | Fault {
  const tags: string[] = [];
  let token = next();
  while (token !== undefined && !isFault(token) && token.kind === 'tag') {
    tags.push(token.text);
    token = next();
  }
  if (tags.length === 0 && !isFault(token)) {
    return token === undefined
      ? endedAfter(lines, 'tags behind loop_')
      : faultAt(token.line, 'tags behind loop_', quoted(token.text));
  }
  const isKept = tags.some((tag) => KEPT.test(tag));
  const values: CifToken[] = [];
  let count = 0;
  let last: CifToken | undefined;
  while (token !== undefined && !isFault(token) && token.kind === 'value') {
    count += 1;
    last = token;
    if (isKept) values.push(token);
    if (values.length > MOST_VALUES) return faultAt(token.line, `at most ${MOST_VALUES} values in a table`, 'more');
    token = next();
  }
  if (isFault(token)) return token;
  if (count % tags.length !== 0) {
    const expected = `rows of ${tags.length} values (${tags[0]}, …)`;
    const found = `${count % tags.length} in the last one`;
    return token === undefined || last === undefined
      ? endedAfter(lines, expected, found)
      : faultAt(last.line, expected, found);
  }
  if (isKept) block.tables.push({ tags, rows: rowsOf(values, tags.length) });
  return { behind: token };
}

function rowsOf(values: readonly CifToken[], width: number): CifToken[][] {
  return Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
}
