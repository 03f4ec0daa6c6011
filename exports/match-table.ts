/**
 * All pairs of a scan as a table: a row per pair with both of its best matches, for CSV and Parquet.
 *
 * The mistakes avoided here: one "best" match (the smallest cell and the least strain are two answers, each with its own
 * area and strain), a file that gave no facet left out of the table as if it had not been in the folder, and indices such as
 * -1 0 1, which a spreadsheet takes for a formula: lists stand as JSON.
 */
import type { CoincidenceLimits, CoincidenceMatch } from '../model/coincidence.ts';
import type { Issue } from '../model/issues.ts';
import type { BestCoincidences } from '../pipeline/match-facets.ts';
import { csvRows } from './shared/csv-row.ts';
import { parquetTable, type TableColumn } from './shared/parquet-table.ts';

export interface MatchSide {
  readonly name: string;
  /** The file, or where the numbers are from. */
  readonly source: string;
  readonly sha256?: string;
  readonly miller?: readonly number[];
}

export interface MatchRow extends BestCoincidences {
  /** Absent for a file that gave no facet. */
  readonly film?: MatchSide;
  readonly substrate?: MatchSide;
  readonly issues: readonly Issue[];
}

export interface MatchOrigin {
  readonly adatomVersion: string;
  readonly limits: CoincidenceLimits;
}

export function matchesCsv(rows: Iterable<MatchRow>): Generator<string> {
  return csvRows(COLUMNS, rows);
}

export function matchesParquet(
  rows: Iterable<MatchRow>,
  { adatomVersion, limits }: MatchOrigin,
): Generator<Uint8Array> {
  const metadata = [{ key: 'adatom.limits', value: JSON.stringify(limits) }];
  return parquetTable(COLUMNS, rows, { metadata, adatomVersion });
}

type Column = TableColumn<MatchRow>;

const COLUMNS: readonly Column[] = [
  ...sideColumns('film', ({ film }) => film),
  ...sideColumns('substrate', ({ substrate }) => substrate),
  ...matchColumns('smallest', ({ minimumArea }) => minimumArea),
  ...matchColumns('least_strain', ({ leastStrain }) => leastStrain),
  {
    name: 'issues',
    type: 'STRING',
    cell: ({ issues }) => issues.map(issueText).join('; ') || null,
  },
];

function sideColumns(prefix: string, sideOf: (row: MatchRow) => MatchSide | undefined): Column[] {
  const column = (name: string, part: (side: MatchSide) => string | undefined): Column => ({
    name,
    type: 'STRING',
    cell: (row) => {
      const side = sideOf(row);
      return (side && part(side)) ?? null;
    },
  });
  return [
    column(prefix, ({ name }) => name),
    column(`${prefix}_source`, ({ source }) => source),
    column(`${prefix}_sha256`, ({ sha256 }) => sha256),
    column(`${prefix}_miller`, ({ miller }) => miller && JSON.stringify(miller)),
  ];
}

function matchColumns(prefix: string, matchOf: (row: MatchRow) => CoincidenceMatch | undefined): Column[] {
  const column = (
    name: string,
    type: Column['type'],
    part: (match: CoincidenceMatch) => string | number | boolean,
  ) => ({
    name: `${prefix}_${name}`,
    type,
    cell: (row: MatchRow) => {
      const match = matchOf(row);
      if (match === undefined) return null;
      const value = part(match);
      // −0 and 0 are one number in text and two in Parquet.
      return value === 0 ? 0 : value;
    },
  });
  return [
    column('film_multiple (1)', 'INT32', ({ filmMultiple }) => filmMultiple),
    column('substrate_multiple (1)', 'INT32', ({ substrateMultiple }) => substrateMultiple),
    column('film_area (Å²)', 'DOUBLE', ({ filmAreaAngstrom2 }) => filmAreaAngstrom2),
    column('principal_strain_1 (1)', 'DOUBLE', ({ principalStrainFractions: [least] }) => least),
    column('principal_strain_2 (1)', 'DOUBLE', ({ principalStrainFractions: [, most] }) => most),
    column('max_abs_principal_strain (1)', 'DOUBLE', ({ maxAbsPrincipalFraction }) => maxAbsPrincipalFraction),
    column('von_mises_strain (1)', 'DOUBLE', ({ vonMisesFraction }) => vonMisesFraction),
    column('stradi_strain (1)', 'DOUBLE', ({ stradiFraction }) => stradiFraction),
    column('mean_absolute_strain (1)', 'DOUBLE', ({ meanAbsoluteFraction }) => meanAbsoluteFraction),
    column('angle (°)', 'DOUBLE', ({ angleDegrees }) => angleDegrees),
    column('rotation (°)', 'DOUBLE', ({ rotationDegrees }) => rotationDegrees),
    column('film_turned_over', 'BOOLEAN', ({ isFilmTurnedOver }) => isFilmTurnedOver),
    column('film_matrix', 'STRING', ({ filmMatrix }) => JSON.stringify(filmMatrix)),
    column('substrate_matrix', 'STRING', ({ substrateMatrix }) => JSON.stringify(substrateMatrix)),
  ];
}

function issueText({ code, message, where }: Issue): string {
  return [code, ...(where.file === undefined ? [] : [where.file]), message].join(' ');
}
