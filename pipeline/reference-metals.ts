/**
 * Metals at room temperature (SCIENCE §12.3; reference/lattice-constants.yaml, which a test holds against this): the
 * lattice of a film where nobody calculated it.
 */
import type { Structure } from '../model/structure.ts';
import type { MetalStructure } from './film-facets.ts';

export interface ReferenceMetal {
  readonly structure: MetalStructure;
  readonly aAngstrom: number;
  /** Of hcp. */
  readonly cAngstrom?: number;
  readonly from: string;
}

export const REFERENCE_METALS: Readonly<Record<string, ReferenceMetal>> = {
  Zn: { structure: 'hcp', aAngstrom: 2.665, cAngstrom: 4.947, from: 'Wyckoff (2.6649/4.9468)' },
  Mg: { structure: 'hcp', aAngstrom: 3.2094, cAngstrom: 5.2108, from: 'Wyckoff' },
  Li: { structure: 'bcc', aAngstrom: 3.51, from: 'Nadler & Kempter 1959 (3.509)' },
  Na: { structure: 'bcc', aAngstrom: 4.291, from: 'Wyckoff' },
  Cu: { structure: 'fcc', aAngstrom: 3.6149, from: 'Wyckoff, handbooks' },
  Ag: { structure: 'fcc', aAngstrom: 4.0857, from: 'Wyckoff, handbooks' },
  Au: { structure: 'fcc', aAngstrom: 4.0782, from: 'Wyckoff, handbooks' },
  Ni: { structure: 'fcc', aAngstrom: 3.5238, from: 'Wyckoff, handbooks' },
};

/** Its crystal. */
export function referenceStructure(element: string, { structure, aAngstrom: a, cAngstrom }: ReferenceMetal): Structure {
  const c = cAngstrom ?? a;
  const height = (a * Math.sqrt(3)) / 2;
  const atoms = {
    hcp: [0, 0, 0, 0, (2 * height) / 3, c / 2],
    bcc: [0, 0, 0, a / 2, a / 2, a / 2],
    fcc: [0, 0, 0, 0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0],
  }[structure];
  return {
    latticeAngstrom: [[a, 0, 0], structure === 'hcp' ? [-a / 2, height, 0] : [0, a, 0], [0, 0, c]],
    species: Array.from({ length: atoms.length / 3 }, () => element),
    cartesianAngstrom: Float64Array.from(atoms),
  };
}
