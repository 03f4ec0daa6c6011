/**
 * `adatom parse`: what VASP files say, one record per file, as a table or as JSON.
 *
 * One file that cannot be read is a record that says why; only when nothing at all could be read is there no answer.
 */
import { statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Command, Option } from 'commander';
import { isSystemError } from '../intake/system-error.ts';
import { walk } from '../intake/walk.ts';
import { AdatomError } from '../model/errors.ts';
import { type Issue, issue } from '../model/issues.ts';
import { parserForName, parsers } from '../parsers/index.ts';
import { groupedTasks, openParsePool, readInOrder } from '../reading/parse-pool.ts';
import type { ReadOptions } from '../reading/read-record.ts';
import { type CommonOptions, newCommand, wholeNumber } from './shared/command.ts';
import { type Output, standardOutput, writeJson, writeJsonArray, writeJsonLine } from './shared/output.ts';
import { startProgress } from './shared/progress.ts';
import { type RecordDocument, recordDocument } from './shared/record-document.ts';
import { recordTable } from './shared/record-table.ts';
import { paintFor, visible } from './shared/terminal.ts';

interface ParseOptions extends CommonOptions {
  readonly steps: 'last' | 'all';
  readonly eigenvalues?: boolean;
  readonly dos?: boolean;
  readonly tail?: boolean;
  /** False with --no-hash. */
  readonly hash: boolean;
  readonly provenance?: boolean;
  readonly ndjson?: boolean;
  readonly threads?: number;
}

export function parseCommand(): Command {
  return newCommand('parse', 'read VASP files and print what they say')
    .argument('<path...>', 'files, or folders that are searched for files of the known formats')
    .addOption(new Option('--steps <which>', 'ionic steps to print').choices(['last', 'all']).default('last'))
    .option('--eigenvalues', 'print all eigenvalues and occupations, not only the band gap')
    .option('--dos', 'print the density of states')
    .option('--tail', 'final state only, from the end of the file; without SHA-256')
    .option('--no-hash', 'leave out the SHA-256 of the files')
    .option('--provenance', 'print where in the file each value stands')
    .option('--ndjson', 'print one JSON document per line and file')
    .option('--threads <number>', 'threads to parse with (default: one per core)', wholeNumber(1))
    .addHelpText('after', `\nFiles that are read, plain or packed with gzip, xz, bzip2 or zstd:\n${formatLines()}`)
    .action(parsePaths);
}

async function parsePaths(paths: readonly string[], options: ParseOptions): Promise<void> {
  if (options.tail === true && options.steps === 'all') {
    throw new AdatomError('request', '--tail reads the final state only: it cannot be used with --steps all');
  }
  const request = requestFor(paths);
  noteSearchIssues(request, options);
  if (request.files.length === 0 && request.lost.length === 0) {
    if (options.json === true) await standardOutput().write('[]\n');
    throw new AdatomError('unanswerable', `no file of a known format (${formatNames()}) in ${paths.join(', ')}`);
  }
  const unreadable: RecordDocument[] = [];
  const documents = documentsOf(request, options, unreadable);
  await print(documents, request.isOneFile, options);
  if (request.missing.length > 0) {
    throw new AdatomError('request', `no such file or folder: ${request.missing.join(', ')}`);
  }
  if (unreadable.length === request.files.length + request.lost.length) throw nothingRead(unreadable);
}

interface Request {
  readonly files: readonly string[];
  /** What was named or found and cannot be looked into. */
  readonly lost: readonly RecordDocument[];
  readonly missing: readonly string[];
  readonly notes: readonly Issue[];
  /** A single file was asked for: the answer is its record, not a list. */
  readonly isOneFile: boolean;
}

