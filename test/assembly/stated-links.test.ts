import { describe, expect, it } from 'vitest';
import { assignRoles } from '../../assembly/assign-roles.ts';
import { relateCalculations } from '../../assembly/relate-calculations.ts';
import { resolveStatements } from '../../assembly/stated-links.ts';
import type { Calculation } from '../../model/calculation.ts';
import type { Manifest } from '../../model/manifest.ts';
import { assemble, linksOf } from './assemble.ts';
import {
  type Atom,
  bccLi,
  bulkZno,
  calculationOf,
  codes,
  isolated,
  supercell,
  withAtoms,
  znoBasal,
} from './fixtures.ts';

const basal = supercell(znoBasal(2, 25), 2, 2);
const li: Atom = ['Li', [0.4, 1.9, 5.6]];
const sunk: Atom = ['Li', [0.4, 1.9, 2.5]];
const slab = calculationOf('a/slab/OUTCAR', { structure: basal });
const copy = calculationOf('b/slab/OUTCAR', { structure: basal });
const slabLi = calculationOf('a/li/OUTCAR', { structure: withAtoms(basal, [li]) });
const atom = calculationOf('ref/atom/OUTCAR', { structure: isolated('Li'), settings: { ISPIN: 2 } });
const metal = calculationOf('ref/bcc/OUTCAR', { structure: bccLi() });
const bulk = calculationOf('ref/zno/OUTCAR', { structure: bulkZno() });
const tree = [slab, copy, slabLi, atom, metal, bulk];

const stated = (rest: Omit<Manifest, 'version'>): Manifest => ({ version: 1, ...rest });
const systemWith = (calculations: readonly Calculation[], manifest: Manifest, adsorbed = 'a/li/OUTCAR') =>
  assemble(calculations, { manifest }).systems.find((system) => system.adsorbed.includes(adsorbed));

