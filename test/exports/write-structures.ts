/** Writes structures in the formats that exports know, for tests. */
import { EXPORTS, type SingleStructureFormat, structureFormats } from '../../exports/index.ts';
import type { StructureDocument } from '../../model/structure-document.ts';
import { streamed, textOf } from './structures.ts';

export const CONTEXT = { adatomVersion: '0.0.0' };

export function formatNamed(identifier: string): SingleStructureFormat {
  const found = structureFormats(EXPORTS).find((format) => format.identifier === identifier);
  if (found === undefined) throw new Error(`no format ${identifier}`);
  return found;
}

/** The file of this format with these structures. */
export function written(identifier: string, structures: readonly StructureDocument[]): Promise<string> {
  const format = formatNamed(identifier);
  if (format.madeOf === 'structures') return textOf(format.write(streamed(structures), CONTEXT));
  const [structure] = structures;
  if (structure === undefined) throw new Error('one structure');
  return textOf(format.write(structure, CONTEXT));
}

export function rowsOf<T>(flat: readonly T[]): [T, T, T][] {
  return Array.from({ length: flat.length / 3 }, (_, row) => flat.slice(3 * row, 3 * row + 3) as [T, T, T]); // three each
}
