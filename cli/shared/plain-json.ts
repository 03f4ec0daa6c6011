/**
 * Any part of a record as plain JSON: arrays of numbers as lists, of 3-vectors as lists of rows.
 *
 * The mistake avoided here: JSON turns NaN into null. A number that is not finite is left out, like everything that the
 * file does not say; a list with such a number in it is left out as a whole, because its other numbers would move up.
 */
import { rows } from '../../model/structure.ts';

/** Arrays of length 3N, by their name in whatever record. */
const VECTORS = /^(?:cartesianAngstrom|fractional|\w*Vectors\w*|\w*[fF]orcesEvPerAngstrom|velocities\w*)$/;

/** Undefined when nothing of the value is known. `name`: the key under which it stands. */
export function plainJson(value: unknown, name = ''): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if (value instanceof Float64Array) return value.every(Number.isFinite) ? numberList(value, name) : undefined;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Uint8Array);
  if (Array.isArray(value)) return plainList(value);
  return plainObject(value);
}

function numberList(values: Float64Array, name: string): unknown {
  return values.length % 3 === 0 && VECTORS.test(name) ? rows(values) : Array.from(values);
}

function plainList(values: readonly unknown[]): unknown {
  if (values.every((value) => typeof value === 'string')) return values;
  const plain = values.map((value) => plainJson(value));
  return plain.includes(undefined) ? undefined : plain;
}

function plainObject(object: object): object {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const plain = plainJson(value, key);
    if (plain !== undefined) result[key] = plain;
  }
  return result;
}
