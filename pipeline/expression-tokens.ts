/**
 * An expression as words and signs with their positions, before any parser sees it.
 *
 * This is the first wall of the sandbox: quotes, brackets, braces, dots, semicolons, line breaks and a single `=` are no
 * tokens, so a text that could name a property, a string, a list, a function definition or an assignment never reaches
 * the parser, and the refusal names the character.
 */
import { AdatomError } from '../model/errors.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'sign';
  readonly text: string;
  /** Of its first character, counted from 1. */
  readonly position: number;
}

const LONGEST_TEXT = 1000;
const MOST_TOKENS = 400;
const DEEPEST_PARENTHESES = 30;
const TOKEN =
  /(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_\u00C0-\u02AF][\w\u00C0-\u02AF]*)|(?<sign><=|>=|==|!=|[-+*/^(),<>?:])|[ \t]+/y;
/** Operators that are words. */
export const OPERATOR_WORDS: readonly string[] = ['and', 'or', 'not'];

/** Throws `AdatomError('request')` that names the first character or word that no expression holds. */
export function expressionTokens(text: string): readonly Token[] {
  if (text.length > LONGEST_TEXT) {
    throw refusal(LONGEST_TEXT + 1, `expected at most ${LONGEST_TEXT} characters, found ${text.length}`);
  }
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) throw refusal(at + 1, `"${visible(text, at)}" is no part of an expression`);
    const kind = (['number', 'name', 'sign'] as const).find((name) => found.groups?.[name] !== undefined);
    if (kind !== undefined) tokens.push({ kind, text: found[0], position: at + 1 });
    at += found[0].length;
  }
  if (tokens.length === 0) throw refusal(1, 'the expression is empty');
  if (tokens.length > MOST_TOKENS) throw refusal(tokens[MOST_TOKENS]?.position ?? 1, 'the expression is too long');
  checkNeighbours(tokens);
  checkDepth(tokens);
  return tokens;
}

export function refusal(position: number, reason: string): AdatomError {
  return new AdatomError('request', `expression, character ${position}: ${reason}`);
}

/** `2 E`, `E(…)(…)` and `)2` would be products: whoever left out a sign may have meant another one. */
function checkNeighbours(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (next === undefined || !endsValue(token) || !beginsValue(next)) continue;
    // The parenthesis behind a name holds the arguments of a function.
    if (token.kind === 'name' && next.text === '(') continue;
    throw refusal(next.position, `expected an operator between "${token.text}" and "${next.text}"`);
  }
}

function endsValue({ kind, text }: Token): boolean {
  return kind === 'sign' ? text === ')' : !OPERATOR_WORDS.includes(text);
}

function beginsValue({ kind, text }: Token): boolean {
  return kind === 'sign' ? text === '(' : !OPERATOR_WORDS.includes(text);
}

function checkDepth(tokens: readonly Token[]): void {
  let depth = 0;
  for (const { text, position } of tokens) {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth > DEEPEST_PARENTHESES) throw refusal(position, `more than ${DEEPEST_PARENTHESES} nested parentheses`);
  }
}

/** The whole character at a place, also when it is two UTF-16 units; control characters by their number. */
function visible(text: string, at: number): string {
  const point = text.codePointAt(at) ?? 0;
  return point < 32 ? `U+${point.toString(16).padStart(4, '0').toUpperCase()}` : String.fromCodePoint(point);
}
