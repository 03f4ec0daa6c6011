/**
 * The tree of an expression as a function of values: the second wall of the sandbox. A node that is not listed here is
 * refused, whatever it does, and so is a sum of quantities of different units.
 */
import {
  isConditionalNode,
  isConstantNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isRelationalNode,
  isSymbolNode,
  type MathNode,
} from 'mathjs/number';
import { COMPARISONS, FUNCTIONS, SUMS, unitPower } from './expression-functions.ts';
import { OPERATOR_WORDS, refusal, type Token } from './expression-tokens.ts';
import { multiplied, NO_UNIT, sameUnit, type Unit, unitText } from './unit-algebra.ts';

/** By identifier. */
export type Values = Readonly<Record<string, number>>;

/** What a name stands for: a constant, or the value of an identifier. */
export type NamedValue =
  | { readonly value: number; readonly unit?: Unit }
  | { readonly identifier: string; readonly unit: Unit };

interface Part<T> {
  readonly evaluate: (values: Values) => T;
  /** Of the first word or number below this node. */
  readonly position: number;
}

export interface NumberPart extends Part<number> {
  readonly kind: 'number';
  /** Absent when no named quantity is in it: a plain number takes the unit of what it is added to. */
  readonly unit?: Unit;
}

interface ConditionPart extends Part<boolean> {
  readonly kind: 'condition';
}

type AnyPart = NumberPart | ConditionPart;

interface Walk {
  readonly names: ReadonlyMap<string, NamedValue>;
  /** Numbers and names that are no operators: in the order in which a walk from left to right meets them. */
  readonly leaves: readonly Token[];
  nextLeaf: number;
  nodes: number;
  depth: number;
}

const MOST_NODES = 200;
/** A sum of as many terms as there may be nodes for. */
const DEEPEST = 100;

/** Throws `AdatomError('request')`. */
export function compileTree(
  root: MathNode,
  tokens: readonly Token[],
  names: ReadonlyMap<string, NamedValue>,
): NumberPart {
  const leaves = tokens.filter(({ kind, text }) => kind !== 'sign' && !OPERATOR_WORDS.includes(text));
  return numberOf(root, { names, leaves, nextLeaf: 0, nodes: 0, depth: 0 });
}

function partOf(node: MathNode, walk: Walk): AnyPart {
  const position = walk.leaves[walk.nextLeaf]?.position ?? 1;
  walk.nodes += 1;
  walk.depth += 1;
  if (walk.nodes > MOST_NODES) throw refusal(position, `more than ${MOST_NODES} operations and values`);
  if (walk.depth > DEEPEST) throw refusal(position, `nested more than ${DEEPEST} deep`);
  const part = partAt(node, walk, position);
  walk.depth -= 1;
  return part;
}

function partAt(node: MathNode, walk: Walk, position: number): AnyPart {
  if (isParenthesisNode(node)) return partOf(node.content, walk);
  if (isConstantNode(node)) return constantPart(node.value, walk, position);
  if (isSymbolNode(node)) return symbolPart(node.name, walk, position);
  if (isFunctionNode(node)) return functionPart(node, walk, position);
  if (isConditionalNode(node)) return conditionalPart(node, walk, position);
  if (isOperatorNode(node)) return operatorPart(node.op, node.args, walk);
  if (isRelationalNode(node)) throw refusal(position, 'write a < b < c as a < b and b < c');
  throw refusal(position, `a ${node.type} is no part of an expression`);
}

function constantPart(value: unknown, walk: Walk, position: number): NumberPart {
  walk.nextLeaf += 1;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refusal(position, 'expected a finite number');
  return { kind: 'number', position, evaluate: () => value };
}

function symbolPart(name: string, walk: Walk, position: number): NumberPart {
  walk.nextLeaf += 1;
  const named = walk.names.get(name);
  if (named === undefined) throw refusal(position, `unknown name "${name}"`);
  if ('value' in named) return { kind: 'number', position, evaluate: () => named.value, ...unitOf(named) };
  // Whoever evaluates has seen to it that every value is there.
  return { kind: 'number', position, unit: named.unit, evaluate: (values) => values[named.identifier] ?? Number.NaN };
}

function functionPart(
  node: { readonly fn: unknown; readonly args: MathNode[] },
  walk: Walk,
  position: number,
): NumberPart {
  walk.nextLeaf += 1;
  if (!isSymbolNode(node.fn)) throw refusal(position, 'only a listed function can be called');
  const name = node.fn.name;
  if (name === 'pow' && node.args.length === 2) return powerPart(node.args, walk);
  const called = FUNCTIONS.get(name);
  if (called === undefined) throw refusal(position, `unknown function "${name}"`);
  const count = node.args.length;
  if (count < called.fewest || count > called.most) {
    throw refusal(position, `${name} takes ${called.most === 1 ? 'one value' : 'values'}, found ${count}`);
  }
  const parts = node.args.map((argument) => numberOf(argument, walk));
  const evaluate = (values: Values): number => called.compute(...parts.map((part) => part.evaluate(values)));
  return { kind: 'number', position, evaluate, ...unitOf({ unit: functionUnit(name, called.unit, parts) }) };
}

function functionUnit(name: string, rule: unknown, parts: readonly NumberPart[]): Unit | undefined {
  const unit = commonUnit(name, parts);
  if (rule === 'kept' || unit === undefined) return unit;
  if (typeof rule === 'object' && rule !== null && 'root' in rule) return unitPower(unit, 1 / Number(rule.root));
  if (rule === 'number' && unit.size > 0) {
    const text = unitText(unit);
    const hint = unit.size === 1 ? `, for example by (0.5 * ${text})` : '';
    throw refusal(
      parts[0]?.position ?? 1,
      `${name} of a quantity in ${text}: divide it by one of that unit first${hint}`,
    );
  }
  return NO_UNIT;
}

