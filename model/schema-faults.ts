/**
 * A value read through a zod schema; each fault says where, what was expected and what was found.
 *
 * Schemas are strict: an unknown key is a fault that names the nearest known one, and of several allowed forms only the
 * faults of the closest one are told.
 */
import { z } from 'zod';
import { expectedText, foundText, nearest } from './schema-wording.ts';

type Path = readonly PropertyKey[];
type SchemaIssue = z.core.$ZodIssue;

export interface SchemaFault {
  readonly path: Path;
  /** In words: `expected a finite number, found "x"`, or what else is wrong. */
  readonly text: string;
  /** The two halves of the text, for programs. */
  readonly expected?: string;
  readonly found?: string;
}

export type SchemaReading<T> =
  | { readonly valid: true; readonly value: T }
  | { readonly valid: false; readonly faults: readonly SchemaFault[] };

export function readBySchema<T>(schema: z.core.$ZodType<T>, value: unknown): SchemaReading<T> {
  const known = new Map<string, readonly string[]>();
  const parsed = z.safeParse(schema, value, {
    error: (raw) => {
      if (raw.code === 'unrecognized_keys' && raw.inst instanceof z.ZodObject) {
        known.set(JSON.stringify(raw.path ?? []), Object.keys(raw.inst.shape));
      }
      return expectedText(raw);
    },
  });
  if (parsed.success) return { valid: true, value: parsed.data };
  return { valid: false, faults: parsed.error.issues.flatMap((entry) => faultsOf(entry, value, known)) };
}

/** `objectives[0].weight` */
export function pathText(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function faultsOf(entry: SchemaIssue, value: unknown, known: ReadonlyMap<string, readonly string[]>): SchemaFault[] {
  if (entry.code === 'unrecognized_keys') {
    const keys = known.get(JSON.stringify(entry.path)) ?? [];
    return entry.keys.map((key) => ({ path: [...entry.path, key], text: `unknown key${suggestion(key, keys)}` }));
  }
  if (entry.code === 'invalid_union' && entry.errors.length > 0) {
    const closest = closestBranch(entry.errors);
    return closest.flatMap((inner) => faultsOf({ ...inner, path: [...entry.path, ...inner.path] }, value, known));
  }
  const found = foundText(valueAt(value, entry.path));
  if (entry.code === 'custom') return [{ path: entry.path, text: `${entry.message}; found ${found}`, found }];
  const text = `expected ${entry.message}, found ${found}`;
  return [{ path: entry.path, text, expected: entry.message, found }];
}

function suggestion(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  if (near !== undefined) return `; did you mean "${near}"?`;
  return known.length === 0 ? '' : `; known keys: ${known.join(', ')}`;
}

/** Of several allowed forms, the one that was met furthest: its faults are those the author wants to hear of. */
function closestBranch(branches: readonly (readonly SchemaIssue[])[]): readonly SchemaIssue[] {
  const depth = (issues: readonly SchemaIssue[]) => Math.max(...issues.map((entry) => entry.path.length));
  return [...branches].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}
