/** What a screening makes of clean slabs: cleavage, series of thicknesses, relaxed planes, the shape of the crystal. */
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import { bulkZno, calculationOf, moved, rotated, supercell, znoBasal, znoPrism } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { treeOf } from './read-runs.ts';
import { descriptor, screened, valueFor } from './screening.ts';
import { energies, withSettings } from './trees.ts';

const bulk = calculationOf('ref/zno/OUTCAR', { structure: bulkZno(), energyEv: -18, mesh: [9, 9, 5] });
const basal = calculationOf('basal/slab/OUTCAR', {
  structure: supercell(znoBasal(2, 25), 2, 2),
  energyEv: -70,
  mesh: [5, 5, 1],
});
const codesOf = (result: ReturnType<typeof descriptor>): string[] =>
  (result.available ? result.issues : result.reasons).map(({ code }) => code);

describe('the cleavage energy of a slab in a screening', () => {
  it('is a value where both faces differ, with the files it came from', () => {
    const result = descriptor(screened(treeOf([basal, bulk])), 'basal/slab', 'cleavage-energy');
    // By hand: 8 f.u. of −9 eV each; (−70 + 72)/(4 · 9.144579) · 16.02176634.
    expectNear(result.available ? result.value : undefined, 0.8760258, 1e-6);
    expect(result.available && result.inputs.map(({ file }) => file)).toEqual([basal.id, bulk.id]);
    expect(codesOf(result)).toEqual([]);
  });

  it('is left out where both faces are alike, and where no bulk was calculated', () => {
    const prism = calculationOf('prism/slab/OUTCAR', { structure: supercell(znoPrism(2, 25), 2, 1), energyEv: -70 });
    const alike = screened(treeOf([prism, bulk])).candidates[0];
    expect(alike?.descriptors).not.toHaveProperty('cleavage-energy');
    const alone = screened(treeOf([basal])).candidates[0];
    expect(alone?.descriptors).not.toHaveProperty('cleavage-energy');
  });

  it('of slabs that may not be subtracted is unavailable with the setting that forbids it', () => {
    const result = screened(treeOf([basal, withSettings(bulk, { ENCUT: 400 })]));
    const found = descriptor(result, 'basal/slab', 'cleavage-energy');
    expect(found.available).toBe(false);
    expect(codesOf(found)).toContain('E_ENCUT');
  });
});

