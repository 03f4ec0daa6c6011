import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import { issue } from '../../model/issues.ts';
import { type Atom, bulkZno, calculationOf, codes, isolated, structureOf, withAtoms } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { treeOf } from './read-runs.ts';
import { descriptor, reasonsOf, screened, valueFor } from './screening.ts';
import {
  atom,
  basal,
  energies,
  example,
  hopBand,
  hopEnd,
  hopImages,
  li,
  metal,
  onBasal,
  prism,
  renamed,
  slab,
  slabLi,
  withSettings,
} from './trees.ts';

describe('the example of the specification (§2.1)', () => {
  const result = screened(treeOf(example));

  it('binds Li by 3.399567 eV to the atom and by 1.791067 eV to the metal', () => {
    expectNear(valueFor(result, 'basal', 'adsorption-energy'), -3.399567, 1e-9);
    expectNear(valueFor(result, 'basal', 'nucleation-driving-force'), -1.791067, 1e-9);
    const { parts } = descriptor(result, 'basal', 'adsorption-energy');
    expectNear(parts.bindingEnergyAtomEv, 3.399567, 1e-9);
    expectNear(parts.adsorptionEnergyBulkEv, -1.791067, 1e-9);
    // By hand: one Li on 4 · 9.144579 Å².
    expectNear(parts.coveragePerNm2, 100 / (4 * 9.144579), 1e-6);
    expect(result.candidates[0]?.wetting).toBe('lithiophilic');
  });

  it('names each input with file, hash and place', () => {
    const found = descriptor(result, 'basal', 'adsorption-energy');
    expect(found.available && found.inputs[0]).toEqual({
      name: 'E(slab+nLi)',
      value: -216.042345,
      unit: 'eV',
      calculation: 'basal/li/OUTCAR',
      file: 'basal/li/OUTCAR',
      sha256: 'a'.repeat(64),
      byteOffset: 100,
      byteLength: 12,
      line: 7,
    });
  });
});

