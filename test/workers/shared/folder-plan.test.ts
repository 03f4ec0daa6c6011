import { describe, expect, it } from 'vitest';
import type { FoundFile } from '../../../intake/find-runs.ts';
import { folderPlan, folderTasks, type KnownContent, passingKey } from '../../../workers/shared/folder-plan.ts';

const file = (path: string): FoundFile => ({ path, absolutePath: `/data/${path}` });
const content =
  (identity: string, reusable = true) =>
  (): KnownContent => ({
    location: '/data/real',
    identity: [identity],
    reusable,
  });

describe('folders as units of work', () => {
  it('hold the files of one folder, whatever order they are found in', () => {
    const files = ['b/POSCAR', 'a/OUTCAR', 'INCAR', 'b/OUTCAR'].map(file);
    const tasks = folderTasks(files, 'code', content('x'));
    expect(tasks.map(({ folder }) => folder)).toEqual(['.', 'a', 'b']);
    expect(folderTasks([...files].reverse(), 'code', content('x'))).toEqual(tasks);
    const last = tasks.flatMap((task) => folderPlan(task).files.map(({ path }) => path)).slice(-2);
    expect(last).toEqual(['/data/b/OUTCAR', '/data/b/POSCAR']);
  });

  it('have another key for other content, other names and other code, not for another place', () => {
    const key = (path: string, code: string, identity: string) =>
      folderTasks([file(path)], code, content(identity))[0]?.readingKey;
    const same = key('a/OUTCAR', '1', 'x');
    expect(key('elsewhere/OUTCAR', '1', 'x')).toBe(same);
    expect(key('a/OUTCAR.relax1', '1', 'x')).not.toBe(same);
    expect(key('a/OUTCAR', '2', 'x')).not.toBe(same);
    expect(key('a/OUTCAR', '1', 'y')).not.toBe(same);
  });

  it('with a file that is too young, or has vanished, are read anew by the next pass', () => {
    const young = folderTasks([file('a/OUTCAR')], 'code', content('x', false));
    const gone = folderTasks([file('a/OUTCAR')], 'code', () => undefined);
    expect([...young, ...gone].map((task) => folderPlan(task).reusable)).toEqual([false, false]);
  });

  it('have a key of their own in each pass', () => {
    const screening = '6f1c5a0e-6f0b-4a3e-9b5a-1a2b3c4d5e6f';
    const first = passingKey('key', { screening, generation: 1 });
    expect(passingKey('key', { screening, generation: 1 })).toBe(first);
    expect(passingKey('key', { screening, generation: 2 })).not.toBe(first);
  });
});
