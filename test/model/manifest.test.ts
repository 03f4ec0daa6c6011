import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../../model/manifest.ts';
import { parseYamlDocument } from '../../model/yaml-document.ts';

const read = (text: string) => parseYamlDocument(text, 'adatom.yaml', manifestSchema);

describe('the manifest', () => {
  it('states roles, references, systems and paths', () => {
    const manifest = read(`version: 1
ion: Zn
references:
  atom: { Zn: refs/atom }
  bulk: { Zn: refs/hcp }
calculations:
  old/slab: { role: ignore, note: wrong cell }
  zno/zn: { slab: zno/slab, adsorbate: Zn }
systems:
  zno-0001:
    label: ZnO(0001)
    facet: [0, 0, 0, 1]
    slab: zno/slab
    adsorbed: [zno/zn]
paths:
  zno/neb: { start: zno/zn, end: zno/zn2, equivalentEndpoints: true }
`);
    expect(manifest.systems?.['zno-0001']?.facet).toEqual([0, 0, 0, 1]);
    expect(manifest.paths?.['zno/neb']?.equivalentEndpoints).toBe(true);
  });

  const refuses = (what: string, text: string, message: RegExp) =>
    it(`refuses ${what} and names the line`, () => expect(() => read(text)).toThrow(message));

  refuses(
    'a misspelt key',
    'version: 1\ncalculations:\n  slab:\n    rule: slab\n',
    /^adatom\.yaml line 4, calculations\.slab\.rule: unknown key; did you mean "role"\?$/,
  );
  refuses(
    'an unknown role',
    'version: 1\ncalculations:\n  slab:\n    role: surface\n',
    /^adatom\.yaml line 4, calculations\.slab\.role: expected one of "bulk", "slab", .*, found "surface"$/,
  );
  refuses(
    'four Miller indices that do not add up',
    'version: 1\nsystems:\n  a:\n    facet: [1, 0, 1, 0]\n',
    /^adatom\.yaml line 4, systems\.a\.facet: .*h \+ k \+ i must be 0/,
  );
  refuses('another version', 'version: 2\n', /^adatom\.yaml line 1, version: expected 1, found 2$/);
  refuses('no YAML at all', 'version: 1\nsystems: [\n', /^adatom\.yaml line \d/);
  refuses('a key given twice', 'version: 1\nion: Li\nion: Zn\n', /^adatom\.yaml line 3, .*unique/);
});
