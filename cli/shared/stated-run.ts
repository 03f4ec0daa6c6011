/**
 * A run the user names as an endpoint: its folder, or one of its outputs (OUTCAR, vasprun.xml, vaspout.h5, OSZICAR).
 */
import { basename, dirname, join } from 'node:path';
import { countingRun } from '../../intake/find-runs.ts';
import type { FoundFile, FoundRun, RunFiles } from '../../intake/run-files.ts';
import { OUTPUT_KINDS, vaspFileName } from '../../intake/vasp-file-name.ts';
import { childPath } from '../../intake/walk.ts';
import { AdatomError } from '../../model/errors.ts';
import { folderContent, pathKind } from './named-folder.ts';

/** `idFolder`: the folder of the run as its id shall name it. Throws `AdatomError('request')` when no run is there. */
export function statedRun(path: string, idFolder: string): FoundRun {
  const kind = pathKind(path);
  if (kind === undefined) throw new AdatomError('request', `no such file or folder: ${path}`);
  return kind === 'folder' ? runInFolder(path, idFolder) : runOfFile(path, idFolder);
}

function runInFolder(folder: string, idFolder: string): FoundRun {
  const content = folderContent(idFolder, folder);
  const counting = content.runs.filter(({ run }) => run.supersededBy === undefined);
  const id = countingRun(content);
  const chosen = counting.find(({ run }) => run.id === id);
  if (chosen === undefined)
    throw new AdatomError('request', `${folder}: no OUTCAR, vasprun.xml, vaspout.h5 or OSZICAR in this folder`);
  if (counting.length > 1 && !chosen.standardName) {
    const list = counting.map(({ run }) => `  ${join(folder, basename(run.id))}`).join('\n');
    throw new AdatomError('request', `${folder} holds ${counting.length} runs; name one of them:\n${list}`);
  }
  return chosen.run;
}

/** With the structures and settings beside it, where its name tells which they are. */
function runOfFile(path: string, idFolder: string): FoundRun {
  const name = basename(path);
  const id = childPath(idFolder, name);
  const runs = folderContent(idFolder, dirname(path)).runs.map(({ run }) => run);
  const own = runs.find((run) => run.id === id);
  if (own !== undefined) return own;
  const file = { path: id, absolutePath: path };
  const sibling = runs.find((run) => OUTPUT_KINDS.some((kind) => run.files[kind]?.path === id));
  if (sibling === undefined) return { id, folder: idFolder, files: outputFile(file), companions: [], issues: [] };
  // It was named although there is a better output: it is what counts.
  return { ...sibling, id, files: { ...withoutOutputs(sibling.files), ...outputFile(file) }, issues: [] };
}

/** What the content is decides the parser; the name decides only what stands beside it. */
function outputFile(file: FoundFile): RunFiles {
  const kind = OUTPUT_KINDS.find((output) => vaspFileName(basename(file.path))?.kind === output);
  return { [kind ?? 'outcar']: file };
}

function withoutOutputs({ poscar, contcar, incar, kpoints }: RunFiles): RunFiles {
  return {
    ...(poscar !== undefined && { poscar }),
    ...(contcar !== undefined && { contcar }),
    ...(incar !== undefined && { incar }),
    ...(kpoints !== undefined && { kpoints }),
  };
}
