/**
 * Relaxations that may stand behind the endpoints of a band, looked for in the folders beside it.
 *
 * The mistake avoided here: reading a whole campaign to print one path. Only folders near the band are looked into, and
 * only runs of the same atoms are read.
 */
import { dirname, join, resolve } from 'node:path';
import { readFile } from '../../intake/read-file.ts';
import type { FoundRun } from '../../intake/run-files.ts';
import { childPath } from '../../intake/walk.ts';
import { type Issue, issue } from '../../model/issues.ts';
import { type ReadOptions, readRecord } from '../../reading/read-record.ts';
import { folderContent, subfolders } from './named-folder.ts';

const MOST_FOLDERS = 400;
const MOST_RUNS = 48;
/** `relax/`, `endpoints/initial/`: below the folder that holds the band. */
const DEPTH = 2;

/** Runs in the folder above `folder` and up to two levels below that, but not in `folder` itself. */
export function runsBeside(folder: string): FoundRun[] {
  const own = resolve(folder);
  const above = dirname(own);
  if (above === own) return [];
  const runs: FoundRun[] = [];
  const pending = [{ path: '..', absolutePath: above, depth: 0 }];
  for (let count = 0; count < MOST_FOLDERS; count += 1) {
    const next = pending.shift();
    if (next === undefined) break;
    runs.push(...countingRuns(next.path, next.absolutePath));
    if (next.depth === DEPTH) continue;
    for (const name of subfolders(next.absolutePath)) {
      const absolutePath = join(next.absolutePath, name);
      // Two digits: an image of another band.
      if (/^(?:\..*|node_modules|\d\d)$/.test(name) || absolutePath === own) continue;
      pending.push({ path: childPath(next.path, name), absolutePath, depth: next.depth + 1 });
    }
  }
  return runs;
}

/** The runs of these atoms in this order; which are looked at ends at a number, which is then told. */
export async function runsOfAtoms(
  runs: readonly FoundRun[],
  species: readonly string[],
): Promise<{ readonly runs: readonly FoundRun[]; readonly issues: readonly Issue[] }> {
  const fitting: FoundRun[] = [];
  for (const run of runs) if (await mayHaveAtoms(run, species)) fitting.push(run);
  if (fitting.length <= MOST_RUNS) return { runs: fitting, issues: [] };
  const reason = `${fitting.length - MOST_RUNS} of ${fitting.length} runs that may be relaxed endpoints; name them with --start and --end`;
  return { runs: fitting.slice(0, MOST_RUNS), issues: [issue('I_NOT_READ', { reason })] };
}

function countingRuns(path: string, absolutePath: string): FoundRun[] {
  return folderContent(path, absolutePath)
    .runs.map(({ run }) => run)
    .filter(({ supersededBy }) => supersededBy === undefined);
}

/** Told by the small files beside the output, else by their number in its head; what does not tell may have them. */
async function mayHaveAtoms({ files }: FoundRun, species: readonly string[]): Promise<boolean> {
  const beside = files.contcar ?? files.poscar;
  if (beside !== undefined) {
    const { record } = await readRecord(beside.absolutePath, STRUCTURE_ONLY);
    return record.structure === undefined || record.structure.species.join() === species.join();
  }
  if (files.vasprun !== undefined || files.vaspout !== undefined) return true;
  // Without a structure an OSZICAR cannot be held against the end.
  if (files.outcar === undefined) return false;
  const count = await ionCount(files.outcar.absolutePath);
  return count === undefined || count === species.length;
}

const STRUCTURE_ONLY: ReadOptions = { steps: 'last', placeLines: false, neighbourFlags: false };
/** NIONS stands behind the POTCAR headers and the first list of positions. */
const HEAD_BYTES = 512 * 1024;

async function ionCount(path: string): Promise<number | undefined> {
  const file = await readFile(path);
  if (!file.readable) return undefined;
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const count = /\bNIONS\s*=\s*(\d+)/.exec(head.toString('latin1', 0, file.source.read(head, 0)))?.[1];
    return count === undefined ? undefined : Number(count);
  } finally {
    file.close();
  }
}
