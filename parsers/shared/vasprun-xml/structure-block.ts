/**
 * `<structure>`: cell, fractional positions, selective dynamics.
 */
import type { Place } from '../../../model/calculation.ts';
import { determinant, type Matrix3, type Vector3 } from '../../../model/lattice.ts';
import type { Content, Element } from './events.ts';
import type { NumberRows, NumberTable } from './number-rows.ts';

export interface Geometry {
  readonly lattice: Matrix3 | undefined;
  readonly positions: Positions | undefined;
  /** 1 = free along that lattice vector. */
  readonly flags: Uint8Array | undefined;
  readonly places: Readonly<Record<string, Place>>;
}

export interface Positions extends Pick<NumberTable, 'count' | 'firstFault'> {
  /** Length 3N, Å; absent without a cell, and when one is beyond all numbers. */
  readonly cartesian: Float64Array | undefined;
}

export interface StructureBlock {
  readonly open: (element: Element) => Content;
  readonly text: (element: Element, text: string) => void;
  readonly rows: (element: Element, rows: NumberRows, place: Place) => void;
  readonly geometry: () => Geometry;
}

/** `putsOff`: positions are told later, when the reader can. */
export function structureBlock(putsOff = false): StructureBlock {
  let lattice: Matrix3 | undefined;
  let fractional: NumberTable | undefined;
  let positions: Positions | undefined;
  let flags: number[] | undefined;
  const places: Record<string, Place> = {};
  return {
    open: ({ name, attributes, start }) => {
      if (name === 'crystal') return 'children';
      if (name === 'i') return 'leaf';
      if (name === 'v') return flags === undefined ? 'skip' : 'text';
      if (name !== 'varray') return 'skip';
      if (attributes.name === 'selective') {
        flags = [];
        places.selectiveDynamics = { byteOffset: start, byteLength: `<${name}`.length };
      }
      return attributes.name === 'selective'
        ? 'children'
        : { width: 3, borrowed: true, later: putsOff && attributes.name === 'positions' };
    },
    text: ({ name }, text) => {
      if (name === 'v')
        for (const letter of text.trim().split(/\s+/)) flags?.push(letter === 'T' ? 1 : letter === 'F' ? 0 : 2);
    },
    rows: (element, rows, place) => {
      const { name } = element.attributes;
      if (name === 'basis') {
        lattice = matrixOf(rows);
        places.latticeAngstrom = place;
      } else if (name === 'positions') {
        // VASP prints the cell first; elsewhere the rows are kept until it is known.
        fractional = lattice === undefined ? rows.table() : undefined;
        positions = {
          count: rows.count,
          firstFault: rows.firstFault,
          cartesian: lattice && cartesianOf(rows, lattice),
        };
        places.cartesianAngstrom = place;
      }
    },
    geometry: () => ({
      lattice,
      positions:
        fractional === undefined || lattice === undefined
          ? positions
          : { ...fractional, cartesian: cartesianOf(fractional, lattice) },
      flags: flags?.every((flag) => flag < 2) ? Uint8Array.from(flags) : undefined,
      places,
    }),
  };
}

/** The rows as a cell; undefined when they are no three vectors that span a volume. */
export function matrixOf(rows: NumberRows): Matrix3 | undefined {
  const lattice = tensorOf(rows);
  return lattice !== undefined && spansVolume(lattice) ? lattice : undefined;
}

export function spansVolume(lattice: Matrix3): boolean {
  const size = Math.abs(determinant(lattice));
  return size > 0 && Number.isFinite(size);
}

export function tensorOf(rows: NumberRows): Matrix3 | undefined {
  if (rows.count !== 3 || rows.firstFault >= 0) return undefined;
  const row = (index: number): Vector3 => [rows.at(index, 0), rows.at(index, 1), rows.at(index, 2)];
  return [row(0), row(1), row(2)];
}

/** f · L of every row; undefined when a product is beyond all numbers. */
function cartesianOf(
  { values, count }: Pick<NumberTable, 'values' | 'count'>,
  lattice: Matrix3,
): Float64Array | undefined {
  const cartesian = new Float64Array(3 * count);
  return intoCell(values, lattice, cartesian) ? cartesian : undefined;
}

/** f · L of as many rows as `cartesian` has, which may be the same array; false when one is beyond all numbers. */
export function intoCell(fractional: Float64Array, lattice: Matrix3, cartesian: Float64Array): boolean {
  const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = lattice;
  let sum = 0;
  for (let at = 0; at < cartesian.length; at += 3) {
    const f = fractional[at] as number; // three numbers a row
    const g = fractional[at + 1] as number;
    const h = fractional[at + 2] as number;
    const x = f * ax + g * bx + h * cx;
    const y = f * ay + g * by + h * cy;
    const z = f * az + g * bz + h * cz;
    cartesian[at] = x;
    cartesian[at + 1] = y;
    cartesian[at + 2] = z;
    sum += x + y + z;
  }
  return Number.isFinite(sum);
}