describe('an adsorption energy', () => {
  it('of two adatoms on both faces is per adatom, and counts one face for the coverage', () => {
    const both = calculationOf('basal/li/OUTCAR', {
      structure: withAtoms(basal, [li(0.4, 1.9, 5.6), li(2.1, 0.9, 0.1)]),
      energyEv: -219.5,
    });
    const result = screened(treeOf([slab, both, atom, metal]));
    // By hand: (−219.5 + 212.345678)/2 + 0.2971.
    expectNear(valueFor(result, 'basal', 'adsorption-energy'), -3.280061, 1e-9);
    expectNear(descriptor(result, 'basal', 'adsorption-energy').parts.coveragePerNm2, 100 / (4 * 9.144579), 1e-6);
  });

  it('is taken from E0 of all members, and warns where TOTEN says something else', () => {
    const smeared = energies(slabLi, -216.042345, -216.0525);
    const result = screened(treeOf([slab, smeared, atom, metal]));
    expectNear(valueFor(result, 'basal', 'adsorption-energy'), -3.399567, 1e-9);
    const found = descriptor(result, 'basal', 'adsorption-energy');
    expect(found.available && codes(found.issues)).toEqual(['W_ENERGY_KIND_SENSITIVE']);
  });

  it('with a member that has no E0 has none: TOTEN does not stand in', () => {
    const { energySigma0Ev: _, ...final } = slab.final!;
    const result = screened(treeOf([{ ...slab, final }, slabLi, atom, metal]));
    expect(reasonsOf(result, 'basal', 'adsorption-energy')[0]).toMatch(/^E_UNREADABLE .*basal\/slab\/OUTCAR/);
  });

  it('is degraded by what is remarkable about its members', () => {
    const remarkable: readonly (readonly [string, Calculation[]])[] = [
      ['W_ATOM_NOT_SPIN', [slab, slabLi, withSettings(atom, { ISPIN: 1 }), metal]],
      ['W_SMALL_BOX', [slab, slabLi, { ...atom, structure: isolated('Li', 11) }, metal]],
      [
        'W_SMEARING_ENTROPY',
        [{ ...slab, issues: [issue('W_SMEARING_ENTROPY', { millielectronvoltPerAtom: 2 })] }, slabLi, atom, metal],
      ],
      ['W_PRECISION', [slab, slabLi, withSettings(atom, { PREC: 'Normal' }), metal]],
    ];
    for (const [code, calculations] of remarkable) {
      const found = descriptor(screened(treeOf(calculations)), 'basal', 'adsorption-energy');
      expect(found).toMatchObject({ available: true, quality: 'degraded' });
      expect(found.available && codes(found.issues)).toEqual([code]);
    }
  });

  it('in a charged cell is unreliable and not ranked', () => {
    // By hand: 8 · 12 + 8 · 6 + 3 = 147 electrons are neutral.
    const charged = withSettings(slabLi, { NELECT: 146 });
    const result = screened(treeOf([slab, charged, atom, metal]));
    expect(descriptor(result, 'basal', 'adsorption-energy')).toMatchObject({ available: true, quality: 'unreliable' });
    expect(result.ranked).toEqual([]);
  });

  it('in a charged cell does not hide the neutral one of another site, but is named beside it', () => {
    const charged = withSettings(renamed(energies(slabLi, -219), 'basal/li-charged/OUTCAR'), { NELECT: 146 });
    const result = screened(treeOf([...example, charged]));
    expectNear(valueFor(result, 'basal', 'adsorption-energy'), -3.399567, 1e-9);
    const found = descriptor(result, 'basal', 'adsorption-energy');
    expect(found).toMatchObject({ quality: 'degraded' });
    expect(found.available && codes(found.issues)).toEqual(['W_ALTERNATIVES_UNUSED']);
  });

  it('of a desorbed atom or one that sank in has no value, and the distance is told', () => {
    const at = (z: number) => ({ ...slabLi, structure: withAtoms(basal, [li(0.4, 1.9, z)]) });
    const gone = screened(treeOf([slab, at(10.5), atom, metal]));
    expect(reasonsOf(gone, 'basal', 'adsorption-energy')[0]).toMatch(
      /^E_ADS_DESORBED desorbed: nearest slab atom at \d\.\d\d Å/,
    );
    const sunk = screened(treeOf([slab, at(4), atom, metal]));
    expect(reasonsOf(sunk, 'basal', 'adsorption-energy')[0]).toMatch(/^E_ADS_SUBSURFACE .* 0\.22 Å below/);
  });

  it('of several sites is that of the lowest; all are listed; unlike coverages are told', () => {
    const weaker = calculationOf('basal/bridge/OUTCAR', { structure: onBasal(1.9), energyEv: -215.9 });
    const result = screened(treeOf([...example, weaker]));
    expectNear(valueFor(result, 'basal', 'adsorption-energy'), -3.399567, 1e-9);
    expect(descriptor(result, 'basal', 'adsorption-energy').parts.sites).toHaveLength(2);
    const dense = calculationOf('basal/two/OUTCAR', {
      structure: withAtoms(basal, [li(0.4, 1.9, 5.6), li(3.2, 3.8, 5.6)]),
      energyEv: -219,
    });
    const mixed = descriptor(screened(treeOf([...example, dense])), 'basal', 'adsorption-energy');
    // By hand: 1 and 2 Li on 0.36578 nm²: 2.734 and 5.468 nm⁻².
    expect(mixed.available && mixed.issues.map((entry) => entry.message)).toEqual([
      'compared at coverages from 2.734 to 5.468 nm⁻²',
    ]);
  });

  it('stated against a slab that is no clean slab of it says what differs', () => {
    const stated = (to: string) => ({ manifest: { version: 1 as const, calculations: { 'basal/li': { slab: to } } } });
    const other = calculationOf('prism/slab/OUTCAR', { structure: prism });
    const misfit = screened(treeOf([...example, other]), stated('prism/slab'));
    const [id] = misfit.systems.filter((system) => system.adsorbed.length > 0).map((system) => system.id);
    expect(
      reasonsOf(misfit, id ?? '', 'adsorption-energy').some((reason) => reason.startsWith('E_CELL_MISMATCH')),
    ).toBe(true);
    const twin = renamed(slabLi, 'basal/twin/OUTCAR');
    const none = screened(treeOf([...example, twin]), stated('basal/twin'));
    const [same] = none.systems
      .filter((system) => system.adsorbed.includes('basal/li/OUTCAR'))
      .map((system) => system.id);
    expect(reasonsOf(none, same ?? '', 'adsorption-energy')[0]).toMatch(/^E_NO_ADSORBATE/);
  });
});

