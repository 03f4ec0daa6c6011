/**
 * What happens to files on their way from a cluster to a reader: cut by a full disk or a killed job, bits flipped,
 * fields overflowed to stars, columns glued, lines lost, copied through Windows, written by two processes at once.
 *
 * `strict` damage must show: a record without a new issue must be that of the undamaged file. The other kinds can make
 * another file that is whole in itself (a digit changed to a digit), which no reader can tell.
 */
import type { Random } from '../shared/random.ts';

export interface Mutation {
  readonly name: string;
  readonly strict: boolean;
  /** Undefined when the file has nothing of the kind. */
  readonly apply: (bytes: Buffer, random: Random) => Buffer | undefined;
}

const NEWLINE = 10;
const BLANK = 32;
const STAR = 42;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;

export const mutations: readonly Mutation[] = [
  { name: 'cut', strict: true, apply: (bytes, random) => bytes.subarray(0, random.below(bytes.length)) },
  {
    name: 'stars',
    strict: true,
    apply: (bytes, random) => inField(bytes, random, (field) => Buffer.alloc(field.length, STAR)),
  },
  { name: 'missing column', strict: true, apply: (bytes, random) => inField(bytes, random, () => Buffer.alloc(0)) },
  {
    name: 'no number',
    strict: true,
    apply: (bytes, random) =>
      inField(bytes, random, (field) => {
        const text = random.pick(['NaN', '-nan', 'Infinity', '1..2', '0x1F', '\u00e9', '?']);
        return Buffer.from(text.padStart(field.length), 'latin1');
      }),
  },
  { name: 'glued columns', strict: true, apply: glue },
  { name: 'CRLF', strict: true, apply: carriageReturns },
  { name: 'NUL bytes', strict: true, apply: (bytes, random) => inField(bytes, random, (f) => Buffer.alloc(f.length)) },
  { name: 'bit flip', strict: false, apply: flip },
  { name: 'non-ASCII', strict: false, apply: (bytes, random) => set(bytes, random, 128 + random.below(128)) },
  { name: 'huge count', strict: false, apply: hugeCount },
  { name: 'endless line', strict: false, apply: endlessLine },
  { name: 'lost bytes', strict: false, apply: loseRange },
  { name: 'lost line', strict: false, apply: (bytes, random) => lineChange(bytes, random, () => []) },
  { name: 'repeated line', strict: false, apply: (bytes, random) => lineChange(bytes, random, (l) => [l, l]) },
  { name: 'repeated part', strict: false, apply: repeatRange },
  {
    name: 'appended copy',
    strict: false,
    apply: (b, random) => Buffer.concat([b.subarray(0, random.below(b.length)), b]),
  },
];

/** Replaces one field that looks like a number. */
function inField(bytes: Buffer, random: Random, change: (field: Buffer) => Buffer): Buffer | undefined {
  const field = numberNear(bytes, random.below(bytes.length));
  if (field === undefined) return undefined;
  const [start, end] = field;
  return Buffer.concat([bytes.subarray(0, start), change(bytes.subarray(start, end)), bytes.subarray(end)]);
}

/** [start, end) of the first number at or after `from`; undefined when the file ends before. */
function numberNear(bytes: Buffer, from: number): [number, number] | undefined {
  let start = from;
  while (start < bytes.length && !startsNumber(bytes, start)) start += 1;
  if (start === bytes.length) return undefined;
  let end = start + 1;
  while (end < bytes.length && isOfNumber(bytes[end])) end += 1;
  return [start, end];
}

function startsNumber(bytes: Buffer, at: number): boolean {
  const before = at === 0 ? BLANK : bytes[at - 1];
  return (
    (before === BLANK || before === NEWLINE) && (isDigit(bytes[at]) || (bytes[at] === MINUS && isDigit(bytes[at + 1])))
  );
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

/** Digits, dot, exponent and its sign. */
function isOfNumber(byte: number | undefined): boolean {
  return isDigit(byte) || byte === 46 || byte === 69 || byte === 43 || byte === MINUS;
}

/** Takes the blanks before a negative number away, as Fortran does when a column is full. */
function glue(bytes: Buffer, random: Random): Buffer | undefined {
  const minus = bytes.indexOf(' -', random.below(bytes.length), 'latin1');
  if (minus < 0 || !isDigit(bytes[minus + 2])) return undefined;
  let start = minus;
  while (start > 0 && bytes[start - 1] === BLANK) start -= 1;
  if (!isDigit(bytes[start - 1])) return undefined;
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(minus + 1)]);
}

function carriageReturns(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1');
}

function flip(bytes: Buffer, random: Random): Buffer | undefined {
  const damaged = Buffer.from(bytes);
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const at = random.below(bytes.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
  }
  return damaged;
}

function set(bytes: Buffer, random: Random, value: number): Buffer {
  const damaged = Buffer.from(bytes);
  damaged[random.below(bytes.length)] = value;
  return damaged;
}

function hugeCount(bytes: Buffer, random: Random): Buffer | undefined {
  const field = numberNear(bytes, random.below(Math.min(bytes.length, 40_000)));
  if (field === undefined) return undefined;
  const count = random.pick(['999999999', '-1', '0', '2147483648', '99999999999999999999', '1e308']);
  return Buffer.concat([bytes.subarray(0, field[0]), Buffer.from(count), bytes.subarray(field[1])]);
}

function endlessLine(bytes: Buffer, random: Random): Buffer {
  const damaged = Buffer.from(bytes);
  const end = Math.min(bytes.length, random.below(bytes.length) + 100 + random.below(20_000));
  for (let at = Math.max(0, end - 20_000); at < end; at += 1) if (damaged[at] === NEWLINE) damaged[at] = BLANK;
  return damaged;
}

function range(bytes: Buffer, random: Random): [number, number] {
  const start = random.below(bytes.length);
  return [start, Math.min(bytes.length, start + 1 + random.below(random.pick([8, 80, 2000, 20_000])))];
}

function loseRange(bytes: Buffer, random: Random): Buffer {
  const [start, end] = range(bytes, random);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

function repeatRange(bytes: Buffer, random: Random): Buffer {
  const [start, end] = range(bytes, random);
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
}

function lineChange(bytes: Buffer, random: Random, change: (line: Buffer) => Buffer[]): Buffer | undefined {
  const start = bytes.indexOf(NEWLINE, random.below(bytes.length)) + 1;
  const end = start === 0 ? 0 : bytes.indexOf(NEWLINE, start) + 1;
  if (end === 0) return undefined;
  return Buffer.concat([bytes.subarray(0, start), ...change(bytes.subarray(start, end)), bytes.subarray(end)]);
}
