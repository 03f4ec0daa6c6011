/**
 * All supercells of a plane lattice up to a multiple of its cell, each by its shortest vectors (Zur & McGill, J. Appl.
 * Phys. 55, 378, 1984; SCIENCE §5.4, steps 3 and 4), sorted for a search by length.
 *
 * The mistakes avoided here: reducing a pair step by step with exact comparisons, which loops for ever where two choices
 * are equally long; and comparing the same shape again for every supercell that has it (a hexagonal lattice has each up
 * to twelve times). Lengths and angle of the shortest pair are those of the lattice, whichever pair was chosen.
 */
import { type PlaneLattice, planeArea } from '../../../model/plane-lattice.ts';

export interface SupercellTable {
  readonly lattice: PlaneLattice;
  readonly areaAngstrom2: number;
  /** Up to how many cells. */
  readonly largestMultiple: number;
  /** Of each shape: its shortest vectors, |a| ≤ |b|, Å, and the angle between them, at most π/2. */
  readonly firstLengths: Float64Array;
  readonly secondLengths: Float64Array;
  readonly angles: Float64Array;
  /** Of each shape its first supercell, and of each supercell the next one of the same shape; −1 = none. */
  readonly firstMembers: Int32Array;
  readonly nextMembers: Int32Array;
  /** Of each supercell the four whole numbers whose product with the lattice is its shortest pair, in Hermite order. */
  readonly matrices: Int32Array;
  readonly multiples: Int32Array;
  /** Shapes are sorted by multiple, then by first length in buckets: where each bucket of each multiple begins. */
  readonly starts: Int32Array;
  readonly bucketCount: number;
  readonly firstBucket: number;
}

/** Of the logarithm of a length: as fine as the usual tolerance. */
const BUCKET_WIDTH = 0.03;
/** Relative difference of squares that rounding alone can make. */
const SLACK = 1e-10;
/** Relative: two supercells of one shape. Below the slack of the comparisons, so that no match is lost. */
const SAME_SHAPE = 1e-11;

/** Number of supercells of n cells: the sum of the divisors of n, for every n up to the largest. */
export function supercellCounts(largestMultiple: number): Int32Array {
  const counts = new Int32Array(largestMultiple + 1);
  for (let divisor = 1; divisor <= largestMultiple; divisor += 1) {
    for (let n = divisor; n <= largestMultiple; n += divisor) counts[n] = (counts[n] ?? 0) + divisor;
  }
  return counts;
}

export function supercellTable(lattice: PlaneLattice, largestMultiple: number): SupercellTable {
  const count = supercellCounts(largestMultiple).reduce((sum, each) => sum + each, 0);
  const cells = reducedSupercells(lattice, largestMultiple, count);
  return { lattice, areaAngstrom2: planeArea(lattice), largestMultiple, ...sortedShapes(cells, largestMultiple) };
}

export function bucketOf(logLength: number): number {
  return Math.floor(logLength / BUCKET_WIDTH);
}

interface Supercells {
  readonly matrices: Int32Array;
  readonly multiples: Int32Array;
  readonly firstLengths: Float64Array;
  readonly secondLengths: Float64Array;
  readonly angles: Float64Array;
}

/** Hermite forms [[p, q], [0, n/p]], p dividing n, 0 ≤ q < n/p, each reduced. */
function reducedSupercells(lattice: PlaneLattice, largestMultiple: number, count: number): Supercells {
  const cells: Supercells = {
    matrices: new Int32Array(4 * count),
    multiples: new Int32Array(count),
    firstLengths: new Float64Array(count),
    secondLengths: new Float64Array(count),
    angles: new Float64Array(count),
  };
  const area = planeArea(lattice);
  let at = 0;
  for (let n = 1; n <= largestMultiple; n += 1) {
    for (let p = 1; p <= n; p += 1) {
      if (n % p !== 0) continue;
      const m = n / p;
      for (let q = 0; q < m; q += 1, at += 1) {
        cells.multiples[at] = n;
        reduce(lattice, p, q, m, n * area, at, cells);
      }
    }
  }
  return cells;
}

/** Gauss: in whole numbers and squares of lengths only. The last squares are computed anew, without what rounding left. */
function reduce(
  [[ax, ay], [bx, by]]: PlaneLattice,
  p: number,
  q: number,
  m: number,
  area: number,
  at: number,
  { matrices, firstLengths, secondLengths, angles }: Supercells,
): void {
  const gaa = ax * ax + ay * ay;
  const gab = ax * bx + ay * by;
  const gbb = bx * bx + by * by;
  let u1 = p;
  let u2 = q;
  let v1 = 0;
  let v2 = m;
  let uu = p * p * gaa + 2 * p * q * gab + q * q * gbb;
  let uv = m * (p * gab + q * gbb);
  let vv = m * m * gbb;
  for (;;) {
    if (uu > vv) {
      [u1, v1] = [v1, u1];
      [u2, v2] = [v2, u2];
      [uu, vv] = [vv, uu];
    }
    if (2 * Math.abs(uv) <= uu * (1 + SLACK)) break;
    const k = Math.round(uv / uu);
    v1 -= k * u1;
    v2 -= k * u2;
    vv += k * (k * uu - 2 * uv);
    uv -= k * uu;
  }
  if (uv < 0) {
    v1 = -v1;
    v2 = -v2;
  }
  uu = u1 * u1 * gaa + 2 * u1 * u2 * gab + u2 * u2 * gbb;
  vv = v1 * v1 * gaa + 2 * v1 * v2 * gab + v2 * v2 * gbb;
  uv = u1 * v1 * gaa + (u1 * v2 + u2 * v1) * gab + u2 * v2 * gbb;
  const isSwapped = uu > vv;
  matrices[4 * at] = isSwapped ? v1 : u1;
  matrices[4 * at + 1] = isSwapped ? v2 : u2;
  matrices[4 * at + 2] = isSwapped ? u1 : v1;
  matrices[4 * at + 3] = isSwapped ? u2 : v2;
  firstLengths[at] = Math.sqrt(isSwapped ? vv : uu);
  secondLengths[at] = Math.sqrt(isSwapped ? uu : vv);
  // Rounding can leave −1e-16: a right angle.
  angles[at] = Math.atan2(area, Math.max(0, uv));
}

