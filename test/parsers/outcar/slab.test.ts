import { describe, expect, it } from 'vitest';
import { FIRST, outcarText, SECOND } from './outcar-text.ts';
import { codes, parseText, textAt } from './parse-text.ts';

const vacuum = (upper: string, lower: string) =>
  ` vacuum level on the upper side and lower side of the slab${upper.padStart(14)}${lower.padStart(14)}\n`;

/** In the words of VASP 5.4.4 with IDIPOL = 3. */
const dipole = (moment: string, energy: string, added = true) => ` DIPCOR: dipole corrections for dipol
 direction  3 min pos   120,
 dipolmoment           0.000000      0.000000 ${moment.padStart(13)} electrons x Angstroem
 Tr[quadrupol]    -42545.646230

 energy correction for charged system         0.125000 eV
 dipol+quadrupol energy correction      ${energy.padStart(14)} eV
 added-field ion interaction          0.000000 eV  (added to PSCEN)

${added ? '\n  *************** adding dipol energy to TOTEN NOW **************** \n' : ''}`;

describe('the vacuum levels of a slab', () => {
  it('are the last ones of the last complete step', () => {
    const text = outcarText({
      steps: [
        { ...FIRST, behindLoop: vacuum('1.000', '2.000') },
        { ...SECOND, behindLoop: vacuum('8.049', '7.778') },
      ],
    });
    const record = parseText(text);
    expect(record.vacuumLevelsEv).toEqual({ upper: 8.049, lower: 7.778 });
    expect(textAt(text, record, 'vacuumLevelsEv').trim()).toBe('8.049         7.778');
  });

  it('that are no numbers are left out', () => {
    for (const levels of [vacuum('********', '7.778'), vacuum('8.049', '')]) {
      const record = parseText(outcarText({ steps: [{ ...FIRST, behindLoop: levels }] }));
      expect(record.vacuumLevelsEv).toBeUndefined();
      expect(codes(record)).toEqual(['W_UNPARSEABLE']);
    }
  });
});

describe('the dipole of a slab', () => {
  it('is that of the last complete step, and whether its energy is added behind the loop', () => {
    const text = outcarText({
      steps: [
        { ...FIRST, behindLoop: dipole('0.500000', '0.001000') },
        { ...SECOND, behindLoop: dipole('-0.833343', '0.016519') },
      ],
    });
    const record = parseText(text);
    expect(record.dipoleCorrection).toEqual({
      momentElectronAngstrom: [0, 0, -0.833343],
      energyEv: 0.016519,
      chargedSystemEnergyEv: 0.125,
      addedBehindLoop: true,
    });
    expect(textAt(text, record, 'dipoleCorrection.energyEv')).toBe('0.016519');
    expect(record.issues).toEqual([]);
  });

  it('with LDIPOL is part of the loop already', () => {
    const record = parseText(
      outcarText({ steps: [{ ...FIRST, eigenvalues: dipole('0.006836', '-0.000001', false) }] }),
    );
    expect(record.dipoleCorrection).toMatchObject({ energyEv: -0.000001, addedBehindLoop: false });
  });

  it('whose energy is stars has none', () => {
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindLoop: dipole('0.5', '************') }] }));
    expect(record.dipoleCorrection?.energyEv).toBeUndefined();
    expect(codes(record)).toEqual(['W_UNPARSEABLE']);
  });

  it('is not told by a run without one', () => {
    expect(parseText(outcarText()).dipoleCorrection).toBeUndefined();
  });
});
