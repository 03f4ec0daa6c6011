import { describe, expect, it } from 'vitest';
import { coprime, planeImages, planeLabel } from '../../../descriptors/shared/plane-indices.ts';
import {
  keepsLattice,
  operationsOf,
  POINT_GROUPS,
  type PointGroup,
  systemOf,
} from '../../../descriptors/shared/point-group.ts';
import type { Matrix3 } from '../../../model/lattice.ts';
import { hexagonal } from '../../assembly/fixtures.ts';

/** Orders of the groups: International Tables A, table 10.1.2.1. */
const ORDERS: Readonly<Record<PointGroup, number>> = {
  '1': 1,
  '-1': 2,
  '2': 2,
  m: 2,
  '2/m': 4,
  '222': 4,
  mm2: 4,
  mmm: 8,
  '4': 4,
  '-4': 4,
  '4/m': 8,
  '422': 8,
  '4mm': 8,
  '-42m': 8,
  '-4m2': 8,
  '4/mmm': 16,
  '3': 3,
  '-3': 6,
  '32': 6,
  '312': 6,
  '3m': 6,
  '31m': 6,
  '-3m': 12,
  '-31m': 12,
  '6': 6,
  '-6': 6,
  '6/m': 12,
  '622': 12,
  '6mm': 12,
  '-6m2': 12,
  '-62m': 12,
  '6/mmm': 24,
  '23': 12,
  'm-3': 24,
  '432': 24,
  '-43m': 24,
  'm-3m': 48,
};
const CELLS: Readonly<Record<ReturnType<typeof systemOf>, Matrix3>> = {
  cubic: [
    [4, 0, 0],
    [0, 4, 0],
    [0, 0, 4],
  ],
  hexagonal: hexagonal(3, 5),
  trigonal: hexagonal(3, 5),
  tetragonal: [
    [4, 0, 0],
    [0, 4, 0],
    [0, 0, 5],
  ],
  orthorhombic: [
    [4, 0, 0],
    [0, 5, 0],
    [0, 0, 6],
  ],
  monoclinic: [
    [4, 0, 0],
    [0, 5, 0],
    [-1, 0, 6],
  ],
  triclinic: [
    [4, 0, 0],
    [1, 5, 0],
    [-1, 0.7, 6],
  ],
};

describe('the point groups', () => {
  it.each(POINT_GROUPS)('%s has its order, is closed, and keeps a cell of its system', (group) => {
    const operations = operationsOf(group);
    expect(operations).toHaveLength(ORDERS[group]);
    for (const operation of operations) expect(keepsLattice(operation, CELLS[systemOf(group)])).toBe(true);
  });

  it('refuse a cell without their symmetry', () => {
    const keeps = (group: PointGroup, cell: Matrix3) => operationsOf(group).every((one) => keepsLattice(one, cell));
    expect(keeps('m-3m', CELLS.tetragonal)).toBe(false);
    expect(keeps('4/mmm', CELLS.orthorhombic)).toBe(false);
    expect(keeps('6/mmm', CELLS.cubic)).toBe(false);
    expect(keeps('2/m', CELLS.triclinic)).toBe(false);
  });

  // Faces of a form: International Tables A, table 10.1.2.2; hexagonal ones also pymatgen 2022.11.7, PointGroup.
  it.each([
    ['m-3m', [1, 0, 0], 6],
    ['m-3m', [1, 1, 1], 8],
    ['m-3m', [1, 2, 3], 48],
    ['-43m', [1, 1, 1], 4],
    ['6/mmm', [0, 0, 1], 2],
    ['6mm', [0, 0, 1], 1],
    ['6/mmm', [1, 0, 0], 6],
    ['6/mmm', [1, 0, 1], 12],
    ['-3m', [1, 0, 1], 6],
    ['3m', [1, 0, 1], 3],
    ['4/mmm', [1, 1, 0], 4],
    ['mm2', [0, 0, 1], 1],
  ] as const)('%s makes of %j a form of %i faces', (group, plane, faces) => {
    expect(planeImages(plane, operationsOf(group))).toHaveLength(faces);
  });

  it('bring m-planes onto each other in three steps of 60° (SCIENCE §4.6)', () => {
    const images = planeImages([1, 0, 0], operationsOf('6/mmm')).map((plane) => plane.join());
    expect(images.sort()).toEqual(['-1,0,0', '-1,1,0', '0,-1,0', '0,1,0', '1,-1,0', '1,0,0'].sort());
  });
});

it('a plane is named by coprime indices, four of them in hexagonal axes', () => {
  expect(coprime([0, 0, -4])).toEqual([0, 0, -1]);
  expect(coprime([2, 0, 2])).toEqual([1, 0, 1]);
  expect(planeLabel([1, 0, 0], true)).toBe('{10-10}');
  expect(planeLabel([2, -1, 2], true)).toBe('{2-1-12}');
  expect(planeLabel([1, 1, 0], false)).toBe('{110}');
});
