import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveAllowed as resolveBeside } from '../../intake/allowed-roots.ts';

describe('folders that a request may name', () => {
  let base: string;
  let allowed: string;

  beforeAll(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'adatom-roots-')));
    allowed = join(base, 'data');
    for (const folder of ['data/campaign', 'data-secret', 'outside/deep'])
      mkdirSync(join(base, folder), { recursive: true });
    writeFileSync(join(allowed, 'file'), '');
    symlinkSync(join(base, 'outside'), join(allowed, 'way-out'));
    symlinkSync(join(allowed, 'campaign'), join(allowed, 'alias'));
    symlinkSync(allowed, join(base, 'root-alias'));
  });

  afterAll(() => rmSync(base, { recursive: true, force: true }));

  const resolveAllowed = (path: string, roots: readonly string[]) => resolveBeside(path, roots, join(base, 'own'));

  it('are those below a root, by their real path', () => {
    expect(resolveAllowed(join(allowed, 'campaign'), [allowed])).toBe(join(allowed, 'campaign'));
    expect(resolveAllowed(join(allowed, 'alias'), [allowed])).toBe(join(allowed, 'campaign'));
    expect(resolveAllowed(allowed, [allowed])).toBe(allowed);
  });

  it('may be reached through a root that is a link itself', () => {
    const alias = join(base, 'root-alias');
    expect(resolveAllowed(join(alias, 'campaign'), [alias])).toBe(join(allowed, 'campaign'));
    expect(resolveAllowed(join(allowed, 'campaign'), [alias])).toBe(join(allowed, 'campaign'));
  });

  it.each([
    ['by ..', () => `${join(allowed, 'campaign')}/../../outside`],
    ['by a link', () => join(allowed, 'way-out')],
    ['below a link', () => join(allowed, 'way-out', 'deep')],
    ['by a longer name', () => join(base, 'data-secret')],
    ['above a root', () => base],
    ['where nothing is', () => join(base, 'outside', 'nothing')],
  ])('are none outside: %s', (_, path) => {
    expect(() => resolveAllowed(path(), [allowed])).toThrow('not below a folder that this service may read');
  });

  it('are the same below a root that ends in a slash or has .. in it', () => {
    for (const root of [`${allowed}/`, `${allowed}//`, `${base}/outside/../data`]) {
      expect(resolveAllowed(join(allowed, 'campaign'), [root])).toBe(join(allowed, 'campaign'));
      expect(() => resolveAllowed(join(base, 'data-secret'), [root])).toThrow('not below a folder');
    }
  });

  it('lead outside through a link with the same words, whether something is there or not', () => {
    symlinkSync(join(base, 'outside/not-there'), join(allowed, 'dangling'));
    writeFileSync(join(base, 'outside/file'), '');
    for (const path of [
      'way-out/deep',
      'way-out/nothing',
      'way-out/file',
      'way-out/file/x',
      'dangling',
      'dangling/x',
    ]) {
      expect(() => resolveAllowed(join(allowed, path), [allowed])).toThrow('not below a folder');
    }
  });

  it('are not in the data folder of the service, also when a root contains it', () => {
    const upload = join(allowed, 'service/uploads/project/upload/tree');
    mkdirSync(upload, { recursive: true });
    symlinkSync(upload, join(allowed, 'campaign/way-in'));
    for (const path of [upload, join(allowed, 'service'), join(allowed, 'campaign/way-in')]) {
      for (const root of [allowed, '/']) {
        expect(() => resolveBeside(path, [root], join(allowed, 'service'))).toThrow('not below a folder');
      }
    }
    expect(resolveBeside(allowed, [allowed], join(allowed, 'service'))).toBe(allowed);
    rmSync(join(allowed, 'campaign/way-in'));
  });

  it('have no character 0 in their path', () => {
    expect(() => resolveAllowed(`${allowed}/campaign\0`, [allowed])).toThrow('character 0');
  });

  it('are none without a root, all with the root /', () => {
    expect(() => resolveAllowed(allowed, [])).toThrow('ADATOM_ROOTS');
    expect(resolveAllowed(allowed, ['/'])).toBe(allowed);
  });

  it('are absolute, and folders', () => {
    expect(() => resolveAllowed('data', [allowed])).toThrow('absolute path');
    expect(() => resolveAllowed(join(allowed, 'file'), [allowed])).toThrow('a folder is needed');
    expect(() => resolveAllowed(join(allowed, 'missing'), [allowed])).toThrow('no such file or folder');
  });
});
