/**
 * The files of examples/zno-lithium in memory, so that a test can change one and screen the rest as it is.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memorySource } from '../../model/byte-source.ts';
import { parserForName } from '../../parsers/index.ts';
import type { ReadBand, ReadFile, ReadRun, ReadTree } from '../../pipeline/read-tree.ts';

const CALCULATIONS = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));

/** Text of every file by its path in the tree. */
export type Files = ReadonlyMap<string, string>;

export function exampleFiles(): Files {
  const entries = readdirSync(CALCULATIONS, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(CALCULATIONS, path), readFileSync(path, 'utf8')] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** A change that finds nothing to change is a mistake of the test. */
export function changed(files: Files, path: string, change: (text: string) => string): Files {
  const before = files.get(path);
  if (before === undefined) throw new Error(`no ${path}`);
  const after = change(before);
  if (after === before) throw new Error(`${path} is as before`);
  return new Map([...files, [path, after]]);
}

export function without(files: Files, folder: string): Files {
  const rest = new Map([...files].filter(([path]) => !path.startsWith(`${folder}/`)));
  if (rest.size === files.size) throw new Error(`nothing in ${folder}`);
  return rest;
}

export function readTree(files: Files): ReadTree {
  const folders = [...new Set([...files.keys()].map(folderOf))];
  const imageFolders = folders.filter((folder) => /\/\d\d$/.test(folder));
  const bandFolders = [...new Set(imageFolders.map(folderOf))];
  return {
    runs: folders.filter((folder) => mainFile(files, folder) !== undefined).map((folder) => readRun(files, folder)),
    bands: bandFolders.map((folder) =>
      readBand(
        files,
        folder,
        imageFolders.filter((image) => folderOf(image) === folder),
      ),
    ),
    issues: [],
  };
}

function readRun(files: Files, folder: string): ReadRun {
  const isImage = /\/\d\d$/.test(folder);
  const found = Object.entries({
    outcar: `${folder}/OUTCAR`,
    vasprun: `${folder}/vasprun.xml`,
    oszicar: `${folder}/OSZICAR`,
    poscar: `${folder}/POSCAR`,
    contcar: `${folder}/CONTCAR`,
    incar: `${isImage ? folderOf(folder) : folder}/INCAR`,
    kpoints: `${isImage ? folderOf(folder) : folder}/KPOINTS`,
  }).flatMap(([kind, path]) => {
    const file = read(files, path);
    return file === undefined ? [] : [[kind, file] as const];
  });
  return { id: mainFile(files, folder) ?? folder, folder, files: Object.fromEntries(found), issues: [] };
}

function mainFile(files: Files, folder: string): string | undefined {
  return [`${folder}/OUTCAR`, `${folder}/vasprun.xml`].find((path) => files.has(path));
}

function readBand(files: Files, folder: string, images: readonly string[]): ReadBand {
  const incar = read(files, `${folder}/INCAR`);
  return {
    folder,
    images: images.map((image) => {
      const [poscar, contcar] = [read(files, `${image}/POSCAR`), read(files, `${image}/CONTCAR`)];
      return {
        index: Number(image.slice(-2)),
        folder: image,
        ...runIn(files, image),
        ...(poscar !== undefined && { poscar }),
        ...(contcar !== undefined && { contcar }),
      };
    }),
    ...(incar !== undefined && { incar }),
  };
}

function runIn(files: Files, folder: string): { readonly run?: string } {
  const run = mainFile(files, folder);
  return run === undefined ? {} : { run };
}

function read(files: Files, path: string): ReadFile | undefined {
  const text = files.get(path);
  const parser = parserForName(path.slice(path.lastIndexOf('/') + 1));
  if (text === undefined || parser === undefined) return undefined;
  const bytes = new TextEncoder().encode(text);
  const identity = { path, sha256: 'c'.repeat(64), bytes: bytes.length };
  return { identity, record: parser.parse(memorySource(bytes)) };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