describe('what the manifest states wins', () => {
  it('a role, and the evidence says so', () => {
    const { roles } = assemble(tree, { manifest: stated({ calculations: { 'b/slab': { role: 'ignore' } } }) });
    expect(roles.get('b/slab/OUTCAR')).toMatchObject({
      role: 'ignored',
      stated: 'manifest',
      evidence: ['stated in the manifest'],
    });
  });

  it('a clean slab that is farther away in the tree', () => {
    const system = systemWith(tree, stated({ calculations: { 'a/li': { slab: 'b/slab' } } }));
    expect(linksOf(system, 'clean-slab')).toMatchObject([
      { to: 'b/slab/OUTCAR', stated: 'manifest', evidence: ['stated in the manifest'] },
    ]);
  });

  it('references, which are checked all the same', () => {
    const coarse = { ...atom, id: 'other/OUTCAR', folder: 'other', settings: { ...atom.settings, ENCUT: 400 } };
    const manifest = stated({ references: { atom: { Li: 'other' }, bulk: { Li: 'ref/bcc' } } });
    const system = systemWith([...tree, coarse], manifest);
    const [link] = linksOf(system, 'atom-reference');
    expect(link).toMatchObject({ to: 'other/OUTCAR', stated: 'manifest' });
    expect(codes(link?.issues ?? [])).toEqual(['E_ENCUT']);
    expect(linksOf(system, 'bulk-reference')[0]?.stated).toBe('manifest');
  });

  it('a stated link to another cell or to a torn file tells its faults', () => {
    const strained = calculationOf('c/OUTCAR', {
      structure: { ...basal, latticeAngstrom: [[6.6, 0, 0], basal.latticeAngstrom[1], basal.latticeAngstrom[2]] },
    });
    const system = systemWith([...tree, strained], stated({ calculations: { 'a/li': { slab: 'c' } } }));
    expect(codes(linksOf(system, 'clean-slab')[0]?.issues ?? [])).toEqual(['E_CELL_MISMATCH']);
  });

  it('an adsorbed slab whose ion is not outside', () => {
    const inside = calculationOf('a/sunk/OUTCAR', { structure: withAtoms(basal, [sunk]) });
    const manifest = stated({ calculations: { 'a/sunk': { role: 'adsorbed-slab' } } });
    expect(systemWith([...tree, inside], manifest, 'a/sunk/OUTCAR')?.slab).toBe('a/slab/OUTCAR');
    const alone = assemble([inside], { manifest }).systems;
    expect(alone[0]?.adsorbed).toEqual(['a/sunk/OUTCAR']);
    expect(codes(alone[0]?.issues ?? [])).toEqual(['E_REFERENCE_MISSING']);
  });

  it('a slab that would be an adsorbed one', () => {
    const manifest = stated({ calculations: { 'a/li': { role: 'slab' } } });
    const { roles, systems } = assemble(tree, { manifest });
    expect(roles.get('a/li/OUTCAR')).toMatchObject({ role: 'slab', stated: 'manifest' });
    expect(systems.some((system) => system.slab === 'a/li/OUTCAR')).toBe(true);
  });

  it('a system: name, facet, slab, adsorbed slabs and bulk', () => {
    const manifest = stated({
      systems: {
        'zno-0001': {
          label: 'ZnO(0001)',
          facet: [0, 0, 0, 1],
          slab: 'b/slab',
          adsorbed: ['a/li'],
          bulk: './ref/zno/OUTCAR',
        },
      },
    });
    const system = systemWith(tree, manifest);
    expect(system).toMatchObject({
      id: 'zno-0001',
      label: 'ZnO(0001)',
      facet: [0, 0, 0, 1],
      slab: 'b/slab/OUTCAR',
      bulk: 'ref/zno/OUTCAR',
    });
    expect(linksOf(system, 'slab-bulk')[0]?.stated).toBe('manifest');
  });

  it('says what a calculation is by what it is stated for', () => {
    // Too small a box to be seen as an atom: the manifest knows better.
    const box = calculationOf('box/OUTCAR', { structure: isolated('Li', 7), settings: { ISPIN: 2 } });
    const { roles, systems } = assemble([slab, slabLi, box], {
      manifest: stated({ references: { atom: { Li: 'box' } } }),
    });
    expect(roles.get('box/OUTCAR')).toMatchObject({ role: 'isolated-atom', stated: 'manifest' });
    expect(linksOf(systems[0], 'atom-reference')[0]?.to).toBe('box/OUTCAR');
  });

  it('another adsorbate than the ion keeps the calculation out of its systems', () => {
    const { systems, roles } = assemble(tree, { manifest: stated({ calculations: { 'a/li': { adsorbate: 'H' } } }) });
    expect(roles.get('a/li/OUTCAR')?.role).toBe('adsorbed-slab');
    expect(systems.flatMap((system) => [system.slab, ...system.adsorbed])).not.toContain('a/li/OUTCAR');
  });

  it('a stated system is one system, though its members stand on two slabs', () => {
    const other = calculationOf('b/li/OUTCAR', { structure: withAtoms(basal, [['Li', [2, 3, 5.7]]]) });
    const manifest = stated({
      calculations: { 'a/li': { slab: 'a/slab' }, 'b/li': { slab: 'b/slab' } },
      systems: { both: { adsorbed: ['a/li', 'b/li'] } },
    });
    const ids = assemble([...tree, other], { manifest }).systems.map((system) => system.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id === 'both')).toHaveLength(1);
  });
});

