/**
 * Identifiers of systems: the deepest folder that holds all of a system's calculations and nothing of another system.
 *
 * Folder names identify and label; they never decide what a calculation is.
 */
import type { Calculation } from '../model/calculation.ts';
import type { System } from '../model/system.ts';

export function nameSystems(
  systems: readonly System[],
  tree: { readonly calculations: readonly Calculation[] },
): System[] {
  const folderOf = new Map(tree.calculations.map((calculation) => [calculation.id, calculation.folder]));
  const runsIn = countingRuns(tree.calculations);
  const members = systems.map((system) => [...(system.slab === undefined ? [] : [system.slab]), ...system.adsorbed]);
  const folders = systems.map((system, index) => [
    ...(members[index] ?? []).map((id) => folderOf.get(id) ?? id),
    ...system.paths,
  ]);
  const systemsBelow = countBelow(folders);
  const holdsOnly = (folder: string, ids: readonly string[]): boolean =>
    (runsIn.get(folder) ?? []).every((id) => ids.includes(id));
  const named = systems.map((system, index) => {
    if (system.label !== '') return system;
    const own = members[index] ?? [];
    const common = commonFolder(folders[index] ?? []);
    const alone = common !== '.' && systemsBelow.get(common) === 1 && holdsOnly(common, own);
    const anchor = anchorOf(system);
    const fallback = folderOf.get(anchor) ?? anchor;
    // Free-standing OUTCARs in one folder are told apart by their file names.
    const shared = !holdsOnly(fallback, [anchor]);
    const name = alone ? common : shared || fallback === '.' ? anchor : fallback;
    return { ...system, id: statedId(system, anchor) ?? name, label: name };
  });
  const bearers = new Map<string, number>();
  for (const { id } of named) bearers.set(id, (bearers.get(id) ?? 0) + 1);
  // A name that the manifest gives may be a folder's name too: then the other system goes by its file.
  const distinct = named.map((system, index) => {
    const given = systems[index];
    const isStated = given !== undefined && (given.label !== '' || statedId(given, anchorOf(given)) !== undefined);
    const isTaken = (bearers.get(system.id) ?? 0) > 1;
    return isTaken && !isStated ? { ...system, id: anchorOf(system), label: anchorOf(system) } : system;
  });
  return distinct.sort((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
}

/** Runs that lie directly in each folder, and count. */
function countingRuns(calculations: readonly Calculation[]): ReadonlyMap<string, readonly string[]> {
  const runs = new Map<string, string[]>();
  for (const { folder, id, supersededBy } of calculations) {
    if (supersededBy !== undefined) continue;
    const known = runs.get(folder);
    if (known === undefined) runs.set(folder, [id]);
    else known.push(id);
  }
  return runs;
}

/** Of each folder the number of systems that have something in it or below it. */
function countBelow(folders: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const own of folders) {
    const above = new Set(own.flatMap((folder) => withParents(folder)));
    for (const folder of above) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return counts;
}

function withParents(folder: string): string[] {
  const parts = folder.split('/');
  return parts.map((_, depth) => parts.slice(0, depth + 1).join('/'));
}

function anchorOf(system: System): string {
  return system.slab ?? system.adsorbed[0] ?? system.id;
}

/** A system that the manifest names keeps that name. */
function statedId(system: System, anchor: string): string | undefined {
  return system.id === anchor ? undefined : system.id;
}

function commonFolder(paths: readonly string[]): string {
  const [first = '.', ...others] = paths;
  let parts = first.split('/');
  for (const other of others) {
    const partsOfOther = other.split('/');
    let same = 0;
    while (same < parts.length && parts[same] === partsOfOther[same]) same += 1;
    parts = parts.slice(0, same);
  }
  return parts.length === 0 ? '.' : parts.join('/');
}
