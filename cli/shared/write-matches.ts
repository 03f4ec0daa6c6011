/**
 * Writes a scan: matches.csv, matches.json and matches.parquet into a folder, and the matrix picture.
 *
 * Nothing in these files tells how they came about (threads, what was kept from before): the same question has the same
 * bytes as its answer.
 */
import { writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { type MatchRow, type MatchSide, matchesCsv, matchesParquet } from '../../exports/match-table.ts';
import { isSystemError, reasonOf } from '../../intake/system-error.ts';
import { AdatomError } from '../../model/errors.ts';
import { adatomVersion } from '../../reading/version.ts';
import { type MatchScan, type ScannedPlane, scanDocument } from './match-scan.ts';
import { type DrawnMatch, matrixPages } from './matrix-svg.ts';
import { writeFiles } from './out-folder.ts';
import { jsonText } from './output.ts';
import { visible } from './terminal.ts';

/** Returns the paths. */
export function writeMatches(out: string, scan: MatchScan): string[] {
  const rows = rowsOf(scan);
  const version = adatomVersion();
  return writeFiles(out, [
    ['matches.csv', matchesCsv(rows)],
    ['matches.json', jsonText({ adatomVersion: version, ...scanDocument(scan) })],
    ['matches.parquet', matchesParquet(rows, { adatomVersion: version, limits: scan.limits })],
  ]);
}

/** Returns the paths: further pages have a number before the ending. */
export function writeMatrix(file: string, scan: MatchScan, which: DrawnMatch): string[] {
  const ending = extname(file);
  const stem = join(dirname(file), basename(file, ending));
  return matrixPages(scan, which).map((page, at) => {
    const path = at === 0 ? file : `${stem}-${at + 1}${ending}`;
    try {
      writeFileSync(path, page);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      throw new AdatomError('request', visible(`--matrix ${path}: ${reasonOf(error)}`), { cause: error });
    }
    return path;
  });
}

/** One per pair; then one per file that could not be read, which has no facet. */
function rowsOf({ pairs, filmIssues, substrateIssues }: MatchScan): MatchRow[] {
  const unread = (issues: MatchScan['filmIssues'], side: 'film' | 'substrate'): MatchRow[] => {
    const files = new Set(
      issues.filter(({ severity }) => severity === 'error').flatMap(({ where }) => where.file ?? []),
    );
    return [...files].map((file) => ({
      [side]: { name: '', source: file },
      issues: issues.filter(({ where }) => where.file === file),
    }));
  };
  return [
    ...pairs.map(({ film, substrate, ...found }) => ({ ...found, film: sideOf(film), substrate: sideOf(substrate) })),
    ...unread(filmIssues, 'film'),
    ...unread(substrateIssues, 'substrate'),
  ];
}

function sideOf({ name, source, facet }: ScannedPlane): MatchSide {
  if (facet === undefined) return { name, source };
  const { sha256, facet: plane } = facet;
  return { name, source, ...(sha256 !== undefined && { sha256 }), miller: plane.miller };
}
