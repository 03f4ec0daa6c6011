/**
 * CHGCAR, CHG, AECCAR0–2, PARCHG and differences of them: charge and magnetisation density on the grid of the cell.
 *
 * The mistake avoided here: taking the values for a density. The files hold ρ·V (so that their mean is the number of
 * electrons); V is divided out here. The augmentation occupancies are not part of the density on the grid.
 * Source: VASP wiki, CHGCAR.
 */
import { fileNameMatcher } from './shared/file-name.ts';
import { readGridFile } from './shared/grid/grid-file.ts';
import type { ParserDefinition } from './shared/parser.ts';

export const chgcarParser: ParserDefinition = {
  format: 'chgcar',
  title: 'CHGCAR, CHG, AECCAR or PARCHG, a charge density',
  matchesName: fileNameMatcher(['CHGCAR', 'CHG', 'CHGDIFF', 'AECCAR[0-2]?', 'PARCHG']),
  // Only its name tells a charge density from a potential.
  matchesContent: () => false,
  parse: (source, options = {}) => readGridFile({ format: 'chgcar', quantity: 'charge' }, source, options),
};
