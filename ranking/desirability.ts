/**
 * Desirability: every objective on a common scale from 0 (unacceptable) to 1 (cannot get better), and their weighted
 * geometric mean as the score.
 *
 * The mistake avoided here: an arithmetic mean lets a superb barrier pay for an adsorption energy that is useless; in
 * the geometric mean one 0 makes the score 0. Bounds and directions come from the profile, never from the code.
 * Source: Derringer & Suich, J. Qual. Technol. 12, 214 (1980); SCIENCE §10.2.
 */
import type { Desirability } from '../model/profile.ts';
import type { DecisionMatrix } from './shared/decision-matrix.ts';
import type { ScoringMethod } from './shared/scoring-method.ts';

/** D = Π dᵢ^shareᵢ in [0, 1]; 0 as soon as one d is 0. What is not known and has a share counts as 0. */
export function desirability(matrix: DecisionMatrix): ScoringMethod {
  const groups = ofEqualShare(matrix).map((columns) => factorsOf(matrix, columns));
  const products = new Float64Array(ROWS_AT_ONCE);
  return {
    order: (values, order) => {
      order.fill(0);
      for (let from = 0; from < order.length; from += ROWS_AT_ONCE) {
        const rows = order.subarray(from, from + ROWS_AT_ONCE);
        for (const { columns, multiply } of groups) {
          products.fill(1);
          multiply(values, from, products.subarray(0, rows.length));
          addLogarithms(matrix, { columns, values, from, products }, rows);
        }
      }
    },
    scoreOf: (order) => Math.exp(order),
    skipped: [],
  };
}

/** So few that their numbers stay near the processor. */
const ROWS_AT_ONCE = 512;
/** A smaller product may have lost digits on its way to 0. */
const TINY = 1e-150;

/**
 * Columns with one share in every row that counts them: their desirabilities are multiplied first, so that they need one
 * logarithm together. The shares decide, not the weights of the profile: they may have been replaced.
 */
function ofEqualShare(matrix: DecisionMatrix): number[][] {
  const groups: number[][] = [];
  for (const column of matrix.objectives.keys()) {
    const group = groups.find((members) => members.every((member) => sharesAgree(matrix, member, column)));
    if (group === undefined) groups.push([column]);
    else group.push(column);
  }
  return groups;
}

function sharesAgree({ objectives, shares }: DecisionMatrix, left: number, right: number): boolean {
  for (let row = 0; row < shares.length; row += objectives.length) {
    const [a, b] = [shares[row + left] ?? 0, shares[row + right] ?? 0];
    if (a !== 0 && b !== 0 && a !== b) return false;
  }
  return true;
}

/** Multiplies each product by the desirability of its row, the first of which is row `from` of the matrix. */
type Multiply = (values: Float64Array, from: number, products: Float64Array) => void;

interface Group {
  readonly columns: readonly number[];
  readonly multiply: Multiply;
}

function factorsOf(matrix: DecisionMatrix, columns: readonly number[]): Group {
  const isComplete = !matrix.known.includes(0) && !matrix.shares.includes(0);
  const factors = columns.map((column) => {
    const shape = matrix.objectives[column]?.desirability;
    const lines = shape === undefined || !isComplete ? undefined : linesOf(shape);
    return lines === undefined ? cellByCell(matrix, column) : straight(lines, column, matrix.objectives.length);
  });
  const multiply: Multiply = (values, from, products) => {
    for (const factor of factors) factor(values, from, products);
  };
  return { columns, multiply };
}

/** Of any shape, with values that are missing. */
function cellByCell(matrix: DecisionMatrix, column: number): Multiply {
  const width = matrix.objectives.length;
  return (values, from, products) => {
    for (let row = 0, at = from * width + column; row < products.length; row += 1, at += width) {
      if (matrix.shares[at] !== 0) products[row] = (products[row] ?? 1) * desirabilityAt(matrix, values, at);
    }
  };
}

function desirabilityAt({ objectives, known }: DecisionMatrix, values: Float64Array, at: number): number {
  const shape = objectives[at % objectives.length]?.desirability;
  return known[at] === 1 && shape !== undefined ? desirabilityOf(values[at] ?? 0, shape) : 0;
}

/** A shape of straight lines: the lower of one that rises from `lower` and one that falls to `upper`. */
interface Lines {
  readonly lower: number;
  readonly rise: number;
  readonly upper: number;
  readonly fall: number;
}

