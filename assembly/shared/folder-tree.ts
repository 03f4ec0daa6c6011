/**
 * How far files lie from each other in a tree of folders, and which of many lies nearest.
 */

/** Steps from one file to the other through their common folder. */
export function treeDistance(left: string, right: string): number {
  const one = left.split('/');
  const other = right.split('/');
  let common = 0;
  while (common < one.length && one[common] === other[common]) common += 1;
  return one.length + other.length - 2 * common;
}

interface Filed {
  readonly id: string;
}

/** The nearest of many files, the first by name of several. */
export function nearestIn<T extends Filed>(files: readonly T[]): (path: string) => T | undefined {
  const nearest = nearestFewIn(files, 1);
  return (path) => nearest(path)[0];
}

/**
 * The nearest few of many files, by distance and then by name: looked up folder by folder on the way to the root, so that
 * it costs the depth of the tree and not the number of files. Of each folder the highest few are enough: what lies below
 * a nearer folder on the way is nearer still.
 */
export function nearestFewIn<T extends Filed>(files: readonly T[], most: number): (path: string) => readonly T[] {
  const highestBelow = new Map<string, T[]>();
  const filed = files.map((file) => ({ file, folders: foldersAbove(file.id) }));
  filed.sort((left, right) => left.folders.length - right.folders.length || byName(left.file, right.file));
  for (const { file, folders } of filed) {
    for (const folder of folders) {
      const known = highestBelow.get(folder);
      if (known === undefined) highestBelow.set(folder, [file]);
      else if (known.length < most) known.push(file);
    }
  }
  return (path) => {
    const near = new Set(foldersAbove(path).flatMap((folder) => highestBelow.get(folder) ?? []));
    return [...near]
      .map((file) => ({ file, distance: treeDistance(path, file.id) }))
      .sort((left, right) => left.distance - right.distance || byName(left.file, right.file))
      .slice(0, most)
      .map(({ file }) => file);
  };
}

function byName(left: Filed, right: Filed): number {
  return left.id < right.id ? -1 : 1;
}

/** The path itself, its folder, …, the root. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return Array.from({ length: parts.length + 1 }, (_, depth) => parts.slice(0, depth).join('/'));
}
