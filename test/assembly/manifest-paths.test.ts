/** How the manifest names calculations: by folder or file, and what is said when that is not one. */
import { describe, expect, it } from 'vitest';
import { resolveStatements } from '../../assembly/stated-links.ts';
import type { Manifest } from '../../model/manifest.ts';
import { slab as basal, slabLi as basalLi } from './campaign.ts';

const slab = { ...basal, id: 'a/slab/OUTCAR', folder: 'a/slab' };
const slabLi = { ...basalLi, id: 'a/li/OUTCAR', folder: 'a/li' };
const tree = [slab, slabLi];

const stated = (rest: Omit<Manifest, 'version'>): Manifest => ({ version: 1, ...rest });

describe('a path in the manifest', () => {
  it('may be a folder or a file, with ./ and / around it', () => {
    for (const path of ['a/li', './a/li/', 'a/li/OUTCAR']) {
      const { roles } = resolveStatements(stated({ calculations: { [path]: { role: 'bulk' } } }), {
        calculations: tree,
        paths: [],
      });
      expect([...roles.keys()]).toEqual(['a/li/OUTCAR']);
    }
  });

  it('to a folder with several runs means the one that counts', () => {
    const early = { ...slab, id: 'a/slab/OUTCAR.1', supersededBy: 'a/slab/OUTCAR' };
    const { roles } = resolveStatements(stated({ calculations: { 'a/slab': { role: 'bulk' } } }), {
      calculations: [early, slab],
      paths: [],
    });
    expect([...roles.keys()]).toEqual(['a/slab/OUTCAR']);
  });

  it('to a folder with several runs of which none replaces the other must name one', () => {
    const other = { ...slab, id: 'a/slab/OUTCAR_2' };
    const { roles, issues } = resolveStatements(stated({ calculations: { 'a/slab': { role: 'bulk' } } }), {
      calculations: [slab, other],
      paths: [],
    });
    expect(roles.size).toBe(0);
    expect(issues[0]?.message).toBe(
      'manifest: calculations: several calculations at "a/slab", name one of a/slab/OUTCAR, a/slab/OUTCAR_2',
    );
  });

  it('is located in the tree by whoever knows where the manifest lies', () => {
    const source = { file: 'up/adatom.yaml', locate: (path: string) => (path === 'x' ? 'a/li' : undefined) };
    const { roles, issues } = resolveStatements(
      stated({ calculations: { x: { role: 'bulk' }, y: { role: 'bulk' } } }),
      { calculations: tree, paths: [] },
      source,
    );
    expect([...roles.keys()]).toEqual(['a/li/OUTCAR']);
    expect(issues[0]).toMatchObject({ code: 'E_MANIFEST', where: { file: 'up/adatom.yaml' } });
  });
});
