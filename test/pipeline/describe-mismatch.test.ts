/** Film facets on the coatings of a screening: the best match, its texture and where the lattices are from (SCIENCE §5). */
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import { describeMismatch } from '../../pipeline/describe-mismatch.ts';
import {
  bulkZno,
  calculationOf,
  rotated,
  SETTINGS,
  supercell,
  zincBasal,
  znoBasal,
  znoPrism,
} from '../assembly/fixtures.ts';
import { available, codes, unavailable } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';
import { hexagonalCoating, orderedCoating, zincCrystal } from './coatings.ts';
import { described } from './described.ts';
import { treeOf } from './read-runs.ts';
import { profile, screened } from './screening.ts';
import { ZINC_KBAR } from './zinc-tensor.ts';

const SLAB = 'slab/OUTCAR';
const zinc = (id: string, a: number, settings: Calculation['settings'] = {}) =>
  calculationOf(id, { structure: zincCrystal(a, 4.947), energyEv: -2.6, mesh: [9, 9, 5], settings });

/** Under zinc. */
function on(structure: Structure, ...others: readonly Calculation[]) {
  return described([calculationOf(SLAB, { structure }), ...others], { slab: SLAB, ion: 'Zn' });
}
const matchOn = (structure: Structure, ...others: readonly Calculation[]) =>
  available(on(structure, ...others)['coincidence-mismatch']!);

describe('zinc on a lattice of 5.35 Å, as on vermiculite', () => {
  const found = on(orderedCoating(5.35));

  it('fits with four cells on one, (0001) and no other facet', () => {
    const { value, uncertainty, parts, convention } = available(found['coincidence-mismatch']!);
    // SCIENCE §5.4, first example.
    expectNear(value, 0.0037523, 5e-8);
    expectNear(parts.filmAreaAngstrom2, 24.60283, 5e-6);
    expectNear(parts.vonMisesFraction, 0.0025062, 1e-7); // printed cut, not rounded
    expectNear(parts.stradiFraction, 0.0032496, 5e-8);
    expect(parts).toMatchObject({ filmFacet: 'Zn(0001)', filmMultiple: 4, substrateMultiple: 1 });
    expect(parts).toMatchObject({ favours: 'favours Zn(002) texture', favouredFacet: 'Zn(0001)' });
    expect(parts.filmFacets).toMatchObject([{ facet: 'Zn(0001)' }, { facet: 'Zn(10-10)' }]);
    expect(parts).toHaveProperty('minimumArea.filmMatrix');
    expect(parts).toHaveProperty('leastStrain.filmMatrix');
    expect(convention).toMatch(/^the best of Zn\(0001\), Zn\(10-10\); smallest match up to 200 Å²/);
    // SCIENCE §10.5: 0.1 %, absolute.
    expect(uncertainty).toBe(0.001);
  });

  it('along one direction two lengths lie on one', () => {
    const { value, parts } = available(found['lattice-mismatch']!);
    // SCIENCE §5.2.
    expectNear(value, 0.003752, 5e-7);
    expectNear(parts.fSubFraction, -0.003738, 5e-7);
    expect(parts).toMatchObject({ filmFacet: 'Zn(0001)', kind: 'hexagonal', filmMultiple: 2, substrateMultiple: 1 });
  });

  it('there is no difference of strains where the other facet has no match, but the texture is told', () => {
    const preference = unavailable(found['texture-preference']!);
    expect(codes(preference)).toEqual(['W_NO_COINCIDENCE', 'E_NO_COINCIDENCE_STRAIN', 'I_LATTICE_MIXED']);
    expect(preference.parts).toMatchObject({ favours: 'favours Zn(002) texture' });
  });
});

