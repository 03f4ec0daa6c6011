/** Energy above the hull, electrochemical window and reduction limit (SCIENCE §8). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { electrochemicalWindow } from '../../descriptors/electrochemical-window.ts';
import { energyAboveHull } from '../../descriptors/energy-above-hull.ts';
import { reductionLimit } from '../../descriptors/reduction-limit.ts';
import { amountsOfFormula } from '../../descriptors/shared/chemical-formula.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

type Entry = readonly [formula: string, energyEv: number];

const phasesOf = (entries: readonly Entry[]) => entries.map(([formula, energyEv]) => ({ formula, energyEv }));
const above = (entries: readonly Entry[], phase: string, more: object = {}) =>
  energyAboveHull.compute(energyAboveHull.inputs.parse({ phases: phasesOf(entries), phase, ...more }));
const windowOf = (entries: readonly Entry[], phase: string, more: object) =>
  electrochemicalWindow.compute(
    electrochemicalWindow.inputs.parse({ phases: phasesOf(entries), phase, metal: 'Li', ...more }),
  );
const reduction = (entries: readonly Entry[], phase: string, more: object) =>
  reductionLimit.compute(reductionLimit.inputs.parse({ phases: phasesOf(entries), phase, metal: 'Li', ...more }));

// Invented energies, eV per formula. Expected numbers from pymatgen 2022.11.7: PhaseDiagram, and the chemical potentials
// of the metal on the facets of the hull that meet in the phase; GrandPotentialPhaseDiagram agrees on either side of them.
const LI_O: Entry[] = [
  ['Li', -1.9],
  ['O2', -9.8],
  ['Li2O', -14.31],
  ['Li2O2', -19.62],
  ['LiO2', -13],
  ['Li2O', -14.2],
  ['LiO8', -41.5],
];
const LI_P_S: Entry[] = [
  ['Li', -1.9],
  ['P', -5.41],
  ['S', -4.13],
  ['Li2S', -12.4],
  ['Li3P', -14],
  ['P2S5', -33.6],
  ['P4S3', -36.2],
  ['Li3PS4', -35.6],
  ['Li7P3S11', -95.1],
  ['Li4P2S6', -53.2],
  ['LiP', -8.03],
  ['LiP7', -41.2],
  ['Li2PS3', -26.6],
  ['LiS4', -18],
];
const ZN_O: Entry[] = [
  ['Zn', -1.26],
  ['O2', -9.86],
  ['ZnO', -9.05],
  ['ZnO2', -13.4],
];

describe('energy above the hull', () => {
  it.each([
    ['LiO2', LI_O, 0.57, -0.4333333333],
    ['LiO8', LI_O, 0.29, -0.0444444444],
    ['Li2O', LI_O, 0, -1.87],
    ['Li2O2', LI_O, 0, -1.505],
    ['LiS4', LI_P_S, 0.531, 0.084],
    ['LiP', LI_P_S, 0.145, -0.36],
    ['Li2PS3', LI_P_S, 0.1158730159, -0.8333333333],
    ['Li3PS4', LI_P_S, 0.0291666667, -0.99625],
    ['Li7P3S11', LI_P_S, 0, -0.959047619],
    ['P4S3', LI_P_S, 0, -0.31],
    ['S', LI_P_S, 0, 0],
    ['ZnO2', ZN_O, 0.1933333333, -0.76],
    ['ZnO', ZN_O, 0, -1.43],
  ])('of %s is that of pymatgen', (phase, entries, aboveEv, formationEv) => {
    const result = available(above(entries, phase));
    expectNear(result.value, aboveEv, 1e-9);
    expectNear(result.parts.formationEnergyEvPerAtom, formationEv, 1e-9);
    expect(codes(result)).toEqual(aboveEv > 0 ? ['W_NOT_ON_HULL'] : []);
    expect(result.parts.isOnHull).toBe(aboveEv === 0);
  });

  it('tells what the phase decomposes into, by share of the atoms', () => {
    // pymatgen: Li7P3S11 0.83333333, P4S3 0.08333333, Li2S 0.08333333.
    const products = Object(available(above(LI_P_S, 'Li2PS3')).parts.decomposesInto);
    expect(products.map(({ phase }: { phase: string }) => phase)).toEqual(['Li7P3S11', 'Li2S', 'P4S3']);
    expectNear(products[0].atomFraction, 0.83333333, 1e-8);
    expectNear(products[1].atomFraction, 0.08333333, 1e-8);
  });

  it('of the higher of two structures is asked for by its label', () => {
    const phases = [...phasesOf(LI_O).slice(0, 5), { formula: 'Li2O', energyEv: -14.2, label: 'anticotunnite' }];
    const result = energyAboveHull.compute(energyAboveHull.inputs.parse({ phases, phase: 'anticotunnite' }));
    expectNear(available(result).value, 0.0366666667, 1e-9); // pymatgen
  });

  it('knows a phase by its composition, however the formula is written', () => {
    expectNear(available(above(LI_O, 'O4Li8')).value, 0, 1e-12);
    expectNear(available(above([...LI_O, ['(LiO)3', -29.5]], 'LiO')).value, 0, 1e-12);
  });

  it('needs the elements, and the phase itself', () => {
    const compounds = LI_O.filter(([formula]) => formula !== 'O2');
    const result = unavailable(above(compounds, 'LiO2'));
    expect(codes(result)).toEqual(['E_NO_PHASES']);
    expect(result.reasons[0]?.message).toContain('O');
    expect(codes(unavailable(above(LI_O, 'Li3O')))).toEqual(['E_NO_PHASES']);
    expect(() => above(LI_O, 'Li2O', { phases: [{ formula: 'Xx2O', energyEv: 1 }] })).toThrow(/formula/);
  });

  it('of formation energies has the elements at zero', () => {
    const formation: Entry[] = [
      ['Li2O', 3 * -1.87],
      ['Li2O2', 4 * -1.505],
      ['LiO2', 3 * -0.4333333333],
    ];
    expectNear(available(above(formation, 'LiO2', { energies: 'formation' })).value, 0.57, 1e-9);
  });

  it('is zero on a tie: three phases on one line, and the same phase many times', () => {
    const line: Entry[] = [
      ['Li', 0],
      ['Zn', 0],
      ['LiZn', -0.2],
      ['Li3Zn', -0.2],
      ['LiZn3', -0.2],
      ['LiZn', -0.2],
      ['Li2Zn2', -0.4],
    ];
    for (const phase of ['LiZn', 'Li3Zn', 'LiZn3']) {
      const result = available(above(line, phase));
      expectNear(result.value, 0, 1e-12);
      expect(codes(result)).toEqual([]);
    }
  });

  it('does not change with the order of the phases, the size of their formulas, or a shift of the elements', () => {
    const shift = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(LI_P_S, { minLength: LI_P_S.length }),
        shift,
        shift,
        fc.integer({ min: 1, max: 6 }),
        (entries, li, s, times) => {
          const moved = entries.map(([formula, energyEv]): Entry => {
            const amounts = amountsOfFormula(formula) ?? {};
            const shifted = energyEv + li * (amounts.Li ?? 0) + s * (amounts.S ?? 0);
            return [`(${formula})${times}`, times * shifted];
          });
          expectNear(available(above(moved, 'Li3PS4')).value, 0.0291666667, 1e-8);
          expectNear(available(above(moved, 'Li2PS3')).value, 0.1158730159, 1e-8);
        },
      ),
    );
  });

  it('is never negative, and no mixture of two phases lies below the hull', () => {
    const energies = fc.array(fc.double({ min: -2, max: 0.5, noNaN: true }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(energies, (formation) => {
        const entries = formation.map((energy, at): Entry => [`Li${at + 1}Zn${9 - at}`, 10 * energy]);
        for (let at = 0; at < 9; at += 1) {
          const found = available(above(entries, `Li${at + 1}Zn${9 - at}`, { energies: 'formation' })).value;
          expect(found).toBeGreaterThanOrEqual(0);
          // Brute force over all pairs of phases around it, the elements included.
          const points = [0, ...formation, 0];
          let lowest = points[at + 1] ?? 0;
          for (let i = 0; i <= at; i += 1) {
            for (let j = at + 2; j <= 10; j += 1) {
              const share = (j - at - 1) / (j - i);
              lowest = Math.min(lowest, share * (points[i] ?? 0) + (1 - share) * (points[j] ?? 0));
            }
          }
          expectNear(found, (points[at + 1] ?? 0) - lowest, 1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('carries the errors of the phases in proportion to their share', () => {
    const sigma = { energyUncertaintyEvPerAtom: 0.02 };
    // By hand: LiO2 → ⅔ Li2O2 + ⅓ O2 by atoms: 0.02·√(1 + 4/9 + 1/9).
    expectNear(available(above(LI_O, 'LiO2', sigma)).uncertainty, 0.0249443826, 1e-9);
  });
});

describe('electrochemical window', () => {
  it.each([
    ['Li2O', LI_O, 'Li', 0, 2.6],
    ['Li2O2', LI_O, 'Li', 2.6, 3.01],
    ['Li2S', LI_P_S, 'Li', 0, 2.235],
    ['Li3P', LI_P_S, 'Li', 0, 0.94],
    ['LiP7', LI_P_S, 'Li', 0.94, 1.43],
    ['Li7P3S11', LI_P_S, 'Li', 1.9619047619, 2.4207142857],
    ['ZnO', ZN_O, 'Zn', 0, 1.43],
  ])('of %s is that of pymatgen', (phase, entries, metal, reducedVolt, oxidisedVolt) => {
    const result = available(windowOf(entries, phase, { metal }));
    expectNear(result.parts.reductionLimitVolt, reducedVolt, 1e-9);
    expectNear(result.parts.oxidationLimitVolt, oxidisedVolt, 1e-9);
    expectNear(result.value, oxidisedVolt - reducedVolt, 1e-9);
    expectNear(available(reduction(entries, phase, { metal })).value, reducedVolt, 1e-9);
    expect(result.quality).toBe('ok');
  });

  it.each([
    ['P', 1.43],
    ['P2S5', 2.2714285714],
    ['P4S3', 1.8733333333],
    ['S', 2.235],
  ])('of %s, which holds no lithium, has a reduction limit only', (phase, reducedVolt) => {
    const result = unavailable(windowOf(LI_P_S, phase, {}));
    expect(codes(result)).toEqual(['E_NO_METAL']);
    expectNear(result.parts.reductionLimitVolt, reducedVolt, 1e-9); // pymatgen
    expectNear(available(reduction(LI_P_S, phase, {})).value, reducedVolt, 1e-9);
  });

  it('names what the phase turns into at either end', () => {
    const { parts } = available(windowOf(LI_O, 'Li2O2', {}));
    expect(Object(parts.reducedTo).map(({ phase }: { phase: string }) => phase)).toEqual(['Li2O']);
    expect(Object(parts.oxidisedTo).map(({ phase }: { phase: string }) => phase)).toEqual(['O2']);
    expect(available(windowOf(LI_O, 'Li2O', {})).parts).not.toHaveProperty('reducedTo');
  });

  it.each([
    // By hand from standard enthalpies of formation in kJ/mol (CRC Handbook) over 96.48533: Li2O −597.94, Li2O2 −634.3,
    // LiF −616.0. Li2O → ½ Li2O2 + Li: (2·597.94 − 634.3)/2; LiF → Li + ½ F2: 616.0.
    [
      'Li2O',
      [
        ['Li2O', -6.19721],
        ['Li2O2', -6.57406],
      ],
      2.910183,
    ],
    ['LiF', [['LiF', -6.38439]], 6.384391],
  ] as const)('of %s by measured enthalpies ends where it gives up its lithium', (phase, entries, volt) => {
    const result = available(windowOf(entries, phase, { energies: 'formation' }));
    expectNear(result.parts.oxidationLimitVolt, volt, 1e-5);
    expectNear(result.parts.reductionLimitVolt, 0, 1e-12);
  });

  it('of a phase above the hull is that of what it decomposes into, and says so', () => {
    const result = available(windowOf(LI_P_S, 'Li3PS4', {}));
    expect([codes(result), result.quality]).toEqual([['W_NOT_ON_HULL'], 'degraded']);
    // On the line Li7P3S11–Li2S: that of Li7P3S11 up to where Li2S is oxidised, both by pymatgen.
    expect(result.value).toBeGreaterThanOrEqual(-1e-9);
    expectNear(result.parts.reductionLimitVolt, 1.9619047619, 1e-6);
  });

  it('has no place for the metal itself, and none without the reference of the metal', () => {
    expect(codes(unavailable(windowOf(LI_O, 'Li', {})))).toEqual(['E_INPUT']);
    const withoutLithium = LI_P_S.filter(([formula]) => formula !== 'Li');
    expect(codes(unavailable(windowOf(withoutLithium, 'P2S5', {})))).toEqual(['E_NO_PHASES']);
    expect(() => windowOf(LI_O, 'Li2O', { metal: 'O' })).toThrow(/metal/);
  });

  it('does not change with the order of the phases', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(LI_P_S, { minLength: LI_P_S.length }), (entries) => {
        const result = available(windowOf(entries, 'Li7P3S11', {}));
        expectNear(result.parts.reductionLimitVolt, 1.9619047619, 1e-9);
        expectNear(result.parts.oxidationLimitVolt, 2.4207142857, 1e-9);
      }),
    );
  });

  it('is never of negative width for a stable phase', () => {
    const energies = fc.array(fc.double({ min: -2, max: 0.5, noNaN: true }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(energies, fc.integer({ min: 0, max: 8 }), (formation, at) => {
        const entries = formation.map((energy, i): Entry => [`Li${i + 1}Zn${9 - i}`, 10 * energy]);
        const result = available(windowOf(entries, `Li${at + 1}Zn${9 - at}`, { energies: 'formation' }));
        expect(result.value).toBeGreaterThanOrEqual(-1e-9);
        expect(result.parts.reductionLimitVolt).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });

  it('carries the errors of the energies', () => {
    const sigma = { energyUncertaintyEvPerAtom: 0.01 };
    expect(available(windowOf(LI_O, 'Li2O2', sigma)).uncertainty).toBeGreaterThan(0.01);
    expectNear(available(windowOf(LI_O, 'Li2O2', { ...sigma, uncertainty: 0.2 })).uncertainty, 0.2, 0);
  });
});

describe('a formula', () => {
  it.each([
    ['Zn3(PO4)2', { O: 8, P: 2, Zn: 3 }],
    ['Ca5(PO4)3F', { Ca: 5, F: 1, O: 12, P: 3 }],
    ['Li0.5CoO2', { Co: 1, Li: 0.5, O: 2 }],
    ['H2O', { H: 2, O: 1 }],
  ])('%s is read', (text, amounts) => {
    expect(amountsOfFormula(text)).toEqual(amounts);
  });

  it.each(['', 'zno', 'Zn3(PO4', 'Zn)', 'Xx', 'ZnO-2', 'Li0', '2H2O'])('"%s" is none', (text) => {
    expect(amountsOfFormula(text)).toBeUndefined();
  });
});
