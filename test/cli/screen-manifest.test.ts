/** What an `adatom.yaml` in the tree states, and what it cannot state. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { campaign, screening } from './example-campaign.ts';
import { runAdatom } from './run-adatom.ts';

describe('the manifest', () => {
  test('names systems and states links, and says so in the evidence', async () => {
    const { cwd, tree } = campaign();
    const manifest = [
      'version: 1',
      'ion: Li',
      'systems:',
      '  basal:',
      '    label: ZnO (002)',
      '    facet: [0, 0, 0, 2]',
      '    slab: zno-002/slab',
      '    adsorbed: [zno-002/slab-li]',
      'calculations:',
      '  zno-202/slab-li: { role: ignore }',
    ];
    writeFileSync(join(tree, 'adatom.yaml'), manifest.join('\n'));
    const result = await screening(cwd);
    const system = result.systems.find((entry) => entry.id === 'basal');
    expect(system?.label).toBe('ZnO (002)');
    expect(system?.facet).toEqual([0, 0, 0, 2]);
    expect(
      system?.links.find((link) => link.from === 'zno-002/slab-li/OUTCAR' && link.kind === 'clean-slab')?.stated,
    ).toBe('manifest');
    expect(result.unused.map((entry) => entry.calculation)).toContain('zno-202/slab-li/OUTCAR');
  });

  test('cannot state another facet than the atoms show', async () => {
    const { cwd, tree } = campaign();
    const stated = (facet: string) => `version: 1\nsystems:\n  m-plane: { slab: zno-020/slab, facet: ${facet} }\n`;
    writeFileSync(join(tree, 'adatom.yaml'), stated('[2, 0, 0]'));
    const right = await screening(cwd);
    expect(right.systems.find(({ id }) => id === 'm-plane')?.exposedFacet).toMatchObject({ label: '{10-10}' });
    expect(right.issues).toEqual([]);
    writeFileSync(join(tree, 'adatom.yaml'), stated('[0, 0, 0, 2]'));
    const wrong = await runAdatom(['screen', 'campaign', '--json'], { cwd });
    expect(wrong.stderr).toContain('systems.m-plane.facet: (0 0 0 2), of the family {0001}, is stated');
    expect(wrong.stderr).toContain('the atoms of zno-020/slab/OUTCAR show {10-10}');
  });

  test('a name it gives that is another system’s folder leaves both in the answer', async () => {
    const { cwd, tree } = campaign();
    writeFileSync(join(tree, 'adatom.yaml'), 'version: 1\nsystems:\n  zno-020: { slab: zno-002/slab }\n');
    const result = await screening(cwd);
    expect(result.systems.map((system) => [system.id, system.slab])).toEqual([
      ['zno-020', 'zno-002/slab/OUTCAR'],
      ['zno-020/slab/OUTCAR', 'zno-020/slab/OUTCAR'],
      ['zno-202', 'zno-202/slab/OUTCAR'],
    ]);
  });

  test('a mistake in it names the line, a path that is not there the path', async () => {
    const { cwd, tree } = campaign();
    writeFileSync(join(tree, 'adatom.yaml'), 'version: 1\nion: Li\nsystem:\n  a: 1\n');
    const wrong = await runAdatom(['screen', 'campaign'], { cwd });
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toContain('adatom.yaml line 3');
    writeFileSync(join(tree, 'adatom.yaml'), 'version: 1\nreferences:\n  atom: { Li: nowhere }\n');
    const unknown = await runAdatom(['screen', 'campaign'], { cwd });
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('references.atom.Li: no calculation at "nowhere"');
  });
});
