import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveAllowed } from '../../intake/allowed-roots.ts';

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
