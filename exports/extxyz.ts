/**
 * Extended XYZ, one frame per calculation, as ASE reads it: `ase.io.read('x.extxyz', ':')`.
 * Source: https://github.com/libAtoms/extxyz
 *
 * Two energies, two names, as ASE's own VASP reader has them: `energy` is extrapolated to σ → 0, `free_energy` is TOTEN,
 * whose derivative the forces are. The mistake avoided here: `move_mask` means Cartesian x, y, z, but selective dynamics
 * means a, b, c. Only flags that mean the same in both are a mask; others stand in a column `selective_dynamics`, which
 * restrains nothing.
 */
import type { StructureDocument } from '../model/structure-document.ts';
import { type Atom, atomsOf } from './shared/atoms.ts';
import type { StructuresFormat } from './shared/export-format.ts';
import { numbersText, numberText } from './shared/number-text.ts';

export const extxyzFormat: StructuresFormat = {
  identifier: 'extxyz',
  title: 'Extended XYZ with energies, forces and fixed atoms, for ASE',
  mediaType: 'chemical/x-xyz; charset=utf-8',
  extension: 'extxyz',
  madeOf: 'structures',
  write: frames,
};

async function* frames(structures: AsyncIterable<StructureDocument>): AsyncGenerator<string> {
  for await (const structure of structures) {
    yield `${structure.species.length}\n${propertiesLine(structure)}\n`;
    yield atomsOf(structure)
      .map((atom) => `${atomLine(atom)}\n`)
      .join('');
  }
}

function propertiesLine(structure: StructureDocument): string {
  const { energySigma0Ev, freeEnergyEv, forcesEvPerAngstrom, selectiveDynamics } = structure;
  const flags = isCartesianMask(structure) ? ':move_mask:L:3' : ':selective_dynamics:L:3';
  const columns = [
    'species:S:1:pos:R:3',
    ...(forcesEvPerAngstrom === undefined ? [] : [':forces:R:3']),
    ...(selectiveDynamics === undefined ? [] : [flags]),
  ].join('');
  return [
    `Lattice="${numbersText(structure.latticeAngstrom.flat())}"`,
    `Properties=${columns}`,
    ...(energySigma0Ev === undefined ? [] : [`energy=${numberText(energySigma0Ev)}`]),
    ...(freeEnergyEv === undefined ? [] : [`free_energy=${numberText(freeEnergyEv)}`]),
    `calculation=${quotedText(structure.calculation)}`,
    'pbc="T T T"',
  ].join(' ');
}

/** Whether each atom is free or fixed as a whole, or a, b, c are along x, y, z. */
function isCartesianMask({ selectiveDynamics = [], latticeAngstrom }: StructureDocument): boolean {
  const isDiagonal = latticeAngstrom.every((vector, row) =>
    vector.every((part, column) => row === column || part === 0),
  );
  return isDiagonal || selectiveDynamics.every((flag, index) => flag === selectiveDynamics[index - (index % 3)]);
}

function atomLine({ element, cartesian, force, free }: Atom): string {
  const flags = (free ?? []).map((flag) => (flag ? 'T' : 'F'));
  return [element, numbersText([...cartesian, ...(force ?? [])]), ...flags].join(' ');
}

/** ASE takes `1 2` for numbers and `T` for true unless it is told that the text is JSON. */
function quotedText(text: string): string {
  const isPlain = /^[ -~]+$/.test(text) && !text.startsWith('_JSON ') && !text.split(/[\s,]+/).every(looksLikeValue);
  const told = isPlain ? text : `_JSON ${JSON.stringify(text)}`;
  return `"${told.replace(/[\\"]/g, '\\$&')}"`;
}

function looksLikeValue(part: string): boolean {
  return /^$|^[TF]$|^[+-]?(?:[\d._]*(?:e[+-]?\d+)?|nan|inf(?:inity)?)$/i.test(part);
}
