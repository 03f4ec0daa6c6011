/**
 * Finds the runs, NEB bands and unrun inputs in a tree of calculation folders.
 *
 * A run is told by its output files, not by its folder: a folder can hold several, and inputs without output are a
 * calculation that was never run, not a broken one. The folders `00`, `01`, … of a band take INCAR and KPOINTS from the
 * folder above them, where VASP reads them; the endpoints 00 and NN normally hold a structure and no output.
 */
import { join } from 'node:path';
import { type Issue, issue } from '../model/issues.ts';
import { contentOf, type FolderContent, type FoundFile, type FoundRun } from './run-files.ts';
import { vaspFileName } from './vasp-file-name.ts';
import { childPath, type Walk, walk } from './walk.ts';

export type { FoundFile, FoundRun } from './run-files.ts';

export interface FoundImage {
  readonly index: number;
  readonly folder: string;
  /** The run that counts in the folder. */
  readonly run?: string;
  readonly poscar?: FoundFile;
  readonly contcar?: FoundFile;
}

export interface FoundBand {
  readonly folder: string;
  /** By index. Empty when there is only the table neb.dat. */
  readonly images: readonly FoundImage[];
  readonly incar?: FoundFile;
  readonly kpoints?: FoundFile;
  /** neb.dat of the VTST scripts. */
  readonly table?: FoundFile;
  /** Structures in the band's own folder, e.g. the endpoints it was made from. */
  readonly structures: readonly FoundFile[];
}

/** Inputs of a calculation without output. */
export interface InputFolder {
  readonly folder: string;
  readonly files: readonly FoundFile[];
}

export interface FoundTree {
  /** By id, in the order of code units. */
  readonly runs: readonly FoundRun[];
  readonly bands: readonly FoundBand[];
  readonly inputOnly: readonly InputFolder[];
  readonly issues: readonly Issue[];
}

/** Throws a `request` error that names the root when one does not exist or is no folder. `closed`: see `walk`. */
export function findRuns(roots: readonly string[], closed?: string): FoundTree {
  const found = walk(roots, (name) => vaspFileName(name) !== undefined, closed);
  const contents = new Map<string, FolderContent>();
  for (const folder of found.folders) contents.set(folder.path, contentOf(folder));
  const bands = bandsOf(found, contents);
  const imageFolders = new Set(bands.flatMap((band) => band.images.map((image) => image.folder)));
  const bandFolders = new Set(bands.map((band) => band.folder));
  const { runs, issues } = distinctRuns([...contents.values()], { imageFolders, bandFolders });
  const inputOnly = [...contents.values()].filter(
    ({ folder, runs: own, inputs }) =>
      own.length === 0 && inputs.length > 0 && !imageFolders.has(folder.path) && !bandFolders.has(folder.path),
  );
  return {
    runs: runs.map((run) => withInputsAbove(run, contents)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    bands,
    inputOnly: inputOnly.map(({ folder, inputs }) => ({ folder: folder.path, files: inputs })),
    issues: [...found.issues, ...[...contents.values()].flatMap((content) => content.issues), ...issues],
  };
}

const IMAGE_NAME = /^\d\d$/;

function bandsOf(found: Walk, contents: ReadonlyMap<string, FolderContent>): readonly FoundBand[] {
  const bands: FoundBand[] = [];
  for (const content of contents.values()) {
    const images = imagesOf(content, (path) => contents.get(found.aliases.get(path) ?? path));
    const table = content.plain('neb-dat');
    if (images.length === 0 && table === undefined) continue;
    const incar = content.plain('incar');
    const kpoints = content.plain('kpoints');
    bands.push({
      folder: content.folder.path,
      images,
      ...(incar === undefined ? {} : { incar }),
      ...(kpoints === undefined ? {} : { kpoints }),
      ...(table === undefined ? {} : { table }),
      structures: content.labelledStructures,
    });
  }
  return bands;
}

/** Two or more folders with two-digit names that hold anything of VASP's make a band; then each of them is an image. */
function imagesOf(
  content: FolderContent,
  contentAt: (path: string) => FolderContent | undefined,
): readonly FoundImage[] {
  const names = content.folder.folders.filter((name) => IMAGE_NAME.test(name));
  const found = names.map((name) => ({ name, image: contentAt(childPath(content.folder.path, name)) }));
  const filled = found.filter(({ image }) => image !== undefined && (image.runs.length > 0 || image.inputs.length > 0));
  if (filled.length < 2) return [];
  return found.map(({ name, image }) => {
    const run = image === undefined ? undefined : countingRun(image);
    const poscar = image?.plain('poscar');
    const contcar = image?.plain('contcar');
    return {
      index: Number(name),
      folder: childPath(content.folder.path, name),
      ...(run === undefined ? {} : { run }),
      ...(poscar === undefined ? {} : { poscar }),
      ...(contcar === undefined ? {} : { contcar }),
    };
  });
}

/** Of the runs in a folder the one that counts: the last stage, under the standard names where there is one. */
export function countingRun(image: FolderContent): string | undefined {
  const counting = image.runs.filter(({ run }) => run.supersededBy === undefined);
  return (counting.find(({ standardName }) => standardName) ?? counting[0])?.run.id;
}

interface BandPlaces {
  readonly imageFolders: ReadonlySet<string>;
  readonly bandFolders: ReadonlySet<string>;
}

/**
 * Leaves out the link to an OUTCAR that is found at its real place too, except in an image folder, where such a link is
 * how an endpoint gets its energy; and the vasprun.xml and vaspout.h5 that VASP writes beside the image folders.
 */
function distinctRuns(
  contents: readonly FolderContent[],
  { imageFolders, bandFolders }: BandPlaces,
): { runs: readonly FoundRun[]; issues: readonly Issue[] } {
  const byRealPath = new Map<string, string>();
  for (const { folder, runs } of contents) {
    for (const { run, linkTarget } of runs) {
      if (linkTarget === undefined) byRealPath.set(join(folder.absolutePath, fileNameOf(run.id)), run.id);
    }
  }
  const distinct: FoundRun[] = [];
  const issues: Issue[] = [];
  for (const { folder, runs } of contents) {
    for (const { run, linkTarget } of runs) {
      const original = linkTarget === undefined ? undefined : byRealPath.get(linkTarget);
      const isByProduct =
        run.files.outcar === undefined && run.files.oszicar === undefined && bandFolders.has(folder.path);
      if (original !== undefined && !imageFolders.has(folder.path)) {
        const reason = `a link to ${original}, which is read there`;
        issues.push(issue('I_NOT_READ', { reason }, { file: run.id }));
      } else if (!isByProduct) distinct.push(run);
    }
  }
  return { runs: distinct, issues };
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function withInputsAbove(run: FoundRun, contents: ReadonlyMap<string, FolderContent>): FoundRun {
  const slash = run.folder.lastIndexOf('/');
  if (!IMAGE_NAME.test(run.folder.slice(slash + 1))) return run;
  const above = contents.get(slash < 0 ? '.' : run.folder.slice(0, slash));
  const incar = run.files.incar ?? above?.plain('incar');
  const kpoints = run.files.kpoints ?? above?.plain('kpoints');
  const files = {
    ...run.files,
    ...(incar === undefined ? {} : { incar }),
    ...(kpoints === undefined ? {} : { kpoints }),
  };
  return { ...run, files };
}
