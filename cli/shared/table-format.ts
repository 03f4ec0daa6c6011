/** What a table of candidates is written in. */
import { extname } from 'node:path';

/** By its ending; a file with another one is JSON when it begins like it. */
export function tableFormat(file: string, text: string): 'csv' | 'json' {
  const ending = extname(file).toLowerCase();
  if (ending === '.json') return 'json';
  if (ending === '.csv' || ending === '.tsv') return 'csv';
  return /^\uFEFF?\s*[[{]/.test(text) ? 'json' : 'csv';
}