it('on a lattice as of TiN(111) zinc (0001) is favoured by 0.65 %', () => {
  const { value, parts } = available(on(hexagonalCoating(2.999547))['texture-preference']!);
  // pymatgen 2022.11.7, ZSLGenerator: least principal strains up to 200 Å² (the example of the descriptor).
  expectNear(value, 0.0064851, 5e-8);
  expect(parts).toMatchObject({ favours: 'favours Zn(002) texture', bestOtherFacet: 'Zn(10-10)' });
  expect(parts.facets).toMatchObject([{ facet: 'Zn(0001)' }, { facet: 'Zn(10-10)' }]);
});

describe('the lattice of the film', () => {
  const [pbe, sol] = [
    zinc('zn/OUTCAR', 2.62),
    zinc('zn-sol/OUTCAR', 2.6, { GGA: 'PS', LEXCH: 14, ISIF: 3, IBRION: 2, NSW: 50 }),
  ];

  it('is that of the bulk calculated as the slab was, and the file is told', () => {
    const result = matchOn(orderedCoating(5.35), sol, pbe);
    // By hand: 5.35/(2·2.62) − 1.
    expectNear(result.value, 5.35 / 5.24 - 1, 1e-9);
    expect(result.issues).toEqual([]);
    expect(result.parts).toMatchObject({ filmSource: 'PBE + D3(BJ)', filmCalculation: 'zn/OUTCAR' });
    expect(result.parts).toMatchObject({ substrateSource: 'PBE + D3(BJ)', substrateFrom: 'clean slab' });
    expect(result.inputs.map(({ name, calculation }) => `${name} ${calculation}`)).toEqual([
      'a(film) zn/OUTCAR',
      'b(film) zn/OUTCAR',
      'c(film) zn/OUTCAR',
      'a(slab) slab/OUTCAR',
      'b(slab) slab/OUTCAR',
    ]);
  });

  it('with every other source the strain is another one', () => {
    const { parts } = matchOn(orderedCoating(5.35), sol, pbe);
    const strains = parts.sensitivity as { source: string; strainFraction: number }[]; // as told
    expect(strains.map(({ source }) => source)).toEqual([
      'PBE + D3(BJ)',
      'measured: Wyckoff (2.6649/4.9468)',
      'PBEsol + D3(BJ)',
    ]);
    const byHand = [2.62, 2.665, 2.6].map((a) => 5.35 / (2 * a) - 1);
    for (const [at, strain] of byHand.entries()) expectNear(strains[at]?.strainFraction, strain, 1e-9);
    expectNear(parts.sourceSpreadFraction, 5.35 / 5.2 - 5.35 / 5.33, 1e-9);
  });

  it('is the measured one where only another functional was calculated, and that is told', () => {
    const result = matchOn(orderedCoating(5.35), sol);
    expectNear(result.value, 0.0037523, 5e-8);
    expect(codes(result)).toEqual(['I_LATTICE_MIXED']);
    expect(result.quality).toBe('ok');
  });

  it('of an equation of state is that of the lowest energy', () => {
    const far = calculationOf('zn-far/OUTCAR', { structure: zincCrystal(2.7, 4.947), energyEv: -2.5, mesh: [9, 9, 5] });
    expect(matchOn(orderedCoating(5.35), far, pbe).parts).toMatchObject({ filmCalculation: 'zn/OUTCAR' });
  });

  it('a run that did not finish gives none', () => {
    const { final: _, ...unfinished } = pbe;
    expect(matchOn(orderedCoating(5.35), unfinished).parts).toMatchObject({
      filmSource: 'measured: Wyckoff (2.6649/4.9468)',
    });
  });
});

