/**
 * `<kpoints>`: how the mesh was generated, the irreducible points and their weights.
 */
import type { KPoints, Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { Vector3 } from '../../../model/lattice.ts';
import { vectorAt } from '../../../model/structure.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import type { Content, Element } from './events.ts';
import { type NumberRows, type NumberTable, rowOf } from './number-rows.ts';

export interface KPointList {
  readonly open: (element: Element) => Content;
  readonly text: (element: Element, text: string, place: Place) => void;
  readonly rows: (element: Element, rows: NumberRows, place: Place) => void;
  readonly kpoints: () => KPoints | undefined;
  readonly places: Record<string, Place>;
  /** What is left out, since it cannot be read. */
  readonly issues: readonly Issue[];
}

const SCHEMES: readonly (readonly [RegExp, NonNullable<KPoints['scheme']>])[] = [
  [/^gamma/i, 'gamma'],
  [/^monk/i, 'monkhorst-pack'],
  [/^auto/i, 'automatic'],
  [/^list/i, 'line'],
];

export function kpointList(): KPointList {
  let scheme: KPoints['scheme'];
  const vectors: Record<string, readonly number[]> = {};
  let length: number | undefined;
  let fractional: NumberTable | undefined;
  let weights: NumberTable | undefined;
  const places: Record<string, Place> = {};
  const issues: Issue[] = [];
  const leaveOut = (name: string, found: string, byteOffset: number): void => {
    issues.push(
      issue('W_UNPARSEABLE', { expected: `${name} of the k-points`, found }, { byteOffset, block: 'kpoints' }),
    );
  };
  return {
    places,
    issues,
    open: (element) => {
      if (element.name === 'generation') {
        const param = element.attributes.param ?? '';
        scheme = SCHEMES.find(([pattern]) => pattern.test(param.trim()))?.[1];
        const tag = { byteOffset: element.start, byteLength: `<${element.name}`.length };
        if (scheme !== undefined) places['kpoints.scheme'] = tag;
        return 'children';
      }
      if (element.name === 'i' || element.name === 'v') return 'text';
      if (element.name !== 'varray') return 'skip';
      const { name } = element.attributes;
      return name === 'kpointlist' ? { width: 3 } : name === 'weights' ? { width: 1 } : 'skip';
    },
    text: (element, text, place) => {
      const { name } = element.attributes;
      if (element.name === 'i') {
        if (name !== 'subdivisionlength') return;
        length = parseFortranNumber(text);
        if (!Number.isFinite(length)) leaveOut(name, text.trim(), place.byteOffset);
        else places['kpoints.automaticLengthAngstrom'] = place;
      } else if (name !== undefined) {
        const bytes = Buffer.from(text, 'latin1');
        const vector = rowOf(bytes, 0, bytes.length, 3);
        vectors[name] = vector;
        const readable = vector.every(Number.isFinite) && (name !== 'divisions' || vector.every(isCount));
        if (!readable) leaveOut(name, text.trim(), place.byteOffset);
        else if (name === 'divisions') places['kpoints.mesh'] = place;
        else if (name === 'usershift') places['kpoints.shift'] = place;
      }
    },
    rows: (element, rows, place) => {
      if (rows.count === 0) return;
      if (rows.firstFault >= 0) {
        leaveOut(element.attributes.name ?? '', 'a row without its numbers', rows.firstFault);
        return;
      }
      if (element.attributes.name === 'weights') {
        weights = rows.table();
        places['kpoints.weights'] = place;
      } else {
        fractional = rows.table();
        places['kpoints.fractional'] = place;
        places['kpoints.scheme'] ??= place;
      }
    },
    kpoints: () => {
      const mesh = vector3(vectors.divisions);
      const shift = vector3(vectors.usershift);
      const known: KPoints = {
        ...(scheme !== undefined ? { scheme } : fractional !== undefined && { scheme: 'explicit' as const }),
        ...(mesh?.every(isCount) && { mesh }),
        ...(shift !== undefined && { shift }),
        ...(length !== undefined && Number.isFinite(length) && { automaticLengthAngstrom: length }),
        ...(fractional !== undefined && { fractional: vectorsOf(fractional) }),
        ...(weights !== undefined && weights.count === fractional?.count && { weights: Array.from(weights.values) }),
      };
      return Object.keys(known).length > 0 ? known : undefined;
    },
  };
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

function vectorsOf({ count, values }: NumberTable): Vector3[] {
  return Array.from({ length: count }, (_, index) => vectorAt(values, index));
}

export function vector3(values: readonly number[] | undefined): Vector3 | undefined {
  const [x, y, z] = values ?? [];
  if (x === undefined || y === undefined || z === undefined) return undefined;
  return Number.isFinite(x + y + z) ? [x, y, z] : undefined;
}
