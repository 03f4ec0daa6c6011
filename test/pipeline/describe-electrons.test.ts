/** Gap and work function in whole screenings. */
import { describe, expect, it } from 'vitest';
import type { BandGap } from '../../model/electronic.ts';
import { bulkZno, calculationOf } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { treeOf } from './read-runs.ts';
import { descriptor, reasonsOf, screened, valueFor } from './screening.ts';
import { atom, example, metal, slab, slabLi } from './trees.ts';

const gap = (valence: number, conduction: number): BandGap => ({
  kind: 'insulator',
  gapEv: conduction - valence,
  isDirect: true,
  valenceBandMaximum: { energyEv: valence, spin: 0, kpoint: 0 },
  conductionBandMinimum: { energyEv: conduction, spin: 0, kpoint: 0 },
});
const bulk = calculationOf('ref/zno/OUTCAR', { structure: bulkZno(), energyEv: -18.8, mesh: [9, 9, 5] });
const narrowSlab = { ...slab, bandGap: gap(0.2, 0.5) };
const others = [slabLi, atom, metal];

describe('the band gap of a candidate', () => {
  it('is that of its bulk, of PBE', () => {
    const result = screened(treeOf([narrowSlab, { ...bulk, bandGap: gap(1.42, 2.15) }, ...others]));
    const found = descriptor(result, 'basal', 'band-gap');
    expectNear(found.available && found.value, 0.73, 1e-12);
    expect(found.parts).toMatchObject({ material: 'bulk', isDirect: true, kind: 'insulator' });
    expect(found.available && found.issues.map(({ message }) => message)).toEqual([
      'PBE underestimates band gaps, often by half',
    ]);
    expect(found.available && found.inputs.map(({ name, file }) => [name, file])).toEqual([
      ['VBM', 'ref/zno/OUTCAR'],
      ['CBM', 'ref/zno/OUTCAR'],
    ]);
  });

  it('is that of the slab where there is no bulk, and says so', () => {
    const found = descriptor(screened(treeOf([narrowSlab, ...others])), 'basal', 'band-gap');
    expectNear(found.available && found.value, 0.3, 1e-12);
    expect(found.parts.material).toBe('slab');
  });

  it('is left out where no calculation tells one', () => {
    expect(screened(treeOf(example)).candidates[0]?.descriptors).not.toHaveProperty('band-gap');
  });

  it('of a hybrid functional is not told to be too small', () => {
    const settings = { ...bulk.settings, LHFCALC: true };
    const hybrid = { ...bulk, settings, bandGap: gap(0.8, 4.1) };
    const found = descriptor(screened(treeOf([slab, hybrid, ...others])), 'basal', 'band-gap');
    expectNear(found.available && found.value, 3.3, 1e-12);
    expect(found.available && found.issues).toEqual([]);
  });
});

describe('the work function of a candidate', () => {
  const vacuumLevelsEv = { upper: 8.049, lower: 7.778 };

  it('is read from the vacuum levels of its clean slab', () => {
    const final = slab.final === undefined ? undefined : { ...slab.final, fermiEnergyEv: 2.31 };
    const result = screened(treeOf([{ ...slab, vacuumLevelsEv, ...(final && { final }) }, ...others]));
    // SCIENCE §7.
    expectNear(valueFor(result, 'basal', 'work-function'), 5.739, 1e-9);
    expectNear(descriptor(result, 'basal', 'work-function').parts.workFunctionBottomEv, 5.468, 1e-9);
  });

  it('needs the Fermi energy', () => {
    const result = screened(treeOf([{ ...slab, vacuumLevelsEv }, ...others]));
    expect(reasonsOf(result, 'basal', 'work-function').join()).toContain('the Fermi energy');
  });
});
