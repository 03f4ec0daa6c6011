/**
 * Submitted folders whose owner changes them while they are looked at, or has put things into them that are no files: a
 * worker must read nothing outside of them and wait for nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFile } from '../../intake/read-file.ts';
import { serviceRequest } from '../../reading/screening-request.ts';
import type { FolderTask } from '../../store/store.ts';
import { type Discovery, discover, type SearchedRoot } from '../../workers/shared/discovery.ts';
import { folderPlan } from '../../workers/shared/folder-plan.ts';
import { onTask as readFolder } from '../../workers/shared/read-folder-thread.ts';
import { decodeReadings } from '../../workers/shared/reading-codec.ts';
import { shadowTree } from '../../workers/shared/shadow-tree.ts';
import { answered } from '../../workers/shared/thread-answer.ts';

let base: string;
let submitted: string;
let outside: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'adatom-changing-')));
  submitted = join(base, 'submitted');
  outside = join(base, 'outside');
  for (const folder of [join(submitted, 'slab'), outside]) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'OUTCAR'), 'vasp.6.3.0\n');
  }
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function discovered(root: Partial<SearchedRoot> = {}, dataFolder = join(base, 'data')): Discovery {
  const roots = [{ folder: submitted, shownAs: 'submitted', ...root }];
  return discover({ stated: { title: 'x', priority: 'normal' }, roots, dataFolder, nowNs: 0n });
}

function placesOf(folders: readonly FolderTask[]): string[] {
  return folders.flatMap((task) => folderPlan(task).files.map(({ location }) => location));
}

async function readAt(path: string): Promise<string> {
  const { encoded } = answered(await readFolder({ files: [{ path, realPath: path }] }));
  return JSON.stringify(decodeReadings(encoded, [{ path, location: path }]));
}

test('a folder that became a link after it was checked is not searched where the link leads', () => {
  renameSync(submitted, join(base, 'away'));
  symlinkSync(outside, submitted);
  expect(() => discovered()).toThrow('leads elsewhere than when it was handed in');
});

test('a file that became a link after it was seen keeps its place, where nothing else is read', () => {
  const file = join(submitted, 'slab/OUTCAR');
  // What is known of a file is asked for between the walk and the look at the file.
  const contents = new (class extends Map<string, never> {
    override get(): undefined {
      rmSync(file);
      symlinkSync(join(outside, 'OUTCAR'), file);
      return undefined;
    }
  })();
  expect(placesOf(discovered({ contents }).folders)).toEqual([file]);
});

test('a file that is opened elsewhere than it was found is not read', async () => {
  symlinkSync(outside, join(submitted, 'link'));
  const opened = await readFile(join(submitted, 'link/OUTCAR'), { realPath: join(submitted, 'link/OUTCAR') });
  expect(opened).toMatchObject({ readable: false, issue: { message: expect.stringContaining('leads elsewhere') } });
  const own = await readFile(join(submitted, 'slab/OUTCAR'), { realPath: join(submitted, 'slab/OUTCAR') });
  expect(own.readable).toBe(true);
  if (own.readable) own.close();
});

test('the data folder of the service is not searched, neither from above nor through a link', () => {
  const data = join(submitted, 'service');
  mkdirSync(join(data, 'uploads/of-another/tree'), { recursive: true });
  writeFileSync(join(data, 'uploads/of-another/tree/OUTCAR'), '');
  symlinkSync(join(data, 'uploads/of-another/tree'), join(submitted, 'linked-folder'));
  mkdirSync(join(submitted, 'linked-file'));
  symlinkSync(join(data, 'uploads/of-another/tree/OUTCAR'), join(submitted, 'linked-file/OUTCAR'));
  expect(placesOf(discovered({}, data).folders)).toEqual([join(submitted, 'slab/OUTCAR')]);
});

test.each(['..', 'a/..', '.', 'C:', 'a\\b', 'x'.repeat(300), 'a\0b'])(
  'the prefix %j of a bucket makes no other folder than the own one to be searched',
  async (prefix) => {
    const nothing = { async *list() {}, fetch: async () => {}, close: () => {} };
    const { root, close } = await shadowTree('bucket', prefix, nothing);
    close();
    expect(root.folder).toMatch(/adatom-shadow-[^/]+\/bucket$/);
    expect(dirname(dirname(root.folder))).toBe(realpathSync(tmpdir()));
  },
);

test('a named pipe called OUTCAR or adatom.yaml is not waited for', async () => {
  const pipes = [join(submitted, 'slab/CONTCAR'), join(submitted, 'adatom.yaml')] as const;
  for (const pipe of pipes) execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
  expect(await readAt(pipes[0])).toContain('named pipe');
  expect(() => serviceRequest([submitted], {})).toThrow('a file is needed, this is none');
});

test('an adatom.yaml larger than any that is written is not read', () => {
  writeFileSync(join(submitted, 'adatom.yaml'), Buffer.alloc(17 * 1024 * 1024, ' '));
  expect(() => serviceRequest([submitted], {})).toThrow('at most 16777216 bytes');
});
