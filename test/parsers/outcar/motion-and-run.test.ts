/**
 * What an OUTCAR says of moving ions, of the noise of its forces, and of the machine: in the words of real files (VASP
 * 5.4.4 and 6.4.1; 5.3.5 writes `kinetic Energy`).
 */
import { describe, expect, it } from 'vitest';
import { FIRST, outcarText, SECOND, TIMING } from './outcar-text.ts';
import { codes, issueOf, lastStep, parseText, textAt } from './parse-text.ts';

const THERMOSTAT = `
  ENERGY OF THE ELECTRON-ION-THERMOSTAT SYSTEM (eV)
  ---------------------------------------------------
% ion-electron   TOTEN  =      -368.926480  see above
  kinetic energy EKIN   =         0.041864
  kin. lattice  EKIN_LAT=         0.000000  (temperature    3.90 K)
  nose potential ES     =        -2.615869
  nose kinetic   EPS    =         1.956045
  ---------------------------------------------------
  total energy   ETOTAL =      -369.544440 eV

  maximum distance moved by ions :      0.50E-03
`;
const moving = (thermostat: string) => outcarText({ steps: [FIRST, { ...SECOND, ending: thermostat }] });

describe('a step of molecular dynamics', () => {
  it('has the kinetic energy of its ions and the energy that is conserved, with their places', () => {
    for (const text of [THERMOSTAT, THERMOSTAT.replace('kinetic energy', 'kinetic Energy')].map(moving)) {
      const record = parseText(text);
      const { temperatureKelvin, kineticEnergyEv, conservedEnergyEv } = lastStep(record);
      expect([temperatureKelvin, kineticEnergyEv, conservedEnergyEv]).toEqual([3.9, 0.041864, -369.54444]);
      expect(textAt(text, record, 'final.kineticEnergyEv')).toBe('0.041864');
      expect(textAt(text, record, 'final.conservedEnergyEv')).toBe('-369.544440');
      expect(codes(record)).toEqual([]);
    }
  });

  it.each([
    ['kineticEnergyEv', THERMOSTAT.replace('0.041864', '********')],
    ['conservedEnergyEv', THERMOSTAT.replace('-369.544440', '***********')],
    ['conservedEnergyEv', THERMOSTAT.replace('ETOTAL =', 'ETO\0AL =')],
  ] as const)('without its %s says so', (name, thermostat) => {
    const record = parseText(moving(thermostat));
    expect(lastStep(record)[name]).toBeUndefined();
    expect(codes(record)).toEqual(['I_NOT_READ']);
  });

  it('alone has them', () => {
    const { kineticEnergyEv, conservedEnergyEv } = lastStep(parseText(outcarText({})));
    expect([kineticEnergyEv, conservedEnergyEv]).toEqual([undefined, undefined]);
  });
});

describe('the drift of the forces', () => {
  const LINE = '    total drift:                               -0.001594      0.000508    -13.003058';
  const withDrift = (line: string): string => {
    const [before, last] = [outcarText({}), outcarText({}).lastIndexOf('    total drift:')];
    return before.slice(0, last) + before.slice(last).replace(/^.*/, () => line);
  };

  it('is that of the last step', () => {
    const text = withDrift(LINE);
    const record = parseText(text);
    expect(record.forceDriftEvPerAngstrom).toEqual([-0.001594, 0.000508, -13.003058]);
    expect(textAt(text, record, 'forceDriftEvPerAngstrom')).toBe(LINE.trim());
    expect(codes(record)).toEqual([]);
  });

  it.each([LINE.replace('0.000508', '********'), LINE.replace('drift', 'dr\0ft')])(
    'that is damaged is told',
    (line) => {
      const record = parseText(withDrift(line));
      expect(record.forceDriftEvPerAngstrom).toBeUndefined();
      expect(issueOf(record, 'I_NOT_READ')?.message).toContain('drift of the forces');
    },
  );
});

describe('what a run was computed with', () => {
  const on = (line: string, timing = TIMING) =>
    outcarText({ ending: timing }).replace(/^( executed on .*\n)/m, (executed) => `${executed}${line}`);

  it('is the number of cores in VASP 5, of processes and their threads in VASP 6', () => {
    const five = on(' running on   16 total cores\n');
    expect(parseText(five).computing).toEqual({ processCount: 16 });
    expect(textAt(five, parseText(five), 'computing.processCount')).toBe('running on   16 total cores');
    const six = on(' running  128 mpi-ranks, with    4 threads/rank, on    2 nodes\n');
    expect(parseText(six).computing).toEqual({ processCount: 128, threadsPerProcess: 4 });
    expect(parseText(on(' running ******* mpi-ranks\n')).computing).toBeUndefined();
  });

  it('is the memory at its end', () => {
    const timing = (kilobytes: string) =>
      TIMING.replace('12.500\n', `12.500\n  \n                   Maximum memory used (kb):${kilobytes}\n`);
    const text = on('', timing('       92356.'));
    const record = parseText(text);
    expect([record.elapsedSeconds, record.computing]).toEqual([12.5, { maximumMemoryKilobytes: 92_356 }]);
    expect(textAt(text, record, 'computing.maximumMemoryKilobytes')).toBe('92356.');
    const lost = parseText(on('', timing('*******')));
    expect([lost.computing, codes(lost)]).toEqual([undefined, ['I_NOT_READ']]);
  });

  it('is no memory of 0 kB, which VASP prints where it was not measured', () => {
    const text = TIMING.replace('12.500\n', '12.500\n  \n                   Maximum memory used (kb):          0.\n');
    const { computing, elapsedSeconds, places, issues } = parseText(on('', text));
    expect([computing, elapsedSeconds, issues]).toEqual([undefined, 12.5, []]);
    expect(places).not.toHaveProperty('computing.maximumMemoryKilobytes');
  });
});