function requestFor(paths: readonly string[]): Request {
  const files: string[] = [];
  const lost: RecordDocument[] = [];
  const missing: string[] = [];
  const notes: Issue[] = [];
  let isOneFile = paths.length === 1;
  for (const path of paths) {
    const kind = kindOf(path);
    if (kind === 'missing') {
      if (paths.length === 1) throw new AdatomError('request', `no such file or folder: ${path}`);
      missing.push(path);
      lost.push(lostDocument(path, issue('E_UNREADABLE', { reason: 'no such file or folder' })));
    } else if (kind === 'file') files.push(path);
    else {
      isOneFile = false;
      const found = searchFolder(path);
      files.push(...found.files);
      for (const entry of found.issues) {
        const file = below(path, entry.where.file ?? '.');
        if (entry.severity === 'error') lost.push(lostDocument(file, entry));
        else notes.push({ ...entry, where: { file } });
      }
    }
  }
  return { files, lost, missing, notes, isOneFile };
}

function kindOf(path: string): 'file' | 'folder' | 'missing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // Anything else than a wrong name is told by reading it.
    return error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'missing' : 'file';
  }
}

function searchFolder(folder: string): { files: readonly string[]; issues: readonly Issue[] } {
  const isWanted = (name: string): boolean => parserForName(name) !== undefined;
  const found = walk([folder], isWanted);
  const files = found.folders.flatMap((visited) =>
    visited.files.filter(({ name }) => isWanted(name)).map(({ name }) => below(folder, `${visited.path}/${name}`)),
  );
  return { files, issues: found.issues };
}

function below(folder: string, path: string): string {
  return join(folder, path).split(sep).join('/');
}

function lostDocument(file: string, { code, severity, message }: Issue): RecordDocument {
  return { file, completeness: 'unreadable', issues: [{ code, severity, message, where: { file } }] };
}

/** Documents of all files in the order of the request, while the files are read. */
async function* documentsOf(
  request: Request,
  options: ParseOptions,
  unreadable: RecordDocument[],
): AsyncGenerator<RecordDocument> {
  const readOptions: ReadOptions = {
    steps: options.steps,
    eigenvalues: options.eigenvalues === true,
    densityOfStates: options.dos === true,
    tail: options.tail === true,
    placeLines: options.provenance === true,
    neighbourFlags: true,
    ...((options.tail === true || !options.hash) && { hash: 'never' }),
  };
  const pool = openParsePool(request.files, options.threads);
  const progress = startProgress('reading file', request.files.length, options.quiet === true);
  try {
    for await (const readings of readInOrder(pool, groupedTasks(request.files, readOptions))) {
      for (const reading of readings) {
        progress.advance();
        const provenance = options.provenance === true;
        const document = recordDocument(reading.path, reading, { steps: options.steps, provenance });
        if (document.completeness === 'unreadable') unreadable.push(document);
        yield document;
      }
    }
  } finally {
    progress.done();
    await pool.close();
  }
  unreadable.push(...request.lost);
  yield* request.lost;
}

async function print(
  documents: AsyncIterable<RecordDocument>,
  isOneFile: boolean,
  options: ParseOptions,
): Promise<void> {
  const output: Output = standardOutput();
  if (options.ndjson === true) for await (const document of documents) await writeJsonLine(output, document);
  else if (options.json !== true) await printTable(output, documents);
  else if (isOneFile) for await (const document of documents) await writeJson(output, document);
  else await writeJsonArray(output, documents);
}

async function printTable(output: Output, documents: AsyncIterable<RecordDocument>): Promise<void> {
  const collected: RecordDocument[] = [];
  for await (const document of documents) collected.push(document);
  await output.write(`${recordTable(collected, paintFor(process.stdout)).join('\n')}\n`);
}

function noteSearchIssues(request: Request, options: ParseOptions): void {
  if (options.quiet === true) return;
  for (const { message, where } of request.notes) process.stderr.write(`${visible(`${where.file}: ${message}`)}\n`);
}

function nothingRead(unreadable: readonly RecordDocument[]): AdatomError {
  const [first] = unreadable;
  if (unreadable.length > 1 || first === undefined) {
    return new AdatomError('unanswerable', `none of ${unreadable.length} files could be read`);
  }
  return new AdatomError('unanswerable', visible(`${first.file}: ${first.issues[0]?.message ?? 'unreadable'}`));
}

function formatLines(): string {
  return parsers.map(({ title }) => `  ${title}`).join('\n');
}

function formatNames(): string {
  return parsers.map(({ format }) => format).join(', ');
}
