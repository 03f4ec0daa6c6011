/**
 * Words for the faults a schema finds: what was expected, what was found, which known name is nearest.
 *
 * Library texts such as `Invalid input` or `Too small` do not say what to write instead. A schema's own message (a
 * `refine` text) is kept as it is.
 */
import type { z } from 'zod';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list',
  string: 'text',
  number: 'a finite number',
  int: 'a whole number',
  boolean: 'true or false',
};

const FOUND_CHARACTERS = 60;

/** What a value should have been, to stand behind "expected"; undefined leaves the schema's own words. */
export function expectedText(raw: z.core.$ZodRawIssue): string | undefined {
  switch (raw.code) {
    case 'invalid_type':
      return TYPE_WORDS[raw.expected] ?? raw.expected;
    case 'invalid_value':
      return oneOf(raw.values);
    case 'invalid_union':
      return Array.isArray(raw.options) ? oneOf(raw.options) : undefined;
    case 'too_small':
      return bound(raw.origin, raw.inclusive === false ? 'more than' : 'at least', raw.minimum);
    case 'too_big':
      return bound(raw.origin, raw.inclusive === false ? 'less than' : 'at most', raw.maximum);
    case 'invalid_format':
      return raw.format === 'uuid' ? 'an id of 36 characters (a UUID)' : undefined;
    default:
      return undefined;
  }
}

/** A value as its author would recognise it, cut to a line. */
export function foundText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = jsonText(value) ?? String(value);
  return text.length > FOUND_CHARACTERS ? `${text.slice(0, FOUND_CHARACTERS)}…` : text;
}

function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // JSON is parsed to any depth, but written by a function that calls itself.
    if (error instanceof RangeError) return 'something nested too deep';
    throw error;
  }
}

/** The known name that differs by at most a third of its letters (at least one); undefined when none is that near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance <= Math.max(1, Math.floor(candidate.length / 3))) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => foundText(value));
  return words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`;
}

function bound(origin: string, comparison: string, limit: number | bigint): string {
  if (origin === 'array') return `a list of ${comparison} ${limit} item(s)`;
  if (origin === 'string') return `text of ${comparison} ${limit} character(s)`;
  return `a number of ${comparison} ${limit}`;
}

/** Levenshtein distance in which two neighbouring letters that changed places count once, the commonest slip. */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = (last[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      let distance = Math.min(substitution, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (row > 1 && column > 1 && swapped) distance = Math.min(distance, (beforeLast[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}
