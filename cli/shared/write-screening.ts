/**
 * Writes the files of a screening: ranking.json, ranking.csv, calculations.ndjson, report.html.
 *
 * Each is written beside its place and then moved there, so that a reader never sees half a file and a full disk costs
 * no earlier result. The folder is marked, so that the next screening does not search it.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { calculationLine } from '../../exports/calculation-line.ts';
import { rankingCsv } from '../../exports/csv.ts';
import { makeFolder } from '../../intake/make-folder.ts';
import { isSystemError, reasonOf } from '../../intake/system-error.ts';
import { OUTPUT_MARKER } from '../../intake/walk.ts';
import { AdatomError } from '../../model/errors.ts';
import type { Screening } from '../../pipeline/screen.ts';
import { reportHtml } from './report/report-html.ts';

const MARKER_TEXT = 'Written by adatom: this folder holds results and is not searched for calculations.\n';

/** Folder of the records kept for the next screening. */
export function cacheFolder(out: string): string {
  return join(out, 'cache');
}

/** Returns the paths written. Throws a `request` error when the folder cannot be written. */
export function writeScreening(out: string, screening: Screening, folders: readonly string[]): string[] {
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
    ['report.html', reportHtml(result, { title, sources: folders })],
  ];
  try {
    makeFolder(out);
    writeFileSync(join(out, OUTPUT_MARKER), MARKER_TEXT);
    return files.map(([name, content]) => writeWhole(join(out, name), content));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AdatomError('request', `cannot write to ${out}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The folder with the one it lies in: many campaigns keep theirs in a folder called "calculations". */
function twoNames(folder: string): string {
  const path = resolve(folder);
  const above = basename(dirname(path));
  return above === '' ? basename(path) : `${above}/${basename(path)}`;
}

function writeWhole(path: string, content: string): string {
  const temporary = `${path}.${process.pid}.part`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return path;
}
