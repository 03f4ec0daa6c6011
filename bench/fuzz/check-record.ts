/**
 * What must hold of the record of any bytes whatever, and what of a damaged file against the undamaged one.
 *
 * Each check returns what is wrong as a sentence; nothing is thrown, so that one case tells all its faults.
 */
import type { FileRecord, Place } from '../../model/calculation.ts';
import { parseFortranNumber } from '../../parsers/shared/fortran-number.ts';

/** Faults of a record by itself: numbers that are none, places outside of the file, arrays of a wrong length. */
export function faultsOf(record: FileRecord, bytes: Buffer): string[] {
  const faults: string[] = [];
  walkNumbers(record, 'record', (value, name) => {
    if (!Number.isFinite(value)) faults.push(`${name} is ${value}`);
  });
  for (const [name, place] of Object.entries(record.places)) {
    if (!isInside(place, bytes.length)) faults.push(`the place of ${name} lies outside of the file`);
  }
  for (const { code, message, where } of record.issues) {
    if (message === '' || /undefined|\[object/.test(message)) faults.push(`${code} says "${message}"`);
    if (where.byteOffset !== undefined && !(where.byteOffset >= 0 && where.byteOffset <= bytes.length)) {
      faults.push(`${code} points outside of the file`);
    }
  }
  const atoms = record.structure?.species.length;
  if (atoms !== undefined && record.structure?.cartesianAngstrom.length !== 3 * atoms) {
    faults.push('the structure has another number of positions than atoms');
  }
  if (record.completeness === 'unreadable' && record.issues.every(({ severity }) => severity !== 'error')) {
    faults.push('unreadable without an error');
  }
  return faults;
}

/** Names of single numbers whose place holds their text, as it does for most values. */
export function readableAtTheirPlace(record: FileRecord, bytes: Buffer): ReadonlySet<string> {
  const names = Object.keys(record.places).filter((name) => {
    const value = valueNamed(record, name);
    return typeof value === 'number' && textAt(record.places[name], bytes) === value;
  });
  return new Set(names);
}

/** A value must be what the damaged file says at the place it names. */
export function misquoted(record: FileRecord, bytes: Buffer, names: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  for (const name of names) {
    const value = valueNamed(record, name);
    const place = record.places[name];
    if (typeof value !== 'number' || place === undefined) continue;
    const stated = textAt(place, bytes);
    if (stated !== value) faults.push(`${name} is ${value}, but the file says ${stated} at byte ${place.byteOffset}`);
  }
  return faults;
}

/** The first difference of two records apart from places and issues; undefined when there is none. */
export function difference(whole: unknown, damaged: unknown, name = ''): string | undefined {
  if (Object.is(whole, damaged)) return undefined;
  // A title is whatever is written there.
  if (typeof whole === 'string' && typeof damaged === 'string') return undefined;
  if (!(whole instanceof Object && damaged instanceof Object))
    return `${name}: ${String(whole)} became ${String(damaged)}`;
  for (const key of new Set([...Object.keys(whole), ...Object.keys(damaged)])) {
    if (key === 'places' || key === 'place' || key === 'issues') continue;
    const found = difference(Reflect.get(whole, key), Reflect.get(damaged, key), `${name}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Issues of the damaged file that the whole one does not have. */
export function hasNewIssue(whole: FileRecord, damaged: FileRecord): boolean {
  const known = new Map<string, number>();
  for (const { code } of whole.issues) known.set(code, (known.get(code) ?? 0) + 1);
  return damaged.issues.some(({ code }) => {
    const left = known.get(code) ?? 0;
    known.set(code, left - 1);
    return left <= 0;
  });
}

function walkNumbers(value: unknown, name: string, take: (value: number, name: string) => void): void {
  if (typeof value === 'number') take(value, name);
  else if (value instanceof Float64Array) {
    const bad = value.findIndex((entry) => !Number.isFinite(entry));
    if (bad >= 0) take(value[bad] ?? Number.NaN, `${name}[${bad}]`);
  } else if (value instanceof Object) {
    for (const [key, entry] of Object.entries(value)) if (key !== 'details') walkNumbers(entry, `${name}.${key}`, take);
  }
}

function isInside(place: Place, sizeBytes: number): boolean {
  const { byteOffset, byteLength } = place;
  return byteOffset >= 0 && byteLength > 0 && byteOffset + byteLength <= sizeBytes;
}

/** `final.x` is of the last step, `settings.X` of the settings. */
function valueNamed(record: FileRecord, name: string): unknown {
  const [group, key] = name.split('.');
  if (group === undefined) return undefined;
  if (key === undefined) return Reflect.get(record, group);
  const holder = group === 'final' ? record.steps?.at(-1) : Reflect.get(record, group);
  return holder instanceof Object ? Reflect.get(holder, key) : undefined;
}

function textAt(place: Place | undefined, bytes: Buffer): number {
  if (place === undefined) return Number.NaN;
  return parseFortranNumber(bytes.toString('latin1', place.byteOffset, place.byteOffset + place.byteLength));
}
