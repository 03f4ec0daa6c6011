/** What a candidate has from its bulk: formation, hull, elasticity, dielectric constant (SCIENCE §8). */
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import { bulkZno, calculationOf, cubic, structureOf, supercell, znoPrism } from '../assembly/fixtures.ts';
import { available, codes, unavailable } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';
import { describedByName as described } from './described.ts';
import { ZINC_KBAR } from './zinc-tensor.ts';

const names =
  (...given: Parameters<typeof described>) =>
  (name: string) => {
    try {
      described(...given)(name);
      return true;
    } catch {
      return false;
    }
  };

const MESH: [number, number, number] = [6, 6, 6];
const bulkOf = (id: string, structure: Structure, energyEv: number, settings: Calculation['settings'] = {}) =>
  calculationOf(id, { structure, energyEv, mesh: MESH, settings });

// The Zn–O energies of test/descriptors/phase-diagram.test.ts, whose hull is pymatgen's: Zn −1.26, O2 −9.86, ZnO −9.05,
// ZnO2 −13.4 eV per formula.
const zinc = bulkOf(
  'zn/OUTCAR',
  structureOf(bulkZno().latticeAngstrom, [
    ['Zn', [0, 0, 0]],
    ['Zn', [1.6, 0.9, 2.6]],
  ]),
  -2.52,
);
const oxygen = calculationOf('o2/OUTCAR', {
  structure: structureOf(cubic(15), [
    ['O', [1, 2, 3]],
    ['O', [1, 2, 4.23]],
  ]),
  energyEv: -9.86,
  mesh: [1, 1, 1],
});
const oxide = bulkOf('zno/OUTCAR', bulkZno(), -18.1);
const peroxideCell = structureOf(cubic(3.3), [
  ['Zn', [0, 0, 0]],
  ['O', [1.4, 1.4, 1.1]],
  ['O', [1.9, 1.9, 2.2]],
]);
const peroxide = bulkOf('zno2/OUTCAR', peroxideCell, -13.4);

describe('formation energy of a candidate', () => {
  it('is that of its bulk from the elements in the tree', () => {
    const result = available(described([oxide, zinc, oxygen], { bulk: 'zno/OUTCAR' })('formation-energy'));
    expectNear(result.value, -1.43, 1e-9); // by hand: (−9.05 + 1.26 + 4.93)/2; pymatgen gives the same
    expect(result.inputs.map(({ calculation, value }) => [calculation, value])).toEqual([
      ['zno/OUTCAR', -18.1],
      ['o2/OUTCAR', -9.86],
      ['zn/OUTCAR', -2.52],
    ]);
  });

  it('is left out when nobody calculated the elements, or the bulk is not known', () => {
    expect(names([oxide, zinc], { bulk: 'zno/OUTCAR' })('formation-energy')).toBe(false);
    expect(names([oxide, zinc, oxygen], {})('formation-energy')).toBe(false);
  });

  it('is unavailable when an element was run with another cutoff, and says which', () => {
    const other = bulkOf('zn/OUTCAR', zinc.structure ?? bulkZno(), -2.52, { ENCUT: 400 });
    const result = unavailable(described([oxide, other, oxygen], { bulk: 'zno/OUTCAR' })('formation-energy'));
    expect(codes(result)).toContain('E_ENCUT');
  });

  it('is unavailable when an element broke off', () => {
    const torn = { ...zinc, completeness: 'truncated' as const, issues: [] };
    const { final: _, ...without } = torn;
    const result = unavailable(described([oxide, without, oxygen], { bulk: 'zno/OUTCAR' })('formation-energy'));
    expect(codes(result)).toContain('E_UNREADABLE');
  });
});

