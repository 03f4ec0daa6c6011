/** Coatings strained to the cell of an interface: the tensor of their bulk along the axes of the facet (SCIENCE §5.5). */
import { expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import type { Matrix3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import type { FacetIdentity } from '../../model/system.ts';
import {
  type Atom,
  bulkZno,
  calculationOf,
  structureOf,
  supercell,
  withAtoms,
  zincBasal,
  znoPrism,
} from '../assembly/fixtures.ts';
import { available, codes, unavailable } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';
import { described } from './described.ts';
import { ZINC_KBAR } from './zinc-tensor.ts';

const facet = (miller: readonly [number, number, number]): FacetIdentity => ({
  miller,
  family: miller,
  label: miller.join(''),
  isPolar: false,
  matchedShare: 1,
  deviationAngstrom: 0,
});

/** Stretched along x and y, atoms and cell. */
function stretched({ latticeAngstrom, species, cartesianAngstrom }: Structure, x: number, y: number): Structure {
  const factor = [1 + x, 1 + y, 1];
  const cell = latticeAngstrom.map((vector) => vector.map((each, at) => each * (factor[at] ?? 1)));
  return {
    latticeAngstrom: cell as unknown as Matrix3, // three vectors of three, as they came
    species,
    cartesianAngstrom: cartesianAngstrom.map((each, at) => each * (factor[at % 3] ?? 1)),
  };
}

/** Five planes of four lithium atoms above it, at these places of the cell. */
function withFilm(slab: Structure): Structure {
  const top = Math.max(...slab.cartesianAngstrom.filter((_, at) => at % 3 === 2));
  const [a, b] = slab.latticeAngstrom;
  const film = Array.from({ length: 5 }, (_, plane): Atom[] =>
    [0, 1, 2, 3].map((site): Atom => {
      const [f, g] = [((site % 2) + (plane % 2) / 2) / 2, ((site >> 1) + (plane % 2) / 2) / 2];
      return ['Li', [f * a[0] + g * b[0], f * a[1] + g * b[1], top + 2.1 + 2.2 * plane]];
    }),
  );
  return withAtoms(slab, film.flat());
}

const elasticOf = (structure: Structure, kbar = ZINC_KBAR) =>
  calculationOf('elastic/OUTCAR', { structure, mesh: [8, 8, 6] }, { elasticModuliKbar: kbar });
const bulkOf = (structure: Structure) => calculationOf('bulk/OUTCAR', { structure, energyEv: -5, mesh: [8, 8, 6] });
const lithium = calculationOf('li/OUTCAR', {
  structure: structureOf(
    [
      [3.51, 0, 0],
      [0, 3.51, 0],
      [0, 0, 3.51],
    ],
    [
      ['Li', [0, 0, 0]],
      ['Li', [1.755, 1.755, 1.755]],
    ],
  ),
  energyEv: -3.8,
  mesh: [8, 8, 8],
});
const treeOf = (slab: Structure, ...others: readonly Calculation[]) => [
  calculationOf('slab/OUTCAR', { structure: slab }),
  calculationOf('both/OUTCAR', { structure: withFilm(slab) }),
  lithium,
  ...others,
];
const zincCell: Matrix3 = [
  [2.665, 0, 0],
  [-1.3325, 2.665 * Math.sqrt(0.75), 0],
  [0, 0, 4.947],
];
const bulkZinc = structureOf(zincCell, [
  ['Zn', [0, 0, 0]],
  ['Zn', [0, (2.665 * Math.sqrt(3)) / 3, 2.4735]],
]);
const stated = (miller: readonly [number, number, number]) => ({
  slab: 'slab/OUTCAR',
  bulk: 'bulk/OUTCAR',
  exposedFacet: facet(miller),
});

it('zinc stretched on (0001) as on vermiculite holds 1.645 MJ/m³', () => {
  const slab = supercell(stretched(zincBasal(6, 50), 0.0037523, 0.0037523), 2, 2);
  const tree = treeOf(slab, bulkOf(bulkZinc), elasticOf(bulkZinc));
  const result = available(described(tree, stated([0, 0, 1]))['strain-energy']!);
  expectNear(result.value, 1.645407e6, 50); // SCIENCE §5.5
  expectNear(result.parts.biaxialModulusGpa, 116.8633, 1e-3); // SCIENCE §5.5
  expect(result.inputs).toMatchObject([{ calculation: 'elastic/OUTCAR', unit: 'kBar' }]);
});

// ZnO(10-10) with the constants of zinc: x along a, y along [0001], the normal in the basal plane. By hand:
const [C11, C12, C13, C33] = [163, 30.6, 48.1, 60.3];
const [M11, M22, M12] = [C11 - C12 ** 2 / C11, C33 - C13 ** 2 / C11, C13 - (C12 * C13) / C11];
const [X, Y] = [0.004, -0.009];
const BY_HAND_J_PER_M3 = 1e9 * ((M11 * X ** 2 + M22 * Y ** 2) / 2 + M12 * X * Y);
const prism = supercell(stretched(znoPrism(4, 45), X, Y), 2, 1);

it('on (10-10) both directions of the plane have moduli of their own', () => {
  const tree = treeOf(prism, bulkOf(bulkZno()), elasticOf(bulkZno()));
  const result = available(described(tree, stated([1, 0, 0]))['strain-energy']!);
  expectNear(result.value, BY_HAND_J_PER_M3, BY_HAND_J_PER_M3 * 1e-9);
});

it('the tensor is along the axes of its own cell, however that stands in space', () => {
  // x → y, y → z, z → x: the sixfold axis lies along x, and the constants change places with it.
  const turned: Structure = {
    ...bulkZno(),
    latticeAngstrom: bulkZno().latticeAngstrom.map(([x, y, z]) => [z, x, y]) as unknown as Matrix3, // three of three
    cartesianAngstrom: bulkZno().cartesianAngstrom.map((_, at, all) => all[at - (at % 3) + ((at + 2) % 3)] ?? 0),
  };
  const kbar = [
    [603, 481, 481, 0, 0, 0],
    [481, 1630, 306, 0, 0, 0],
    [481, 306, 1630, 0, 0, 0],
    [0, 0, 0, 394, 0, 0],
    [0, 0, 0, 0, 662, 0],
    [0, 0, 0, 0, 0, 394],
  ];
  const tree = treeOf(prism, bulkOf(bulkZno()), elasticOf(turned, kbar));
  const result = available(described(tree, stated([1, 0, 0]))['strain-energy']!);
  expectNear(result.value, BY_HAND_J_PER_M3, BY_HAND_J_PER_M3 * 1e-9);
});

it('a plane of another family than the slab shows gives nothing, and neither does a bulk without a tensor', () => {
  const other = described(treeOf(prism, bulkOf(bulkZno()), elasticOf(bulkZno())), stated([0, 0, 1]));
  expect(other).not.toHaveProperty('strain-energy');
  expect(described(treeOf(prism, bulkOf(bulkZno())), stated([1, 0, 0]))).not.toHaveProperty('strain-energy');
});

it('an unstable tensor gives no energy, and a strain beyond 5 % is told', () => {
  const unstable = ZINC_KBAR.map((row, at) => (at === 3 ? [0, 0, 0, -662, 0, 0] : row));
  const tree = treeOf(prism, bulkOf(bulkZno()), elasticOf(bulkZno(), unstable));
  const refused = unavailable(described(tree, stated([1, 0, 0]))['strain-energy']!);
  expect(codes(refused)).toContain('E_ELASTIC_UNSTABLE');
  const far = supercell(stretched(znoPrism(4, 45), 0.06, 0), 2, 1);
  const result = available(
    described(treeOf(far, bulkOf(bulkZno()), elasticOf(bulkZno())), stated([1, 0, 0]))['strain-energy']!,
  );
  expect(codes(result)).toContain('W_NONLINEAR_STRAIN');
});
