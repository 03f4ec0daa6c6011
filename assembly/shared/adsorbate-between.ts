/**
 * What an adsorbed slab may have more than a clean one, told from the two compositions alone.
 *
 * Any number of atoms of one element is a possible adsorbate, and so is a whole number of one molecule. The mistakes
 * avoided here: taking the next layers of a thicker slab, or a film of another compound, for adsorbed molecules.
 */
import type { Adsorbate } from '../../model/system.ts';
import { greatestCommonDivisor } from './composition-difference.ts';

export type Counts = Readonly<Record<string, number>>;

/** Elements that molecules in an electrolyte consist of. */
export const MOLECULAR: ReadonlySet<string> = new Set(['H', 'C', 'N', 'O', 'F', 'P', 'S', 'Cl']);
/** More atoms than the largest complex or the densest layer of water in the cells that are used: a film. */
const MOST_MOLECULAR_ATOMS = 48;
/** As chemists write them; other formulas stand in alphabetical order. */
const WRITTEN: Readonly<Record<string, string>> = { HO: 'OH', HO2: 'OOH', H3N: 'NH3', H2N: 'NH2', HN: 'NH' };

/** Undefined when `larger` is not `smaller` and a whole number of adsorbates. */
export function adsorbateBetween(larger: Counts, smaller: Counts): Adsorbate | undefined {
  for (const element of Object.keys(smaller)) {
    if ((larger[element] ?? 0) < (smaller[element] ?? 0)) return undefined;
  }
  const more = Object.keys(larger)
    .map((element) => [element, (larger[element] ?? 0) - (smaller[element] ?? 0)] as const)
    .filter(([, count]) => count > 0)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const [only] = more;
  if (only === undefined) return undefined;
  if (more.length === 1) return { formula: only[0], count: only[1] };
  return isMolecular(more, smaller) ? molecules(more) : undefined;
}

type Extra = readonly (readonly [element: string, count: number])[];

/** Molecules bring an element that the slab has not, or are of non-metals; one complex may hold a metal. */
function isMolecular(more: Extra, slab: Counts): boolean {
  const atoms = more.reduce((sum, [, count]) => sum + count, 0);
  if (atoms > MOST_MOLECULAR_ATOMS || more.every(([element]) => (slab[element] ?? 0) > 0)) return false;
  const metals = more.filter(([element]) => !MOLECULAR.has(element));
  const [metal] = metals;
  return metal === undefined || (metals.length === 1 && metal[1] === 1);
}

function molecules(more: Extra): Adsorbate {
  const count = more.reduce((divisor, [, extra]) => greatestCommonDivisor(divisor, extra), 0);
  const formula = more.map(([element, extra]) => `${element}${extra === count ? '' : extra / count}`).join('');
  return { formula: WRITTEN[formula] ?? formula, count };
}
