/**
 * What one composition has more than another.
 */
import { composition } from '../../model/structure.ts';

/** n when `larger` is `smaller` plus n ≥ 1 units (`Li`, `H2O`) and nothing else; undefined otherwise. */
export function extraUnits(larger: readonly string[], smaller: readonly string[], unit: string): number | undefined {
  const [more, less, one] = [composition(larger), composition(smaller), unitComposition(unit)];
  const first = Object.keys(one)[0] ?? '';
  const extra = (symbol: string): number => (more[symbol] ?? 0) - (less[symbol] ?? 0);
  const count = extra(first) / (one[first] ?? 1);
  const elements = [...Object.keys(more), ...Object.keys(less)];
  const isWhole = elements.every((symbol) => extra(symbol) === count * (one[symbol] ?? 0));
  return isWhole && count >= 1 && Number.isInteger(count) ? count : undefined;
}

/** As `formula` writes a composition: `H2O` → `H2O1`. */
export function unitFormula(unit: string): string {
  const counts = unitComposition(unit);
  return Object.keys(counts)
    .sort()
    .map((element) => `${element}${counts[element]}`)
    .join('');
}

/** Of a formula without brackets: `H2O` → 2 H, 1 O. */
function unitComposition(unit: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [, symbol = '', digits] of unit.matchAll(/([A-Z][a-z]?)(\d*)/g)) {
    counts[symbol] = (counts[symbol] ?? 0) + (digits === undefined || digits === '' ? 1 : Number(digits));
  }
  return counts;
}

/** Number of times `unit` fits into `whole` exactly (formula units); undefined when it does not. */
export function formulaMultiple(whole: readonly string[], unit: readonly string[]): number | undefined {
  const many = composition(whole);
  const one = composition(unit);
  const elements = Object.keys(one);
  if (elements.length === 0 || elements.length !== Object.keys(many).length) return undefined;
  const [first] = elements;
  const ratio = (many[first ?? ''] ?? 0) / (one[first ?? ''] ?? 1);
  return elements.every((symbol) => many[symbol] === ratio * (one[symbol] ?? 0)) && ratio > 0 ? ratio : undefined;
}

/** Composition divided by its greatest common divisor, elements in alphabetical order: `OZn`. */
export function reducedFormula(species: readonly string[]): string {
  const counts = composition(species);
  const divisor = Object.values(counts).reduce(greatestCommonDivisor, 0);
  return Object.keys(counts)
    .sort()
    .map((symbol) => `${symbol}${(counts[symbol] ?? 0) === divisor ? '' : (counts[symbol] ?? 0) / divisor}`)
    .join('');
}

/** Elements that stand behind the others in a formula, as in ZnO, Li2S, CO2. */
const BEHIND = ['C', 'N', 'H', 'P', 'As', 'Te', 'Se', 'S', 'I', 'Br', 'Cl', 'O', 'F'];

/** The reduced formula as it is written: `ZnO`, not `OZn`. */
export function formulaInOrder(species: readonly string[]): string {
  const counts = composition(species);
  const divisor = Object.values(counts).reduce(greatestCommonDivisor, 0);
  return Object.keys(counts)
    .sort((left, right) => BEHIND.indexOf(left) - BEHIND.indexOf(right) || (left < right ? -1 : 1))
    .map((symbol) => `${symbol}${counts[symbol] === divisor ? '' : (counts[symbol] ?? 0) / divisor}`)
    .join('');
}

/** Of whole numbers that are not negative; that of 0 and n is n. */
export function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
