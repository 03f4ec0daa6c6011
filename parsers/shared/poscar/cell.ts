/**
 * Scale factor and lattice vectors of a POSCAR (lines 2 to 5).
 *
 * The mistake avoided here: multiplying by a negative scale factor. Negative, it is minus the wanted volume in Å³; three
 * numbers scale the x, y and z components. Cartesian positions are scaled alike. Source: VASP wiki, POSCAR.
 */
import { determinant, type Matrix3, norm, type Vector3 } from '../../../model/lattice.ts';
import { type Fault, faultAt, isFault, lineOrFault } from '../fault.ts';
import { type LineReader, leadingNumbers, quoted, type TextLine, withoutComment } from '../line-reader.ts';

/** Below this share of |a||b||c| a volume is rounding noise: the vectors lie in a plane. */
const FLAT_VOLUME_FRACTION = 1e-9;

export interface Cell {
  readonly latticeAngstrom: Matrix3;
  /** Factors of the x, y and z components, for Cartesian positions. */
  readonly scale: Vector3;
  readonly firstLine: TextLine;
  readonly lastLine: TextLine;
}

export function readCell(lines: LineReader): Cell | Fault {
  const first = lineOrFault(lines, 'a scale factor');
  if (isFault(first)) return first;
  const factors = leadingNumbers(withoutComment(first.text), 3).values;
  const [factor] = factors;
  if (factor === undefined) return faultAt(first, 'a scale factor', quoted(first.text));
  const a = readVector(lines);
  if (isFault(a)) return a;
  const b = readVector(lines);
  if (isFault(b)) return b;
  const c = readVector(lines);
  if (isFault(c)) return c;
  const rows: Matrix3 = [a, b, c];
  const lastLine = lines.last() ?? first;
  const lengths = norm(a) * norm(b) * norm(c);
  if (!(Math.abs(determinant(rows)) > FLAT_VOLUME_FRACTION * lengths)) {
    return faultAt(lastLine, 'three lattice vectors that span a volume', 'volume 0');
  }
  const scale = scaleOf(factors, factor, rows);
  if (scale === undefined)
    return faultAt(first, 'one scale factor that is not 0, or three positive', quoted(first.text));
  const latticeAngstrom: Matrix3 = [scaled(a, scale), scaled(b, scale), scaled(c, scale)];
  if (!latticeAngstrom.flat().every(Number.isFinite)) {
    return faultAt(lastLine, 'finite lattice vectors', 'an overflow', 'E_UNPARSEABLE');
  }
  return { latticeAngstrom, scale, firstLine: first, lastLine };
}

/** Component-wise product. */
export function scaled(vector: Vector3, scale: Vector3): Vector3 {
  return [vector[0] * scale[0], vector[1] * scale[1], vector[2] * scale[2]];
}

function readVector(lines: LineReader): Vector3 | Fault {
  const expected = 'a lattice vector of three numbers';
  const line = lineOrFault(lines, expected);
  if (isFault(line)) return line;
  const [x, y, z] = leadingNumbers(withoutComment(line.text), 3).values;
  if (x === undefined || y === undefined || z === undefined) return faultAt(line, expected, quoted(line.text));
  return [x, y, z];
}

function scaleOf(factors: readonly number[], factor: number, rows: Matrix3): Vector3 | undefined {
  const [x, y, z] = factors;
  if (x !== undefined && y !== undefined && z !== undefined) return Math.min(x, y, z) > 0 ? [x, y, z] : undefined;
  if (factor === 0) return undefined;
  const uniform = factor > 0 ? factor : Math.cbrt(-factor / Math.abs(determinant(rows)));
  return [uniform, uniform, uniform];
}
