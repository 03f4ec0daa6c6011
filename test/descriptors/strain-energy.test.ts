import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strainEnergy } from '../../descriptors/strain-energy.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';
import { TRICLINIC, ZINC } from './elastic-tensors.ts';

const compute = (inputs: object) => strainEnergy.compute(strainEnergy.inputs.parse(inputs));

describe('strain energy', () => {
  it('of zinc (0001) on vermiculite is that of SCIENCE §5.5', () => {
    const result = available(compute({ ...ZINC, strainFraction: 0.0037523 }));
    expectNear(result.value, 1.645407e6, 0.5);
    expectNear(result.parts.biaxialModulusGpa, 116.8633, 5e-5);
    expectNear(result.parts.energyPerThicknessJPerM2PerNm, 1.645e-3, 5e-7);
    // By hand: du/dε = 2Mε = 877 MPa, times 0.001 (SCIENCE §10.5).
    expectNear(result.uncertainty, 2 * 116.86335e9 * 0.0037523 * 1e-3, 10);
    expect(result.quality).toBe('ok');
  });

  it('of a cubic (001) film follows C11 + C12 − 2C12²/C11', () => {
    const result = available(compute({ c11Gpa: 625, c12Gpa: 165, c44Gpa: 163, strainFraction: 0.01 }));
    expectNear(result.parts.biaxialModulusGpa, 702.88, 1e-9); // by hand: 625 + 165 − 2·165²/625
    expectNear(result.value, 702.88e9 * 1e-4, 1e-3);
  });

  it('of a strain given in full is ½ε:C:ε', () => {
    // pymatgen 2022.11.7 and numpy: ½ ε_ij C_ijkl ε_kl of this strain is 0.00244706 GPa.
    const strain = [0.004, -0.003, 0.002, 0.0014, -0.001, 0.002];
    const result = available(compute({ stiffnessGpa: TRICLINIC, strain }));
    expectNear(result.value, 2447060, 1e-3);
    expect(result.parts).not.toHaveProperty('biaxialModulusGpa');
  });

  it('of a film in a plane is the least over all strains across it', () => {
    // scipy.optimize.minimize (BFGS) over ε33, 2ε23 and 2ε13.
    const result = available(compute({ stiffnessGpa: TRICLINIC, planeStrain: [0.004, -0.002, 0.003] }));
    expectNear(result.value, 1618847.6426635326, 1e-2);
  });

  it('is positive, grows with the square of the strain and does not know its sign', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-4, max: 0.02, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (e, k) => {
          const at = (strainFraction: number) => available(compute({ ...ZINC, strainFraction })).value;
          expect(at(e)).toBeGreaterThan(0);
          expectNear(at(-e), at(e), 1e-6);
          expectNear(at(k * e) / at(e), k * k, 1e-9);
        },
      ),
    );
  });

  it('is never more than that of the same strain without relaxation across the film', () => {
    const component = fc.double({ min: -0.03, max: 0.03, noNaN: true });
    fc.assert(
      fc.property(component, component, component, (xx, yy, xy) => {
        const free = available(compute({ stiffnessGpa: TRICLINIC, planeStrain: [xx, yy, xy] })).value;
        const held = available(compute({ stiffnessGpa: TRICLINIC, strain: [xx, yy, 0, 0, 0, xy] })).value;
        expect(free).toBeLessThanOrEqual(held + 1e-6);
      }),
    );
  });

  it('beyond 5 % is not linear any more', () => {
    expect(codes(compute({ ...ZINC, strainFraction: 0.05 }))).toEqual([]);
    const result = available(compute({ ...ZINC, strainFraction: -0.051 }));
    expect([codes(result), result.quality]).toEqual([['W_NONLINEAR_STRAIN'], 'degraded']);
    // A shear 2ε12 of 0.12 is a principal strain of 6 %.
    expect(codes(compute({ ...ZINC, planeStrain: [0, 0, 0.12] }))).toEqual(['W_NONLINEAR_STRAIN']);
    expect(codes(compute({ ...ZINC, planeStrain: [0, 0, 0.09] }))).toEqual([]);
  });

  it('of an unstable crystal has no value', () => {
    const result = unavailable(compute({ c11Gpa: 100, c12Gpa: 101, c44Gpa: 50, strainFraction: 0.01 }));
    expect(codes(result)).toEqual(['E_ELASTIC_UNSTABLE']);
  });

  it('needs one strain', () => {
    expect(() => compute(ZINC)).toThrow(/strainFraction/);
    expect(() => compute({ ...ZINC, strainFraction: 0.01, strain: [0, 0, 0, 0, 0, 0] })).toThrow(/strainFraction/);
  });
});
