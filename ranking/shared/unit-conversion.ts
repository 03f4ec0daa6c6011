/**
 * Units as people write them in table headers: `eV`, `meV`, `J/m^2`, `%`.
 *
 * The mistake avoided here: a barrier of 350 in a column `E_f (meV)` taken for 350 eV. A unit that is not known, or is
 * of another quantity, has no conversion; nothing is guessed.
 */
import { JOULE_PER_M2_PER_EV_PER_ANGSTROM2, KILOJOULE_PER_MOLE_PER_EV } from '../../model/constants.ts';

interface Unit {
  readonly quantity: string;
  /** How many of this unit make one of the quantity's base unit (eV, J/m², 1). */
  readonly perBase: number;
}

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ['eV', { quantity: 'energy', perBase: 1 }],
  ['meV', { quantity: 'energy', perBase: 1000 }],
  ['kJ/mol', { quantity: 'energy', perBase: KILOJOULE_PER_MOLE_PER_EV }],
  ['J/m2', { quantity: 'surface energy', perBase: 1 }],
  ['mJ/m2', { quantity: 'surface energy', perBase: 1000 }],
  ['eV/Å2', { quantity: 'surface energy', perBase: 1 / JOULE_PER_M2_PER_EV_PER_ANGSTROM2 }],
  ['fraction', { quantity: 'fraction', perBase: 1 }],
  ['%', { quantity: 'fraction', perBase: 100 }],
]);

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['EV', 'eV'],
  ['ev', 'eV'],
  ['Ev', 'eV'],
  ['mev', 'meV'],
  ['kJmol-1', 'kJ/mol'],
  ['Jm-2', 'J/m2'],
  ['mJm-2', 'mJ/m2'],
  ['eVÅ-2', 'eV/Å2'],
  ['eV/A2', 'eV/Å2'],
  ['percent', '%'],
  ['1', 'fraction'],
  ['', 'fraction'],
]);

/** Turns a number in unit `from` into unit `to`; undefined when that is not possible or a unit is not known. */
export function unitConverter(from: string, to: string): ((value: number) => number) | undefined {
  const source = spelling(from);
  const target = spelling(to);
  if (source === target) return (value) => value;
  const sourceUnit = UNITS.get(source);
  const targetUnit = UNITS.get(target);
  if (sourceUnit === undefined || targetUnit === undefined || sourceUnit.quantity !== targetUnit.quantity) {
    return undefined;
  }
  // Dividing first keeps 350 meV exactly the number that 0.35 eV is.
  return (value) => (value / sourceUnit.perBase) * targetUnit.perBase;
}

/** One spelling: no blanks, `²`, `^2` and `⁻²` as plain digits; an energy per atom is an energy. */
function spelling(unit: string): string {
  const plain = unit
    .normalize('NFKC')
    .replace(/−/g, '-')
    .replace(/[\s^·*]/g, '')
    .replace(/\/(?:ad)?atom$/i, '');
  return SPELLINGS.get(plain) ?? plain;
}