describe('a statement that does not hold is told, never passed over', () => {
  const problems = (rest: Omit<Manifest, 'version'>): string[] =>
    resolveStatements(stated(rest), { calculations: tree, paths: ['a/neb'] }).issues.map((entry) => entry.message);

  it('a path that names nothing, with the key it stands under', () => {
    expect(
      problems({
        references: { atom: { Li: 'nowhere' } },
        calculations: { 'a/oops': { role: 'slab' }, 'a/li': { slab: 'a/oops' } },
        systems: { s: { slab: 'x', adsorbed: ['a/li', 'y'], bulk: 'z', paths: ['a/neb2'] } },
        paths: { 'a/neb': { start: 'p' }, 'c/neb': {} },
      }),
    ).toEqual([
      'manifest: calculations: no calculation at "a/oops"',
      'manifest: calculations.a/li.slab: no calculation at "a/oops"',
      'manifest: references.atom.Li: no calculation at "nowhere"',
      'manifest: systems.s.slab: no calculation at "x"',
      'manifest: systems.s.bulk: no calculation at "z"',
      'manifest: systems.s.adsorbed: no calculation at "y"',
      'manifest: systems.s.paths: no NEB folder at "a/neb2"',
      'manifest: paths.a/neb.start: no calculation at "p"',
      'manifest: paths: no NEB folder at "c/neb"',
    ]);
  });

  it('a reference that holds something else', () => {
    expect(problems({ references: { atom: { Li: 'ref/bcc' }, bulk: { Li: 'ref/zno' } } })).toEqual([
      'manifest: references.atom.Li: ref/bcc/OUTCAR holds Li2, not one Li',
      'manifest: references.bulk.Li: ref/zno/OUTCAR holds O2Zn2, not nothing but Li',
    ]);
  });

  it('an adsorbed slab without the ion', () => {
    const { systems } = assemble([slab], {
      manifest: stated({ calculations: { 'a/slab': { role: 'adsorbed-slab' } } }),
    });
    expect(codes(systems[0]?.issues ?? [])).toEqual(['E_NO_ADSORBATE']);
  });

  it('a system whose members are no slabs found here', () => {
    const { issues } = assemble(tree, {
      manifest: stated({ systems: { empty: { facet: [1, 0, 0] }, known: { slab: 'a/slab' } } }),
    });
    expect(issues.map((entry) => entry.message)).toEqual([
      'manifest: systems.empty: neither its slab nor an adsorbed slab of it is a slab found here',
    ]);
  });

  it('a reference of any element or molecule must be there, and be what it is named for', () => {
    expect(problems({ references: { atom: { Zn: 'nowhere' } } })).toEqual([
      'manifest: references.atom.Zn: no calculation at "nowhere"',
    ]);
    expect(problems({ references: { molecule: { H2O: 'ref/atom' } } })).toEqual([
      'manifest: references.molecule.H2O: ref/atom/OUTCAR holds Li1, not one H2O',
    ]);
  });
});

describe('a statement that the files contradict is told with both', () => {
  const problems = (rest: Omit<Manifest, 'version'>): string[] =>
    resolveStatements(stated(rest), { calculations: tree, paths: [] }).issues.map((entry) => entry.message);

  it('a bulk with vacuum, and a slab without', () => {
    // 25 − c/2 − 0.118 c with c = 5.207 Å: two double planes of ZnO; atoms of the bulk are at most 2 Å apart along c (u c).
    expect(problems({ calculations: { 'a/slab': { role: 'bulk' }, 'ref/zno': { role: 'slab' } } })).toEqual([
      'manifest: a/slab/OUTCAR is stated to be a bulk, but its cell of O8Zn8 has a gap of 21.8 Å along c',
      expect.stringMatching(
        /^manifest: ref\/zno\/OUTCAR is stated to be a slab, but its cell of O2Zn2 has no vacuum: the largest is a gap of [12]\.\d Å/,
      ),
    ]);
  });

  it('an atom that is a crystal, or several atoms', () => {
    const isolatedRole = { role: 'isolated-atom' } as const;
    expect(problems({ calculations: { 'a/slab': isolatedRole, 'ref/bcc': isolatedRole } })).toEqual([
      'manifest: a/slab/OUTCAR is stated to be an isolated atom, but its cell holds O8Zn8',
      'manifest: ref/bcc/OUTCAR is stated to be an isolated atom, but its cell holds Li2',
    ]);
    expect(problems({ calculations: { 'ref/atom': { role: 'isolated-molecule' } } })).toEqual([
      'manifest: ref/atom/OUTCAR is stated to be an isolated molecule, but its cell holds Li1',
    ]);
  });

  it('a clean slab that holds more than the slab on it, or other atoms than the adsorbate says', () => {
    expect(problems({ calculations: { 'a/slab': { slab: 'a/li' } } })).toEqual([
      'manifest: a/li/OUTCAR is stated to be the clean slab of a/slab/OUTCAR, but the one holds Li1O8Zn8, the other O8Zn8',
    ]);
    expect(problems({ calculations: { 'a/li': { slab: 'a/slab', adsorbate: 'H2O' } } })).toEqual([
      'manifest: a/slab/OUTCAR is stated to be the clean slab of a/li/OUTCAR, but the one holds O8Zn8, the other Li1O8Zn8, which is no whole number of H2O more',
    ]);
  });

  it('a bulk with an element that the slab has not', () => {
    expect(problems({ systems: { zno: { slab: 'a/slab', bulk: 'ref/bcc' } } })).toEqual([
      'manifest: systems.zno.bulk: ref/bcc/OUTCAR holds Li2, a/slab/OUTCAR holds O8Zn8 without Li',
    ]);
  });

  it('and what only the manifest can know is no contradiction', () => {
    // 7 Å on all sides: no slab, no crystal; the name decides.
    const box = calculationOf('box/OUTCAR', { structure: isolated('Li', 7) });
    const { issues } = resolveStatements(stated({ calculations: { box: { role: 'isolated-atom' } } }), {
      calculations: [box],
      paths: [],
    });
    expect(issues).toEqual([]);
  });
});