/** Undefined when the shape is bent or has a step. */
function linesOf(shape: Desirability): Lines | undefined {
  const { target } = shape;
  const rising = shape.kind === 'min' ? { lower: Number.NEGATIVE_INFINITY, rise: 1 } : riseOf(shape.lower, target);
  const falling = shape.kind === 'max' ? { upper: Number.POSITIVE_INFINITY, fall: 1 } : fallOf(shape.upper, target);
  const exponents = shape.kind === 'target' ? [shape.lowerExponent, shape.upperExponent] : [shape.exponent];
  const isStraight = exponents.every((exponent) => exponent === 1) && rising.rise > 0 && falling.fall > 0;
  return isStraight ? { ...rising, ...falling } : undefined;
}

function riseOf(lower: number, target: number) {
  return { lower, rise: target - lower };
}

function fallOf(upper: number, target: number) {
  return { upper, fall: upper - target };
}

/** The same numbers as from `desirabilityOf`, without asking for the shape again at every value. */
function straight({ lower, rise, upper, fall }: Lines, column: number, width: number): Multiply {
  return (values, from, products) => {
    for (let row = 0, at = from * width + column; row < products.length; row += 1, at += width) {
      const value = values[at] ?? 0;
      const left = (value - lower) / rise;
      const right = (upper - value) / fall;
      const d = left < right ? left : right;
      products[row] = (products[row] ?? 1) * (d >= 1 ? 1 : d <= 0 ? 0 : d);
    }
  };
}

interface Products {
  readonly columns: readonly number[];
  readonly values: Float64Array;
  readonly from: number;
  readonly products: Float64Array;
}

function addLogarithms(
  matrix: DecisionMatrix,
  { columns, values, from, products }: Products,
  rows: Float64Array,
): void {
  const { objectives, shares } = matrix;
  for (let row = 0; row < rows.length; row += 1) {
    const product = products[row] ?? 1;
    // Many are as good as can be, and the logarithm is what takes the time.
    if (product === 1) continue;
    let [share, logarithm] = [0, 0];
    for (const column of columns) {
      const at = (from + row) * objectives.length + column;
      const own = shares[at] ?? 0;
      if (own === 0) continue;
      share = own;
      if (product > TINY) break;
      logarithm += Math.log(desirabilityAt(matrix, values, at));
    }
    rows[row] = (rows[row] ?? 0) + share * (product > TINY ? Math.log(product) : logarithm);
  }
}

/** d of a value given in the unit of the objective's bounds: in [0, 1], 0 at and beyond the unacceptable bound. */
export function desirabilityOf(value: number, shape: Desirability): number {
  switch (shape.kind) {
    case 'max':
      return rise(value, shape.lower, shape.target, shape.exponent);
    case 'min':
      return fall(value, shape.target, shape.upper, shape.exponent);
    case 'target':
      return value <= shape.target
        ? rise(value, shape.lower, shape.target, shape.lowerExponent)
        : fall(value, shape.target, shape.upper, shape.upperExponent);
  }
}

/** The value with a desirability in (0, 1]; of a target the one on the side where `from` is. */
export function valueOfDesirability(desirability: number, shape: Desirability, from: number): number {
  switch (shape.kind) {
    case 'max':
      return shape.lower + (shape.target - shape.lower) * desirability ** (1 / shape.exponent);
    case 'min':
      return shape.upper - (shape.upper - shape.target) * desirability ** (1 / shape.exponent);
    case 'target':
      return from <= shape.target
        ? shape.lower + (shape.target - shape.lower) * desirability ** (1 / shape.lowerExponent)
        : shape.upper - (shape.upper - shape.target) * desirability ** (1 / shape.upperExponent);
  }
}

/** 0 up to `lower`, 1 from `target` on. Equal bounds make a step: the first line keeps it from dividing by zero. */
function rise(value: number, lower: number, target: number, exponent: number): number {
  if (value >= target) return 1;
  if (value <= lower) return 0;
  return power((value - lower) / (target - lower), exponent);
}

/** 1 up to `target`, 0 from `upper` on. */
function fall(value: number, target: number, upper: number, exponent: number): number {
  if (value <= target) return 1;
  if (value >= upper) return 0;
  return power((upper - value) / (upper - target), exponent);
}

function power(base: number, exponent: number): number {
  return exponent === 1 ? base : base ** exponent;
}
