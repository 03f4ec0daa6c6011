import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import { issue } from '../../model/issues.ts';
import type { Structure } from '../../model/structure.ts';
import { assemble, linksOf, pairs } from './assemble.ts';
import { atom, basal, bulk, campaign, li, metal, slab, slabLi, TOP } from './campaign.ts';
import { type Atom, bccLi, calculationOf, codes, moved, supercell, withAtoms, without, zincBasal } from './fixtures.ts';

const only = (calculations: readonly Calculation[], ion = 'Li') => {
  const { systems } = assemble(calculations, { ion });
  expect(systems).toHaveLength(1);
  return systems[0];
};

describe('a system', () => {
  it('is a clean slab with what stands on it, its references and its bulk, each link with its evidence', () => {
    const system = only(campaign);
    expect(system).toMatchObject({
      id: 'basal',
      formula: 'OZn',
      slab: 'basal/slab/OUTCAR',
      adsorbed: ['basal/li/OUTCAR'],
      bulk: 'ref/zno/OUTCAR',
    });
    expect(linksOf(system, 'clean-slab')[0]).toMatchObject({
      from: 'basal/li/OUTCAR',
      to: 'basal/slab/OUTCAR',
      stated: 'structure',
      evidence: ['composition: + 1 Li', 'same cell within 0.01 Å and 0.1°', 'slab atoms within 0.00 Å of their places'],
      others: [],
      issues: [],
    });
    expect(linksOf(system, 'atom-reference')[0]?.to).toBe('ref/atom/OUTCAR');
    expect(linksOf(system, 'bulk-reference')[0]?.evidence).toEqual(['2 Li atoms, no vacuum']);
    expect(linksOf(system, 'slab-bulk')[0]?.evidence).toEqual([
      'same composition: OZn',
      'vectors of its lattice within 0.00 Å of the cell of the slab',
    ]);
  });

  it('without an adsorbed slab is listed with what it lacks', () => {
    const system = only([slab, atom, metal]);
    expect(system?.adsorbed).toEqual([]);
    expect(system?.issues[0]?.message).toBe('reference missing: a slab of this system with adsorbed Li');
  });

  it('without its clean slab is listed too, when the ion lies outside', () => {
    const { systems, roles } = assemble([slabLi, atom, metal]);
    expect(systems[0]).toMatchObject({ adsorbed: ['basal/li/OUTCAR'] });
    expect(systems[0]).not.toHaveProperty('slab');
    expect(codes(systems[0]?.issues ?? [])).toEqual(['E_REFERENCE_MISSING']);
    expect(roles.get('basal/li/OUTCAR')?.role).toBe('adsorbed-slab');
  });

  it('whose only clean slab has another cell says which, and by how much', () => {
    const strained: Structure = {
      ...basal,
      latticeAngstrom: [[6.53, 0, 0], basal.latticeAngstrom[1], basal.latticeAngstrom[2]],
    };
    const other = calculationOf('basal/strained/OUTCAR', { structure: strained });
    const orphan = assemble([slabLi, other]).systems.find((system) => system.adsorbed.length > 0);
    expect(codes(orphan?.issues ?? [])).toEqual(['E_REFERENCE_MISSING', 'E_CELL_MISMATCH']);
    // By hand: 6.53 − 2 · 3.2495.
    expect(orphan?.issues[1]).toMatchObject({ where: { file: 'basal/strained/OUTCAR' } });
    expect(orphan?.issues[1]?.message).toMatch(/^the cells differ by 0\.0310 Å/);
  });

  it('is not made of the other termination, which has the same composition and cell', () => {
    const flipped = calculationOf('other/slab/OUTCAR', { structure: moved(basal, ([x, y, z]) => [x, y, 10 - z]) });
    const orphan = assemble([slabLi, flipped]).systems.find((system) => system.adsorbed.length > 0);
    expect(orphan).not.toHaveProperty('slab');
    expect(codes(orphan?.issues ?? [])).toEqual(['E_REFERENCE_MISSING', 'W_MATCH_AMBIGUOUS']);
    expect(orphan?.issues[1]?.where.file).toBe('other/slab/OUTCAR');
  });

  it('prefers its own termination even when the other one is better converged', () => {
    const coarse = { ...slab, settings: { ...slab.settings, EDIFF: 1e-3 } };
    const flipped = calculationOf('basal/a/OUTCAR', { structure: moved(basal, ([x, y, z]) => [x, y, 10 - z]) });
    expect(pairs(assemble([coarse, flipped, slabLi]).systems, 'clean-slab')).toEqual([
      'basal/li/OUTCAR > basal/slab/OUTCAR',
    ]);
  });
});

