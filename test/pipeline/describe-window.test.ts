/** Potentials between which a coating is stable beside the metal, from the phases in the tree (SCIENCE §8). */
import { expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import { type Atom, bulkZno, calculationOf, cubic, structureOf } from '../assembly/fixtures.ts';
import { available, codes } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';
import { described } from './described.ts';

const MESH: [number, number, number] = [6, 6, 6];
const phase = (id: string, edge: number, atoms: readonly Atom[], energyEv: number, settings = {}) =>
  calculationOf(`${id}/OUTCAR`, { structure: structureOf(cubic(edge), atoms), energyEv, mesh: MESH, settings });
const at = (element: string, x: number, y: number, z: number): Atom => [element, [x, y, z]];

// Elements at 0 of a formation energy: invented totals per atom, to which the standard enthalpies (CRC Handbook) of
// docs/descriptors are added: ZnO −3.633, Li2O −6.19721, Li2O2 −6.57406 eV per formula.
const [LI, ZN, O] = [-1.9, -1.26, -4.93];
const lithium = phase('li', 3.51, [at('Li', 0, 0, 0), at('Li', 1.755, 1.755, 1.755)], 2 * LI);
const zinc = calculationOf('zn/OUTCAR', {
  structure: structureOf(bulkZno().latticeAngstrom, [at('Zn', 0, 0, 0), at('Zn', 1.6, 0.9, 2.6)]),
  energyEv: 2 * ZN,
  mesh: MESH,
});
const oxygen = calculationOf('o2/OUTCAR', {
  structure: structureOf(cubic(15), [at('O', 1, 2, 3), at('O', 1, 2, 4.23)]),
  energyEv: 2 * O,
  mesh: [1, 1, 1],
});
const oxide = calculationOf('zno/OUTCAR', { structure: bulkZno(), energyEv: 2 * (ZN + O - 3.633), mesh: MESH });
const lithia = phase(
  'li2o',
  3.2,
  [at('Li', 0, 0, 0), at('Li', 1.6, 1.6, 0), at('O', 1.6, 0, 1.6)],
  2 * LI + O - 6.19721,
);
const peroxide = phase(
  'li2o2',
  3.6,
  [at('Li', 0, 0, 0), at('Li', 1.8, 1.8, 0), at('O', 1.8, 0, 1.8), at('O', 0, 1.8, 1.8)],
  2 * (LI + O) - 6.57406,
);
const without = (tree: readonly Calculation[], name: string, bulk = 'zno/OUTCAR') =>
  !Object.hasOwn(described(tree, { bulk }), name);

it('zinc oxide is reduced by lithium 1.282 V above it', () => {
  const found = described([oxide, zinc, oxygen, lithium, lithia], { bulk: 'zno/OUTCAR' });
  const result = available(found['reduction-limit']!);
  expectNear(result.value, (6.19721 - 3.633) / 2, 1e-9); // by hand: ZnO + 2 Li → Zn + Li2O, two electrons
  expect(result.inputs.map(({ calculation }) => calculation).sort()).toEqual(
    ['li/OUTCAR', 'li2o/OUTCAR', 'o2/OUTCAR', 'zn/OUTCAR', 'zno/OUTCAR'].sort(),
  );
  // It holds no lithium: nothing ends its window above.
  expect(found).not.toHaveProperty('electrochemical-window');
});

it('lithium oxide is stable from lithium to its peroxide', () => {
  const found = described([lithia, peroxide, oxygen, lithium], { bulk: 'li2o/OUTCAR' });
  expectNear(available(found['electrochemical-window']!).value, 2.91018, 1e-9); // by hand: 2·6.19721 − 6.57406, for 2 e⁻
  expectNear(available(found['reduction-limit']!).value, 0, 1e-12);
});

it('nothing is told where nobody calculated what the metal makes of the coating', () => {
  expect(without([oxide, zinc, oxygen, lithium], 'reduction-limit')).toBe(true);
  expect(without([oxide, zinc, oxygen, lithia], 'reduction-limit')).toBe(true);
  expect(without([oxide, oxygen, lithium, lithia], 'reduction-limit')).toBe(true);
  expect(without([lithia, oxygen, lithium], 'electrochemical-window', 'li2o/OUTCAR')).toBe(true);
});

it('a phase of another cutoff does not count, and is told where no other has its composition', () => {
  const coarse = { ...peroxide, settings: { ...peroxide.settings, ENCUT: 400 } };
  const found = described([oxide, zinc, oxygen, lithium, lithia, coarse], { bulk: 'zno/OUTCAR' });
  const result = available(found['reduction-limit']!);
  expect(codes(result)).toContain('W_ALTERNATIVES_UNUSED');
  expect(result.parts.phasesCompared).toBe(5);
});
