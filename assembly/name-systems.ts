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
  const members = systems.map((system) => [...(system.slab === undefined ? [] : [system.slab]), ...system.adsorbed]);
  const folders = systems.map((system, index) => [
    ...(members[index] ?? []).map((id) => folderOf.get(id) ?? id),
    ...system.paths,
  ]);
  const named = systems.map((system, index) => {
    if (system.label !== '') return system;
    const common = commonFolder(folders[index] ?? []);
    const alone =
      holdsOnly(common, new Set(members[index]), tree.calculations) &&
      common !== '.' &&
      folders.every((others, other) => other === index || !others.some((path) => isWithin(path, common)));
    const anchor = anchorOf(system);
    const fallback = folderOf.get(anchor) ?? anchor;
    // Free-standing OUTCARs in one folder are told apart by their file names.
    const shared = !holdsOnly(fallback, new Set([anchor]), tree.calculations);
    const name = alone ? common : shared || fallback === '.' ? anchor : fallback;
    return { ...system, id: statedId(system, anchor) ?? name, label: name };
  });
  // A name that the manifest gives may be a folder's name too: then the other system goes by its file.
  const distinct = named.map((system, index) => {
    const given = systems[index];
    const isStated = given !== undefined && (given.label !== '' || statedId(given, anchorOf(given)) !== undefined);
    const isTaken = named.some((other, at) => at !== index && other.id === system.id);
    return isTaken && !isStated ? { ...system, id: anchorOf(system), label: anchorOf(system) } : system;
  });
  return distinct.sort((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
}

/** Whether the runs that lie directly in a folder, and count, are these ones. */
function holdsOnly(folder: string, ids: ReadonlySet<string>, calculations: readonly Calculation[]): boolean {
  return calculations.every(
    (calculation) => calculation.folder !== folder || calculation.supersededBy !== undefined || ids.has(calculation.id),
  );
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

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
