/** A table of candidates that a command was given, and what it is written in. */
import { extname } from 'node:path';
import type { TableText } from '../../pipeline/profile-table.ts';
import { readText } from '../../reading/read-text.ts';

/** Throws `AdatomError('request')` when the file cannot be read. */
export function tableText(file: string): TableText {
  const text = readText(file);
  return { file, text, format: tableFormat(file, text) };
}

/** By its ending; a file with another one is JSON when it begins like it. */
function tableFormat(file: string, text: string): 'csv' | 'json' {
  const ending = extname(file).toLowerCase();
  if (ending === '.json') return 'json';
  if (ending === '.csv' || ending === '.tsv') return 'csv';
  return /^\uFEFF?\s*[[{]/.test(text) ? 'json' : 'csv';
}
