/**
 * Which elastic constants a crystal of each class has, and which follow from them (Voigt indices, principal axes along
 * x, y, z; of trigonal crystals x along a, of monoclinic ones y along the unique axis).
 *
 * The mistake avoided here: a hexagonal crystal with C66 = C44, or an orthorhombic one of which half is missing and counts
 * as zero. J. F. Nye, Physical Properties of Crystals (1985), table 9; F. Mouhat & F.-X. Coudert, PRB 90, 224104 (2014).
 */

import { CRYSTAL_SYSTEMS } from './unit-cell.ts';

export const VOIGT_INDICES = [
  ...(['11', '12', '13', '14', '15', '16', '22', '23', '24', '25', '26'] as const),
  ...(['33', '34', '35', '36', '44', '45', '46', '55', '56', '66'] as const),
] as const;

export type VoigtIndex = (typeof VOIGT_INDICES)[number];

export type CrystalClass = (typeof CRYSTAL_CLASSES)[number];

export const CRYSTAL_CLASSES = ['isotropic', ...CRYSTAL_SYSTEMS] as const;

type Terms = Readonly<Partial<Record<VoigtIndex, number>>>;

interface ClassConstants {
  readonly needs: readonly VoigtIndex[];
  /** Zero where they are not given: they vanish in the classes of higher symmetry of the same system. */
  readonly may: readonly VoigtIndex[];
  readonly follows: Readonly<Partial<Record<VoigtIndex, Terms>>>;
}

const HALF_DIFFERENCE: Terms = { '11': 0.5, '12': -0.5 };
const AXIAL = { '22': { '11': 1 }, '23': { '13': 1 }, '55': { '44': 1 } } as const;
const CUBIC = { ...AXIAL, '33': { '11': 1 }, '13': { '12': 1 }, '23': { '12': 1 } } as const;

const CLASSES: Readonly<Record<CrystalClass, ClassConstants>> = {
  isotropic: {
    needs: ['11', '12'],
    may: [],
    follows: { ...CUBIC, '44': HALF_DIFFERENCE, '55': HALF_DIFFERENCE, '66': HALF_DIFFERENCE },
  },
  cubic: { needs: ['11', '12', '44'], may: [], follows: { ...CUBIC, '66': { '44': 1 } } },
  hexagonal: { needs: ['11', '12', '13', '33', '44'], may: [], follows: { ...AXIAL, '66': HALF_DIFFERENCE } },
  trigonal: {
    needs: ['11', '12', '13', '14', '33', '44'],
    may: ['15'],
    follows: {
      ...AXIAL,
      '66': HALF_DIFFERENCE,
      '24': { '14': -1 },
      '56': { '14': 1 },
      '25': { '15': -1 },
      '46': { '15': -1 },
    },
  },
  tetragonal: {
    needs: ['11', '12', '13', '33', '44', '66'],
    may: ['16'],
    follows: { ...AXIAL, '26': { '16': -1 } },
  },
  orthorhombic: { needs: ['11', '12', '13', '22', '23', '33', '44', '55', '66'], may: [], follows: {} },
  monoclinic: {
    needs: ['11', '12', '13', '15', '22', '23', '25', '33', '35', '44', '46', '55', '66'],
    may: [],
    follows: {},
  },
  triclinic: { needs: VOIGT_INDICES, may: [], follows: {} },
};

/** A constant that follows from others may be given as well, rounded: GPa, and of its own size. */
const ROUNDING_GPA = 0.5;
const ROUNDING_SHARE = 0.01;

export type Constants = Readonly<Partial<Record<VoigtIndex, number>>>;

/** The class that needs exactly these constants; undefined when several could be meant. */
export function classOfConstants(given: Constants): CrystalClass | undefined {
  const names = VOIGT_INDICES.filter((index) => given[index] !== undefined).join(' ');
  return (['cubic', 'hexagonal'] as const).find((name) => CLASSES[name].needs.join(' ') === names);
}

/** All 21; or a text that says which constant is missing, too much or contradictory. */
export function completed(given: Constants, crystal: CrystalClass): Readonly<Record<VoigtIndex, number>> | string {
  const { needs, may, follows } = CLASSES[crystal];
  const missing = needs.filter((index) => given[index] === undefined);
  if (missing.length > 0) return `a ${crystal} crystal needs also ${missing.map((index) => `C${index}`).join(', ')}`;
  const constants = {} as Record<VoigtIndex, number>; // filled below, one by one
  for (const index of VOIGT_INDICES) {
    const terms = follows[index];
    const isFree = needs.includes(index) || may.includes(index);
    const expected = isFree ? (given[index] ?? 0) : terms === undefined ? 0 : summed(terms, given);
    const stated = given[index] ?? expected;
    if (Math.abs(stated - expected) > ROUNDING_GPA + ROUNDING_SHARE * Math.abs(expected)) {
      return `C${index} of a ${crystal} crystal is ${expected} GPa by its other constants, not ${stated}`;
    }
    constants[index] = expected;
  }
  return constants;
}

function summed(terms: Terms, given: Constants): number {
  return VOIGT_INDICES.reduce((sum, index) => sum + (terms[index] ?? 0) * (given[index] ?? 0), 0);
}
