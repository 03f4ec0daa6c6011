/** What a candidate has from its bulk and its interfaces: formation, hull, elasticity, adhesion (SCIENCE §8). */
import { describe, expect, it } from 'vitest';
import { assignRoles } from '../../assembly/assign-roles.ts';
import { relateCalculations } from '../../assembly/relate-calculations.ts';
import type { Calculation } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import type { System } from '../../model/system.ts';
import { describeScreening } from '../../pipeline/describe-screening.ts';
import {
  type Atom,
  bulkZno,
  calculationOf,
  cubic,
  structureOf,
  supercell,
  withAtoms,
  znoPrism,
} from '../assembly/fixtures.ts';
import { available, codes, unavailable } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';

/** Descriptors of a candidate with this slab and bulk, of a tree that holds these calculations. */
function described(
  calculations: readonly Calculation[],
  { slab, bulk, ion = 'Li' }: { slab?: string; bulk?: string; ion?: string },
) {
  const related = relateCalculations(calculations, assignRoles(calculations, [], new Map()));
  const system: System = {
    id: 'candidate',
    label: 'candidate',
    ion,
    formula: 'OZn',
    ...(slab !== undefined && { slab }),
    ...(bulk !== undefined && { bulk }),
    adsorbed: [],
    otherAdsorbed: [],
    paths: [],
    links: [],
    issues: [],
  };
  const assembly = { calculations, systems: [system], paths: [], unused: [], issues: [], ...related };
  const found = describeScreening(assembly).candidates[0]?.descriptors ?? {};
  return (name: string) => {
    const result = found[name];
    if (result === undefined) throw new Error(`no ${name}`);
    return result;
  };
}

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

/** Zinc of Ledbetter (SCIENCE §8) as OUTCAR prints it: rows XX YY ZZ XY YZ ZX, kBar. */
const ZINC_KBAR = [
  [1630, 306, 481, 0, 0, 0],
  [306, 1630, 481, 0, 0, 0],
  [481, 481, 603, 0, 0, 0],
  [0, 0, 0, 662, 0, 0],
  [0, 0, 0, 0, 394, 0],
  [0, 0, 0, 0, 0, 394],
];
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

/** Planes of lithium, four atoms each in 6.499 × 5.2069 Å, on ZnO(10-10) or alone. */
function lithium(on?: Structure): Structure {
  const oxideSlab = slabStructure;
  const top = Math.max(...oxideSlab.cartesianAngstrom.filter((_, at) => at % 3 === 2));
  const film = Array.from({ length: 5 }, (_, plane): Atom[] =>
    [0, 1, 2, 3].map((site): Atom => {
      const [i, j] = [site % 2, site >> 1];
      return ['Li', [3.2495 * (i + (plane % 2) / 2), 2.60345 * (j + (plane % 2) / 2), top + 2.1 + 2.2 * plane]];
    }),
  );
  return on === undefined ? structureOf(oxideSlab.latticeAngstrom, film.flat()) : withAtoms(on, film.flat());
}

describe('adhesion energy of a candidate', () => {
  const substrate = calculationOf('slab/OUTCAR', { structure: slabStructure, energyEv: -98.3 });
  const film = calculationOf('film/OUTCAR', { structure: lithium(), energyEv: -120.5 });
  const both = calculationOf('both/OUTCAR', { structure: lithium(slabStructure), energyEv: -221.65 });
  const of = (tree: readonly Calculation[]) => described([...tree, oxide], { slab: 'slab/OUTCAR', bulk: 'zno/OUTCAR' });

  it('follows from film and substrate alone in the cell of the interface', () => {
    const result = available(of([substrate, film, both])('adhesion-energy'));
    // By hand: 2.85 eV · 16.02176634 / (6.499 · 5.2069 Å²).
    expectNear(result.value, (2.85 * 16.02176634) / (6.499 * 5.2069), 1e-9);
    expect(result.parts.adhesionConvention).toBe('relaxed');
    expect(codes(result)).not.toContain('W_STRAIN_REFERENCE');
    expect(result.inputs.map(({ calculation }) => calculation)).toEqual(['film/OUTCAR', 'slab/OUTCAR', 'both/OUTCAR']);
  });

  it('is left out without an interface, and unavailable without the film alone', () => {
    expect(() => of([substrate, film])('adhesion-energy')).toThrow('no adhesion-energy');
    const metal = bulkOf(
      'li/OUTCAR',
      structureOf(cubic(3.51), [
        ['Li', [0, 0, 0]],
        ['Li', [1.755, 1.755, 1.755]],
      ]),
      -3.8,
    );
    const result = unavailable(of([substrate, metal, both])('adhesion-energy'));
    expect(codes(result)).toEqual(['E_REFERENCE_MISSING']);
  });

  it('is that of frozen parts when neither was relaxed, and none when only one was', () => {
    const frozen = (calculation: Calculation): Calculation => ({
      ...calculation,
      convergence: { electronic: 'reached', ionic: 'notApplicable' },
    });
    const rigid = available(of([frozen(substrate), frozen(film), both])('adhesion-energy'));
    expect(rigid.parts.adhesionConvention).toBe('rigid');
    const mixed = unavailable(of([substrate, frozen(film), both])('adhesion-energy'));
    expect(codes(mixed)).toContain('E_CONVENTION_MIXED');
  });

  it('holds strain energy when the film alone lies in a cell that is a little wider', () => {
    const structure = lithium();
    const [a, b, c] = structure.latticeAngstrom;
    const wider = { ...structure, latticeAngstrom: [[a[0] + 0.015, a[1], a[2]], b, c] } as Structure; // one vector longer
    const result = available(
      of([substrate, calculationOf('film/OUTCAR', { structure: wider, energyEv: -120.5 }), both])('adhesion-energy'),
    );
    expect([codes(result).includes('W_STRAIN_REFERENCE'), result.quality]).toEqual([true, 'degraded']);
  });

  it('is unavailable with another cutoff', () => {
    const other = calculationOf('film/OUTCAR', { structure: lithium(), energyEv: -120.5, settings: { ENCUT: 400 } });
    expect(codes(unavailable(of([substrate, other, both])('adhesion-energy')))).toContain('E_ENCUT');
  });
});
