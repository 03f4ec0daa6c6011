/** Hydrogen, water and hydroxyl beside the metal, in whole screenings; sums by hand. */
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import { calculationOf, supercell, withAtoms, zincBasal } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { above, box, h2, hydrogen, on, SLAB_EV, topmost } from './hydrogen.ts';
import { treeOf } from './read-runs.ts';
import { descriptor, reasonsOf, screened, valueFor } from './screening.ts';
import { energies, example, li, onBasal, renamed, withSettings } from './trees.ts';

const h2o = box(
  'h2o',
  [
    ['O', [5, 5, 5]],
    ['H', [5.76, 5, 5.59]],
    ['H', [4.24, 5, 5.59]],
  ],
  -14.22,
);
const water = on(
  'h2o',
  [
    ['O', above(1.9)],
    ['H', above(2.49, 0.76)],
    ['H', above(2.49, -0.76)],
  ],
  -14.57,
);
const hydroxyl = on(
  'oh',
  [
    ['O', above(1.5)],
    ['H', above(2.46, 0.2)],
  ],
  -10,
);
const whole = [...example, h2, h2o, hydrogen, water, hydroxyl];

describe('hydrogen on the clean slab', () => {
  const result = screened(treeOf(whole));

  it('has a free energy relative to half a molecule, with the offset of metals told on an oxide', () => {
    const found = descriptor(result, 'basal', 'hydrogen-adsorption-free-energy');
    // By hand: −3.505 + 6.77/2 + 0.24.
    expectNear(found.available && found.value, 0.12, 1e-9);
    expect(found.available && found.issues.map(({ code }) => code)).toContain('W_OFFSET_TRANSFER');
    expect(found.available && found.inputs.map(({ name, calculation }) => [name, calculation])).toEqual([
      ['E(slab+nH)', 'basal/h/OUTCAR'],
      ['E(slab)', 'basal/slab/OUTCAR'],
      ['E(H2)', 'ref/h2/OUTCAR'],
    ]);
    expectNear(valueFor(result, 'basal', 'hydrogen-suppression'), 0.12, 1e-9);
  });

  it('competes with the deposition of lithium', () => {
    const found = descriptor(result, 'basal', 'deposition-selectivity');
    // By hand: −1.791067 (SCIENCE §2.1) − 0.12; both ± 0.1.
    expectNear(found.available && found.value, -1.911067, 1e-9);
    expectNear(found.available && found.uncertainty, Math.SQRT2 * 0.1, 1e-12);
    expect(found.available && found.inputs).toHaveLength(6);
  });

  it('does not change what is known of lithium', () => {
    const before = screened(treeOf(example));
    for (const name of ['adsorption-energy', 'nucleation-driving-force']) {
      expect(descriptor(result, 'basal', name)).toEqual(descriptor(before, 'basal', name));
    }
    expect(
      Object.keys(before.candidates[0]?.descriptors ?? {}).filter((name) => /hydr|water|select/.test(name)),
    ).toEqual([]);
  });

  it('is described by its most strongly bound site', () => {
    const bridge = on('h-bridge', [['H', above(0.9, 0.5)]], -3.3);
    const both = screened(treeOf([...whole, bridge]));
    expectNear(valueFor(both, 'basal', 'hydrogen-adsorption-free-energy'), 0.12, 1e-9);
    expect(descriptor(both, 'basal', 'hydrogen-adsorption-free-energy').parts.sites).toHaveLength(2);
  });

  it('needs the molecule, and says so', () => {
    const without = screened(treeOf(whole.filter((one) => one !== h2)));
    expect(reasonsOf(without, 'basal', 'hydrogen-adsorption-free-energy')).toEqual([
      'E_REFERENCE_MISSING reference missing: H2 molecule ()',
    ]);
    expect(reasonsOf(without, 'basal', 'deposition-selectivity')).toHaveLength(1);
    expect(reasonsOf(without, 'basal', 'hydroxyl-adsorption-energy')).toHaveLength(1);
    expectNear(valueFor(without, 'basal', 'water-adsorption-energy'), -0.35, 1e-9);
  });

  it('of another cutoff is not subtracted', () => {
    const other = withSettings(hydrogen, { ENCUT: 400 });
    const gated = screened(treeOf(whole.map((one) => (one === hydrogen ? other : one))));
    expect(reasonsOf(gated, 'basal', 'hydrogen-adsorption-free-energy').join()).toContain('E_ENCUT');
  });

  it('beside an adatom is no hydrogen of the clean face', () => {
    const beside = calculationOf('basal/li-h/OUTCAR', {
      structure: withAtoms(onBasal(0.4), [['H', above(0.98)]]),
      energyEv: -219.6,
    });
    const only = screened(treeOf([...example, h2, beside]));
    expect(only.candidates.find(({ id }) => id === 'basal')?.descriptors).not.toHaveProperty('hydrogen-suppression');
  });

  it('on a metal keeps the offset of metals', () => {
    const zinc = supercell(zincBasal(4, 28), 3, 3);
    const [hx, hy, top] = topmost(zinc, 'Zn');
    const clean = calculationOf('zn/slab/OUTCAR', { structure: zinc, energyEv: -40 });
    const carrying = calculationOf('zn/h/OUTCAR', {
      structure: withAtoms(zinc, [['H', [hx, hy, top + 1.6]]]),
      energyEv: -42.9,
    });
    const adatom = calculationOf('zn/li/OUTCAR', {
      structure: withAtoms(zinc, [li(hx, hy, top + 2.5)]),
      energyEv: -42,
    });
    const metallic = screened(treeOf([...example, h2, clean, carrying, adatom]));
    const found = descriptor(metallic, 'zn', 'hydrogen-adsorption-free-energy');
    // By hand: −2.9 + 3.385 + 0.24.
    expectNear(found.available && found.value, 0.725, 1e-9);
    expect(found.available && found.issues.map(({ code }) => code)).not.toContain('W_OFFSET_TRANSFER');
  });
});