type SortedShapes = Omit<SupercellTable, 'lattice' | 'areaAngstrom2' | 'largestMultiple'>;

/** By counting, so that nothing is compared; then supercells of equal shape within a bucket become one entry. */
function sortedShapes(cells: Supercells, largestMultiple: number): SortedShapes {
  const { matrices, multiples } = cells;
  const count = multiples.length;
  const { buckets, firstBucket, bucketCount } = bucketed(cells.firstLengths);
  const cellStarts = new Int32Array(largestMultiple * bucketCount + 1);
  const slot = (at: number): number => ((multiples[at] ?? 0) - 1) * bucketCount + (buckets[at] ?? 0) - firstBucket;
  for (let at = 0; at < count; at += 1) cellStarts[slot(at) + 1] = (cellStarts[slot(at) + 1] ?? 0) + 1;
  for (let at = 1; at < cellStarts.length; at += 1) {
    cellStarts[at] = (cellStarts[at] ?? 0) + (cellStarts[at - 1] ?? 0);
  }
  const shapes = emptyShapes(count);
  const starts = new Int32Array(cellStarts.length);
  const filled = cellStarts.slice();
  const order = new Int32Array(count);
  for (let at = 0; at < count; at += 1) {
    const place = filled[slot(at)] ?? 0;
    order[place] = at;
    filled[slot(at)] = place + 1;
  }
  let shapeCount = 0;
  for (let bucket = 0; bucket + 1 < cellStarts.length; bucket += 1) {
    starts[bucket] = shapeCount;
    const from = shapeCount;
    for (let place = cellStarts[bucket] ?? 0; place < (cellStarts[bucket + 1] ?? 0); place += 1) {
      shapeCount = addSupercell(order[place] ?? 0, cells, shapes, from, shapeCount);
    }
  }
  starts[cellStarts.length - 1] = shapeCount;
  return {
    matrices,
    multiples,
    starts,
    bucketCount,
    firstBucket,
    nextMembers: shapes.nextMembers,
    firstMembers: shapes.firstMembers.subarray(0, shapeCount),
    firstLengths: shapes.firstLengths.subarray(0, shapeCount),
    secondLengths: shapes.secondLengths.subarray(0, shapeCount),
    angles: shapes.angles.subarray(0, shapeCount),
  };
}

function bucketed(lengths: Float64Array) {
  const buckets = new Int32Array(lengths.length);
  let firstBucket = Number.MAX_SAFE_INTEGER;
  let lastBucket = Number.MIN_SAFE_INTEGER;
  for (let at = 0; at < lengths.length; at += 1) {
    const bucket = bucketOf(Math.log(lengths[at] ?? 1));
    buckets[at] = bucket;
    if (bucket < firstBucket) firstBucket = bucket;
    if (bucket > lastBucket) lastBucket = bucket;
  }
  return { buckets, firstBucket, bucketCount: lengths.length === 0 ? 1 : lastBucket - firstBucket + 1 };
}

function emptyShapes(count: number) {
  return {
    firstLengths: new Float64Array(count),
    secondLengths: new Float64Array(count),
    angles: new Float64Array(count),
    firstMembers: new Int32Array(count),
    lastMembers: new Int32Array(count),
    nextMembers: new Int32Array(count).fill(-1),
  };
}

/** To the shape it has among those from `from` on, or as a new one; the number of shapes after it. */
function addSupercell(
  cell: number,
  cells: Supercells,
  shapes: ReturnType<typeof emptyShapes>,
  from: number,
  shapeCount: number,
): number {
  const first = cells.firstLengths[cell] ?? 0;
  const second = cells.secondLengths[cell] ?? 0;
  const angle = cells.angles[cell] ?? 0;
  for (let shape = from; shape < shapeCount; shape += 1) {
    if (Math.abs((shapes.firstLengths[shape] ?? 0) - first) > SAME_SHAPE * first) continue;
    if (Math.abs((shapes.secondLengths[shape] ?? 0) - second) > SAME_SHAPE * second) continue;
    if (Math.abs((shapes.angles[shape] ?? 0) - angle) > SAME_SHAPE) continue;
    shapes.nextMembers[shapes.lastMembers[shape] ?? 0] = cell;
    shapes.lastMembers[shape] = cell;
    return shapeCount;
  }
  shapes.firstLengths[shapeCount] = first;
  shapes.secondLengths[shapeCount] = second;
  shapes.angles[shapeCount] = angle;
  shapes.firstMembers[shapeCount] = cell;
  shapes.lastMembers[shapeCount] = cell;
  return shapeCount + 1;
}
