/**
 * Structures of files that name no elements (VASP 4), completed from the POTCARs of the run beside them.
 */
import { elementOf } from '../assembly/usable-energy.ts';
import type { Potcar } from '../model/calculation.ts';
import type { Structure } from '../model/structure.ts';
import { withSpecies } from '../parsers/poscar.ts';
import type { ReadFile } from './read-tree.ts';

/** Element of every POTCAR in its order; empty when one of them names none. */
export function potcarElements(potcars: readonly Potcar[]): string[] {
  const elements = potcars.flatMap((potcar) => elementOf(potcar.title) ?? []);
  return elements.length === potcars.length ? elements : [];
}

/** The structure as the file names it, else with these elements, one per block of atoms. */
export function namedStructure(file: ReadFile | undefined, elements: readonly string[]): Structure | undefined {
  const { structure, unnamedStructure } = file?.record ?? {};
  return structure ?? (unnamedStructure === undefined ? undefined : withSpecies(unnamedStructure, elements));
}