describe('the lattice of the coating', () => {
  const single = matchOn(znoBasal(2, 25));

  it.each([
    ['2×2', supercell(znoBasal(2, 25), 2, 2)],
    ['3×2', supercell(znoBasal(2, 25), 3, 2)],
    ['turned', rotated(supercell(znoBasal(2, 25), 2, 1), 37)],
  ])('is the same in a cell that is %s', (_, structure) => {
    const { value, parts } = matchOn(structure);
    expectNear(value, single.value, 1e-9);
    expect(parts.substrateMultiple).toBe(single.parts.substrateMultiple);
    expectNear(parts.filmAreaAngstrom2, Number(single.parts.filmAreaAngstrom2), 1e-6);
  });

  it('is the same where relaxed atoms lie only nearly on the translations of the small cell', () => {
    const cells = supercell(znoBasal(2, 25), 2, 2);
    const moves = Float64Array.from(cells.cartesianAngstrom, (_, at) => 0.03 * Math.sin(7.3 * at));
    const relaxed = { ...cells, cartesianAngstrom: cells.cartesianAngstrom.map((x, at) => x + (moves[at] ?? 0)) };
    expectNear(matchOn(relaxed).value, single.value, 1e-9);
  });

  it('is that of the bulk where a defect makes the cell of the slab larger', () => {
    const cells = supercell(znoBasal(4, 30), 3, 3);
    const last = cells.species.lastIndexOf('O');
    const structure: Structure = { ...cells, species: cells.species.map((each, at) => (at === last ? 'S' : each)) };
    const bulk = calculationOf('bulk/OUTCAR', {
      structure: bulkZno(),
      energyEv: -18,
      mesh: [8, 8, 5],
    });
    const exposedFacet = {
      ...({ miller: [0, 0, 1], family: [0, 0, 1], label: '{0001}', isPolar: true } as const),
      ...{ matchedShare: 1, deviationAngstrom: 0 },
    };
    const tree = [calculationOf(SLAB, { structure }), bulk];
    const alone = available(described(tree, { slab: SLAB, ion: 'Zn' })['coincidence-mismatch']!);
    expect(alone.parts.substrateFrom).toBe('clean slab');
    const found = described(tree, { slab: SLAB, bulk: 'bulk/OUTCAR', ion: 'Zn', exposedFacet });
    const result = available(found['coincidence-mismatch']!);
    expect(result.parts.substrateFrom).toBe('facet of the bulk');
    expectNear(result.value, single.value, 1e-9);
  });
});

it('zinc on zinc is no coating', () => {
  const found = on(zincBasal(5, 35), zinc('zn/OUTCAR', 2.665));
  expect(Object.keys(found)).not.toContain('coincidence-mismatch');
  expect(Object.keys(found)).not.toContain('texture-preference');
  expect(Object.keys(found)).not.toContain('lattice-mismatch');
});

it('of two directions the larger mismatch counts, and lattices of two kinds have none', () => {
  const { value, parts } = available(on(znoPrism(2, 25))['lattice-mismatch']!);
  // By hand: ZnO(10-10) 3.2495 × 5.2069 on Zn(10-10) 2.665 × 4.947.
  expectNear(value, 3.2495 / 2.665 - 1, 1e-9);
  expect(parts).toMatchObject({ filmFacet: 'Zn(10-10)', kind: 'rectangular' });
  const directions = parts.directions as { epsilonFilmFraction: number }[]; // as told
  expectNear(directions[1]?.epsilonFilmFraction, 5.2069 / 4.947 - 1, 1e-9);
  const underLithium = described([calculationOf(SLAB, { structure: znoBasal(2, 25) })], { slab: SLAB, ion: 'Li' });
  expect(Object.keys(underLithium)).not.toContain('lattice-mismatch');
  expect(available(underLithium['coincidence-mismatch']!).parts.filmFacets).toMatchObject([
    { facet: 'Li(110)' },
    { facet: 'Li(100)' },
  ]);
});

it('a coating with a cell larger than the largest area has no match', () => {
  const wide = supercell(hexagonalCoating(3.2), 5, 5);
  const species = wide.species.map((each, at) => (at === 0 ? 'Mg' : each));
  const found = on({ ...wide, species });
  // 25 cells of 8.868 Å² are 221.7 Å².
  const mismatch = unavailable(found['coincidence-mismatch']!);
  expect(mismatch.parts).not.toHaveProperty('filmFacet');
  expect(codes(mismatch)).toEqual(['W_NO_COINCIDENCE', 'E_NO_COINCIDENCE_STRAIN', 'I_LATTICE_MIXED']);
});

