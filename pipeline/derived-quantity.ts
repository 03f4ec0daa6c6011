/**
 * A quantity that a user defines over descriptor values, such as `adsorption_energy + 0.5 * max(0, migration_barrier)`.
 *
 * Identifiers are written with underscores (`adsorption_energy` for `adsorption-energy`): a hyphen is a minus. A symbol
 * is a name too, in Latin letters (`deltaE_dep` for ΔE_dep), where nothing else is called so. Numbers
 * are in the units of the catalogue. A plain number takes the unit of what it is added to or compared with; quantities of
 * different units cannot be added. The units that occur are names too, each worth 1: `exp(-migration_barrier / (0.0257 * eV))`.
 *
 * Nothing of mathjs is evaluated. Its parser gives a tree, and only arithmetic, comparisons, conditions and the listed
 * functions are turned into code of ours, so there is no way from an expression to an object, let alone a process, and an
 * evaluation takes at most one step per node of the tree.
 */
import { type MathNode, parse } from 'mathjs/number';
import { AdatomError } from '../model/errors.ts';
import { nearest } from '../model/schema-wording.ts';
import { CONSTANTS, FUNCTIONS } from './expression-functions.ts';
import { expressionTokens, OPERATOR_WORDS, refusal, type Token } from './expression-tokens.ts';
import { compileTree, type NamedValue } from './expression-tree.ts';
import { inLatinLetters } from './latin-letters.ts';
import { NO_UNIT, parseUnit, sameUnit, unitText } from './unit-algebra.ts';

/** What an expression may name; a descriptor's description is one. */
export interface ExpressionName {
  readonly identifier: string;
  readonly symbol?: string;
  /** Absent for a pure number such as a rank. */
  readonly unit?: string;
}

export type DerivedValue =
  | { readonly available: true; readonly value: number }
  /** `missing`: identifiers without a value; empty when the result is no finite number. */
  | { readonly available: false; readonly reason: string; readonly missing: readonly string[] };

export interface DerivedQuantity {
  readonly expression: string;
  /** Identifiers of the values it needs, each once. */
  readonly uses: readonly string[];
  /** Of its value, as it follows from the units of the names; `1` for a pure number. */
  readonly unit: string;
  /** `values` by identifier. A key that is missing is a missing value. */
  readonly evaluate: (values: Readonly<Record<string, number>>) => DerivedValue;
}

/** Throws `AdatomError('request')` with the position of what cannot be allowed, and why. */
export function compileExpression(text: string, names: readonly ExpressionName[]): DerivedQuantity {
  const tokens = expressionTokens(text);
  const known = knownNames(names);
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'name') checkName(token, tokens[index + 1]?.text === '(', { text, known, names });
  }
  const { unit, evaluate } = compileTree(parsed(text), tokens, known);
  const uses = names
    .map(({ identifier }) => identifier)
    .filter((identifier) => tokens.some(({ text: word }) => isNameOf(identifier, word, known)));
  return {
    expression: text,
    uses,
    unit: unitText(unit ?? NO_UNIT),
    evaluate: (values) => derivedValue(evaluate, uses, values),
  };
}

/**
 * The unit that a user states for the result. A pure number may be called anything; else only the unit that follows from
 * the names is right, because nothing is converted. Throws `AdatomError('request')` for another one.
 */
export function statedUnit({ unit }: DerivedQuantity, stated: string): string {
  const found = parseUnit(unit);
  if (found.size === 0 || sameUnit(found, parseUnit(stated))) return stated;
  throw new AdatomError('request', `unit: the value is in ${unit}, not in ${stated}; nothing is converted`);
}

/** How an identifier is written in an expression. */
export function expressionName(identifier: string): string {
  return identifier.replaceAll('-', '_');
}

/** A symbol in Latin letters, `ΔG_H*` → `deltaG_H`; undefined when letters remain that an expression does not hold. */
export function symbolName(symbol: string): string | undefined {
  const name = inLatinLetters(symbol).replace(/\*$/, '');
  return /^[A-Za-z]\w*$/.test(name) ? name : undefined;
}

function isNameOf(identifier: string, word: string, known: ReadonlyMap<string, NamedValue>): boolean {
  const named = known.get(word);
  return named !== undefined && 'identifier' in named && named.identifier === identifier;
}

/** The names of values, of their units and of constants; what comes first wins. */
function knownNames(names: readonly ExpressionName[]): ReadonlyMap<string, NamedValue> {
  const known = new Map<string, NamedValue>([...CONSTANTS].map(([name, value]) => [name, { value }]));
  const units = names.map(({ unit }) => parseUnit(unit ?? '1'));
  for (const name of units.flatMap((unit) => [...unit.keys()])) {
    known.set(name, { value: 1, unit: new Map([[name, 1]]) });
  }
  for (const [index, { identifier }] of names.entries()) {
    known.set(expressionName(identifier), { identifier, unit: units[index] ?? NO_UNIT });
  }
  for (const [index, { identifier, symbol }] of names.entries()) {
    const name = symbol === undefined ? undefined : symbolName(symbol);
    if (name !== undefined && !known.has(name)) known.set(name, { identifier, unit: units[index] ?? NO_UNIT });
  }
  return known;
}

interface NameContext {
  readonly text: string;
  readonly known: ReadonlyMap<string, NamedValue>;
  readonly names: readonly ExpressionName[];
}

function checkName({ text: name, position }: Token, isCalled: boolean, { text, known, names }: NameContext): void {
  if (OPERATOR_WORDS.includes(name)) return;
  if (isCalled ? FUNCTIONS.has(name) || name === 'pow' : known.has(name)) return;
  const hyphened = names.find(
    ({ identifier }) => identifier.includes('-') && text.startsWith(identifier, position - 1),
  );
  if (hyphened !== undefined) {
    throw refusal(position, `write ${expressionName(hyphened.identifier)}: a hyphen in an expression is a minus`);
  }
  const all = isCalled ? [...FUNCTIONS.keys(), 'pow'] : [...known.keys()];
  const near = nearest(name, all);
  const question = near === undefined ? '' : ` Did you mean "${near}"?`;
  throw refusal(position, `unknown ${isCalled ? 'function' : 'name'} "${name}".${question} Known: ${all.join(', ')}`);
}

function parsed(text: string): MathNode {
  try {
    return parse(text);
  } catch (error) {
    // mathjs throws its own SyntaxError, with the position in `char`.
    if (!(error instanceof SyntaxError)) throw error;
    const position = 'char' in error && typeof error.char === 'number' ? error.char : 1;
    throw refusal(position, error.message.replace(/ \(char \d+\)$/, ''));
  }
}

function derivedValue(
  evaluate: (values: Readonly<Record<string, number>>) => number,
  uses: readonly string[],
  values: Readonly<Record<string, number>>,
): DerivedValue {
  const missing = uses.filter((name) => !Object.hasOwn(values, name) || !Number.isFinite(values[name]));
  if (missing.length > 0) return { available: false, reason: `no value of ${missing.join(', ')}`, missing };
  const value = evaluate(values);
  if (Number.isFinite(value)) return { available: true, value };
  return { available: false, reason: `the result is no finite number (${value})`, missing: [] };
}
