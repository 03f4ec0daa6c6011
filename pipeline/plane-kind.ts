/**
 * What kind of lattice a plane has, and the lengths along its directions: only lattices of one kind can be compared length
 * by length (SCIENCE §5.1, §5.3).
 *
 * The mistake avoided here: comparing the shortest vectors of a hexagonal and a square lattice, which says nothing.
 */
import type { PlaneLattice, Vector2 } from '../model/plane-lattice.ts';

export interface PlaneKind {
  readonly kind: 'hexagonal' | 'square' | 'rectangular' | 'centred' | 'oblique';
  /** Along directions at right angles, the shorter one first; one where all are equal, none of an oblique lattice. */
  readonly lengthsAngstrom: readonly number[];
}

/** Relative. */
const SAME = 1e-3;

/** Of the shortest two vectors. */
export function planeKind([a, b]: PlaneLattice): PlaneKind {
  const [aa, bb, ab] = [product(a, a), product(b, b), Math.abs(product(a, b))];
  const scale = Math.max(aa, bb);
  const isSame = (left: number, right: number): boolean => Math.abs(left - right) <= SAME * scale;
  const isEqual = isSame(aa, bb);
  if (isEqual && isSame(ab, 0)) return { kind: 'square', lengthsAngstrom: [Math.sqrt(aa)] };
  if (isEqual && isSame(2 * ab, aa)) return { kind: 'hexagonal', lengthsAngstrom: [Math.sqrt(aa)] };
  if (isSame(ab, 0)) return { kind: 'rectangular', lengthsAngstrom: sorted(Math.sqrt(aa), Math.sqrt(bb)) };
  if (isEqual) {
    return { kind: 'centred', lengthsAngstrom: sorted(Math.sqrt(aa + bb - 2 * ab), Math.sqrt(aa + bb + 2 * ab)) };
  }
  const [short, long] = aa < bb ? [aa, bb] : [bb, aa];
  if (isSame(2 * ab, short)) {
    return { kind: 'centred', lengthsAngstrom: sorted(Math.sqrt(short), Math.sqrt(4 * long - short)) };
  }
  return { kind: 'oblique', lengthsAngstrom: [] };
}

function product(u: Vector2, v: Vector2): number {
  return u[0] * v[0] + u[1] * v[1];
}

function sorted(one: number, other: number): number[] {
  return one <= other ? [one, other] : [other, one];
}
