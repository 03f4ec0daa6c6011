import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readChecked, writeChecked } from '../../intake/checked-file.ts';
import { cacheKey, type FileStamp, openParseCache, type ParseCache } from '../../intake/parse-cache.ts';
import { AdatomError } from '../../model/errors.ts';
import { asOrdinaryUser, temporaryFolder } from './temporary-folder.ts';

const KEY = cacheKey(['a'.repeat(64)], 'parsers 1');
const OTHER_KEY = cacheKey(['b'.repeat(64)], 'parsers 1');
const IDENTITY = { sha256: 'c'.repeat(64), bytes: 3 };

function stamp(cache: ParseCache, path: string): FileStamp {
  const found = cache.stamp(path);
  if (found === undefined) throw new Error(`no file at ${path}`);
  return found;
}

function entryPath(folder: string, key: string): string {
  return join(folder, 'records', key.slice(0, 2), key);
}

/** A file that was last written an hour ago. */
function oldFile(content = 'abc'): string {
  const path = join(temporaryFolder({ OUTCAR: content }), 'OUTCAR');
  const hourAgo = Date.now() / 1000 - 3600;
  utimesSync(path, hourAgo, hourAgo);
  return path;
}

test('a value comes back in a later session with its typed arrays', () => {
  const folder = temporaryFolder();
  const value = {
    forces: Float64Array.of(0.1, -0.2, 1e-300),
    flags: Uint8Array.of(1, 0, 1),
    name: 'ZnO',
    step: undefined,
  };
  const first = openParseCache(folder);
  expect(first.get(KEY)).toBeUndefined();
  first.put(KEY, value);
  first.close();
  expect(openParseCache(folder).get(KEY)).toEqual(value);
});

test('the key changes with the version of the parsers and with each hash and their order', () => {
  const keys = [cacheKey(['a', 'b'], '1'), cacheKey(['b', 'a'], '1'), cacheKey(['a', 'b'], '2'), cacheKey(['ab'], '1')];
  expect(new Set(keys).size).toBe(4);
});

test('an unchanged file is known by its stamp in the next session', () => {
  const folder = temporaryFolder();
  const path = oldFile();
  const first = openParseCache(folder);
  expect(first.identityOf(stamp(first, path))).toBeUndefined();
  first.remember(stamp(first, path), IDENTITY);
  first.close();
  const second = openParseCache(folder);
  expect(second.identityOf(stamp(second, path))).toEqual(IDENTITY);
});

test('a file that was changed is not known, even when size and time of modification are as before', () => {
  const folder = temporaryFolder();
  const path = oldFile('abc');
  const { mtimeMs } = statSync(path);
  const first = openParseCache(folder);
  first.remember(stamp(first, path), IDENTITY);
  first.close();
  writeFileSync(path, 'xyz');
  utimesSync(path, mtimeMs / 1000, mtimeMs / 1000);
  const second = openParseCache(folder);
  expect(second.identityOf(stamp(second, path))).toBeUndefined();
});

test('a file written during the session is not remembered: it could change within the same clock tick', () => {
  const folder = temporaryFolder();
  const first = openParseCache(folder);
  const path = join(temporaryFolder({ OUTCAR: 'abc' }), 'OUTCAR');
  first.remember(stamp(first, path), IDENTITY);
  first.close();
  const second = openParseCache(folder);
  expect(second.identityOf(stamp(second, path))).toBeUndefined();
});

test('a file that was remembered and then written during a session is forgotten', () => {
  const folder = temporaryFolder();
  const path = oldFile();
  const first = openParseCache(folder);
  first.remember(stamp(first, path), IDENTITY);
  appendFileSync(path, 'more');
  first.remember(stamp(first, path), IDENTITY);
  first.close();
  const second = openParseCache(folder);
  expect(second.identityOf(stamp(second, path))).toBeUndefined();
});

test.each([
  ['cut', (bytes: Buffer) => bytes.subarray(0, -5)],
  ['changed in one bit', (bytes: Buffer) => bytes.with(bytes.length - 3, (bytes[bytes.length - 3] ?? 0) ^ 1)],
  ['empty', () => Buffer.alloc(0)],
  ['foreign', () => Buffer.from('{"forces": 0}')],
])('an entry that is %s is a miss and is deleted', (_, damage) => {
  const folder = temporaryFolder();
  const cache = openParseCache(folder);
  cache.put(KEY, { forces: Float64Array.of(1, 2, 3) });
  writeFileSync(entryPath(folder, KEY), damage(readFileSync(entryPath(folder, KEY))));
  expect(cache.get(KEY)).toBeUndefined();
  expect(existsSync(entryPath(folder, KEY))).toBe(false);
});

