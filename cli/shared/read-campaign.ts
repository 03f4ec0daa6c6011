/**
 * Reads a tree of calculation folders: finds the runs, parses what is not known from last time, keeps the rest.
 *
 * A record is kept under the hash of its file and of the parsing code, so the second screening of a tree reads only the
 * files that changed.
 */
import { availableParallelism } from 'node:os';
import { type FoundBand, type FoundFile, type FoundRun, type FoundTree, findRuns } from '../../intake/find-runs.ts';
import { cacheKey, openParseCache, type ParseCache } from '../../intake/parse-cache.ts';
import type { FileFormat } from '../../model/calculation.ts';
import { type Issue, issue } from '../../model/issues.ts';
import type { ReadBand, ReadFile, ReadRun, ReadTree, RunFileKind } from '../../pipeline/read-tree.ts';
import { recordCodeVersion } from './code-version.ts';
import { openParsePool, readInOrder } from './parse-pool.ts';
import { startProgress } from './progress.ts';
import type { FileReading, ReadOptions } from './read-record.ts';

export interface CampaignOptions {
  /** Folder of kept records; none without. */
  readonly cacheFolder?: string;
  readonly threads?: number;
  readonly quiet: boolean;
}

export interface Campaign {
  readonly tree: ReadTree;
  readonly found: FoundTree;
  /** Files parsed in this screening and files whose record was kept from an earlier one. */
  readonly parsedFiles: number;
  readonly keptFiles: number;
}

const READ_OPTIONS: ReadOptions = { steps: 'last', placeLines: true, neighbourFlags: false };
/** Small files are handed to a thread together: a message between threads costs as much as parsing one. */
const FILES_PER_TASK = 8;

export async function readCampaign(roots: readonly string[], options: CampaignOptions): Promise<Campaign> {
  return readFound(findRuns(roots), options);
}

/** Reads what was found: all of a tree, or the part of it that matters. */
export async function readFound(found: FoundTree, options: CampaignOptions): Promise<Campaign> {
  const cache = options.cacheFolder === undefined ? undefined : openParseCache(options.cacheFolder);
  const files = distinctFiles(found);
  const readings = new Map<string, FileReading>();
  const code = cache === undefined ? '' : recordCodeVersion();
  const unknown = files.filter((file) => {
    const kept = cache === undefined ? undefined : keptReading(cache, file, code);
    if (kept !== undefined) readings.set(file.absolutePath, kept);
    return kept === undefined;
  });
  await parseFiles(unknown, { ...options, cache, code, readings });
  const problem = cache?.close({ prune: true }).problem;
  const issues =
    problem === undefined ? [] : [issue('W_NOT_STORED', { reason: `parsed records not kept: ${problem}` })];
  return {
    tree: { ...treeOf(found, readings), issues: [...found.issues, ...inputOnlyIssues(found), ...issues] },
    found,
    parsedFiles: unknown.length,
    keptFiles: files.length - unknown.length,
  };
}

function distinctFiles(found: FoundTree): FoundFile[] {
  const byPath = new Map<string, FoundFile>();
  const add = (file: FoundFile | undefined): void => {
    if (file !== undefined) byPath.set(file.absolutePath, file);
  };
  for (const run of found.runs) for (const file of Object.values(run.files)) add(file);
  for (const band of found.bands) {
    add(band.incar);
    if (band.images.length === 0) add(band.table);
    for (const image of band.images) {
      add(image.poscar);
      add(image.contcar);
    }
  }
  return [...byPath.values()];
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

interface Parsing extends CampaignOptions {
  readonly cache: ParseCache | undefined;
  readonly code: string;
  readonly readings: Map<string, FileReading>;
}

async function parseFiles(files: readonly FoundFile[], parsing: Parsing): Promise<void> {
  const { cache, readings } = parsing;
  const stamps = files.map((file) => cache?.stamp(file.absolutePath));
  const paths = files.map((file) => file.absolutePath);
  const pool = openParsePool(paths, parsing.threads ?? availableParallelism());
  const progress = startProgress('reading', files.length, parsing.quiet);
  const tasks = Array.from({ length: Math.ceil(paths.length / FILES_PER_TASK) }, (_, index) => ({
    paths: paths.slice(index * FILES_PER_TASK, (index + 1) * FILES_PER_TASK),
    options: READ_OPTIONS,
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
        progress.advance();
      }
    }
  } finally {
    progress.done();
    await pool.close();
  }
}

function isSettled(reading: FileReading): boolean {
  return reading.record.completeness !== 'running';
}

function treeOf(found: FoundTree, readings: ReadonlyMap<string, FileReading>): Pick<ReadTree, 'runs' | 'bands'> {
  const read = (file: FoundFile | undefined, format: FileFormat): ReadFile | undefined => {
    const reading = file === undefined ? undefined : readings.get(file.absolutePath);
    if (file === undefined || reading === undefined) return undefined;
    return {
      identity: { path: file.path, ...reading.identity },
      record: { ...reading.record, format: reading.record.format ?? format },
    };
  };
  return { runs: found.runs.map((run) => readRun(run, read)), bands: found.bands.map((band) => readBand(band, read)) };
}

type Read = (file: FoundFile | undefined, format: FileFormat) => ReadFile | undefined;

const FORMAT_OF: Readonly<Record<RunFileKind, FileFormat>> = {
  outcar: 'outcar',
  oszicar: 'oszicar',
  poscar: 'poscar',
  contcar: 'poscar',
  incar: 'incar',
  kpoints: 'kpoints',
};

function readRun(run: FoundRun, read: Read): ReadRun {
  const files: Partial<Record<RunFileKind, ReadFile>> = {};
  // The keys of FORMAT_OF are exactly the file kinds of a run.
  for (const kind of Object.keys(FORMAT_OF) as RunFileKind[]) {
    const file = read(run.files[kind], FORMAT_OF[kind]);
    if (file !== undefined) files[kind] = file;
  }
  return {
    id: run.id,
    folder: run.folder,
    ...(run.supersededBy !== undefined && { supersededBy: run.supersededBy }),
    files,
    issues: run.issues,
  };
}

function readBand(band: FoundBand, read: Read): ReadBand {
  const incar = read(band.incar, 'incar');
  const table = read(band.table, 'neb-dat');
  return {
    folder: band.folder,
    images: band.images.map((image) => {
      const poscar = read(image.poscar, 'poscar');
      const contcar = read(image.contcar, 'poscar');
      return {
        index: image.index,
        folder: image.folder,
        ...(image.run !== undefined && { run: image.run }),
        ...(poscar !== undefined && { poscar }),
        ...(contcar !== undefined && { contcar }),
      };
    }),
    ...(incar !== undefined && { incar }),
    ...(table !== undefined && { table }),
  };
}

function inputOnlyIssues(found: FoundTree): Issue[] {
  return found.inputOnly.map(({ folder, files }) => {
    const names = files.map((file) => file.path.split('/').at(-1) ?? file.path).join(', ');
    return issue('I_INPUT_ONLY', { files: names }, { file: folder });
  });
}
