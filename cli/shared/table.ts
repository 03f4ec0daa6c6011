/** A plain table: columns padded to their widest cell, two blanks between, no trailing blanks. */
import { displayWidth } from './terminal.ts';

export interface Column {
  readonly title: string;
  /** Numbers stand right, so that their decimals are under each other. */
  readonly align?: 'left' | 'right';
}

/** Lines of the table, title line first. An unknown value is an empty cell. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const titles = columns.map((column) => column.title);
  const widths = columns.map((_, index) =>
    Math.max(...[titles, ...rows].map((cells) => displayWidth(cells[index] ?? ''))),
  );
  return [titles, ...rows].map((cells) =>
    columns
      .map(({ align }, index) => pad(cells[index] ?? '', widths[index] ?? 0, align ?? 'left'))
      .join('  ')
      .trimEnd(),
  );
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'right' ? blanks + text : text + blanks;
}
