/**
 * CIF 1.1 in space group P1: cell parameters and all atoms of the cell in fractional coordinates.
 * Source: IUCr, core CIF dictionary and CIF 1.1 syntax (ASCII).
 *
 * The mistake avoided here: cell parameters tell a lattice up to a rotation only, and readers build a right-handed cell
 * from them. Fractional coordinates of a left-handed lattice, copied as they are, become the mirror image. With −a, −b,
 * −c the lattice is the same, right-handed, and has the same angles; the coordinates change sign.
 */
import { anglesDegrees, determinant, lengths } from '../model/lattice.ts';
import type { StructureDocument } from '../model/structure-document.ts';
import { atomsOf, fractionalIn } from './shared/atoms.ts';
import type { StructureFormat } from './shared/export-format.ts';
import { numbersText, numberText } from './shared/number-text.ts';
import { oneLine } from './shared/one-line.ts';

export const cifFormat: StructureFormat = {
  identifier: 'cif',
  title: 'CIF in space group P1',
  mediaType: 'chemical/x-cif',
  extension: 'cif',
  madeOf: 'structure',
  write: cifLines,
};

function* cifLines(structure: StructureDocument): Generator<string> {
  const lattice = structure.latticeAngstrom;
  const [a, b, c] = lengths(lattice).map(numberText);
  const [alpha, beta, gamma] = anglesDegrees(lattice).map(numberText);
  const fractional = fractionalIn(structure);
  const handedness = Math.sign(determinant(lattice));
  yield `# adatom: ${oneLine(structure.calculation)}\ndata_structure\n`;
  yield `_cell_length_a ${a}\n_cell_length_b ${b}\n_cell_length_c ${c}\n`;
  yield `_cell_angle_alpha ${alpha}\n_cell_angle_beta ${beta}\n_cell_angle_gamma ${gamma}\n`;
  yield `_cell_volume ${numberText(Math.abs(determinant(lattice)))}\n`;
  yield "_symmetry_space_group_name_H-M 'P 1'\n_symmetry_Int_Tables_number 1\n";
  yield "loop_\n_symmetry_equiv_pos_as_xyz\n'x, y, z'\n";
  yield 'loop_\n_atom_site_label\n_atom_site_type_symbol\n';
  yield '_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\n';
  for (const [index, { element, cartesian }] of atomsOf(structure).entries()) {
    yield `${element}${index + 1} ${element} ${numbersText(fractional(cartesian).map((part) => handedness * part))} 1.0\n`;
  }
}