describe('a series of thicknesses in a screening', () => {
  // By hand: E(N) = 2 − 9 N eV in a cell of 3.2495 × 5.2069 Å²; γ = 2/(2 · 16.919822) · 16.02176634.
  const GAMMA = (2 / (2 * 3.2495 * 5.2069)) * 16.02176634;
  const prismOf = (bilayers: number, energyEv = 2 - 9 * 2 * bilayers): Calculation =>
    calculationOf(`prism/${bilayers}/OUTCAR`, {
      structure: znoPrism(bilayers, 20 + 3 * bilayers),
      energyEv,
      mesh: [5, 5, 1],
    });
  const fitOf = (calculations: readonly Calculation[], bilayers: number) => {
    const result = screened(treeOf(calculations));
    const system = result.systems.find(({ slab }) => slab === `prism/${bilayers}/OUTCAR`);
    return descriptor(result, system?.id ?? '', 'surface-energy-fit');
  };

  it('gives the surface energy without a bulk', () => {
    for (const bilayers of [2, 3, 4]) {
      const result = fitOf([prismOf(2), prismOf(3), prismOf(4)], bilayers);
      expectNear(result.available ? result.value : undefined, GAMMA, 1e-6);
      expectNear(result.parts.slopeEv, -9, 1e-9);
      expect(codesOf(result)).toEqual([]);
    }
  });

  it('names every slab it is made of, and holds its slope against the bulk', () => {
    const series = [prismOf(2), prismOf(3), prismOf(4)];
    const result = fitOf([...series, bulk], 4);
    expect(result.available && result.inputs.map(({ file }) => file).sort()).toEqual(
      [...series.map(({ id }) => id), bulk.id].sort(),
    );
    expect(codesOf(result)).toEqual([]);
    // 20 meV per cell of two formula units are 10 per unit.
    const other = fitOf([...series, energies(bulk, -18.02)], 4);
    expect(codesOf(other)).toEqual(['W_BULK_INCONSISTENT']);
    expect(other.available && other.quality).toBe('degraded');
  });

  it('of two thicknesses tells what they give and asks for a third', () => {
    const result = fitOf([prismOf(2), prismOf(3)], 3);
    expect(codesOf(result)).toEqual(['E_REFERENCE_MISSING']);
    expectNear(result.parts.surfaceEnergyOfTwoJPerM2, GAMMA, 1e-6);
  });

  it('is left out where there is one slab only, and where the slabs were calculated differently', () => {
    for (const others of [[], [withSettings(prismOf(3), { ENCUT: 400 })]]) {
      const result = screened(treeOf([prismOf(2), ...others]));
      for (const { descriptors } of result.candidates) expect(descriptors).not.toHaveProperty('surface-energy-fit');
    }
  });

  it('of a polar facet is the cleavage energy only', () => {
    const slabs = [2, 3, 4].map((bilayers) =>
      calculationOf(`basal/${bilayers}/OUTCAR`, {
        structure: znoBasal(bilayers, 20 + 3 * bilayers),
        energyEv: 1 - 9 * bilayers,
      }),
    );
    const result = screened(treeOf(slabs));
    const found = descriptor(result, result.candidates[0]?.id ?? '', 'surface-energy-fit');
    expect(codesOf(found)).toEqual(['E_POLAR_SINGLE_GAMMA']);
    // By hand: 1 eV over one cell of 9.144579 Å².
    expectNear(found.parts.cleavageEnergyJPerM2, 16.02176634 / 9.144579, 1e-5);
  });
});

describe('the shape of a crystal in a screening', () => {
  // SCIENCE §4.5: 1.15 J/m² of (10-10), 1.6 of either basal face; excess energies of one cell by hand.
  const prism = calculationOf('prism/OUTCAR', {
    structure: znoPrism(2, 25),
    energyEv: -36 + (1.15 * 2 * 3.2495 * 5.2069) / 16.02176634,
    mesh: [9, 5, 1],
  });
  const basalPair = calculationOf('basal/OUTCAR', {
    structure: znoBasal(2, 25),
    energyEv: -18 + (3.2 * ((3.2495 ** 2 * Math.sqrt(3)) / 2)) / 16.02176634,
    mesh: [9, 9, 1],
  });
  const shapeIn = (calculations: readonly Calculation[], folder: string) => {
    const result = screened(treeOf(calculations));
    const system = result.systems.find(({ slab }) => slab === `${folder}/OUTCAR`);
    return result.candidates.find((candidate) => candidate.system === system?.id)?.descriptors['wulff-shape'];
  };

  it('is that of all its facets, and tells each candidate the share of its own', () => {
    for (const [folder, share, facet] of [
      ['basal', 0.264368, '{0001}'],
      ['prism', 0.735632, '{10-10}'],
    ] as const) {
      const shape = shapeIn([prism, basalPair, bulk], folder);
      expectNear(shape?.parts.ownAreaFraction, share, 1e-6); // SCIENCE §4.5
      expect(shape?.parts.facet).toBe(facet);
      // By hand: 0.264368 · 1.6 + 0.735632 · 1.15.
      expectNear(shape?.available ? shape.value : undefined, 1.2689656, 1e-6);
      expect(shape && codesOf(shape)).toEqual(['W_POLAR_WULFF']);
      expect(shape?.available && shape.inputs.map(({ name }) => name)).toEqual([
        'E(slab {0001})',
        'E(bulk)',
        'E(slab {10-10})',
      ]);
    }
  });

  it('does not change when the bulk is turned', () => {
    const { structure } = bulk;
    if (structure === undefined) throw new Error('the bulk has a structure');
    for (const degrees of [37, 111]) {
      const turned = { ...bulk, structure: rotated(structure, degrees) };
      expectNear(shapeIn([prism, basalPair, turned], 'prism')?.parts.ownAreaFraction, 0.735632, 1e-6);
    }
  });

  it('is left out of a bulk with one facet, and of one whose facets have no energy', () => {
    expect(shapeIn([prism, bulk], 'prism')).toBeUndefined();
    expect(shapeIn([prism, withSettings(basalPair, { ENCUT: 400 }), bulk], 'prism')).toBeUndefined();
    expect(shapeIn([prism, basalPair], 'prism')).toBeUndefined();
  });

  it('does not enclose anything with a surface that forms by itself', () => {
    const shape = shapeIn([energies(prism, -37), basalPair, bulk], 'basal');
    expect(shape && codesOf(shape)).toEqual(['E_INPUT']);
  });
});

