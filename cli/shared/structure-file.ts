/**
 * One structure written to a file in the format that its name says: `.vasp`, `.poscar`, `POSCAR`, `.cif`, `.extxyz`, `.xyz`,
 * `.json`.
 */
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { EXPORTS, gathered, type SingleStructureFormat, structureFormats } from '../../exports/index.ts';
import { isSystemError, reasonOf } from '../../intake/system-error.ts';
import { AdatomError } from '../../model/errors.ts';
import type { StructureDocument } from '../../model/structure-document.ts';
import { adatomVersion } from '../../reading/version.ts';
import { visible } from './terminal.ts';

const BY_NAME: readonly (readonly [name: RegExp, identifier: string])[] = [
  [/\.(?:vasp|poscar)$|^POSCAR|^CONTCAR/i, 'poscar'],
  [/\.cif$/i, 'cif'],
  [/\.(?:ext)?xyz$/i, 'extxyz'],
  [/\.json$/i, 'pymatgen'],
];

/** Throws `AdatomError('request')` for a name that says no format: to be asked before anything is computed. */
export function structureFormatOf(path: string): SingleStructureFormat {
  const identifier = BY_NAME.find(([name]) => name.test(basename(path)))?.[1];
  const format = structureFormats(EXPORTS).find((known) => known.identifier === identifier);
  if (format !== undefined) return format;
  throw new AdatomError('request', visible(`${path}: expected a name that ends in .vasp, .cif, .extxyz or .json`));
}

export async function writeStructureFile(path: string, structure: StructureDocument): Promise<void> {
  const format = structureFormatOf(path);
  const context = { adatomVersion: adatomVersion() };
  const chunks =
    format.madeOf === 'structure' ? format.write(structure, context) : format.write(single(structure), context);
  try {
    await writeFile(path, gathered(chunks));
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new AdatomError('request', visible(`${path}: ${reasonOf(cause)}`), { cause });
  }
}

async function* single(structure: StructureDocument): AsyncGenerator<StructureDocument> {
  yield structure;
}
