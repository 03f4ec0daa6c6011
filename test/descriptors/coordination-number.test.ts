import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coordinationNumber } from '../../descriptors/coordination-number.ts';
import { rows, type Structure } from '../../model/structure.ts';
import { bccLi, bulkZno, rotated, supercell, translated, zincBasal } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => coordinationNumber.compute(coordinationNumber.inputs.parse(inputs));
const inputsOf = ({ latticeAngstrom, species, cartesianAngstrom }: Structure) => ({
  latticeAngstrom,
  species,
  cartesianAngstrom: rows(cartesianAngstrom),
});
const counts = (structure: Structure): unknown => available(compute(inputsOf(structure))).parts.all;

interface Shell {
  readonly element: string;
  readonly distanceAngstrom: number;
  readonly count: number;
}

const shellsOf = (structure: Structure): Shell[] => available(compute(inputsOf(structure))).parts.shells as Shell[]; // as defined

describe('neighbours within bonding distance', () => {
  it('of hcp zinc are six in the plane and six above and below', () => {
    const [near, far, ...more] = shellsOf(zincBasal(2, 4.947));
    expect([near?.count, far?.count, more]).toEqual([6, 6, []]); // SCIENCE §4.10
    expectNear(near?.distanceAngstrom, 2.665, 5e-4);
    expectNear(far?.distanceAngstrom, 2.913, 5e-5);
  });

  it('of Zn in ZnO are four O', () => {
    const [near, far] = shellsOf(bulkZno());
    // pymatgen 2022.11.7, get_neighbors: 1.97415 three times, 1.98904 once.
    expect([near?.element, near?.count, far?.count]).toEqual(['O', 3, 1]);
    expectNear(near?.distanceAngstrom, 1.97415, 1e-5);
    expectNear(far?.distanceAngstrom, 1.98904, 1e-5);
    expect(counts(bulkZno())).toEqual([4, 4, 4, 4]);
  });

  it('of an atom in a primitive bcc cell are its own images', () => {
    const angle = Math.cos((109.4712206 * Math.PI) / 180);
    const y = Math.sqrt(1 - angle ** 2);
    const z = (angle - angle ** 2) / y;
    const lattice = [
      [2.5, 0, 0],
      [2.5 * angle, 2.5 * y, 0],
      [2.5 * angle, 2.5 * z, 2.5 * Math.sqrt(1 - angle ** 2 - z ** 2)],
    ];
    // pymatgen, get_neighbors(3.07): 8 at 2.5 and 6 at 2.8868 Å.
    const result = compute({ latticeAngstrom: lattice, species: ['Li'], fractional: [[0.1, 0.2, 0.3]] });
    expect(available(result).value).toBe(14);
  });

  it('are fewer at a surface', () => {
    // By hand: three of the twelve neighbours of hcp lie above.
    expect(counts(zincBasal(5, 30))).toEqual([9, 12, 12, 12, 9]);
  });

  it('stay when the crystal is moved, turned or repeated', () => {
    const move = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(move, move, move), fc.double({ min: 0, max: 360, noNaN: true }), (shift, degrees) => {
        const structure = rotated(translated(supercell(bccLi(), 2, 1), shift), degrees);
        expect(counts(structure)).toEqual([8, 8, 8, 8]);
      }),
      { numRuns: 30 },
    );
  });

  it('are none at a shorter limit', () => {
    const result = compute({ ...inputsOf(bccLi()), factor: 1 });
    // By hand: 2 · 1.28 Å against 3.04 Å.
    expect(available(result).value).toBe(0);
  });

  it('need three vectors that span a volume', () => {
    const flat = [
      [3, 0, 0],
      [0, 3, 0],
      [3, 3, 0],
    ];
    expect(codes(unavailable(compute({ latticeAngstrom: flat, species: ['Li'], fractional: [[0, 0, 0]] })))).toEqual([
      'E_LATTICE',
    ]);
  });

  it('need planes that are apart, however the vectors are chosen, and a limit within reach of a bond', () => {
    const cell = (height: number) => [
      [3, 0, 0],
      [0, 3, 0],
      [300, 0, height],
    ];
    const of = (height: number) => compute({ latticeAngstrom: cell(height), species: ['Li'], fractional: [[0, 0, 0]] });
    expect(codes(unavailable(of(1e-3)))).toEqual(['E_LATTICE']);
    // By hand: the lattice is simple cubic, a = 3 Å; limit 1.2 · 2 · 1.28 = 3.07 Å.
    expect(available(of(3)).value).toBe(6);
    expect(() => compute({ ...inputsOf(bccLi()), factor: 1e6 })).toThrow('factor');
  });

  it('refuse places in both kinds or in none, an unknown element and an atom that is not there', () => {
    const base = {
      latticeAngstrom: [
        [3, 0, 0],
        [0, 3, 0],
        [0, 0, 3],
      ],
      species: ['Li'],
      fractional: [[0, 0, 0]],
    };
    const fits = (change: object) => coordinationNumber.inputs.safeParse({ ...base, ...change }).success;
    expect(fits({})).toBe(true);
    expect(fits({ cartesianAngstrom: [[0, 0, 0]] })).toBe(false);
    expect(fits({ fractional: undefined })).toBe(false);
    expect(fits({ species: ['Xx'] })).toBe(false);
    expect(fits({ species: ['Li', 'Li'] })).toBe(false);
    expect(fits({ atom: 2 })).toBe(false);
  });
});
