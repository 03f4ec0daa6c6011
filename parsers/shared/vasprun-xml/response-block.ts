/**
 * The response to field and displacement in an ionic step: dielectric tensors, Born charges, vibrations. Electronic and
 * ionic parts stay apart. Elastic moduli and piezoelectric tensors are read from OUTCAR: no vasprun.xml that was seen has them.
 *
 * The mistake avoided here: the eigenvalues of `<dynmat>` are −ω², so a positive one is an imaginary mode; they are in
 * eV/(Å² u) up to VASP 5 and in THz² where the block says so.
 */
import type { Place } from '../../../model/calculation.ts';
import type { Matrix3 } from '../../../model/lattice.ts';
import type { Response } from '../../../model/response.ts';
import type { Content, Element } from './events.ts';
import { type NumberRows, rowOf } from './number-rows.ts';
import { tensorOf } from './structure-block.ts';
import { vibrationalModes } from './vibrations.ts';

export interface ResponseBlock {
  readonly open: (element: Element, path: readonly string[]) => Content;
  readonly text: (element: Element, text: string, place: Place, path: readonly string[]) => void;
  readonly rows: (element: Element, rows: NumberRows, place: Place, path: readonly string[]) => void;
  readonly response: () => Response | undefined;
  readonly places: Record<string, Place>;
}

type TensorName = 'dielectricElectronic' | 'dielectricIonic';
/** `epsilon` by density-functional perturbation theory, `epsilon_scf` by finite fields, the last by VASP from 6.5 on. */
const TENSORS: Readonly<Record<string, TensorName>> = {
  epsilon: 'dielectricElectronic',
  epsilon_scf: 'dielectricElectronic',
  dielectric_dft: 'dielectricElectronic',
  epsilon_ion: 'dielectricIonic',
};

export function responseBlock(atoms: number | undefined): ResponseBlock {
  const tensors: { [K in TensorName]?: Matrix3 } = {};
  let born: (Matrix3 | undefined)[] = [];
  let eigenvalues: readonly number[] | undefined;
  let isInThz = false;
  const places: Record<string, Place> = {};
  return {
    places,
    open: ({ name, attributes }, path) => {
      const [top] = path;
      if (top === 'array') return name === 'set' ? { width: 3 } : 'skip';
      if (top === 'dynmat') {
        const wanted =
          (name === 'v' && attributes.name === 'eigenvalues') || (name === 'i' && attributes.name === 'unit');
        return wanted ? 'text' : 'skip';
      }
      if (name === 'varray') return TENSORS[attributes.name ?? ''] === undefined ? 'skip' : { width: 3 };
      if (name === 'array' && attributes.name === 'born_charges') {
        born = [];
        return 'children';
      }
      return name === 'dynmat' ? 'children' : 'skip';
    },
    text: ({ name }, text, place) => {
      if (name === 'i') isInThz = text.trim() === 'THz^2';
      else {
        const bytes = Buffer.from(text, 'latin1');
        eigenvalues = rowOf(bytes, 0, bytes.length, 0);
        places['response.vibrations'] = place;
      }
    },
    rows: (element, rows, place, path) => {
      const tensor = tensorOf(rows);
      const name = path[0] === 'array' ? undefined : TENSORS[element.attributes.name ?? ''];
      if (path[0] === 'array') {
        const first = places['response.bornChargesE']?.byteOffset;
        const start = born.length > 0 && first !== undefined ? first : place.byteOffset;
        born.push(tensor);
        places['response.bornChargesE'] = {
          byteOffset: start,
          byteLength: place.byteOffset + place.byteLength - start,
        };
      } else if (name !== undefined && tensor !== undefined) {
        tensors[name] = tensor;
        places[`response.${name}`] = place;
      }
    },
    response: () => {
      const bornChargesE = born.flatMap((tensor) => (tensor === undefined ? [] : [tensor]));
      const isWhole = bornChargesE.length > 0 && bornChargesE.length === (atoms ?? born.length);
      const vibrations = eigenvalues === undefined ? undefined : vibrationalModes(eigenvalues, isInThz);
      const known: Response = {
        ...tensors,
        ...(isWhole && { bornChargesE }),
        ...(vibrations !== undefined && { vibrations }),
      };
      return Object.keys(known).length > 0 ? known : undefined;
    },
  };
}
