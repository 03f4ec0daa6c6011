/**
 * Numbers as text that reads back as the same double: JavaScript prints the shortest decimal that does (ECMA-262
 * Number::toString), and C, Fortran and Python read it correctly rounded.
 *
 * The mistake avoided here: `toFixed(6)` moves every atom, and NaN in a structure file is read as a coordinate by some
 * programs. A number that is none must have been refused before: here it is a bug.
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a structure format was handed ${value}`);
  return String(value);
}

/** Numbers with single spaces between them. */
export function numbersText(values: readonly number[]): string {
  return values.map(numberText).join(' ');
}
