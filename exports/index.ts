/**
 * Export formats, one file each. The API and the command line list, describe and write formats from these definitions:
 * one more is one file here and one line below.
 */
import { calculationsFormat } from './calculations.ts';
import { cifFormat } from './cif.ts';
import { csvFormat } from './csv.ts';
import { extxyzFormat } from './extxyz.ts';
import { jsonFormat } from './json.ts';
import { ndjsonFormat } from './ndjson.ts';
import { optimadeFormat } from './optimade.ts';
import { parquetFormat } from './parquet.ts';
import { poscarFormat } from './poscar.ts';
import { pymatgenFormat } from './pymatgen.ts';
import type { ExportFormat, ScreeningFormat, SingleStructureFormat } from './shared/export-format.ts';

export type {
  Chunks,
  ExportContext,
  ExportFormat,
  ScreeningFormat,
  SingleStructureFormat,
} from './shared/export-format.ts';
export { gathered } from './shared/gathered.ts';

export const EXPORTS: readonly ExportFormat[] = [
  csvFormat,
  ndjsonFormat,
  jsonFormat,
  calculationsFormat,
  parquetFormat,
  extxyzFormat,
  optimadeFormat,
  poscarFormat,
  cifFormat,
  pymatgenFormat,
];

/** Formats that a whole screening can be had in. */
export function screeningFormats(formats: readonly ExportFormat[]): ScreeningFormat[] {
  return formats.filter((format) => format.madeOf !== 'structure');
}

/** Formats that one structure can be had in; those that hold just one come first. */
export function structureFormats(formats: readonly ExportFormat[]): SingleStructureFormat[] {
  return [
    ...formats.filter((format) => format.madeOf === 'structure'),
    ...formats.filter((format) => format.madeOf === 'structures'),
  ];
}
