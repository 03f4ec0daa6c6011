/**
 * Units of products and powers: `eV` divided by `J/m²` is `eV·m²/J`. Units are names with exponents and are never
 * converted into each other: a number of an expression is in exactly the units that are written.
 */
import type { DescriptorDescription } from '../model/screening.ts';

/** Exponent by name; empty for a pure number. */
export type Unit = ReadonlyMap<string, number>;

export const NO_UNIT: Unit = new Map();

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `J/m²`, `eV·Å⁻¹`, `1`: everything behind a `/` is divided by. */
export function parseUnit(text: DescriptorDescription['unit']): Unit {
  let unit: Unit = NO_UNIT;
  for (const [index, part] of text.split('/').entries()) {
    for (const factor of part.replace(/[()]/g, '').split(/[·*\s]+/)) {
      const [, name, exponent = '1'] = /^(.*?)\^?(-?[\d.]+)?$/.exec(withoutSuperscripts(factor)) ?? [];
      if (name === undefined || name === '') continue;
      unit = multiplied(unit, new Map([[name, Number(exponent)]]), index === 0 ? 1 : -1);
    }
  }
  return unit;
}

/** one · other^power. */
export function multiplied(one: Unit, other: Unit, power = 1): Unit {
  const product = new Map(one);
  for (const [name, exponent] of other) {
    const sum = (product.get(name) ?? 0) + power * exponent;
    if (sum === 0) product.delete(name);
    else product.set(name, sum);
  }
  return product;
}

export function sameUnit(one: Unit, other: Unit): boolean {
  return multiplied(one, other, -1).size === 0;
}

export function unitText(unit: Unit): string {
  const over = [...unit].filter(([, exponent]) => exponent > 0).map(factorText);
  const under = [...unit]
    .filter(([, exponent]) => exponent < 0)
    .map(([name, exponent]) => factorText([name, -exponent]));
  if (under.length === 0) return over.join('·') || '1';
  return `${over.join('·') || '1'}/${under.length === 1 ? under[0] : `(${under.join('·')})`}`;
}

function factorText([name, exponent]: readonly [string, number]): string {
  if (exponent === 1) return name;
  if (!Number.isInteger(exponent)) return `${name}^${exponent}`;
  return name + [...String(exponent)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
}

function withoutSuperscripts(text: string): string {
  return [...text.replace('⁻', '^-')]
    .map((one) => (SUPERSCRIPTS.includes(one) ? SUPERSCRIPTS.indexOf(one) : one))
    .join('');
}
