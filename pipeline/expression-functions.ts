/** What an expression may compute with: functions and operators of real numbers, each with the rule of its unit. */
import { multiplied, NO_UNIT, type Unit } from './unit-algebra.ts';

/**
 * `kept`: the unit of its arguments, which must agree. `number`: only of a pure number. `root`: of any unit, which it
 * divides by `degree`. `none`: of any unit, the result is a pure number.
 */
export type UnitRule = 'kept' | 'number' | 'none' | { readonly root: number };

export interface ExpressionFunction {
  readonly fewest: number;
  readonly most: number;
  readonly unit: UnitRule;
  readonly compute: (...values: number[]) => number;
}

const ofOne = (unit: UnitRule, compute: (value: number) => number): ExpressionFunction => ({
  fewest: 1,
  most: 1,
  unit,
  compute,
});

/** `pow` is not here: it is the operator `^`. */
export const FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map([
  ['abs', ofOne('kept', Math.abs)],
  ['sqrt', ofOne({ root: 2 }, Math.sqrt)],
  ['cbrt', ofOne({ root: 3 }, Math.cbrt)],
  ['exp', ofOne('number', Math.exp)],
  ['log', ofOne('number', Math.log)],
  ['log10', ofOne('number', Math.log10)],
  ['log2', ofOne('number', Math.log2)],
  ['sin', ofOne('number', Math.sin)],
  ['cos', ofOne('number', Math.cos)],
  ['tan', ofOne('number', Math.tan)],
  ['tanh', ofOne('number', Math.tanh)],
  ['sign', ofOne('none', Math.sign)],
  ['floor', ofOne('kept', Math.floor)],
  ['ceil', ofOne('kept', Math.ceil)],
  // Halves away from zero: Math.round(-0.5) is −0, and −0.5 would not mirror 0.5.
  ['round', ofOne('kept', (value) => Math.sign(value) * Math.round(Math.abs(value)))],
  ['min', { fewest: 1, most: 50, unit: 'kept', compute: Math.min }],
  ['max', { fewest: 1, most: 50, unit: 'kept', compute: Math.max }],
]);

/** Both sides in one unit, and so is the result. */
export const SUMS: ReadonlyMap<string, (one: number, other: number) => number> = new Map([
  ['+', (one, other) => one + other],
  ['-', (one, other) => one - other],
]);

export const COMPARISONS: ReadonlyMap<string, (one: number, other: number) => boolean> = new Map([
  ['<', (one, other) => one < other],
  ['<=', (one, other) => one <= other],
  ['>', (one, other) => one > other],
  ['>=', (one, other) => one >= other],
  ['==', (one, other) => one === other],
  ['!=', (one, other) => one !== other],
]);

export const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

/** unit^power. */
export function unitPower(unit: Unit, power: number): Unit {
  return multiplied(NO_UNIT, unit, power);
}