describe('energy above the hull of a candidate', () => {
  const all = [oxide, zinc, oxygen, peroxide];

  it('is zero of zinc oxide beside the peroxide, and that of pymatgen of the peroxide', () => {
    const stable = available(described(all, { bulk: 'zno/OUTCAR' })('energy-above-hull'));
    expectNear(stable.value, 0, 1e-12);
    expect(codes(stable)).not.toContain('W_NOT_ON_HULL');
    const above = available(described(all, { bulk: 'zno2/OUTCAR' })('energy-above-hull'));
    expectNear(above.value, 0.1933333333, 1e-9); // pymatgen 2022.11.7
    expect(codes(above)).toContain('W_NOT_ON_HULL');
    expect(above.inputs).toHaveLength(4);
  });

  it('is not told of a compound beside its elements only, nor beside another run of itself', () => {
    expect(names([oxide, zinc, oxygen], { bulk: 'zno/OUTCAR' })('energy-above-hull')).toBe(false);
    const again = bulkOf('zno-again/OUTCAR', bulkZno(), -18.104);
    expect(names([oxide, again, zinc, oxygen], { bulk: 'zno/OUTCAR' })('energy-above-hull')).toBe(false);
    const result = available(described([...all, again], { bulk: 'zno/OUTCAR' })('energy-above-hull'));
    expectNear(result.value, 0, 1e-12);
  });

  it('counts a lower structure of the same composition', () => {
    const dense = bulkOf(
      'rocksalt/OUTCAR',
      structureOf(cubic(3), [
        ['Zn', [0, 0, 0]],
        ['O', [1.5, 1.5, 1.5]],
      ]),
      -9.15,
    );
    const result = available(described([...all, dense], { bulk: 'zno/OUTCAR' })('energy-above-hull'));
    expectNear(result.value, 0.05, 1e-9); // by hand: (9.15 − 9.05)/2
  });

  it('says which composition it could not compare because of its settings', () => {
    const coarse = bulkOf(
      'zn2o/OUTCAR',
      structureOf(cubic(3.4), [
        ['Zn', [0, 0, 0]],
        ['Zn', [1.7, 1.7, 0]],
        ['O', [1.7, 0, 1.7]],
      ]),
      -9,
      { ENCUT: 400 },
    );
    const result = available(described([...all, coarse], { bulk: 'zno/OUTCAR' })('energy-above-hull'));
    expect(codes(result)).toContain('W_ALTERNATIVES_UNUSED');
    expect(result.issues.find(({ code }) => code === 'W_ALTERNATIVES_UNUSED')?.message).toContain('zn2o/OUTCAR');
  });
});

const slabStructure = supercell(znoPrism(4, 45), 2, 1);
const slab = calculationOf('slab/OUTCAR', { structure: slabStructure });

describe('elastic moduli of a candidate', () => {
  const place = { byteOffset: 1200, byteLength: 480, line: 77 };
  const strained = (id: string, structure: Structure) =>
    calculationOf(
      id,
      { structure, mesh: MESH, settings: { IBRION: 6, NSW: 1, ISIF: 3 } },
      { elasticModuliKbar: ZINC_KBAR, places: { 'response.elasticModuliKbar': place }, ionicStepCount: 25 },
    );

  it('are those of the run that strained its bulk', () => {
    const tree = [slab, oxide, strained('elastic/OUTCAR', bulkZno())];
    const of = described(tree, { slab: 'slab/OUTCAR', bulk: 'zno/OUTCAR', ion: 'Zn' });
    const bulk = available(of('elastic-moduli'));
    expectNear(bulk.value, 64.478, 5e-5); // SCIENCE §8
    for (const [name, gpa] of Object.entries({ C44: 39.4, C55: 39.4, C66: 66.2 })) {
      expectNear(Reflect.get(Object(bulk.parts.constantsGpa), name), gpa, 1e-9);
    }
    expect(bulk.inputs).toMatchObject([{ calculation: 'elastic/OUTCAR', value: 1630, unit: 'kBar', ...place }]);
    expectNear(available(of('shear-modulus')).value, 40.8165, 5e-5); // SCIENCE §8
    const ratio = available(of('monroe-newman'));
    expectNear(ratio.value, 40.8165 / 40.8, 1e-5);
    expect([ratio.parts.suppressesMechanically, ratio.parts.fracture]).toEqual([false, 'brittle']);
  });

  it('are found in a cell that the last strain left a little longer', () => {
    const longer = bulkZno();
    const [a, b, c] = longer.latticeAngstrom;
    const cell: Structure = { ...longer, latticeAngstrom: [a, b, [c[0], c[1], 1.015 * c[2]]] };
    const tree = [slab, oxide, strained('elastic/OUTCAR', cell)];
    expectNear(available(described(tree, { bulk: 'zno/OUTCAR' })('elastic-moduli')).value, 64.478, 5e-5);
    const other = strained('elastic/OUTCAR', peroxideCell);
    expect(names([slab, oxide, other], { bulk: 'zno/OUTCAR' })('elastic-moduli')).toBe(false);
  });

  it('are none of the slab, whose volume is mostly vacuum', () => {
    const tree = [strained('slab/OUTCAR', slabStructure), oxide];
    const result = unavailable(described(tree, { slab: 'slab/OUTCAR', bulk: 'zno/OUTCAR' })('elastic-moduli'));
    expect(codes(result)).toEqual(['E_ELASTIC_SLAB']);
  });

  it('are left out when nobody strained anything', () => {
    const found = names([slab, oxide], { slab: 'slab/OUTCAR', bulk: 'zno/OUTCAR' });
    expect(['elastic-moduli', 'shear-modulus', 'monroe-newman'].map(found)).toEqual([false, false, false]);
  });
});

