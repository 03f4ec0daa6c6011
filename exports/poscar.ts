/**
 * POSCAR of VASP 5: element line, atoms in the order of the calculation, selective dynamics when it had them.
 * Source: VASP wiki, POSCAR.
 *
 * Positions are Cartesian: that is what is kept, so they read back to the last bit. Flags refer to the lattice vectors
 * in this mode too.
 */
import type { StructureDocument } from '../model/structure-document.ts';
import { type Atom, atomsOf, elementRuns } from './shared/atoms.ts';
import type { StructureFormat } from './shared/export-format.ts';
import { numbersText } from './shared/number-text.ts';
import { oneLine } from './shared/one-line.ts';

export const poscarFormat: StructureFormat = {
  identifier: 'poscar',
  title: 'POSCAR of VASP 5',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'poscar',
  madeOf: 'structure',
  write: poscarLines,
};

function* poscarLines(structure: StructureDocument): Generator<string> {
  const runs = elementRuns(structure.species);
  yield `adatom: ${oneLine(structure.calculation)}\n1.0\n`;
  for (const vector of structure.latticeAngstrom) yield `${numbersText(vector)}\n`;
  yield `${runs.map(({ element }) => element).join(' ')}\n`;
  yield `${runs.map(({ count }) => count).join(' ')}\n`;
  if (structure.selectiveDynamics !== undefined) yield 'Selective dynamics\n';
  yield 'Cartesian\n';
  for (const atom of atomsOf(structure)) yield `${atomLine(atom)}\n`;
}

function atomLine({ cartesian, free }: Atom): string {
  const position = numbersText(cartesian);
  return free === undefined ? position : `${position} ${free.map((flag) => (flag ? 'T' : 'F')).join(' ')}`;
}
