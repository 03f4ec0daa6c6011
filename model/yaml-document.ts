/**
 * A YAML file read through a zod schema; every fault names the file, the line, what was expected and what was found.
 *
 * The mistake avoided here: a schema error such as `objectives.1.weight` without a line sends the author of a
 * 60-line profile searching, and a misspelt optional key that is silently dropped changes a ranking. Schemas are
 * strict, and an unknown key is reported on its own line with the nearest known one.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml';
import { z } from 'zod';
import { AdatomError } from './errors.ts';
import { expectedText, foundText, nearest } from './schema-wording.ts';

type Path = readonly PropertyKey[];
type SchemaIssue = z.core.$ZodIssue;

interface Problem {
  readonly path: Path;
  readonly text: string;
}

/**
 * The document in `text` as the schema gives it out.
 * Throws `AdatomError('request')` with one line per fault: `profile.yaml line 12, objectives[0].weight: expected …`.
 */
export function parseYamlDocument<T>(text: string, fileName: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw fault(
      fileName,
      document.errors.map((error) => ({ line: lines.linePos(error.pos[0]).line, text: error.message })),
    );
  }
  const value = plainValue(() => document.toJS(), fileName);
  const known = new Map<string, readonly string[]>();
  const parsed = schema.safeParse(value, {
    error: (raw) => {
      if (raw.code === 'unrecognized_keys' && raw.inst instanceof z.ZodObject) {
        known.set(JSON.stringify(raw.path ?? []), Object.keys(raw.inst.shape));
      }
      return expectedText(raw);
    },
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((entry) => problemsOf(entry, value, known));
  throw fault(
    fileName,
    problems.map((problem) => ({
      line: lineOf(document.contents, problem.path, lines),
      text: problem.path.length === 0 ? problem.text : `${pathText(problem.path)}: ${problem.text}`,
    })),
  );
}

function fault(fileName: string, faults: readonly { readonly line: number; readonly text: string }[]): AdatomError {
  const ordered = [...faults].sort((a, b) => a.line - b.line);
  const message = ordered.map((entry) => `${fileName} line ${entry.line}, ${entry.text}`).join('\n');
  return new AdatomError('request', message, { where: { file: fileName, line: ordered[0]?.line ?? 1 } });
}

/** Refuses documents whose aliases multiply without bound. */
function plainValue(toJs: () => unknown, fileName: string): unknown {
  try {
    return toJs();
  } catch (cause) {
    throw new AdatomError('request', `${fileName}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      where: { file: fileName },
      cause,
    });
  }
}

function problemsOf(entry: SchemaIssue, value: unknown, known: ReadonlyMap<string, readonly string[]>): Problem[] {
  if (entry.code === 'unrecognized_keys') {
    const keys = known.get(JSON.stringify(entry.path)) ?? [];
    return entry.keys.map((key) => ({ path: [...entry.path, key], text: `unknown key${suggestion(key, keys)}` }));
  }
  if (entry.code === 'invalid_union' && entry.errors.length > 0) {
    const closest = closestBranch(entry.errors);
    return closest.flatMap((inner) => problemsOf({ ...inner, path: [...entry.path, ...inner.path] }, value, known));
  }
  const found = foundText(valueAt(value, entry.path));
  const text =
    entry.code === 'custom' ? `${entry.message}; found ${found}` : `expected ${entry.message}, found ${found}`;
  return [{ path: entry.path, text }];
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

/** Line of the key (or list item) at `path`; of the mapping that should hold it, when it is not there. */
function lineOf(root: ParsedNode | null, path: Path, lines: LineCounter): number {
  let node: Node | null | undefined = root;
  let offset = root?.range[0] ?? 0;
  for (const key of path) {
    if (isAlias(node)) break;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value as Node | null; // a parsed document holds nodes only
    } else if (isSeq(node)) {
      node = node.items[Number(key)] as Node | undefined; // a parsed document holds nodes only
      offset = node?.range?.[0] ?? offset;
    } else break;
  }
  return Math.max(1, lines.linePos(offset).line);
}

/** `objectives[0].weight` */
function pathText(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
