import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dBandCentre } from '../../descriptors/d-band-centre.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => dBandCentre.compute(dBandCentre.inputs.parse(inputs));

const BAND = {
  energiesEv: [-7, -5.5, -4, -3, -1.5, 0.5, 2],
  densityPerEv: [0.1, 0.8, 1.9, 2.2, 1.1, 0.4, 0],
  fermiEnergyEv: -0.8,
};
const DOWN = [0, 0.5, 1.5, 2.4, 1.6, 0.7, 0.1];

describe('d-band centre', () => {
  it('of both spins is that of pymatgen', () => {
    const result = available(compute({ ...BAND, densityDownPerEv: DOWN }));
    // pymatgen 2022.11.7, CompleteDos.get_band_center and get_band_width with these numbers.
    expectNear(result.value, -1.9453333333333338, 1e-12);
    expectNear(result.parts.widthEv, 1.673462943187635, 1e-12);
    expectNear(result.parts.states, 18.75, 1e-12); // numpy.trapz
  });

  it('of one spin is another one', () => {
    expectNear(available(compute(BAND)).value, -2.237396121883657, 1e-12); // numpy.trapz
  });

  it('in a window states the window', () => {
    const result = available(compute({ ...BAND, fromEv: -5, toEv: 0 }));
    expectNear(result.value, -2.6026717557251904, 1e-12); // numpy.trapz over the points in the window
    expect(result.convention).toContain('-5 … 0 eV');
    expect(available(compute(BAND)).convention).toContain('full range');
  });

  it('is for information, and says why for a closed shell', () => {
    expect(codes(compute(BAND))).toEqual(['I_INFORMATIONAL']);
    expect(available(compute({ ...BAND, element: 'Zn' })).issues[0]?.message).toContain('closed');
    expect(available(compute(BAND)).quality).toBe('ok');
  });

  it('without states is none', () => {
    const result = unavailable(compute({ ...BAND, densityPerEv: [0, 0, 0, 0, 0, 0, 0] }));
    expect(codes(result)).toEqual(['E_INPUT', 'I_INFORMATIONAL']);
    expect(codes(unavailable(compute({ ...BAND, fromEv: 5, toEv: 6 })))).toContain('E_INPUT');
  });

  it('moves with the Fermi energy, and not with the zero of energy or the number of atoms', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.double({ min: 0.1, max: 40, noNaN: true }),
        (shift, atoms) => {
          const energiesEv = BAND.energiesEv.map((energy) => energy + shift);
          const densityPerEv = BAND.densityPerEv.map((value) => value * atoms);
          const moved = available(compute({ energiesEv, densityPerEv, fermiEnergyEv: -0.8 + shift }));
          expectNear(moved.value, -2.237396121883657, 1e-9);
          const fermi = available(compute({ ...BAND, fermiEnergyEv: -0.8 + shift }));
          expectNear(fermi.value, -2.237396121883657 - shift, 1e-9);
        },
      ),
    );
  });

  it.each([
    [{ ...BAND, energiesEv: [-7, -5.5, -4, -4, -1.5, 0.5, 2] }],
    [{ ...BAND, densityPerEv: [1, 1] }],
    [{ ...BAND, densityDownPerEv: [1, 1] }],
    [{ ...BAND, densityPerEv: [-0.1, 0.8, 1.9, 2.2, 1.1, 0.4, 0] }],
  ])('refuses %j', (inputs) => {
    expect(dBandCentre.inputs.safeParse(inputs).success).toBe(false);
  });
});
