/** Extrapolation to zero smearing (SCIENCE §1.3, §1.4). */
import { describe, expect, it } from 'vitest';
import { extrapolatedEnergy } from '../../descriptors/extrapolated-energy.ts';
import { expectNear } from '../near.ts';
import { available, codes } from './descriptor-cases.ts';

const compute = (inputs: object) => extrapolatedEnergy.compute(extrapolatedEnergy.inputs.parse(inputs));
const INVENTED = { freeEnergyEv: -84.51234567, energyWithoutEntropyEv: -84.50034567 };

describe('the energy at zero smearing', () => {
  // SCIENCE §1.3, first example.
  it.each([
    [0, -84.50634567],
    [1, -84.50834567],
    [2, -84.50934567],
  ])('takes the order of the smearing, ISMEAR = %i, into account', (ismear, expected) => {
    expectNear(available(compute({ ...INVENTED, ismear })).value, expected, 5e-9);
  });

  it('is that of a real run with Gaussian smearing', () => {
    // SCIENCE §1.3, VASP 5.4.4 with D3: F, E and energy(sigma->0) as printed.
    const result = compute({ freeEnergyEv: -1151.29778848, energyWithoutEntropyEv: -1151.28677648, ismear: 0 });
    expectNear(available(result).value, -1151.29228248, 5e-9);
  });

  it('is the free energy itself with tetrahedra', () => {
    expect(available(compute({ freeEnergyEv: -3, energyWithoutEntropyEv: -3, ismear: -5 })).value).toBe(-3);
  });

  it('warns of an entropy above 1 meV per atom, and not below', () => {
    // SCIENCE §1.4: 24 atoms, 0.5000 meV per atom; by hand: 12 meV over 10 atoms are 1.2.
    const below = compute({ ...INVENTED, ismear: 0, atoms: 24 });
    expectNear(Number(available(below).parts.entropyPerAtomEv), 5e-4, 5e-8);
    expect(codes(below)).toEqual([]);
    expect(codes(compute({ ...INVENTED, ismear: 0, atoms: 10 }))).toEqual(['W_SMEARING_ENTROPY']);
  });
});
