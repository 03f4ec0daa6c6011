/** Writes the files of a screening: ranking.json, ranking.csv, calculations.ndjson, report.html. */
import { basename, dirname, join, resolve } from 'node:path';
import { calculationLine } from '../../exports/calculation-line.ts';
import { rankingCsv } from '../../exports/csv.ts';
import type { Profile } from '../../model/profile.ts';
import type { Screening } from '../../pipeline/screen.ts';
import { writeFiles } from './out-folder.ts';
import { reportHtml } from './report/report-html.ts';

/** Folder of the records kept for the next screening. */
export function cacheFolder(out: string): string {
  return join(out, 'cache');
}

/** Returns the paths written. Throws a `request` error when the folder cannot be written. */
export function writeScreening(
  out: string,
  screening: Screening,
  { folders, profile }: { readonly folders: readonly string[]; readonly profile: Profile },
): string[] {
  const { result, calculations } = screening;
  const roles = new Map(result.roles.map((role) => [role.calculation, role]));
  const title = folders.map(twoNames).join(', ');
  const files: readonly (readonly [name: string, content: string])[] = [
    ['ranking.json', `${JSON.stringify(result, null, 1)}\n`],
    ['ranking.csv', rankingCsv(result)],
    [
      'calculations.ndjson',
      calculations.map((calculation) => `${JSON.stringify(calculationLine(calculation, roles))}\n`).join(''),
    ],
    ['report.html', reportHtml(result, { title, sources: folders, profile })],
  ];
  return writeFiles(
    out,
    files.map(([name, content]) => [name, [content]]),
  );
}

/** The folder with the one it lies in: many campaigns keep theirs in a folder called "calculations". */
function twoNames(folder: string): string {
  const path = resolve(folder);
  const above = basename(dirname(path));
  return above === '' ? basename(path) : `${above}/${basename(path)}`;
}
