/**
 * A run the user names as an endpoint: its folder, or its OUTCAR or OSZICAR.
 */
import { basename, dirname, join } from 'node:path';
import { countingRun } from '../../intake/find-runs.ts';
import type { FoundRun } from '../../intake/run-files.ts';
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
  if (chosen === undefined) throw new AdatomError('request', `${folder}: no OUTCAR and no OSZICAR in this folder`);
  if (counting.length > 1 && !chosen.standardName) {
    const list = counting.map(({ run }) => `  ${join(folder, basename(run.id))}`).join('\n');
    throw new AdatomError('request', `${folder} holds ${counting.length} runs; name one of them:\n${list}`);
  }
  if (chosen.run.files.outcar === undefined && chosen.run.files.oszicar === undefined) {
    const reason = `expected an OUTCAR or an OSZICAR, found ${basename(chosen.run.id)}, which is not read by this version`;
    throw new AdatomError('request', `${folder}: ${reason}`);
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
  const sibling = runs.find((run) => run.files.oszicar?.path === id);
  if (sibling === undefined) return { id, folder: idFolder, files: { outcar: file }, issues: [] };
  // The OSZICAR was named although there is an OUTCAR: it is what counts.
  const { outcar: _, ...files } = sibling.files;
  return { id, folder: idFolder, files, issues: [] };
}
