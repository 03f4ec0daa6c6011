/**
 * A YAML file read through a zod schema; every fault names the file, the line, what was expected and what was found.
 *
 * The mistake avoided here: a schema error such as `objectives.1.weight` without a line sends the author of a
 * 60-line profile searching, and a misspelt optional key that is silently dropped changes a ranking. Schemas are
 * strict, and an unknown key is reported on its own line with the nearest known one.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml';
import type { z } from 'zod';
import { AdatomError } from './errors.ts';
import { pathText, readBySchema } from './schema-faults.ts';

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
  const reading = readBySchema(schema, value);
  if (reading.valid) return reading.value;
  throw fault(
    fileName,
    reading.faults.map((problem) => ({
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

/** Line of the key (or list item) at `path`; of the mapping that should hold it, when it is not there. */
function lineOf(root: ParsedNode | null, path: readonly PropertyKey[], lines: LineCounter): number {
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
