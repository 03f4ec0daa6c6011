import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestIn, treeDistance } from '../../../assembly/shared/folder-tree.ts';

it('files are as far apart as the steps through their common folder', () => {
  expect(treeDistance('a/b/OUTCAR', 'a/c/d/OUTCAR')).toBe(5);
  expect(treeDistance('a/b/OUTCAR', 'a/b/OUTCAR')).toBe(0);
  expect(treeDistance('OUTCAR', 'a/OUTCAR')).toBe(3);
});

it('the nearest file is that of a search through all of them', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 12 }), path, (paths, from) => {
      const files = paths.map((id) => ({ id }));
      const [nearest] = [...files].sort(
        (left, right) => treeDistance(from, left.id) - treeDistance(from, right.id) || (left.id < right.id ? -1 : 1),
      );
      expect(nearestIn(files)(from)).toEqual(nearest);
    }),
    { seed: 7, numRuns: 300 },
  );
});
