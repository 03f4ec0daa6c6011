/**
 * A table as its file holds it, before anybody knows what the columns mean: the form CSV and JSON share.
 */
import type { Issue, Where } from '../../model/issues.ts';
import type { RankableValue } from '../../model/ranking.ts';

/** A cell as the file holds it; an absent `content` is an empty cell. Only JSON has the other keys. */
export interface TableCell {
  readonly content?: string | number;
  readonly uncertainty?: string | number;
  readonly unit?: string;
  readonly quality?: RankableValue['quality'];
  /** Why the cell is empty, when the file says so. */
  readonly absence?: string;
}

export interface TableRow {
  readonly where: Where;
  /** By column; shorter than the header when cells are absent. */
  readonly cells: readonly TableCell[];
  readonly placeOf: (column: number, header: string) => Where;
  /** Why no value of the row can be trusted. */
  readonly fault?: Issue;
}

export interface RawTable {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}
