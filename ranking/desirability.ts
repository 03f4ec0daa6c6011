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
import { DRAWS_AT_ONCE } from './shared/drawn-values.ts';
import type { ScoringMethod } from './shared/scoring-method.ts';

/** D = Π dᵢ^shareᵢ in [0, 1]; 0 as soon as one d is 0. What is not known and has a share counts as 0. */
export function desirability(matrix: DecisionMatrix): ScoringMethod {
  const groups = ofEqualShare(matrix).map((columns) => groupOf(matrix, columns));
  const width = matrix.objectives.length;
  const products = new Float64Array(Math.max(DRAWS_AT_ONCE, Math.min(ROWS_AT_ONCE, matrix.ids.length)));
  const add = (span: Span, order: Float64Array): void => {
    for (const group of groups) {
      products.fill(1);
      for (const factor of group.factors) factor(span, products);
      addLogarithms(matrix, { group, span, products }, order);
    }
  };
  return {
    order: (values, order) => {
      order.fill(0);
      for (let row = 0; row < order.length; row += ROWS_AT_ONCE) {
        const count = Math.min(ROWS_AT_ONCE, order.length - row);
        add(
          { values, row, nextRow: 1, from: row * width, nextColumn: 1, next: width, count },
          order.subarray(row, row + count),
        );
      }
    },
    orderOfDraws: (row, values, order) => {
      order.fill(0);
      add({ values, row, nextRow: 0, from: 0, nextColumn: DRAWS_AT_ONCE, next: 1, count: DRAWS_AT_ONCE }, order);
    },
    scoreOf: (order) => Math.exp(order),
    skipped: [],
  };
}

/** Values whose scores are asked for: of rows one after the other, or of one row in many draws. */
interface Span {
  readonly values: Float64Array;
  /** First row of the matrix, and how far it is to the next: 0 = the same one again. */
  readonly row: number;
  readonly nextRow: 0 | 1;
  /** Where the value of the first objective stands, and how far it is to the next objective's and to the next row's. */
  readonly from: number;
  readonly nextColumn: number;
  readonly next: number;
  readonly count: number;
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

/** Multiplies each product by the desirability of its row. A factor 0 leaves NaN, which rounding never leads to. */
type Factor = (span: Span, products: Float64Array) => void;

/** Objectives with one share. */
interface Group {
  readonly columns: readonly number[];
  readonly factors: readonly Factor[];
  /** By row; 0 where none of them counts. */
  readonly shares: Float64Array;
}

function groupOf(matrix: DecisionMatrix, columns: readonly number[]): Group {
  const width = matrix.objectives.length;
  const isComplete = !matrix.known.includes(0) && !matrix.shares.includes(0);
  const factors = columns.flatMap((column) => {
    const shape = matrix.objectives[column]?.desirability;
    const lines = shape === undefined || !isComplete ? undefined : linesOf(shape);
    return lines?.map((line) => straight(line, column)) ?? [cellByCell(matrix, column)];
  });
  const shares = Float64Array.from(matrix.ids, (_, row) =>
    columns.reduce((found, column) => found || (matrix.shares[row * width + column] ?? 0), 0),
  );
  return { columns, factors, shares };
}

/** Of any shape, with values that are missing. */
function cellByCell(matrix: DecisionMatrix, column: number): Factor {
  const width = matrix.objectives.length;
  return (span, products) => {
    for (let index = 0; index < span.count; index += 1) {
      if (matrix.shares[(span.row + index * span.nextRow) * width + column] === 0) continue;
      const d = desirabilityAt(matrix, span, { index, column });
      products[index] = d > 0 ? (products[index] ?? 1) * d : Number.NaN;
    }
  };
}

interface Place {
  readonly index: number;
  readonly column: number;
}

function desirabilityAt({ objectives, known }: DecisionMatrix, span: Span, { index, column }: Place): number {
  const shape = objectives[column]?.desirability;
  const value = span.values[span.from + column * span.nextColumn + index * span.next] ?? 0;
  const isKnown = known[(span.row + index * span.nextRow) * objectives.length + column] === 1;
  return isKnown && shape !== undefined ? desirabilityOf(value, shape) : 0;
}

/** From the value worth 0 straight to the target; beyond the one it is 0 and beyond the other 1. */
interface Line {
  readonly zero: number;
  readonly toTarget: number;
}

/** One for each side of the target that is not worth 1 all over; undefined when one is bent or a step. */
function linesOf(shape: Desirability): Line[] | undefined {
  const { target } = shape;
  const rising = shape.kind === 'min' ? [] : [{ zero: shape.lower, toTarget: target - shape.lower }];
  const falling = shape.kind === 'max' ? [] : [{ zero: shape.upper, toTarget: target - shape.upper }];
  const exponents = shape.kind === 'target' ? [shape.lowerExponent, shape.upperExponent] : [shape.exponent];
  const isStraight =
    exponents.every((exponent) => exponent === 1) &&
    rising.every(({ toTarget }) => toTarget > 0) &&
    falling.every(({ toTarget }) => toTarget < 0);
  return isStraight ? [...rising, ...falling] : undefined;
}

/** The same numbers as from `desirabilityOf`, without asking for the shape again at every value. */
function straight({ zero, toTarget }: Line, column: number): Factor {
  return ({ values, from, nextColumn, next, count }, products) => {
    for (let index = 0, at = from + column * nextColumn; index < count; index += 1, at += next) {
      const d = ((values[at] ?? 0) - zero) / toTarget;
      if (d < 1) products[index] = d > 0 ? (products[index] ?? 1) * d : Number.NaN;
    }
  };
}

interface Products {
  readonly group: Group;
  readonly span: Span;
  readonly products: Float64Array;
}

function addLogarithms(matrix: DecisionMatrix, { group, span, products }: Products, order: Float64Array): void {
  const { shares } = group;
  const { row, nextRow, count } = span;
  for (let index = 0; index < count; index += 1) {
    const product = products[index] ?? 1;
    // Many are as good as can be, and the logarithm is what takes the time.
    if (product === 1) continue;
    const logarithm =
      product > TINY
        ? Math.log(product)
        : Number.isNaN(product)
          ? Number.NEGATIVE_INFINITY
          : sumOfLogarithms(matrix, group, span, index);
    order[index] = (order[index] ?? 0) + (shares[row + index * nextRow] ?? 0) * logarithm;
  }
}

function sumOfLogarithms(matrix: DecisionMatrix, { columns }: Group, span: Span, index: number): number {
  const width = matrix.objectives.length;
  let sum = 0;
  for (const column of columns) {
    const isCounted = matrix.shares[(span.row + index * span.nextRow) * width + column] !== 0;
    if (isCounted) sum += Math.log(desirabilityAt(matrix, span, { index, column }));
  }
  return sum;
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
