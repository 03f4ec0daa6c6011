/**
 * Elements: symbols, and the facts about working ions that several layers need.
 *
 * VASP cuts names to two characters and appends suffixes (`Zn_pv`, `Nd_3`, `H.75`): `elementOfPotcarSymbol` undoes that
 * and returns undefined rather than guessing another element.
 */

const SYMBOLS =
  'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og'.split(
    ' ',
  );

const KNOWN = new Set(SYMBOLS);

/** Covalent radii of H … Cm, Å: Cordero et al., Dalton Trans. 2832 (2008); low-spin values for Mn, Fe and Co. */
const COVALENT_RADII_ANGSTROM =
  '.31 .28 1.28 .96 .84 .76 .71 .66 .57 .58 1.66 1.41 1.21 1.11 1.07 1.05 1.02 1.06 2.03 1.76 1.70 1.60 1.53 1.39 1.39 1.32 1.26 1.24 1.32 1.22 1.22 1.20 1.19 1.20 1.20 1.16 2.20 1.95 1.90 1.75 1.64 1.54 1.47 1.46 1.42 1.39 1.45 1.44 1.42 1.39 1.39 1.38 1.39 1.40 2.44 2.15 2.07 2.04 2.03 2.01 1.99 1.98 1.98 1.96 1.94 1.92 1.92 1.89 1.90 1.87 1.87 1.75 1.70 1.62 1.51 1.44 1.41 1.36 1.36 1.32 1.45 1.46 1.48 1.40 1.50 1.50 2.60 2.21 2.15 2.06 2.00 1.96 1.90 1.87 1.80 1.69'
    .split(' ')
    .map(Number);

/** Covalent radius, Å; undefined beyond Cm and for what is no element. */
export function covalentRadiusAngstrom(symbol: string): number | undefined {
  return COVALENT_RADII_ANGSTROM[SYMBOLS.indexOf(symbol)];
}

/** Elements that take electrons from a metal and make its compounds. */
export const ANION_ELEMENTS: ReadonlySet<string> = new Set('F O Cl N Br I S Se Te C P As Sb H'.split(' '));
/** Neither metals nor the anions of compounds with them. */
const OTHER_NONMETALS: ReadonlySet<string> = new Set('He Ne Ar Kr Xe Rn Og B Si Ge At'.split(' '));

export function isMetal(symbol: string): boolean {
  return KNOWN.has(symbol) && !ANION_ELEMENTS.has(symbol) && !OTHER_NONMETALS.has(symbol);
}

export function isElement(symbol: string): boolean {
  return KNOWN.has(symbol);
}

/** `Zn_pv` → `Zn`, `H.75` → `H`, `Nd_3` → `Nd`; undefined when the leading letters are no element. */
export function elementOfPotcarSymbol(symbol: string): string | undefined {
  const leading = /^[A-Za-z]{1,2}/.exec(symbol)?.[0];
  if (leading === undefined) return undefined;
  const cased = leading[0]?.toUpperCase() + leading.slice(1).toLowerCase();
  if (KNOWN.has(cased)) return cased;
  const first = cased.slice(0, 1);
  return KNOWN.has(first) && leading.length === 1 ? first : undefined;
}

/** A metal that is deposited on the anode. */
export interface WorkingIon {
  readonly element: string;
  /** Charge number z of the ion in solution. */
  readonly charge: number;
  /** Prefix of the wetting verdict: lithiophilic, zincophilic. */
  readonly philicPrefix: string;
}

const WORKING_IONS: readonly WorkingIon[] = [
  { element: 'Li', charge: 1, philicPrefix: 'lithio' },
  { element: 'Zn', charge: 2, philicPrefix: 'zinco' },
  { element: 'Na', charge: 1, philicPrefix: 'sodio' },
  { element: 'K', charge: 1, philicPrefix: 'potassio' },
  { element: 'Mg', charge: 2, philicPrefix: 'magnesio' },
  { element: 'Ca', charge: 2, philicPrefix: 'calcio' },
  { element: 'Al', charge: 3, philicPrefix: 'alumino' },
];

export function workingIon(element: string): WorkingIon | undefined {
  return WORKING_IONS.find((ion) => ion.element === element);
}

export function workingIonElements(): readonly string[] {
  return WORKING_IONS.map((ion) => ion.element);
}