describe('a relation in the manifest', () => {
  const relations = (manifest: Manifest) => {
    const statements = resolveStatements(manifest, { calculations: tree, paths: [] });
    return relateCalculations(tree, assignRoles(tree, [], statements.roles), statements.relations);
  };

  it('says what the calculation is, and stands with the others', () => {
    const related = relations(stated({ calculations: { 'b/slab': { film: 'a/slab', substrate: 'ref/zno' } } }));
    expect(related.roles.find(({ calculation }) => calculation === 'b/slab/OUTCAR')).toMatchObject({
      role: 'interface',
      stated: 'manifest',
      evidence: ['stated in the manifest'],
    });
    expect(related.relations).toMatchObject([
      { kind: 'interface-film', from: 'b/slab/OUTCAR', to: 'a/slab/OUTCAR', stated: 'manifest', accepted: true },
      { kind: 'interface-substrate', from: 'b/slab/OUTCAR', to: 'ref/zno/OUTCAR', stated: 'manifest', accepted: true },
    ]);
  });

  it('a host and the calculation of a single point', () => {
    const manifest = stated({ calculations: { 'ref/bcc': { host: 'ref/zno' }, 'a/li': { of: 'a/slab' } } });
    const { roles, relations: found } = relations(manifest);
    expect(found.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['defect-host', 'ref/bcc/OUTCAR', 'ref/zno/OUTCAR'],
      ['single-point-of', 'a/li/OUTCAR', 'a/slab/OUTCAR'],
    ]);
    expect(roles.find(({ calculation }) => calculation === 'a/li/OUTCAR')?.role).toBe('single-point');
    expect(roles.find(({ calculation }) => calculation === 'ref/bcc/OUTCAR')?.role).toBe('defect-cell');
  });

  it('is refused where the settings forbid it', () => {
    const coarse = { ...bulk, settings: { ...bulk.settings, ENCUT: 400 } };
    const all = tree.map((calculation) => (calculation === bulk ? coarse : calculation));
    const manifest = stated({ calculations: { 'b/slab': { substrate: 'ref/zno' } } });
    const statements = resolveStatements(manifest, { calculations: all, paths: [] });
    const [relation] = relateCalculations(all, assignRoles(all, [], statements.roles), statements.relations).relations;
    expect(relation?.accepted).toBe(false);
    expect(codes(relation?.issues ?? [])).toContain('E_ENCUT');
  });
});