it('an ion of no known metal has no film, unless its bulk was calculated', () => {
  const tree = [calculationOf(SLAB, { structure: znoBasal(2, 25) })];
  expect(described(tree, { slab: SLAB, ion: 'Cd' })).not.toHaveProperty('coincidence-mismatch');
  const cadmium = { ...zincCrystal(2.979, 5.617), species: ['Cd', 'Cd'] };
  const bulk = calculationOf('cd/OUTCAR', { structure: cadmium, energyEv: -1.5, mesh: [8, 8, 5] });
  const found = available(described([...tree, bulk], { slab: SLAB, ion: 'Cd' })['coincidence-mismatch']!);
  expect(found.parts).toMatchObject({ filmCalculation: 'cd/OUTCAR' });
});

it('with the elastic tensor of the metal the match has an energy', () => {
  const elastic = calculationOf(
    'elastic/OUTCAR',
    { structure: zincCrystal(2.665, 4.947), energyEv: -2.6, mesh: [9, 9, 5], settings: SETTINGS },
    { elasticModuliKbar: ZINC_KBAR },
  );
  const { parts, inputs } = matchOn(orderedCoating(5.35), elastic);
  // SCIENCE §5.5.
  expectNear(parts.strainEnergyJPerM3, 1.645407e6, 50);
  expectNear(parts.strainEnergyJPerM2PerNm, 1.645e-3, 5e-7);
  expect(inputs.map(({ unit }) => unit)).toContain('kBar');
  expect(matchOn(orderedCoating(5.35)).parts).not.toHaveProperty('strainEnergyJPerM3');
});

it('zn-texture ranks by lattices, and a coating on which only one facet has a match by its strain alone', () => {
  const vermiculite = calculationOf('vermiculite/slab/OUTCAR', { structure: orderedCoating(5.35) });
  const nitride = calculationOf('nitride/slab/OUTCAR', { structure: hexagonalCoating(2.999547) });
  const tree = treeOf([nitride, vermiculite, zinc('zn/OUTCAR', 2.665)]);
  const result = screened(tree, { ion: 'Zn', profile: profile('zn-texture') });
  expect(result.unranked).toEqual([]);
  expect(result.ranked.map(({ id }) => id)).toEqual(['vermiculite/slab', 'nitride/slab']);
  // Within the 0.4 % that are as good as it gets; the weight of the missing preference is left out.
  expectNear(result.ranked[0]?.score, 1, 1e-12);
  expect(result.ranked[0]?.issues.map(({ code }) => code)).toContain('W_PARTIAL_SCORE');
});

it('a damaged cell gives no mismatch and ends nothing', () => {
  const cells = supercell(znoBasal(2, 25), 2, 2);
  const [a, , c] = cells.latticeAngstrom;
  const flat: Structure = { ...cells, latticeAngstrom: [a, [0, 0, 0], c] };
  const slab = { axis: 2, vacuumAngstrom: 15, areaAngstrom2: 0, layers: 4, symmetric: false, polar: true } as const;
  const geometry = { ...slab, terminations: { top: 'O', bottom: 'Zn' } };
  const role = {
    calculation: SLAB,
    role: 'slab',
    stated: 'structure',
    evidence: [],
    slab: geometry,
    issues: [],
  } as const;
  const system = { ...{ id: 'flat', label: 'flat', ion: 'Zn', formula: 'OZn', slab: SLAB }, ...NOTHING };
  const input = {
    calculations: new Map([[SLAB, calculationOf(SLAB, { structure: flat })]]),
    roles: new Map([[SLAB, role]]),
    ...{ paths: new Map(), relations: [], thicknessSeries: new Map() },
  };
  expect(describeMismatch(system, input)).toEqual({});
});

const NOTHING = { adsorbed: [], otherAdsorbed: [], paths: [], links: [], issues: [] };