describe('several adatoms', () => {
  const two = calculationOf('basal/li2/OUTCAR', { structure: withAtoms(basal, [li(0.4, 1.9), li(3.2, 3.9)]) });
  const bothFaces = calculationOf('basal/both/OUTCAR', {
    structure: withAtoms(basal, [li(0.4, 1.9), li(2.1, 0.9, -0.9)]),
  });
  const below = calculationOf('basal/below/OUTCAR', { structure: withAtoms(basal, [li(2.1, 0.9, -0.9)]) });

  it('stand on the clean slab, not on the slab with one adatom less', () => {
    const { systems } = assemble([...campaign, two]);
    expect(pairs(systems, 'clean-slab')).toEqual([
      'basal/li/OUTCAR > basal/slab/OUTCAR',
      'basal/li2/OUTCAR > basal/slab/OUTCAR',
    ]);
  });

  it('have no clean slab when only a slab with one adatom less is there', () => {
    const { systems } = assemble([slabLi, two]);
    expect(pairs(systems, 'clean-slab')).toEqual([]);
    expect(systems).toHaveLength(2);
  });

  it('may sit on either face or on both', () => {
    expect(pairs(assemble([slab, below, bothFaces]).systems, 'clean-slab')).toEqual([
      'basal/below/OUTCAR > basal/slab/OUTCAR',
      'basal/both/OUTCAR > basal/slab/OUTCAR',
    ]);
  });
});

describe('an ion that the slab holds too', () => {
  const zn = (x: number, y: number, z: number): Atom => ['Zn', [x, y, z]];
  const withZn = calculationOf('basal/zn/OUTCAR', { structure: withAtoms(basal, [zn(1.3, 2.2, TOP + 1.2)]) });
  const vacancy = calculationOf('basal/vacancy/OUTCAR', { structure: without(basal, 6) });

  it('is adsorbed when it stands clear of the face: Zn on ZnO', () => {
    const { systems, roles } = assemble([slab, withZn], { ion: 'Zn' });
    expect(pairs(systems, 'clean-slab')).toEqual(['basal/zn/OUTCAR > basal/slab/OUTCAR']);
    expect(roles.get('basal/slab/OUTCAR')?.role).toBe('slab');
  });

  it('does not make a slab out of its own vacancy', () => {
    const { systems, roles } = assemble([slab, withZn, vacancy], { ion: 'Zn' });
    expect(pairs(systems, 'clean-slab')).toEqual(['basal/zn/OUTCAR > basal/slab/OUTCAR']);
    expect(roles.get('basal/vacancy/OUTCAR')?.role).toBe('slab');
  });

  it('does not make a thick slab out of a thin one: Zn on Zn', () => {
    const thin = calculationOf('zn/3/OUTCAR', { structure: supercell(zincBasal(3, 30), 2, 2) });
    const thick = calculationOf('zn/4/OUTCAR', { structure: supercell(zincBasal(4, 30), 2, 2) });
    const withAtom = calculationOf('zn/4zn/OUTCAR', {
      structure: withAtoms(supercell(zincBasal(4, 30), 2, 2), [zn(1.3, 0.8, 1 + 1.5 * 4.947 + 2.2)]),
    });
    expect(pairs(assemble([thin, thick, withAtom], { ion: 'Zn' }).systems, 'clean-slab')).toEqual([
      'zn/4zn/OUTCAR > zn/4/OUTCAR',
    ]);
  });
});