describe('the dielectric constant of a candidate', () => {
  const diagonal = (x: number, y: number, z: number) =>
    [
      [x, 0, 0],
      [0, y, 0],
      [0, 0, z],
    ] as const;
  // Numbers as wurtzite ZnO has them.
  const tensors = { electronic: diagonal(5.1, 5.1, 5.2), ionic: diagonal(4.9, 4.9, 6.1) };
  const place = { byteOffset: 900, byteLength: 300, line: 60 };
  const responding = (id: string, structure: Structure, more: Partial<Calculation> = {}, settings = {}) =>
    calculationOf(
      id,
      { structure, energyEv: -18.1, mesh: MESH, settings: { IBRION: 8, LEPSILON: true, ...settings } },
      { dielectric: tensors, places: { 'response.dielectricIonic': place }, ...more },
    );
  const constantIn = (run: Calculation) =>
    described([slab, oxide, run], { slab: 'slab/OUTCAR', bulk: 'zno/OUTCAR' })('dielectric-constant');

  it('is that of the run that let electrons and ions of its bulk respond', () => {
    const found = available(constantIn(responding('eps/OUTCAR', bulkZno())));
    // By hand: (5.1 + 5.1 + 5.2 + 4.9 + 4.9 + 6.1)/3.
    expectNear(found.value, 31.3 / 3, 1e-12);
    expect(found.inputs).toMatchObject([
      { name: 'ε_xx of the electrons', value: 5.1, calculation: 'eps/OUTCAR' },
      { name: 'ε_xx of the ions', value: 4.9, calculation: 'eps/OUTCAR', ...place },
    ]);
    // A gap that the functional makes too small makes ε∞ too large.
    expect(codes(found)).toEqual(['W_PBE_GAP']);
  });

  it('of a hybrid functional is not told to be too large', () => {
    expect(codes(available(constantIn(responding('eps/OUTCAR', bulkZno(), {}, { LHFCALC: true }))))).toEqual([]);
  });

  it('is not ε∞ where no ion was moved', () => {
    const { ionic: _, ...electronsAlone } = tensors;
    const found = unavailable(constantIn(responding('eps/OUTCAR', bulkZno(), { dielectric: electronsAlone })));
    expect(codes(found)).toContain('E_REFERENCE_MISSING');
    expectNear(found.parts.electronicConstant, 15.4 / 3, 1e-12);
  });

  it('is none of a metal', () => {
    const edge = { energyEv: 1, spin: 0, kpoint: 0 } as const;
    const bandGap = {
      kind: 'metal',
      gapEv: 0,
      isDirect: false,
      valenceBandMaximum: edge,
      conductionBandMinimum: edge,
    } as const;
    expect(codes(unavailable(constantIn(responding('eps/OUTCAR', bulkZno(), { bandGap }))))).toContain(
      'E_DIELECTRIC_METAL',
    );
  });

  it('is none of a cell with vacuum', () => {
    const tree = [responding('slab/OUTCAR', slabStructure), oxide];
    const found = described(tree, { slab: 'slab/OUTCAR', bulk: 'zno/OUTCAR' })('dielectric-constant');
    expect(codes(unavailable(found))).toEqual(['E_DIELECTRIC_SLAB']);
  });

  it('is left out when nobody asked for it', () => {
    expect(names([slab, oxide], { slab: 'slab/OUTCAR', bulk: 'zno/OUTCAR' })('dielectric-constant')).toBe(false);
  });
});
