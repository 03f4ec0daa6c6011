/**
 * F of the ionic block = F of the last electronic iteration + Edisp + energy of the dipole (SCIENCE §1.3), in the figures
 * of the two real runs that it quotes. Reading the electronic line would lose the dispersion, 29 and 60 eV here.
 */
import { expect, it } from 'vitest';
import { expectNear } from '../../near.ts';
import { FIRST, outcarText, replaced } from './outcar-text.ts';
import { lastStep, parseText } from './parse-text.ts';

/** As `iterationText` writes the last of two iterations. */
const ELECTRONIC = '        -77.00000002 eV';

it('the energy of a run with D3 holds the dispersion that its electronic iterations lack', () => {
  // VASP 5.4.4, ISMEAR 0: SCIENCE §1.3. The electronic TOTEN is printed there as ≈ −1122.49.
  const step = {
    ...FIRST,
    free: '-1151.29778848',
    withoutEntropy: '-1151.28677648',
    sigma0: '-1151.29228248',
    behindLoop: '  IVDW = 11\n  Edisp (eV)  -28.80731\n\n',
  };
  const record = parseText(replaced(outcarText({ steps: [step] }), ELECTRONIC, '      -1122.49047848 eV'));
  const { freeEnergyEv, energySigma0Ev, dispersionEnergyEv } = lastStep(record);
  expect([freeEnergyEv, energySigma0Ev, dispersionEnergyEv]).toEqual([-1151.29778848, -1151.29228248, -28.80731]);
  expectNear((freeEnergyEv ?? 0) - (dispersionEnergyEv ?? 0), -1122.49, 5e-3);
});

it('the energy of a run with D3 and a dipole correction holds both', () => {
  // VASP 6.3.2, IDIPOL 3, LDIPOL F: SCIENCE §1.3 quotes Edisp, dipole energy and their sum; F itself is invented.
  const dipole = ` dipolmoment           0.000000      0.000000      0.500000 electrons x Angstroem
 dipol+quadrupol energy correction        0.051915 eV
  *************** adding dipol energy to TOTEN NOW ****************
`;
  const step = {
    ...FIRST,
    free: '-559.92518700',
    withoutEntropy: '-559.92518700',
    sigma0: '-559.92518700',
    behindLoop: `${dipole}  IVDW = 11\n  Edisp (eV)   -59.9771\n\n`,
  };
  const record = parseText(
    replaced(outcarText({ layout: '6.3', steps: [step] }), ELECTRONIC, '       -500.00000000 eV'),
  );
  expect(record.dipoleCorrection).toMatchObject({ energyEv: 0.051915, addedBehindLoop: true });
  const { freeEnergyEv = 0, dispersionEnergyEv = 0 } = lastStep(record);
  // Edisp has four decimals there.
  expectNear(dispersionEnergyEv + (record.dipoleCorrection?.energyEv ?? 0), -59.925187, 5e-5);
  expectNear(freeEnergyEv - -500, -59.925187, 1e-9);
});
