/**
 * Inputs of a descriptor from the command line: `key=value …` and `@file.json`.
 *
 * The mistakes avoided here: `Number('')` is 0 and `Number('0x10')` is 16, so a value must look like one decimal number;
 * and a misspelt optional key that nobody reads changes the result without a word. What is written as `key=value` stands
 * for what a file says; a key written twice is refused.
 */
import { AdatomError } from '../../model/errors.ts';
import { foundText, nearest } from '../../model/schema-wording.ts';
import { type DescriptorInput, type InputType, inputOfName } from '../../pipeline/descriptor-inputs.ts';
import { readText } from '../../reading/read-text.ts';

/** Throws `AdatomError('request')` for what is no input, an unknown key, and a value of another kind. */
export function calcInputs(args: readonly string[], known: readonly DescriptorInput[]): Record<string, unknown> {
  const fromFiles = new Map<string, unknown>();
  const written = new Map<string, unknown>();
  for (const arg of args) {
    if (arg.startsWith('@')) for (const [key, value] of fileEntries(arg.slice(1), known)) fromFiles.set(key, value);
    else addWritten(arg, known, written);
  }
  return Object.fromEntries([...fromFiles, ...written]);
}

function addWritten(arg: string, known: readonly DescriptorInput[], written: Map<string, unknown>): void {
  const equals = arg.indexOf('=');
  if (equals < 1) throw new AdatomError('request', `expected key=value or @file.json, found "${arg}"`);
  const input = inputNamed(arg.slice(0, equals).trim(), known);
  if (written.has(input.name)) throw new AdatomError('request', `${input.name} is given twice`);
  written.set(input.name, inputValue(arg.slice(equals + 1).trim(), input));
}

function inputNamed(key: string, known: readonly DescriptorInput[], where = ''): DescriptorInput {
  const input = inputOfName(key, known);
  if (input !== undefined) return input;
  const names = known.map(({ name }) => name);
  const near = nearest(key, names);
  const help = near === undefined ? `known: ${names.join(', ')}` : `did you mean "${near}"?`;
  throw new AdatomError('request', `${where}unknown input "${key}"; ${help}`);
}

const DECIMAL_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function inputValue(text: string, { name, type }: DescriptorInput): unknown {
  switch (type) {
    case 'number':
    case 'integer': {
      const value = DECIMAL_NUMBER.test(text) ? Number(text) : Number.NaN;
      if (!Number.isFinite(value)) throw unfit(name, type, text);
      return value;
    }
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw unfit(name, type, text);
      return text === 'true';
    case 'string':
      return text;
    case 'json':
      try {
        return JSON.parse(text);
      } catch (cause) {
        throw unfit(name, type, text, cause);
      }
  }
}

const KINDS: Readonly<Record<InputType, string>> = {
  number: 'a number with a decimal point',
  integer: 'a whole number',
  boolean: 'true or false',
  string: 'a word',
  json: 'a list in JSON, or the list in a file given as @file.json',
};

function unfit(name: string, type: InputType, text: string, cause?: unknown): AdatomError {
  return new AdatomError('request', `${name}: expected ${KINDS[type]}, found ${foundText(text)}`, { cause });
}

function fileEntries(path: string, known: readonly DescriptorInput[]): [string, unknown][] {
  const content = jsonOf(readText(path), path);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new AdatomError('request', `${path}: expected an object with inputs by name, found ${foundText(content)}`);
  }
  return Object.entries(content).map(([key, value]) => [inputNamed(key, known, `${path}: `).name, value]);
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, ' ');
    throw new AdatomError('request', `${path}: ${reason}`, { where: { file: path }, cause });
  }
}
