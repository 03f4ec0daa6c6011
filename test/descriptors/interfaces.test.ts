/** Formation, adhesion, interface energy and contact angle (SCIENCE §8). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adhesionEnergy } from '../../descriptors/adhesion-energy.ts';
import { contactAngle } from '../../descriptors/contact-angle.ts';
import { formationEnergy } from '../../descriptors/formation-energy.ts';
import { interfaceEnergy } from '../../descriptors/interface-energy.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const formation = (inputs: object) => formationEnergy.compute(formationEnergy.inputs.parse(inputs));
const adhesion = (inputs: object) => adhesionEnergy.compute(adhesionEnergy.inputs.parse(inputs));
const dupre = (inputs: object) => interfaceEnergy.compute(interfaceEnergy.inputs.parse(inputs));
const angle = (inputs: object) => contactAngle.compute(contactAngle.inputs.parse(inputs));

// SCIENCE §8.
const LIZN = { totalEv: -3.4905, atoms: { Li: 1, Zn: 1 }, chemicalPotentialsEv: { Li: -1.9056, Zn: -1.2594 } };
const INTERFACE = { filmEv: -120.5, substrateEv: -98.3, interfaceEv: -221.65, areaAngstrom2: 36.58 };

describe('formation energy', () => {
  it('of LiZn is −0.162750 eV per atom', () => {
    const result = available(formation(LIZN));
    expectNear(result.value, -0.16275, 5e-7); // SCIENCE §8
    expectNear(result.parts.formationEnergyOfAllAtomsEv, -0.3255, 1e-12);
    expect([result.unit, result.quality, result.uncertainty]).toEqual(['eV/atom', 'ok', 0.12]);
  });

  it('of MgO is that of the doped example: −5.644958715 eV per formula unit', () => {
    // doped's competing phases of MgO, TOTEN: MgO −12.51682784, Mg4 −6.94729298, O2 −10.27009176 eV; the sum recomputed with
    // pymatgen.
    const chemicalPotentialsEv = { Mg: -6.94729298 / 4, O: -10.27009176 / 2 };
    const result = available(formation({ totalEv: -12.51682784, atoms: { Mg: 1, O: 1 }, chemicalPotentialsEv }));
    expectNear(result.value, -5.644958715 / 2, 1e-9);
  });

  it('has no value without the reference of one of its elements', () => {
    const result = unavailable(formation({ ...LIZN, chemicalPotentialsEv: { Li: -1.9056 } }));
    expect(codes(result)).toEqual(['E_REFERENCE_MISSING']);
    expect(result.reasons[0]?.message).toContain('Zn');
  });

  it('is the same for any number of formula units, and moves with a potential by its share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: -1, max: 1, noNaN: true }), (times, shiftEv) => {
        const result = available(
          formation({
            totalEv: -3.4905 * times,
            atoms: { Li: times, Zn: times },
            chemicalPotentialsEv: { Li: -1.9056 + shiftEv, Zn: -1.2594 },
          }),
        );
        expectNear(result.value, -0.16275 - shiftEv / 2, 1e-9);
      }),
    );
  });

  it('carries the errors of the energies, independent of each other', () => {
    const errors = { totalUncertaintyEv: 0.02, potentialUncertaintyEv: 0.03 };
    // By hand: √((0.02/2)² + 2·(0.03/2)²).
    expectNear(available(formation({ ...LIZN, ...errors })).uncertainty, 0.0234520788, 1e-9);
    expectNear(available(formation({ ...LIZN, ...errors, uncertainty: 0.1 })).uncertainty, 0.1, 0);
  });
});

describe('adhesion energy', () => {
  it('of the example is 1.248279 J/m²', () => {
    const result = available(adhesion(INTERFACE));
    expectNear(result.value, 1.248279, 5e-7); // SCIENCE §8
    // By hand: 2.85 eV / 36.58 Å².
    expectNear(result.parts.adhesionEnergyEvPerAngstrom2, 2.85 / 36.58, 1e-12);
    expect([result.quality, result.convention]).toEqual([
      'ok',
      'relaxed; one interface in the cell; positive = adheres',
    ]);
  });

  it('of a periodic sandwich is shared by its two interfaces', () => {
    expectNear(available(adhesion({ ...INTERFACE, interfaces: 2 })).value, 1.248279 / 2, 5e-7); // SCIENCE §8: /2A
    expect(() => adhesion({ ...INTERFACE, interfaces: 3 })).toThrow(/interfaces/);
  });

  it('with frozen atoms is told as the work of separation', () => {
    expect(available(adhesion({ ...INTERFACE, convention: 'rigid' })).parts.adhesionConvention).toBe('rigid');
  });

  it('holds strain energy when a part was calculated in another cell', () => {
    const result = available(adhesion({ ...INTERFACE, filmStrainFraction: -0.0735 }));
    expect([codes(result), result.quality]).toEqual([['W_STRAIN_REFERENCE'], 'degraded']);
    expect(result.issues[0]?.message).toContain('the film');
    expect(codes(adhesion({ ...INTERFACE, filmStrainFraction: 0.001, substrateStrainFraction: -0.001 }))).toEqual([]);
    expect(codes(adhesion({ ...INTERFACE, substrateStrainFraction: 0.0011 }))).toEqual(['W_STRAIN_REFERENCE']);
  });

  it('does not change with an in-plane supercell and does not know which part is the film', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.boolean(), (times, swapped) => {
        const [filmEv, substrateEv] = swapped ? [-98.3, -120.5] : [-120.5, -98.3];
        const result = available(
          adhesion({
            filmEv: filmEv * times,
            substrateEv: substrateEv * times,
            interfaceEv: -221.65 * times,
            areaAngstrom2: 36.58 * times,
          }),
        );
        expectNear(result.value, 1.248279, 5e-7);
      }),
    );
  });

  it('carries the errors of three energies', () => {
    // By hand: √3 · 0.05 eV · 16.02176634 / 36.58 Å².
    expectNear(available(adhesion({ ...INTERFACE, energyUncertaintyEv: 0.05 })).uncertainty, 0.03793126, 1e-7);
  });
});

describe('interface energy', () => {
  it('is what the surfaces cost less what the adhesion gives back', () => {
    const given = { filmSurfaceJPerM2: 0.55, substrateSurfaceJPerM2: 0.9, adhesionJPerM2: 1.248279 };
    const result = available(dupre(given));
    expectNear(result.value, 0.201721, 1e-9); // by hand
    // By hand: √2 · 0.05 J/m², the default of SCIENCE §10.5 for each surface.
    expectNear(result.uncertainty, 0.0707106781, 1e-9);
  });

  it('of a material with itself is zero: adhesion is then twice its surface energy', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 5, noNaN: true }), (surface) => {
        const given = { filmSurfaceJPerM2: surface, substrateSurfaceJPerM2: surface, adhesionJPerM2: 2 * surface };
        expectNear(available(dupre(given)).value, 0, 1e-12);
        const { value } = available(angle({ adhesionJPerM2: 2 * surface, filmSurfaceJPerM2: surface }));
        expectNear(value, 0, 1e-6);
      }),
    );
  });
});

describe('contact angle', () => {
  it.each([
    // By hand: cos θ = W/γ − 1.
    [0, 180, 'none'],
    [0.25, 120, 'partial'],
    [0.5, 90, 'partial'],
    [0.75, 60, 'partial'],
    [1, 0, 'complete'],
    [1.3, 0, 'complete'],
    [-0.2, 180, 'none'],
  ])('for an adhesion of %f J/m² on a film of 0.5 J/m² is %f°', (adhesionJPerM2, degrees, wetting) => {
    const result = available(angle({ adhesionJPerM2, filmSurfaceJPerM2: 0.5 }));
    expectNear(result.value, degrees, 1e-9);
    expect(result.parts.wetting).toBe(wetting);
    expectNear(result.parts.cosineUnclipped, adhesionJPerM2 / 0.5 - 1, 1e-12);
  });

  it('never grows with adhesion', () => {
    const adhesions = fc.double({ min: -1, max: 3, noNaN: true });
    fc.assert(
      fc.property(adhesions, adhesions, (one, other) => {
        const at = (adhesionJPerM2: number) => available(angle({ adhesionJPerM2, filmSurfaceJPerM2: 0.5 })).value;
        expect(at(Math.max(one, other))).toBeLessThanOrEqual(at(Math.min(one, other)));
      }),
    );
  });

  it('has the error of its cosine, and a finite one where the film begins to spread', () => {
    const errors = { surfaceUncertaintyJPerM2: 0, adhesionUncertaintyJPerM2: 0.005 };
    const inside = available(angle({ adhesionJPerM2: 0.75, filmSurfaceJPerM2: 0.5, ...errors }));
    // By hand: 0.01/sin 60° = 0.011547 rad.
    expectNear(inside.uncertainty, 0.66159, 1e-3);
    const edge = available(angle({ adhesionJPerM2: 1, filmSurfaceJPerM2: 0.5, ...errors }));
    // By hand: half of arccos(0.99) = 8.10961°.
    expectNear(edge.uncertainty, 4.0548, 1e-3);
  });

  it('refuses a film without surface energy', () => {
    expect(() => angle({ adhesionJPerM2: 0.5, filmSurfaceJPerM2: 0 })).toThrow(/filmSurfaceJPerM2/);
  });
});
