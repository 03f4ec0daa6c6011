/**
 * Which files of a found tree are read for a screening, and the tree of what they say. The command line and the jobs of
 * the service read the same files with the same options, so that they give the same result.
 *
 * Two readings: first the outputs and inputs of every run; then, of what lies beside the runs, what descriptors can use.
 */
import { dirname, join } from 'node:path';
import type { FoundBand, FoundFile, FoundRun, FoundTree } from '../intake/find-runs.ts';
import type { FileFormat } from '../model/calculation.ts';
import { isCompanionFormat } from '../model/companion-values.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { ReadBand, ReadFile, ReadRun, ReadTree, RunFileKind } from '../pipeline/read-tree.ts';
import type { FileReading, ReadOptions } from './read-record.ts';

export const SCREENING_READ_OPTIONS: ReadOptions = {
  steps: 'last',
  placeLines: true,
  neighbourFlags: false,
  dStates: true,
};

/** Each file once, whatever number of runs it serves. */
export function filesToRead(found: FoundTree): FoundFile[] {
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

export interface FoundCompanion extends FoundFile {
  readonly format: FileFormat;
}

/** Files beside the runs that a descriptor may ask for, by path. They lie in the folder of their run. */
export function companionFiles(found: FoundTree): Map<string, FoundCompanion> {
  const files = new Map<string, FoundCompanion>();
  for (const { id, files: own, companions } of found.runs) {
    const main = Object.values(own).find(({ path }) => path === id);
    if (main === undefined) continue;
    for (const { path, format } of companions) {
      if (!isCompanionFormat(format)) continue;
      files.set(path, { path, format, absolutePath: join(dirname(main.absolutePath), nameOf(path)) });
    }
  }
  return files;
}

/** What was read of them, by path. */
export function readCompanions(
  files: readonly FoundCompanion[],
  readings: ReadonlyMap<string, FileReading>,
): Map<string, ReadFile> {
  return new Map(
    files.flatMap(({ path, absolutePath, format }) => {
      const reading = readings.get(absolutePath);
      if (reading === undefined) return [];
      const record = { ...reading.record, format: reading.record.format ?? format };
      return [[path, { identity: { path, ...reading.identity }, record }] as const];
    }),
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `readings` by absolute path. A file without a reading is left out, as if it were not there. */
export function treeOf(found: FoundTree, readings: ReadonlyMap<string, FileReading>): ReadTree {
  const read = (file: FoundFile | undefined, format: FileFormat): ReadFile | undefined => {
    const reading = file === undefined ? undefined : readings.get(file.absolutePath);
    if (file === undefined || reading === undefined) return undefined;
    return {
      identity: { path: file.path, ...reading.identity },
      record: { ...reading.record, format: reading.record.format ?? format },
    };
  };
  return {
    runs: found.runs.map((run) => readRun(run, read)),
    bands: found.bands.map((band) => readBand(band, read)),
    issues: [...found.issues, ...inputOnlyIssues(found)],
  };
}

type Read = (file: FoundFile | undefined, format: FileFormat) => ReadFile | undefined;

const FORMAT_OF: Readonly<Record<RunFileKind, FileFormat>> = {
  outcar: 'outcar',
  vasprun: 'vasprun-xml',
  vaspout: 'vaspout-h5',
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
    ...(run.companions.length > 0 && { companions: run.companions }),
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
    const names = files.map((file) => nameOf(file.path)).join(', ');
    return issue('I_INPUT_ONLY', { files: names }, { file: folder });
  });
}