describe('the relaxed planes of a slab in a screening', () => {
  const slabOf = (structure: Structure, settings: Calculation['settings'] = {}): Calculation =>
    calculationOf('slab/OUTCAR', { structure, energyEv: -9 * (structure.species.length / 2) + 2, settings });
  const relaxationOf = (slab: Calculation, reference = bulk) =>
    screened(treeOf([slab, reference])).candidates[0]?.descriptors['layer-relaxation'];
  /** Atoms above this height move up by so much. */
  const lifted = (structure: Structure, above: number, by: number): Structure =>
    moved(structure, ([x, y, z]) => [x, y, z > above ? z + by : z]);

  it('is none for the bulk as it is, along the polar axis and across it', () => {
    for (const structure of [znoBasal(3, 30), znoPrism(3, 30)]) {
      const found = relaxationOf(slabOf(structure));
      expect(found?.available).toBe(true);
      const fractions = (found?.parts.fractions ?? []) as readonly number[]; // as defined
      for (const fraction of fractions) expectNear(fraction, 0, 1e-9);
    }
  });

  it('is told against the distance that the same planes have in the bulk', () => {
    // The topmost O plane of Zn–O double planes (0.118 · 5.2069 = 0.6144142 Å) comes 0.1 Å nearer.
    const slab = slabOf(lifted(znoBasal(3, 30), 6.6, -0.1));
    const found = relaxationOf(slab);
    expectNear(found?.available ? found.value : undefined, -0.1 / 0.6144142, 1e-6);
    expectNear(found?.parts.secondFraction, 0, 1e-9);
    expect(found?.parts.side).toBe('top');
    expect(found?.available && found.inputs.map(({ file }) => file)).toEqual([slab.id, bulk.id]);
  });

  it('is told of the free face when the upper one is held', () => {
    const structure = lifted(znoBasal(3, 30), 1.3, 0.1);
    const top = structure.species.flatMap((_, atom) => (atom >= 4 ? [atom] : []));
    const flags = Uint8Array.from(structure.species.flatMap((_, atom) => Array(3).fill(top.includes(atom) ? 0 : 1)));
    const found = relaxationOf(slabOf({ ...structure, selectiveDynamics: flags }));
    expect(found?.parts.side).toBe('bottom');
    // The lowest Zn plane is left 0.1 Å behind.
    expectNear(found?.available ? found.value : undefined, 0.1 / 0.6144142, 1e-6);
  });

  it('is left out of a slab that nobody relaxed', () => {
    expect(relaxationOf(slabOf(znoBasal(3, 30), { NSW: 0, IBRION: -1 }))).toBeUndefined();
  });
});

it('a surface energy from the bulk and one from the line agree when the bulk fits', () => {
  const slabs = [2, 3, 4].map((bilayers) =>
    calculationOf(`prism/${bilayers}/OUTCAR`, { structure: znoPrism(bilayers, 35), energyEv: 2 - 18 * bilayers }),
  );
  const result = screened(treeOf([...slabs, bulk]));
  for (const { id } of result.candidates) {
    expectNear(valueFor(result, id, 'surface-energy-fit'), valueFor(result, id, 'surface-energy') ?? Number.NaN, 1e-6);
  }
});
