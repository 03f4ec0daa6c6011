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

/**
 * The nearest of many files, the first by name of several: looked up folder by folder on the way to the root, so that it
 * costs the depth of the tree and not the number of files.
 */
export function nearestIn<T extends Filed>(files: readonly T[]): (path: string) => T | undefined {
  const nearestBelow = new Map<string, T>();
  for (const file of files) {
    for (const folder of foldersAbove(file.id)) {
      const known = nearestBelow.get(folder);
      if (known === undefined || isHigher(file, known)) nearestBelow.set(folder, file);
    }
  }
  return (path) =>
    foldersAbove(path)
      .flatMap((folder) => nearestBelow.get(folder) ?? [])
      .map((file) => ({ file, distance: treeDistance(path, file.id) }))
      .sort((left, right) => left.distance - right.distance || (left.file.id < right.file.id ? -1 : 1))[0]?.file;
}

function isHigher(file: Filed, known: Filed): boolean {
  const [depth, other] = [file.id.split('/').length, known.id.split('/').length];
  return depth < other || (depth === other && file.id < known.id);
}

/** The path itself, its folder, …, the root. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return Array.from({ length: parts.length + 1 }, (_, depth) => parts.slice(0, depth).join('/'));
}
