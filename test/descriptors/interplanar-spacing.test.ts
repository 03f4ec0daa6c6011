import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interplanarSpacing } from '../../descriptors/interplanar-spacing.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => interplanarSpacing.compute(interplanarSpacing.inputs.parse(inputs));
const ZNO = { aAngstrom: 3.2495, cAngstrom: 5.2069, crystalSystem: 'hexagonal' };
const ZINC = { aAngstrom: 2.665, cAngstrom: 4.947, crystalSystem: 'hexagonal' };
const hkl = ([h, k, l]: readonly [number, number, number]) => ({ h, k, l });

describe('the distance of lattice planes', () => {
  // SCIENCE §4.6, Cu Kα₁.
  it.each([
    [[0, 0, 2], 2.60345, 34.42, [0, 0, 1]],
    [[0, 2, 0], 1.407075, 66.384, [0, 1, 0]],
    [[2, 0, 0], 1.407075, 66.384, [1, 0, 0]],
    [[2, 0, 2], 1.237852, 76.966, [1, 0, 1]],
  ] as const)('of ZnO %j, and where it reflects', (indices, spacing, twoTheta, plane) => {
    const { value, parts } = available(compute({ ...ZNO, ...hkl(indices) }));
    expectNear(value, spacing, 5e-7);
    expectNear(parts.twoThetaDegrees, twoTheta, 5e-4);
    expect(parts.plane).toEqual(plane);
  });

  // SCIENCE §4.6.
  it.each([
    [[0, 0, 2], 2.4735],
    [[1, 0, 0], 2.307958],
    [[1, 0, 1], 2.091536],
  ] as const)('of zinc %j', (indices, spacing) => {
    expectNear(available(compute({ ...ZINC, ...hkl(indices) })).value, spacing, 5e-7);
  });

  it('of a cubic crystal is a/√(h² + k² + l²)', () => {
    expectNear(available(compute({ aAngstrom: 3.51, h: 1, k: 1, l: 0 })).value, 3.51 / Math.SQRT2, 1e-12);
    expectNear(available(compute({ aAngstrom: 3.51, h: 2, k: 2, l: 2 })).value, 3.51 / Math.sqrt(12), 1e-12);
  });

  // pymatgen 2022.11.7, Lattice.d_hkl.
  it('of cells with other angles is that of pymatgen', () => {
    const lengths = { aAngstrom: 5.1, bAngstrom: 6.3, cAngstrom: 7.4 };
    const triclinic = { ...lengths, alphaDegrees: 82, betaDegrees: 97, gammaDegrees: 105 };
    expectNear(available(compute({ ...triclinic, h: 1, k: 2, l: 3 })).value, 1.7211035364, 1e-9);
    expectNear(available(compute({ ...triclinic, h: 2, k: 0, l: -1 })).value, 2.3910398672, 1e-9);
    const monoclinic = { ...lengths, betaDegrees: 99, crystalSystem: 'monoclinic' };
    expectNear(available(compute({ ...monoclinic, h: 1, k: 1, l: -2 })).value, 2.8572741195, 1e-9);
  });

  it('is the same for planes that symmetry makes one, and 1/n for the order n', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5, max: 5 }),
        fc.integer({ min: -5, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        (h, k, l) => {
          const of = (indices: object) => available(compute({ ...ZNO, ...indices })).value;
          expectNear(of({ h: k, k: h, l: -l }), of({ h, k, l }), 1e-12);
          expectNear(of({ h: -h - k, k: h, l }), of({ h, k, l }), 1e-12);
          expectNear(3 * of({ h: 3 * h, k: 3 * k, l: 3 * l }), of({ h, k, l }), 1e-12);
        },
      ),
    );
  });

  it('without a reflection at a wavelength beyond 2d still is', () => {
    const result = compute({ ...ZNO, h: 0, k: 0, l: 20 });
    expect(codes(result)).toEqual(['I_INFORMATIONAL']);
    expect(available(result).quality).toBe('ok');
    expect(available(result).parts).not.toHaveProperty('twoThetaDegrees');
  });

  it('takes four indices as a hexagonal crystal, and a and c alone as neither that nor a tetragonal one', () => {
    const { crystalSystem: _, ...cell } = ZNO;
    expectNear(available(compute({ ...cell, h: 0, k: 2, i: -2, l: 0 })).value, 1.407075, 5e-7);
    expect(codes(unavailable(compute({ ...cell, h: 0, k: 2, l: 0 })))).toEqual(['E_LATTICE']);
  });

  it('refuses a cell that contradicts its system, angles that no cell has, and (000)', () => {
    expect(codes(unavailable(compute({ ...ZNO, crystalSystem: 'cubic', h: 1, k: 0, l: 0 })))).toEqual(['E_LATTICE']);
    const impossible = {
      aAngstrom: 3,
      bAngstrom: 3,
      cAngstrom: 3,
      alphaDegrees: 20,
      betaDegrees: 30,
      gammaDegrees: 120,
    };
    expect(codes(unavailable(compute({ ...impossible, h: 1, k: 0, l: 0 })))).toEqual(['E_LATTICE']);
    expect(interplanarSpacing.inputs.safeParse({ ...ZNO, h: 0, k: 0, l: 0 }).success).toBe(false);
    expect(interplanarSpacing.inputs.safeParse({ ...ZNO, h: 1, k: 1, i: 2, l: 0 }).success).toBe(false);
  });
});