describe('a surface energy', () => {
  const symmetric = structureOf(prism.latticeAngstrom, [
    ...prism.species.map(
      (element, at): Atom => [
        element,
        [...prism.cartesianAngstrom.slice(3 * at, 3 * at + 3)] as unknown as Atom[1], // three of 3N numbers
      ],
    ),
  ]);
  const bulk = calculationOf('ref/zno/OUTCAR', { structure: bulkZno(), energyEv: -18, mesh: [9, 9, 5] });

  it('of a symmetric slab is shared by both faces', () => {
    // By hand: 8 f.u. of −9 eV each; (−70 + 72)/(2 · 2 · 16.919822 Å²) · 16.02176634 = 0.4734615 J/m².
    const clean = calculationOf('prism/slab/OUTCAR', { structure: symmetric, energyEv: -70, mesh: [5, 5, 1] });
    const result = screened(treeOf([clean, bulk]));
    expectNear(valueFor(result, 'prism/slab', 'surface-energy'), 0.4734615, 1e-6);
  });

  it('of a polar slab is told as the sum of both faces only', () => {
    const clean = calculationOf('basal/slab/OUTCAR', { structure: basal, energyEv: -70, mesh: [5, 5, 1] });
    const result = screened(treeOf([clean, bulk]));
    expect(reasonsOf(result, 'basal/slab', 'surface-energy')[0]).toMatch(/^E_POLAR_SINGLE_GAMMA/);
    // By hand: (−70 + 72)/(4 · 9.144579) · 16.02176634.
    expectNear(descriptor(result, 'basal/slab', 'surface-energy').parts.cleavageEnergyJPerM2, 0.8760258, 1e-6);
  });

  it('of a slab with another composition than the bulk has no formula units to count', () => {
    const rich = calculationOf('basal/slab/OUTCAR', {
      structure: withAtoms(basal, [['O', [1, 1, 6]]]),
      mesh: [5, 5, 1],
    });
    const manifest = { version: 1 as const, systems: { s: { slab: 'basal/slab', bulk: 'ref/zno' } } };
    const result = screened(treeOf([rich, bulk]), { manifest });
    expect(reasonsOf(result, 's', 'surface-energy')[0]).toMatch(/^E_NOT_STOICHIOMETRIC/);
  });
});

describe('a band in a tree', () => {
  it('belongs to the system of its endpoints and gives it a barrier', () => {
    const result = screened(treeOf([...example, hopEnd, ...hopImages], [hopBand]));
    // By hand: −215.9 + 216.042345.
    expectNear(valueFor(result, 'basal', 'migration-barrier'), 0.142345, 1e-9);
    expect(result.ranked.map(({ id }) => id)).toEqual(['basal']);
    expect(result.unused).toEqual([]);
  });

  it('takes no end from a calculation that the manifest says to ignore', () => {
    const manifest = { version: 1 as const, calculations: { 'basal/li-end': { role: 'ignore' as const } } };
    const result = screened(treeOf([...example, hopEnd, ...hopImages], [hopBand]), { manifest });
    // The relaxation of the other end is another state, not a near miss of this one.
    expect(codes(result.paths[0]?.issues ?? [])).toEqual(['E_ENDPOINT_ENERGY']);
  });

  it('without relaxations of its ends belongs to the slab it runs on, and says what is missing', () => {
    const result = screened(treeOf([slab, atom, metal, ...hopImages], [hopBand]));
    expect(result.systems[0]?.paths).toEqual(['basal/neb']);
    expect(codes(result.paths[0]?.issues ?? [])).toEqual(['E_ENDPOINT_ENERGY', 'E_ENDPOINT_ENERGY']);
  });
});
