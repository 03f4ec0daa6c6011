/**
 * Writes the answer to stdout, and notes to stderr.
 *
 * The mistakes avoided here: building one string of a whole answer (a string ends at 512 MB), and writing faster than
 * the reader reads, which keeps everything in memory.
 */
import { once } from 'node:events';

export interface Output {
  /** Resolves when the reader is ready for more. */
  readonly write: (text: string) => Promise<void>;
}

export function standardOutput(stream: NodeJS.WritableStream = process.stdout): Output {
  return {
    write: async (text) => {
      if (!stream.write(text)) await once(stream, 'drain');
    },
  };
}

/** Writes the elements as one JSON array while they come. */
export async function writeJsonArray(output: Output, elements: AsyncIterable<unknown>): Promise<void> {
  let separator = '[\n';
  for await (const element of elements) {
    await output.write(separator);
    for (const part of jsonParts(element, ARRAY_ELEMENT)) await output.write(part);
    separator = ',\n';
  }
  await output.write(separator === '[\n' ? '[]\n' : '\n]\n');
}

export async function writeJson(output: Output, value: unknown): Promise<void> {
  for (const part of jsonText(value)) await output.write(part);
}

/** The document that `writeJson` writes, piece by piece. */
export function* jsonText(value: unknown): Generator<string> {
  yield* jsonParts(value, DOCUMENT);
  yield '\n';
}

export async function writeJsonLine(output: Output, value: unknown): Promise<void> {
  await output.write(`${JSON.stringify(value)}\n`);
}

interface Layout {
  readonly indent: string;
  /** How many levels below are spread over lines. */
  readonly levels: number;
}
const DOCUMENT: Layout = { indent: '', levels: 2 };
const ARRAY_ELEMENT: Layout = { indent: '  ', levels: 2 };

/** JSON with one line per entry in the outer levels and each inner value on one line, piece by piece. */
function* jsonParts(value: unknown, { indent, levels }: Layout, prefix = indent): Generator<string> {
  const entries = levels > 0 ? entriesOf(value) : undefined;
  if (entries === undefined || entries.length === 0) {
    yield prefix + JSON.stringify(value);
    return;
  }
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  yield `${prefix}${open}\n`;
  const inner: Layout = { indent: `${indent}  `, levels: levels - 1 };
  for (const [index, [key, entry]] of entries.entries()) {
    const label = key === undefined ? inner.indent : `${inner.indent}${JSON.stringify(key)}: `;
    yield* jsonParts(entry, inner, label);
    yield index === entries.length - 1 ? '\n' : ',\n';
  }
  yield `${indent}${close}`;
}

/** Entries that go on lines of their own; undefined for a value that stands on one line. */
function entriesOf(value: unknown): readonly (readonly [key: string | undefined, value: unknown])[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return Object.entries(value).filter(([, entry]) => entry !== undefined);
  const holdsObjects = value.some((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry));
  return holdsObjects ? value.map((entry) => [undefined, entry] as const) : undefined;
}
