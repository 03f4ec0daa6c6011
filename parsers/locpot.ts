/**
 * LOCPOT: the local potential of an electron (eV) on the grid of the cell, as averages over lattice planes.
 *
 * The mistake avoided here: reading it as a CHGCAR. Its values are not divided by the volume, and with ISPIN = 2 its
 * blocks are the potentials of spin up and spin down. Whether exchange and correlation are in it (LVTOT) or not (LVHAR)
 * stands in the OUTCAR only (SCIENCE §7). Source: VASP wiki, LOCPOT.
 */
import { fileNameMatcher } from './shared/file-name.ts';
import { readGridFile } from './shared/grid/grid-file.ts';
import type { ParserDefinition } from './shared/parser.ts';

export const locpotParser: ParserDefinition = {
  format: 'locpot',
  title: 'LOCPOT, the local potential',
  matchesName: fileNameMatcher(['LOCPOT']),
  // Only its name tells a potential from a charge density.
  matchesContent: () => false,
  parse: (source, options = {}) => readGridFile({ format: 'locpot', quantity: 'potential' }, source, options),
};
