/**
 * Which exchange–correlation functional a calculation used.
 *
 * GGA can be `--` or absent: then VASP takes the functional of the POTCAR. LEXCH is what VASP resolved both to, so it
 * decides where it is printed; else the family in the POTCAR titles stands in for a GGA that is not given (SCIENCE §11).
 */
import type { Calculation } from '../../model/calculation.ts';

/** LEXCH as OUTCAR prints it for the names that GGA takes. */
const NAME_OF_LEXCH: Readonly<Record<number, string>> = { 2: 'CA', 7: '91', 8: 'PE', 9: 'RP', 14: 'PS', 43: 'MK' };
/** A POTCAR of the old PW91 family holds `LEXCH = 91` itself. */
const LEXCH_PW91 = 7;
const FAMILIES: Readonly<Record<string, string>> = {
  PAW_PBE: 'PE',
  PAW_GGA: '91',
  PAW_LDA: 'CA',
  PAW: 'CA',
  US_PBE: 'PE',
  US_GGA: '91',
  US: 'CA',
};

export interface Functional {
  readonly lexch?: number;
  /** GGA tag, in capitals. */
  readonly name?: string;
}

export function functionalOf({ settings, potcars }: Calculation): Functional {
  const { GGA, LEXCH } = settings;
  const lexch = typeof LEXCH === 'number' ? (LEXCH === 91 ? LEXCH_PW91 : LEXCH) : undefined;
  const stated = typeof GGA === 'string' && /[A-Za-z0-9]/.test(GGA) ? GGA.toUpperCase() : undefined;
  const families = new Set(potcars.map(({ title }) => FAMILIES[title.trim().split(/\s+/)[0] ?? '']));
  const [family] = families.size === 1 ? families : [];
  // LEXCH includes the GGA tag: a number without a name here must not be taken for the POTCAR's functional.
  const name = stated ?? (lexch === undefined ? family : NAME_OF_LEXCH[lexch]);
  return { ...(lexch !== undefined && { lexch }), ...(name !== undefined && { name }) };
}

/** Both as text when they differ, `same`, or `unknown` when they cannot be compared. */
export function compareFunctionals(
  left: Functional,
  right: Functional,
): readonly [string, string] | 'same' | 'unknown' {
  if (left.lexch !== undefined && right.lexch !== undefined) {
    return left.lexch === right.lexch ? 'same' : [functionalText(left), functionalText(right)];
  }
  if (left.name === undefined || right.name === undefined) return 'unknown';
  return left.name === right.name ? 'same' : [left.name, right.name];
}

function functionalText({ lexch, name }: Functional): string {
  return name === undefined ? `LEXCH ${lexch}` : name;
}
