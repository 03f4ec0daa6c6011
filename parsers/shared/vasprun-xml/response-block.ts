/**
 * Tensors of the response to field and displacement in an ionic step. Electronic and ionic parts stay apart.
 */
import type { Place } from '../../../model/calculation.ts';
import type { Matrix3 } from '../../../model/lattice.ts';
import type { Response } from '../../../model/response.ts';
import type { Content, Element } from './events.ts';
import type { NumberRows } from './number-rows.ts';
import { tensorOf } from './structure-block.ts';

export interface ResponseBlock {
  readonly open: (element: Element, path: readonly string[]) => Content;
  readonly text: (element: Element, text: string, path: readonly string[]) => void;
  readonly rows: (element: Element, rows: NumberRows, place: Place, path: readonly string[]) => void;
  readonly response: () => Response | undefined;
  readonly places: Record<string, Place>;
}

export function responseBlock(atoms: number | undefined): ResponseBlock {
  const tensors: Record<string, Matrix3> = {};
  const born: Matrix3[] = [];
  let bornReadable = true;
  const places: Record<string, Place> = {};
  return {
    places,
    open: ({ name, attributes }, path) => {
      if (path.length === 0 && name === 'varray') return attributes.name?.startsWith('epsilon') ? { width: 3 } : 'skip';
      if (path.length === 0 && name === 'array') return attributes.name === 'born_charges' ? 'children' : 'skip';
      if (path[0] === 'array' && name === 'set') return { width: 3 };
      return 'skip';
    },
    text: () => undefined,
    rows: (element, rows, place, path) => {
      const tensor = tensorOf(rows);
      if (path[0] === 'array') {
        if (tensor === undefined) bornReadable = false;
        else born.push(tensor);
        places['response.bornChargesE'] = place;
      } else if (tensor !== undefined) {
        const { name } = element.attributes;
        const key =
          name === 'epsilon_ion'
            ? 'dielectricIonic'
            : name === 'epsilon' || name === 'epsilon_scf'
              ? 'dielectricElectronic'
              : undefined;
        if (key === undefined) return;
        tensors[key] = tensor;
        places[`response.${key}`] = place;
      }
    },
    response: () => {
      const { dielectricElectronic, dielectricIonic } = tensors;
      const whole = bornReadable && born.length > 0 && (atoms === undefined || born.length === atoms);
      const known: Response = {
        ...(dielectricElectronic !== undefined && { dielectricElectronic }),
        ...(dielectricIonic !== undefined && { dielectricIonic }),
        ...(whole && { bornChargesE: born }),
      };
      return Object.keys(known).length > 0 ? known : undefined;
    },
  };
}