test('an entry that lies under the name of another key is a miss', () => {
  const folder = temporaryFolder();
  const cache = openParseCache(folder);
  cache.put(KEY, 1);
  cache.put(OTHER_KEY, 2);
  writeFileSync(entryPath(folder, OTHER_KEY), readFileSync(entryPath(folder, KEY)));
  expect(cache.get(OTHER_KEY)).toBeUndefined();
});

test('checked bytes that cannot be decoded are foreign, not a failure', () => {
  const path = join(temporaryFolder(), 'file');
  writeChecked(path, 'name', 'value');
  expect(readChecked(path, 'name')).toEqual({ value: 'value' });
  expect(readChecked(path, 'other')).toBe('foreign');
  expect(readChecked(`${path}-gone`, 'name')).toBe('absent');
});

test('a damaged index is started anew', () => {
  const folder = temporaryFolder();
  const path = oldFile();
  const first = openParseCache(folder);
  first.remember(stamp(first, path), IDENTITY);
  first.close();
  writeFileSync(join(folder, 'index'), 'torn');
  const second = openParseCache(folder);
  expect(second.identityOf(stamp(second, path))).toBeUndefined();
  second.remember(stamp(second, path), IDENTITY);
  expect(second.close()).toEqual({});
  const third = openParseCache(folder);
  expect(third.identityOf(stamp(third, path))).toEqual(IDENTITY);
});

test('pruning deletes what the session did not use and keeps what another process has just written', () => {
  const folder = temporaryFolder();
  const [used, unused, concurrent] = [KEY, OTHER_KEY, cacheKey(['d'], '1')];
  const earlier = openParseCache(folder);
  for (const key of [used, unused]) earlier.put(key, key);
  const gone = oldFile();
  earlier.remember(stamp(earlier, gone), IDENTITY);
  earlier.close();
  for (const key of [used, unused]) utimesSync(entryPath(folder, key), 1e9, 1e9);
  const session = openParseCache(folder);
  expect(session.get(used)).toBe(used);
  openParseCache(folder).put(concurrent, concurrent);
  session.close({ prune: true });
  const later = openParseCache(folder);
  expect([used, unused, concurrent].map((key) => later.get(key))).toEqual([used, undefined, concurrent]);
  expect(later.identityOf(stamp(later, gone))).toBeUndefined();
});

test('without pruning everything stays', () => {
  const folder = temporaryFolder();
  openParseCache(folder).put(KEY, 1);
  utimesSync(entryPath(folder, KEY), 1e9, 1e9);
  openParseCache(folder).close();
  expect(openParseCache(folder).get(KEY)).toBe(1);
});

test('two sessions that write the same entries and the index in turn leave whole files and no rests', () => {
  const folder = temporaryFolder();
  const sessions = [openParseCache(folder), openParseCache(folder)];
  for (let round = 0; round < 50; round += 1) {
    for (const session of sessions) {
      session.put(cacheKey([String(round)], '1'), { round, values: new Float64Array(1000).fill(round) });
      session.close();
    }
  }
  const reader = openParseCache(folder);
  for (let round = 0; round < 50; round += 1)
    expect(reader.get(cacheKey([String(round)], '1'))).toMatchObject({ round });
  expect(readdirSync(folder).sort()).toEqual(['CACHEDIR.TAG', 'index', 'records']);
});

test('a cache folder that cannot be made is a wrong request', () => {
  const folder = temporaryFolder({ file: '' });
  expect(() => openParseCache(join(folder, 'file', 'cache'))).toThrow(AdatomError);
});

test('a cache that can no longer be written says why at the end and fails nothing', () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o777);
  const outcome = asOrdinaryUser(() => {
    const cache = openParseCache(folder);
    chmodSync(join(folder, 'records'), 0o555);
    cache.put(KEY, 1);
    return cache.close();
  });
  execFileSync('chmod', ['755', join(folder, 'records')]);
  expect(outcome.problem).toContain('permission denied');
});
