import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OUTPUT_MARKER, type Walk, walk } from '../../intake/walk.ts';
import { AdatomError } from '../../model/errors.ts';
import { asOrdinaryUser, temporaryFolder } from './temporary-folder.ts';

const isOutcar = (name: string): boolean => name === 'OUTCAR';

function filesOf(found: Walk): string[] {
  return found.folders.flatMap(({ path, files }) => files.map(({ name }) => `${path}/${name}`));
}

function codes(found: Walk): string[] {
  return found.issues.map(({ code, where }) => `${code} ${where.file}`);
}

test('folders come in the order of code units, whatever the locale', () => {
  const root = temporaryFolder({
    'b/OUTCAR': '',
    'a/OUTCAR': '',
    'Z/OUTCAR': '',
    'ä/OUTCAR': '',
    'a-1/OUTCAR': '',
    'a/b/x': '',
  });
  expect(walk([root], isOutcar).folders.map(({ path }) => path)).toEqual(['.', 'Z', 'a', 'a-1', 'a/b', 'b', 'ä']);
});

test('hidden folders, node_modules and our own output are not entered', () => {
  const root = temporaryFolder({
    '.git/OUTCAR': '',
    'node_modules/x/OUTCAR': '',
    [`adatom-out/${OUTPUT_MARKER}`]: '',
    'adatom-out/inside/OUTCAR': '',
    'real/OUTCAR': '',
  });
  expect(filesOf(walk([root], isOutcar))).toEqual(['real/OUTCAR']);
});

test('a root is entered even when output was written right into it', () => {
  const root = temporaryFolder({ [OUTPUT_MARKER]: '', 'a/OUTCAR': '' });
  expect(filesOf(walk([root], isOutcar))).toEqual(['a/OUTCAR']);
});

test('links that lead in a circle end', () => {
  const root = temporaryFolder({ 'a/OUTCAR': '', 'a/b/OUTCAR': '' });
  symlinkSync('..', join(root, 'a/up'));
  symlinkSync(root, join(root, 'a/b/root'));
  symlinkSync('self', join(root, 'a/self'));
  const found = walk([root], isOutcar);
  expect(filesOf(found)).toEqual(['a/OUTCAR', 'a/b/OUTCAR']);
  expect(Object.fromEntries(found.aliases)).toEqual({ 'a/b/root': '.', 'a/up': '.' });
});

test('a folder that is linked beside its real place is visited once, under its real path', () => {
  const root = temporaryFolder({ 'z-real/OUTCAR': '' });
  symlinkSync('z-real', join(root, 'a-link'));
  const found = walk([root], isOutcar);
  expect(filesOf(found)).toEqual(['z-real/OUTCAR']);
  expect(found.aliases.get('a-link')).toBe('z-real');
});

test('a folder that only a link makes visible is visited under the first link', () => {
  const root = temporaryFolder({ '.store/k1/OUTCAR': '' });
  symlinkSync('.store/k1', join(root, 'second'));
  symlinkSync('.store/k1', join(root, 'first'));
  expect(filesOf(walk([root], isOutcar))).toEqual(['first/OUTCAR']);
});

test('a link into our own output is not followed', () => {
  const root = temporaryFolder({ [`out/${OUTPUT_MARKER}`]: '', 'out/cache/OUTCAR': '' });
  symlinkSync('out/cache', join(root, 'latest'));
  expect(filesOf(walk([root], isOutcar))).toEqual([]);
});

test('links out of the tree and broken links are named and not followed, links nobody can want are not named', () => {
  const outside = temporaryFolder({ OUTCAR: '' });
  const root = temporaryFolder({ 'a/INCAR': '' });
  symlinkSync(outside, join(root, 'elsewhere'));
  symlinkSync(join(outside, 'OUTCAR'), join(root, 'a/OUTCAR'));
  symlinkSync('/bin/sh', join(root, 'a/vasp_std'));
  mkdirSync(join(root, 'b'));
  symlinkSync('gone', join(root, 'b/OUTCAR'));
  const found = walk([root], isOutcar);
  expect(filesOf(found)).toEqual(['a/INCAR']);
  expect(codes(found)).toEqual([
    'W_LINK_NOT_FOLLOWED a/OUTCAR',
    'W_LINK_NOT_FOLLOWED b/OUTCAR',
    'W_LINK_NOT_FOLLOWED elsewhere',
  ]);
});

test('a folder whose name begins with the name of the root is outside of it', () => {
  const parent = temporaryFolder({ 'run/INCAR': '', 'run-2/OUTCAR': '' });
  symlinkSync('../run-2', join(parent, 'run/other'));
  expect(codes(walk([join(parent, 'run')], isOutcar))).toEqual(['W_LINK_NOT_FOLLOWED other']);
});

test('a link to a file inside the tree is a file, with its target', () => {
  const root = temporaryFolder({ 'shared/KPOINTS': '', 'a/OUTCAR': '' });
  symlinkSync('../shared/KPOINTS', join(root, 'a/KPOINTS'));
  const folder = walk([root], isOutcar).folders.find(({ path }) => path === 'a');
  expect(folder?.files).toEqual([{ name: 'KPOINTS', linkTarget: join(root, 'shared/KPOINTS') }, { name: 'OUTCAR' }]);
});

test('a folder that may not be read is named and the walk goes on', () => {
  const root = temporaryFolder({ 'a/OUTCAR': '', 'b/OUTCAR': '', 'c/OUTCAR': '' });
  chmodSync(join(root, 'b'), 0);
  const found = asOrdinaryUser(() => walk([root], isOutcar));
  chmodSync(join(root, 'b'), 0o755);
  expect(filesOf(found)).toEqual(['a/OUTCAR', 'c/OUTCAR']);
  expect(codes(found)).toEqual(['E_UNREADABLE b']);
});

test('several roots put their name in front, made unique when two are called the same', () => {
  const one = temporaryFolder({ 'run/OUTCAR': '' });
  const two = temporaryFolder({ 'run/OUTCAR': '' });
  expect(filesOf(walk([join(one, 'run'), join(two, 'run')], isOutcar))).toEqual(['run/OUTCAR', 'run-2/OUTCAR']);
});

test('a root inside another root is visited once', () => {
  const root = temporaryFolder({ 'a/OUTCAR': '', 'b/OUTCAR': '' });
  expect(filesOf(walk([join(root, 'b'), root], isOutcar)).map((path) => path.split('/').slice(-2).join('/'))).toEqual(
    ['a/OUTCAR', 'b/OUTCAR'].sort(),
  );
});

test('a root that does not exist or is a file is a wrong request that names it', () => {
  const root = temporaryFolder({ OUTCAR: '' });
  for (const wrong of [join(root, 'gone'), join(root, 'OUTCAR')]) {
    const error = (() => {
      try {
        return walk([wrong], isOutcar);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(AdatomError);
    expect(error).toMatchObject({ class: 'request' });
    expect(String(error)).toContain(wrong);
  }
});
