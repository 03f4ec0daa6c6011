/**
 * Symmetry operations as a CIF writes them: `-y, x-y, z+1/3`.
 *
 * The mistakes avoided here: taking the atoms of a CIF for all atoms of the cell (they are those that symmetry does not
 * make), and dropping the translation of an operation whose fraction stands in front (`1/2+x`).
 */
import type { Vector3 } from '../../../model/lattice.ts';

export interface CifOperation {
  readonly rotation: readonly [Vector3, Vector3, Vector3];
  readonly translation: Vector3;
}

export const IDENTITY: CifOperation = {
  rotation: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  translation: [0, 0, 0],
};

/** Undefined for what is no operation. */
export function operationOf(text: string): CifOperation | undefined {
  const parts = text.replace(/\s+/g, '').toLowerCase().split(',');
  const [first, second, third] = parts.map(rowOf);
  if (parts.length !== 3 || first === undefined || second === undefined || third === undefined) return undefined;
  return {
    rotation: [first.row, second.row, third.row],
    translation: [first.shift, second.shift, third.shift],
  };
}

export function applied({ rotation, translation }: CifOperation, [x, y, z]: Vector3): Vector3 {
  const part = (axis: 0 | 1 | 2): number => {
    const [a, b, c] = rotation[axis];
    return a * x + b * y + c * z + translation[axis];
  };
  return [part(0), part(1), part(2)];
}

interface Row {
  readonly row: Vector3;
  readonly shift: number;
}

const TERM = /([+-]?)(?:(\d+(?:\.\d*)?|\.\d+)(?:\/(\d+))?)?\*?([xyz]?)/y;

/** One coordinate: a sum of terms such as `x`, `-2/3`, `1/2`, `0.5`, `2x`. */
function rowOf(text: string): Row | undefined {
  const row = [0, 0, 0];
  let shift = 0;
  let at = 0;
  while (at < text.length) {
    TERM.lastIndex = at;
    const found = TERM.exec(text);
    if (found === null || found[0] === '' || (at > 0 && found[1] === '')) return undefined;
    const [whole, sign, numerator, denominator, axis = ''] = found;
    if (numerator === undefined && axis === '') return undefined;
    const size =
      (numerator === undefined ? 1 : Number(numerator)) / (denominator === undefined ? 1 : Number(denominator));
    const value = sign === '-' ? -size : size;
    if (!Number.isFinite(value)) return undefined;
    if (axis === '') shift += value;
    else row['xyz'.indexOf(axis)] = (row['xyz'.indexOf(axis)] ?? 0) + value;
    at += whole.length;
  }
  const [a = 0, b = 0, c = 0] = row;
  return a === 0 && b === 0 && c === 0 ? undefined : { row: [a, b, c], shift };
}
