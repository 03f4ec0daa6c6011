/** Shortcuts of the OUTCAR tests. */
import { memorySource } from '../../../model/byte-source.ts';
import type { FileRecord, IonicStep } from '../../../model/calculation.ts';
import type { Issue } from '../../../model/issues.ts';
import { outcarParser } from '../../../parsers/outcar.ts';
import { bytesOf } from './outcar-text.ts';

export function parseText(text: string): FileRecord {
  return outcarParser.parse(memorySource(bytesOf(text)));
}

export function codes(record: FileRecord): string[] {
  return record.issues.map((entry) => entry.code);
}

export function issueOf(record: FileRecord, code: string): Issue | undefined {
  return record.issues.find((entry) => entry.code === code);
}

export function lastStep(record: FileRecord): IonicStep {
  const last = record.steps?.at(-1);
  if (last === undefined) throw new Error('no step');
  return last;
}

/** The text of the value that the record says it took from the file. */
export function textAt(text: string, record: FileRecord, name: string): string {
  const place = record.places[name];
  if (place === undefined) throw new Error(`no place of ${name}`);
  return text.slice(place.byteOffset, place.byteOffset + place.byteLength);
}
