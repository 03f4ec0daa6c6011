/**
 * What every mismatch of a screening tells of its two lattices: where they are from, and which bytes.
 */
import type { InputReference } from '../model/descriptor.ts';
import type { Issue } from '../model/issues.ts';
import type { CoatingPlane } from './coating-plane.ts';
import type { FilmSource } from './film-sources.ts';
import { latticeText } from './lattice-as-text.ts';

export interface ToldOfLattices {
  readonly film: FilmSource;
  readonly coating: CoatingPlane;
  readonly remarks: readonly Issue[];
  readonly inputs: readonly InputReference[];
}

/** ISIF from which on VASP relaxes the cell. */
const CELL_RELAXED = 3;

export function sourceParts({ film, coating }: ToldOfLattices) {
  const { ISIF: freedom } = film.calculation?.settings ?? {};
  return {
    filmSource: film.text,
    ...(film.calculation !== undefined && { filmCalculation: film.calculation.id }),
    ...(typeof freedom === 'number' && { filmCellRelaxed: freedom >= CELL_RELAXED }),
    substrateSource: coating.method,
    substrateFrom: coating.from,
    substrateLattice: latticeText(coating.lattice),
  };
}
