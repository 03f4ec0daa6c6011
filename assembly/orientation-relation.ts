/**
 * How two crystals lie on each other, as crystallographers write it: `Zn(0001)[10-10] ∥ ZnO(0001)[10-10]`.
 *
 * The mistake avoided here: three-index directions in hexagonal crystals. [100] and [110] are equivalent there although
 * they do not look so; with four indices, [2-1-10] and [11-20], they do. The four of a direction are not those of a plane
 * with a redundant one: u = (2U − V)/3.
 */
import { determinant, reciprocal, scale, toCartesian, toFractional, type Vector3 } from '../model/lattice.ts';
import type { Matrix2, Vector2 } from '../model/plane-lattice.ts';
import type { Bulk } from './identify-facet.ts';
import { formulaInOrder, greatestCommonDivisor } from './shared/composition-difference.ts';
import { type Integers3, rotatedLattice } from './shared/crystal.ts';
import { coprime, indicesOf, type Miller, planeText } from './shared/miller.ts';
import type { FacetStack, StackPart } from './stack-facets.ts';

/** The facets, and the lattice directions along the first vector of the common cell. */
export function orientationRelation(
  film: StackPart,
  substrate: StackPart,
  stack: Pick<FacetStack, 'filmMatrix' | 'substrateMatrix' | 'filmSense'>,
): string {
  return `${orientationOf(film, stack.filmMatrix, stack.filmSense)} ∥ ${orientationOf(substrate, stack.substrateMatrix, 'as cut')}`;
}

function orientationOf({ bulk, facet }: StackPart, matrix: Matrix2, sense: FacetStack['filmSense']): string {
  const name = formulaInOrder(bulk.crystal.atoms.map(({ species }) => species));
  const { miller, direction } = laidDown(bulk, facet.miller, directionAlong(facet, matrix[0]), sense);
  return `${name}${planeText(miller, bulk.axes)}${directionText(direction, bulk)}`;
}

interface Laid {
  readonly miller: Miller;
  /** Å. */
  readonly direction: Vector3;
}

function directionAlong({ basisAngstrom: [u, v] }: StackPart['facet'], [p, q]: Vector2): Vector3 {
  return [p * u[0] + q * v[0], p * u[1] + q * v[1], p * u[2] + q * v[2]];
}

/** Indices in the axes of the crystal as it lies: of a mirror image those to which a mirror of the crystal leads. */
function laidDown(bulk: Bulk, miller: Miller, direction: Vector3, sense: FacetStack['filmSense']): Laid {
  if (sense === 'as cut') return { miller, direction };
  if (sense === 'upside down') return { miller: coprime(scale(miller, -1)), direction };
  const images = bulk.crystal.rotations
    .filter((rotation) => determinant(rotation) < 0)
    .map((rotation) => imageOf({ miller, direction }, rotation, bulk));
  const same = images.find((image) => image.miller.join() === miller.join());
  return same ?? images[0] ?? { miller, direction };
}

function imageOf({ miller, direction }: Laid, rotation: Integers3, { crystal: { primitive }, axes }: Bulk): Laid {
  const rotated = rotatedLattice(rotation, primitive);
  const wave = toCartesian(miller, reciprocal(axes.lattice));
  const along = toFractional(wave, primitive);
  return {
    miller: indicesOf(toCartesian(along, reciprocal(rotated)), axes.lattice, 1),
    direction: toCartesian(toFractional(direction, reciprocal(primitive)), rotated),
  };
}

/** `[110]`, `[10-10]`; with blanks where an index has two digits. */
function directionText(direction: Vector3, { crystal, axes }: Bulk): string {
  const [U, V, W] = wholeComponents(
    direction,
    axes.lattice,
    Math.abs(determinant(axes.lattice) / determinant(crystal.primitive)),
  );
  const indices = axes.family === 'hexagonal' ? reduced([2 * U - V, 2 * V - U, 0 - U - V, 3 * W]) : reduced([U, V, W]);
  const separator = indices.some((index) => Math.abs(index) > 9) ? ' ' : '';
  return `[${indices.join(separator)}]`;
}

/** Centred lattices have halves and thirds. */
function wholeComponents(direction: Vector3, lattice: Bulk['axes']['lattice'], centring: number): Vector3 {
  const [i, j, k] = toFractional(direction, reciprocal(lattice));
  const cells = Math.round(centring);
  return [Math.round(i * cells), Math.round(j * cells), Math.round(k * cells)];
}

function reduced(indices: readonly number[]): number[] {
  const divisor = indices.reduce((known, index) => greatestCommonDivisor(known, Math.abs(index)), 0) || 1;
  // Without `+ 0` a −0 would be written as such.
  return indices.map((index) => index / divisor + 0);
}
