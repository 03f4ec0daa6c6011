/**
 * A manifest that is sent with the request instead of lying in the tree: its paths are relative to its own folder, which
 * the service does not have, and become relative to the tree.
 */
import { relative, resolve, sep } from 'node:path';
import type { Manifest } from '../../../model/manifest.ts';

/** `folders`: where the manifest's paths begin. `toTree`: path in the tree of an absolute one; undefined for what lies outside. */
export function manifestInTree(
  manifest: Manifest,
  folders: readonly string[],
  toTree: (absolutePath: string) => string | undefined,
): Manifest {
  // A path that leads out of the tree stays as it is: the service names it when it refuses it.
  const moved = (path: string): string =>
    folders.map((folder) => toTree(resolve(folder, path))).find((found) => found !== undefined) ?? path;
  const { references, calculations, systems, paths } = manifest;
  return {
    ...manifest,
    ...(references && {
      references: mapped(references, (byElement) => mapped(byElement ?? {}, (path) => moved(path))),
    }),
    ...(calculations && {
      calculations: renamed(calculations, moved, ({ slab, ...rest }) => ({
        ...rest,
        ...(slab !== undefined && { slab: moved(slab) }),
      })),
    }),
    ...(systems && {
      systems: mapped(systems, ({ slab, adsorbed, bulk, paths: bands, ...rest }) => ({
        ...rest,
        ...(slab !== undefined && { slab: moved(slab) }),
        ...(adsorbed && { adsorbed: adsorbed.map(moved) }),
        ...(bulk !== undefined && { bulk: moved(bulk) }),
        ...(bands && { paths: bands.map(moved) }),
      })),
    }),
    ...(paths && {
      paths: renamed(paths, moved, ({ start, end, ...rest }) => ({
        ...rest,
        ...(start !== undefined && { start: moved(start) }),
        ...(end !== undefined && { end: moved(end) }),
      })),
    }),
  };
}

/** Path in the tree by the deepest root that holds it. */
export function treePathFinder(
  roots: readonly { readonly absolutePath: string; readonly path: string }[],
): (absolutePath: string) => string | undefined {
  const deepestFirst = [...roots].sort((a, b) => b.absolutePath.length - a.absolutePath.length);
  return (absolutePath) => {
    for (const root of deepestFirst) {
      const inside = relative(root.absolutePath, absolutePath).split(sep).join('/');
      if (inside === '..' || inside.startsWith('../')) continue;
      return [root.path, inside].filter((part) => part !== '' && part !== '.').join('/') || '.';
    }
    return undefined;
  };
}

function mapped<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function renamed<T>(
  record: Readonly<Record<string, T>>,
  rename: (key: string) => string,
  change: (value: T) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [rename(key), change(value)]));
}