describe('water and hydroxyl on the clean slab', () => {
  const result = screened(treeOf(whole));

  it('are counted from gas water, and from water less hydrogen', () => {
    // By hand: −14.57 + 14.22; −10 + 14.22 − 3.385.
    expectNear(valueFor(result, 'basal', 'water-adsorption-energy'), -0.35, 1e-9);
    expectNear(valueFor(result, 'basal', 'hydroxyl-adsorption-energy'), 0.835, 1e-9);
    const inputs = descriptor(result, 'basal', 'hydroxyl-adsorption-energy');
    expect(inputs.available && inputs.inputs.map(({ name }) => name)).toEqual([
      'E(slab+nOH)',
      'E(slab)',
      'E(H2O)',
      'E(H2)',
    ]);
  });

  it('water without dispersion is degraded', () => {
    const plain = (calculation: Calculation): Calculation => {
      const { IVDW: _, VDW_S8: __, ...settings } = calculation.settings;
      return { ...calculation, settings };
    };
    const found = descriptor(screened(treeOf(whole.map(plain))), 'basal', 'water-adsorption-energy');
    expect(found.available && found.issues.map(({ code }) => code)).toContain('W_NO_DISPERSION');
    const dispersed = descriptor(result, 'basal', 'water-adsorption-energy');
    expect(dispersed.available && dispersed.issues.map(({ code }) => code)).not.toContain('W_NO_DISPERSION');
  });

  it('have their own sites, lowest first', () => {
    const weaker = renamed(energies(water, SLAB_EV - 14.4), 'basal/h2o-2/OUTCAR');
    expectNear(valueFor(screened(treeOf([...whole, weaker])), 'basal', 'water-adsorption-energy'), -0.35, 1e-9);
  });
});
