/** Writes a ranked table into a file, in the format of its ending. */
import { existsSync, realpathSync } from 'node:fs';
import { extname } from 'node:path';
import { type RankedTable, rankedTableCsv, rankedTableParquet } from '../../exports/ranked-table.ts';
import { isSystemError, reasonOf } from '../../intake/system-error.ts';
import { AdatomError } from '../../model/errors.ts';
import type { Issue } from '../../model/issues.ts';
import { adatomVersion } from '../../reading/version.ts';
import { type Content, writeWhole } from './out-folder.ts';
import { jsonText } from './output.ts';
import { rankingDocument } from './ranking-document.ts';
import { visible } from './terminal.ts';

/** `noticed`: issues of the table that was ranked. */
type ContentOf = (table: RankedTable, noticed: readonly Issue[]) => Content;

const FORMATS: ReadonlyMap<string, ContentOf> = new Map<string, ContentOf>([
  ['.csv', (table) => rankedTableCsv(table)],
  ['.json', ({ ranking }, noticed) => jsonText(rankingDocument(ranking, noticed))],
  ['.parquet', (table) => rankedTableParquet(table, adatomVersion())],
]);

/**
 * Throws a `request` error before any work is done: for an ending that is no format, and for the table `ranked` itself,
 * whose columns that the profile does not use would be lost.
 */
export function rankingWriter(file: string, ranked: string): (table: RankedTable, noticed: readonly Issue[]) => void {
  const contentOf = FORMATS.get(extname(file).toLowerCase());
  if (contentOf === undefined) {
    const endings = [...FORMATS.keys()].join(', ');
    throw new AdatomError('request', `--out: expected a file that ends in ${endings}, found ${visible(file)}`);
  }
  if (isOneFile(file, ranked)) {
    throw new AdatomError(
      'request',
      `--out: expected another file than the table that is ranked, found ${visible(file)}`,
    );
  }
  return (table, noticed) => {
    try {
      writeWhole(file, contentOf(table, noticed));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      throw new AdatomError('request', visible(`--out ${file}: ${reasonOf(error)}`), { cause: error });
    }
  };
}

function isOneFile(left: string, right: string): boolean {
  return existsSync(left) && existsSync(right) && realpathSync(left) === realpathSync(right);
}
