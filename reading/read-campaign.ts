/**
 * Reads a tree of calculation folders: finds the runs, parses what is not known from last time, keeps the rest.
 *
 * A record is kept under the hash of its file and of the parsing code, so the second screening of a tree reads only the
 * files that changed. Files beside the runs are read last, when it is known which of them a descriptor can use.
 */
import { availableParallelism } from 'node:os';
import { type FoundFile, type FoundTree, findRuns } from '../intake/find-runs.ts';
import { cacheKey, openParseCache, type ParseCache } from '../intake/parse-cache.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { ReadTree } from '../pipeline/read-tree.ts';
import type { CompanionFiles } from '../pipeline/with-companions.ts';
import { recordCodeVersion } from './code-version.ts';
import { companionFiles, filesToRead, readCompanions, SCREENING_READ_OPTIONS, treeOf } from './found-tree.ts';
import { openParsePool, readInOrder } from './parse-pool.ts';
import type { FileReading } from './read-record.ts';

export interface CampaignOptions {
  /** Folder of kept records; none without. */
  readonly cacheFolder?: string;
  readonly threads?: number;
  /** Told before reading how many files there are, and after each one. */
  readonly progress?: (total: number) => ReadingProgress;
  /** Paths of the files beside the runs to read as well, chosen by what the others told. */
  readonly companions?: (tree: ReadTree) => readonly string[];
}

export interface ReadingProgress {
  readonly advance: () => void;
  readonly done: () => void;
}

export interface Campaign {
  readonly tree: ReadTree;
  readonly found: FoundTree;
  /** What was asked for of the files beside the runs, by path. */
  readonly companions: CompanionFiles;
  /** Why parsed records were not kept; the tree tells it too, but not when `companions` looked at it. */
  readonly issues: readonly Issue[];
  /** Files parsed in this screening and files whose record was kept from an earlier one. */
  readonly parsedFiles: number;
  readonly keptFiles: number;
}

/** Small files are handed to a thread together: a message between threads costs as much as parsing one. */
const FILES_PER_TASK = 8;

export async function readCampaign(roots: readonly string[], options: CampaignOptions): Promise<Campaign> {
  return readFound(findRuns(roots), options);
}

/** Reads what was found: all of a tree, or the part of it that matters. */
export async function readFound(found: FoundTree, options: CampaignOptions): Promise<Campaign> {
  const cache = options.cacheFolder === undefined ? undefined : openParseCache(options.cacheFolder);
  const code = cache === undefined ? '' : recordCodeVersion();
  const session: Session = { ...options, cache, code, readings: new Map(), parsedFiles: 0, keptFiles: 0 };
  await readFiles(filesToRead(found), FILES_PER_TASK, session);
  const tree = treeOf(found, session.readings);
  const beside = companionFiles(found);
  const wanted = options.companions?.(tree).flatMap((path) => beside.get(path) ?? []) ?? [];
  await readFiles(wanted, 1, session);
  // Who does not ask for the files beside the runs must not throw away what is kept of them.
  const problem = cache?.close({ prune: options.companions !== undefined }).problem;
  const { readings, parsedFiles, keptFiles } = session;
  const issues =
    problem === undefined ? [] : [issue('W_NOT_STORED', { reason: `parsed records not kept: ${problem}` })];
  return {
    tree: { ...tree, issues: [...tree.issues, ...issues] },
    found,
    companions: readCompanions(wanted, readings),
    issues,
    parsedFiles,
    keptFiles,
  };
}

interface Session extends CampaignOptions {
  readonly cache: ParseCache | undefined;
  readonly code: string;
  readonly readings: Map<string, FileReading>;
  parsedFiles: number;
  keptFiles: number;
}

async function readFiles(files: readonly FoundFile[], filesPerTask: number, session: Session): Promise<void> {
  const { cache, code, readings } = session;
  if (files.length === 0) return;
  const unknown = files.filter((file) => {
    const kept = cache === undefined ? undefined : keptReading(cache, file, code);
    if (kept !== undefined) readings.set(file.absolutePath, kept);
    return kept === undefined;
  });
  await parseFiles(unknown, filesPerTask, session);
  session.parsedFiles += unknown.length;
  session.keptFiles += files.length - unknown.length;
}

function keptReading(cache: ParseCache, file: FoundFile, code: string): FileReading | undefined {
  const stamp = cache.stamp(file.absolutePath);
  const identity = stamp === undefined ? undefined : cache.identityOf(stamp);
  if (identity === undefined) return undefined;
  // What was put under this key is a reading: the key holds the hash of this code.
  const kept = cache.get(keyOf(identity.sha256, file, code)) as Omit<FileReading, 'path'> | undefined;
  return kept === undefined ? undefined : { path: file.absolutePath, ...kept };
}

/** The name is part of the key: it decides the format. */
function keyOf(sha256: string, file: FoundFile, code: string): string {
  return cacheKey([sha256], `${code} ${file.path.split('/').at(-1) ?? ''}`);
}

async function parseFiles(files: readonly FoundFile[], filesPerTask: number, parsing: Session): Promise<void> {
  const { cache, readings } = parsing;
  const stamps = files.map((file) => cache?.stamp(file.absolutePath));
  const paths = files.map((file) => file.absolutePath);
  const pool = openParsePool(paths, parsing.threads ?? availableParallelism());
  const progress = parsing.progress?.(files.length);
  const tasks = Array.from({ length: Math.ceil(paths.length / filesPerTask) }, (_, index) => ({
    paths: paths.slice(index * filesPerTask, (index + 1) * filesPerTask),
    options: SCREENING_READ_OPTIONS,
  }));
  try {
    let at = 0;
    for await (const batch of readInOrder(pool, tasks)) {
      for (const reading of batch) {
        const file = files[at];
        const stamp = stamps[at];
        at += 1;
        if (file === undefined) continue;
        readings.set(file.absolutePath, reading);
        const { path: _, ...kept } = reading;
        // A file that is still being written is read again next time.
        if (cache !== undefined && stamp !== undefined && reading.identity !== undefined && isSettled(reading)) {
          cache.remember(stamp, reading.identity);
          cache.put(keyOf(reading.identity.sha256, file, parsing.code), kept);
        }
        progress?.advance();
      }
    }
  } finally {
    progress?.done();
    await pool.close();
  }
}

function isSettled(reading: FileReading): boolean {
  return reading.record.completeness !== 'running';
}
