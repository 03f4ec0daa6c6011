/**
 * The `magnetization (x|y|z)` tables: what decides whether a calculation is magnetic.
 *
 * The total moment cannot tell an antiferromagnet from a non-magnetic system, the largest atomic moment can
 * (SCIENCE §11, ISPIN). A non-collinear run has three tables, whose vectors count. A table that the end of the file cuts is
 * not read: its largest moment may be missing.
 */
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { readSiteTable, type SiteTable } from './site-table.ts';

/** Of what is told of a damaged table. */
export const MAGNETISATION_BLOCK = 'magnetization';
export const MAGNETISATION_TITLE = needle('magnetization (');
const DIRECTIONS = ['x', 'y', 'z'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** The last whole table of each direction. */
export type MagnetisationTables = Partial<Record<Direction, SiteTable>>;

/** Largest |m| of an atom over the last tables in [from, to), µB; undefined without a whole table. */
export function largestAtomMagnetisation(
  scanner: ByteScanner,
  from: number,
  to: number,
): number | 'overflow' | undefined {
  const tables = Object.values(readMagnetisationTables(scanner, from, to));
  if (tables.length === 0) return undefined;
  const components = tables.map((table) => table.totals);
  const [first] = components;
  if (first === undefined || components.some((totals) => totals?.length !== first.length)) return 'overflow';
  const [, second, third] = components;
  let largest = 0;
  for (let atom = 0; atom < first.length; atom += 1) {
    const moment = first[atom] as number; // in range
    // One table is all there is of most runs, and hypot costs more than reading it.
    const length = second === undefined ? Math.abs(moment) : Math.hypot(moment, second[atom] ?? 0, third?.[atom] ?? 0);
    if (length > largest) largest = length;
  }
  return largest;
}

export function readMagnetisationTables(scanner: ByteScanner, from: number, to: number): MagnetisationTables {
  const tables: MagnetisationTables = {};
  let at = scanner.indexOf(MAGNETISATION_TITLE, from, to);
  while (at >= 0) {
    const behind = at + MAGNETISATION_TITLE.length;
    const letter = scanner.text(behind, behind + 1);
    const direction = DIRECTIONS.find((name) => name === letter);
    const table = direction === undefined ? undefined : readSiteTable(scanner, at, to);
    if (direction !== undefined && table !== undefined) tables[direction] = table;
    at = scanner.indexOf(MAGNETISATION_TITLE, behind, to);
  }
  return tables;
}