function conditionalPart(
  node: { readonly condition: MathNode; readonly trueExpr: MathNode; readonly falseExpr: MathNode },
  walk: Walk,
  position: number,
): NumberPart {
  const condition = conditionOf(node.condition, walk);
  const whenTrue = numberOf(node.trueExpr, walk);
  const whenFalse = numberOf(node.falseExpr, walk);
  const unit = commonUnit('? :', [whenTrue, whenFalse]);
  const evaluate = (values: Values): number => (condition.evaluate(values) ? whenTrue : whenFalse).evaluate(values);
  return { kind: 'number', position, evaluate, ...unitOf({ unit }) };
}

function operatorPart(operator: string, args: MathNode[], walk: Walk): AnyPart {
  const [first, second] = args;
  const position = walk.leaves[walk.nextLeaf]?.position ?? 1;
  if (first === undefined) throw refusal(position, `the operator ${operator} has no value`);
  if (operator === 'not') {
    const part = conditionOf(first, walk);
    return { kind: 'condition', position, evaluate: (values) => !part.evaluate(values) };
  }
  if (second === undefined) return signedPart(operator, first, walk);
  if (operator === 'and' || operator === 'or') return logicalPart(operator, [first, second], walk);
  if (operator === '^') return powerPart([first, second], walk);
  const [one, other] = [numberOf(first, walk), numberOf(second, walk)];
  if (operator === '*' || operator === '/') return productPart(operator, one, other);
  const sum = SUMS.get(operator);
  const comparison = COMPARISONS.get(operator);
  const unit = commonUnit(operator, [one, other]);
  if (comparison !== undefined) {
    return {
      kind: 'condition',
      position,
      evaluate: (values) => comparison(one.evaluate(values), other.evaluate(values)),
    };
  }
  if (sum === undefined) throw refusal(position, `the operator ${operator} is no part of an expression`);
  const evaluate = (values: Values): number => sum(one.evaluate(values), other.evaluate(values));
  return { kind: 'number', position, evaluate, ...unitOf({ unit }) };
}

function signedPart(operator: string, node: MathNode, walk: Walk): NumberPart {
  const part = numberOf(node, walk);
  if (operator === '+') return part;
  if (operator !== '-') throw refusal(part.position, `the operator ${operator} is no part of an expression`);
  return { ...part, evaluate: (values) => -part.evaluate(values) };
}

function logicalPart(
  operator: 'and' | 'or',
  [first, second]: readonly [MathNode, MathNode],
  walk: Walk,
): ConditionPart {
  const [one, other] = [conditionOf(first, walk), conditionOf(second, walk)];
  const evaluate =
    operator === 'and'
      ? (values: Values) => one.evaluate(values) && other.evaluate(values)
      : (values: Values) => one.evaluate(values) || other.evaluate(values);
  return { kind: 'condition', position: one.position, evaluate };
}

function productPart(operator: '*' | '/', one: NumberPart, other: NumberPart): NumberPart {
  const isProduct = operator === '*';
  const evaluate = (values: Values): number => {
    const [left, right] = [one.evaluate(values), other.evaluate(values)];
    return isProduct ? left * right : left / right;
  };
  const isPlain = one.unit === undefined && other.unit === undefined;
  const unit = isPlain ? undefined : multiplied(one.unit ?? NO_UNIT, other.unit ?? NO_UNIT, isProduct ? 1 : -1);
  return { kind: 'number', position: one.position, evaluate, ...unitOf({ unit }) };
}

function powerPart(args: readonly MathNode[], walk: Walk): NumberPart {
  const [base, exponent] = args.map((argument) => numberOf(argument, walk));
  if (base === undefined || exponent === undefined) throw refusal(1, 'a power has a base and an exponent');
  const evaluate = (values: Values): number => base.evaluate(values) ** exponent.evaluate(values);
  const power = { kind: 'number', position: base.position, evaluate } as const;
  if ((exponent.unit?.size ?? 0) > 0) throw refusal(exponent.position, 'an exponent is a number without unit');
  if (base.unit === undefined && exponent.unit === undefined) return power;
  if ((base.unit?.size ?? 0) === 0) return { ...power, unit: NO_UNIT };
  if (exponent.unit !== undefined) {
    throw refusal(
      exponent.position,
      `the exponent of a quantity in ${unitText(base.unit ?? NO_UNIT)} is a plain number`,
    );
  }
  // Without a unit there is no name below it: it is the same for all values.
  return { ...power, unit: unitPower(base.unit ?? NO_UNIT, exponent.evaluate({})) };
}

function numberOf(node: MathNode, walk: Walk): NumberPart {
  const part = partOf(node, walk);
  if (part.kind === 'number') return part;
  throw refusal(part.position, 'a comparison is no number: write condition ? value : other value');
}

function conditionOf(node: MathNode, walk: Walk): ConditionPart {
  const part = partOf(node, walk);
  if (part.kind === 'condition') return part;
  throw refusal(part.position, 'expected a comparison, such as a < b');
}

/** The unit of parts that are added, compared or chosen from; undefined when all are plain numbers. */
function commonUnit(operation: string, parts: readonly NumberPart[]): Unit | undefined {
  let common: Unit | undefined;
  for (const { unit, position } of parts) {
    if (unit === undefined) continue;
    if (common !== undefined && !sameUnit(common, unit)) {
      throw refusal(position, `${operation} of different units: ${unitText(common)} and ${unitText(unit)}`);
    }
    common = unit;
  }
  return common;
}

function unitOf({ unit }: { readonly unit?: Unit | undefined }): { readonly unit?: Unit } {
  return unit === undefined ? {} : { unit };
}