describe('of several calculations that fit', () => {
  const copyOf = (calculation: Calculation, id: string, more: Partial<Calculation> = {}): Calculation => ({
    ...calculation,
    id,
    folder: id.slice(0, id.lastIndexOf('/')),
    ...more,
  });
  const energy = (energyEv: number): Partial<Calculation> => ({
    final: { index: 1, electronic: 'reached', freeEnergyEv: energyEv, energySigma0Ev: energyEv },
  });
  const settings = (calculation: Calculation, changed: Calculation['settings']): Partial<Calculation> => ({
    settings: { ...calculation.settings, ...changed },
  });

  it('one with matching settings is taken before one that is nearer in the tree, and the reason is told', () => {
    const near = copyOf(atom, 'basal/atom/OUTCAR', settings(atom, { ENCUT: 400 }));
    const [link] = linksOf(only([...campaign, near]), 'atom-reference');
    expect(link?.to).toBe('ref/atom/OUTCAR');
    expect(link?.others).toEqual(['basal/atom/OUTCAR']);
    expect(link?.evidence).toContain('taken before basal/atom/OUTCAR: fewest differences that forbid it');
    expect(link?.issues).toEqual([]);
  });

  it('a finished one is taken before a truncated one', () => {
    const torn = copyOf(slab, 'basal/a/OUTCAR', {
      issues: [issue('E_TRUNCATED', { expected: 'an end', found: 'none' })],
    });
    const system = assemble([torn, ...campaign]).systems.find((one) => one.adsorbed.length > 0);
    expect(system?.slab).toBe('basal/slab/OUTCAR');
  });

  it('the nearest in the folder tree is taken when all else is equal, without a warning for a copy', () => {
    const copy = copyOf(slab, 'backup/slab/OUTCAR');
    const system = assemble([copy, ...campaign]).systems.find((one) => one.adsorbed.length > 0);
    const [link] = linksOf(system, 'clean-slab');
    expect(link).toMatchObject({ to: 'basal/slab/OUTCAR', others: ['backup/slab/OUTCAR'], issues: [] });
    expect(link?.evidence.at(-1)).toBe('taken before backup/slab/OUTCAR: nearest folder');
  });

  it('of slabs with different energies the lowest is used, and all of them are named', () => {
    const other = copyOf(slab, 'backup/slab/OUTCAR', energy(-140.2));
    const system = assemble([other, ...campaign]).systems.find((one) => one.adsorbed.length > 0);
    expect(linksOf(system, 'clean-slab')[0]?.issues[0]?.message).toBe(
      'several clean slabs fit: backup/slab/OUTCAR is used, not basal/slab/OUTCAR',
    );
    const almost = copyOf(slab, 'backup/slab/OUTCAR', energy(-140.004));
    const settled = assemble([almost, ...campaign]).systems.find((one) => one.adsorbed.length > 0);
    expect(linksOf(settled, 'clean-slab')[0]?.issues).toEqual([]);
  });

  it('the bulk of lowest energy per atom is the metal, whatever its cell and its folder', () => {
    // By hand: −3.90 / 2 = −1.95 below −3.8112 / 2 = −1.9056 eV per atom.
    const stable = copyOf(metal, 'zzz/fcc/OUTCAR', energy(-3.9));
    const [link] = linksOf(only([...campaign, stable]), 'bulk-reference');
    expect(link?.to).toBe('zzz/fcc/OUTCAR');
    expect(codes(link?.issues ?? [])).toEqual(['W_AMBIGUOUS_LINK']);
    const large = copyOf(metal, 'zzz/large/OUTCAR', {
      ...energy(-15.2448),
      structure: supercell(bccLi(), 2, 2),
    });
    expect(linksOf(only([...campaign, large]), 'bulk-reference')[0]?.issues).toEqual([]);
  });

  it('a link to the only one that fits tells what speaks against it', () => {
    const torn = { ...slab, issues: [issue('E_SCF_UNCONVERGED', { iterations: 60, nelm: 60 })] };
    const [link] = linksOf(only([torn, slabLi, atom, metal, bulk]), 'clean-slab');
    expect(link?.issues).toMatchObject([{ code: 'E_SCF_UNCONVERGED', where: { file: 'basal/slab/OUTCAR' } }]);
  });
});
