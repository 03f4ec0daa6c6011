import { describe, expect, it } from 'vitest';
import { expectNear } from '../../near.ts';
import { FIRST, headerText, outcarText, replaced, SECOND, type StepText, TIMING } from './outcar-text.ts';
import { codes, issueOf, lastStep, parseText } from './parse-text.ts';

const NOT_PRINTED = { rows: undefined, cell: undefined } as const;

/** No smearing entropy: all three energies are one. */
const energies = (value: string) => ({ free: value, withoutEntropy: value, sigma0: value });

describe('molecular dynamics with NWRITE = 0', () => {
  const md: StepText[] = [
    FIRST,
    { ...FIRST, ...NOT_PRINTED, ...energies('-11.21000000') },
    { ...FIRST, ...NOT_PRINTED, ...energies('-11.22000000') },
    SECOND,
  ];

  it('has a step per energy, and tables in the first and last one only', () => {
    const record = parseText(outcarText({ layout: '6.3', steps: md }));
    expect(record.steps?.map((step) => step.freeEnergyEv)).toEqual([-11.20000001, -11.21, -11.22, -11.30000004]);
    expect(record.steps?.map((step) => step.forcesEvPerAngstrom !== undefined)).toEqual([true, false, false, true]);
    expect(codes(record)).toEqual([]);
  });

  it('that ends in a step without table has no final structure: not that of an earlier step', () => {
    const record = parseText(outcarText({ layout: '6.3', steps: md.slice(0, 3), ending: '' }));
    expect(lastStep(record).freeEnergyEv).toBe(-11.22);
    expect(lastStep(record).cartesianAngstrom).toBeUndefined();
    expect(record.structure).toBeUndefined();
    expect(codes(record)).toEqual(['E_TRUNCATED', 'W_NO_FORCES']);
  });

  it('gives the temperature of each step', () => {
    const thermostat = `  ENERGY OF THE ELECTRON-ION-THERMOSTAT SYSTEM (eV)
  ---------------------------------------------------
% ion-electron   TOTEN  =       -99.126977  see above
  kinetic energy EKIN   =         0.000043
  kin. lattice  EKIN_LAT=         0.000000  (temperature  307.66 K)
`;
    const record = parseText(outcarText({ steps: [{ ...FIRST, ending: thermostat }] }));
    expect(lastStep(record).temperatureKelvin).toBe(307.66);
    expect(lastStep(record).freeEnergyEv).toBe(-11.20000001);
  });
});

describe('a last step that prints no cell', () => {
  const withoutCell = { ...SECOND, cell: undefined };

  it('keeps that of the header where ISIF fixes it', () => {
    const record = parseText(outcarText({ steps: [FIRST, withoutCell] }));
    expect(record.structure?.latticeAngstrom[2]).toEqual([0, 0.5, 18]);
  });

  it('has none where ISIF = 3 changes it', () => {
    const header = headerText('5.4', { 'ISIF   =      2': 'ISIF   =      3' });
    const record = parseText(outcarText({ header, steps: [FIRST, withoutCell] }));
    expect(record.structure).toBeUndefined();
  });

  it('and no positions is the start when it is the only one', () => {
    const record = parseText(outcarText({ steps: [{ ...FIRST, ...NOT_PRINTED }] }));
    expect([...(record.structure?.cartesianAngstrom ?? [])].slice(3, 6)).toEqual([1.6, 0.92376043, 2.61]);
    expect(codes(record)).toEqual(['W_NO_FORCES']);
  });
});

describe('an image of a band (VTST)', () => {
  it('has its tangent and residual forces, the plain force table, and may have no stress', () => {
    const band = ` NEB: Tangent
 ----------------------------------------------
     -0.00310     -0.00310      0.00000
      0.60000      0.00000      0.00000
      0.00000      0.80000      0.00000

 NEB: forces: par spring, perp REAL, dneb     0.000024    0.041786    0.000000
 NEB: projections on to tangent (spring, REAL)    -0.000024   -0.226121
  FORCES: max atom, RMS     0.019191    0.007505
  FORCE total and by dimension    0.041786    0.010428
`;
    const step = { ...SECOND, stress: undefined, behindForces: band };
    for (const layout of ['4.6', '5.4'] as const) {
      const record = parseText(outcarText({ layout, steps: [FIRST, step] }));
      // Example of SCIENCE §3.4: b = −0.226121, m = 0.019191.
      expect(lastStep(record).neb).toMatchObject({
        tangentForceEvPerAngstrom: -0.226121,
        residualForceEvPerAngstrom: 0.019191,
      });
      expect(lastStep(record).stressKbar).toBeUndefined();
      expect(lastStep(record).forcesEvPerAngstrom?.[0]).toBe(0.01);
      expect(codes(record)).toEqual([]);
    }
  });
});

describe('magnetism', () => {
  const table = (direction: string, rows: string) => ` magnetization (${direction})

# of ion       s       p       d       f       tot
--------------------------------------------------
${rows}--------------------------------------------------
tot          0.100   0.000   0.000   0.000   0.100

`;

  it('of a non-collinear run is a vector, and its length', () => {
    const record = parseText(outcarText({ steps: [{ ...FIRST, moment: '0.3000000   0.4000000  -1.2000000' }] }));
    expect(lastStep(record).magnetisationVectorBohr).toEqual([0.3, 0.4, -1.2]);
    // √(0.09 + 0.16 + 1.44) = 1.3
    expectNear(lastStep(record).totalMagnetisationBohr, 1.3, 1e-12);
  });

  it('of an atom is the last column, behind f, and its largest size counts', () => {
    const rows =
      '    1        0.010   0.020   0.030   1.940   2.000\n' +
      '    2        0.000   0.000   0.000  -2.500  -2.500\n' +
      '    3        0.000   0.000   0.000   0.000   0.000\n';
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindLoop: table('x', rows) }] }));
    expect(lastStep(record).maxAtomMagnetisationBohr).toBe(2.5);
  });

  it('of an atom in a non-collinear run is the length of its vector in the last tables', () => {
    const rows = (third: string) =>
      ['0.000', '-1.000', third]
        .map((total, atom) => `    ${atom + 1}        0.000   0.000   0.000   0.000${total.padStart(8)}\n`)
        .join('');
    const before = table('x', rows('9.000'));
    const tables = [table('x', rows('0.500')), table('y', rows('-2.500')), table('z', rows('1.500'))];
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindLoop: before + tables.join('') }] }));
    // √(0.5² + 2.5² + 1.5²) = √8.75; the second atom has √3.
    expectNear(lastStep(record).maxAtomMagnetisationBohr, 2.958039891549808, 1e-14);
  });

  it('that overflowed its column is a warning and no number', () => {
    const rows =
      '    1        0.010   0.020   0.030   1.940   2.000\n    2        0.000   0.000   0.000  ****** ******\n' +
      '    3        0.000   0.000   0.000   0.000   0.000\n';
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindLoop: table('x', rows) }] }));
    expect(lastStep(record).maxAtomMagnetisationBohr).toBeUndefined();
    expect(record.sites).toBeUndefined();
    expect(codes(record)).toEqual(['W_UNPARSEABLE']);
  });

  it('is not told by a run without spin', () => {
    const record = parseText(
      outcarText({
        header: headerText('5.4', { 'ISPIN  =      2': 'ISPIN  =      1' }),
        steps: [{ ...FIRST, moment: undefined, eigenvalues: '' }],
      }),
    );
    expect(lastStep(record).totalMagnetisationBohr).toBeUndefined();
    expect(codes(record)).toEqual([]);
  });
});

describe('dispersion', () => {
  const parameters = `  IVDW = 11
  DFTD3 V3.0 Rev 1
  VDW_S6 =  1.0000
  VDW_S8 =  0.7220
`;
  const edisp = (value: string) => `  Edisp (eV)${value}\n\n`;

  it('is named and measured before the ionic block, the method in the first step alone', () => {
    const steps = [
      { ...FIRST, behindLoop: parameters + edisp('   -2.10000') },
      { ...SECOND, behindLoop: edisp('  -2.20000') },
    ];
    const record = parseText(outcarText({ steps }));
    expect(record.settings).toMatchObject({ IVDW: 11, VDW_S6: 1, VDW_S8: 0.722 });
    expect(record.steps?.map((step) => step.dispersionEnergyEv)).toEqual([-2.1, -2.2]);
    expect(codes(record)).toEqual([]);
  });

  it('is read with a colon too', () => {
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindLoop: edisp(':   -2.10000') }] }));
    expect(lastStep(record).dispersionEnergyEv).toBe(-2.1);
  });

  it('that is switched on and not printed in the last step is a warning', () => {
    const steps = [{ ...FIRST, behindLoop: parameters + edisp('   -2.10000') }, SECOND];
    expect(codes(parseText(outcarText({ steps })))).toEqual(['W_NO_EDISP']);
  });

  it('of VASP below 5.3 is not in the energies', () => {
    const header = replaced(headerText('4.6'), ' vasp.4.6.35', ' vasp.5.2.11').replace(
      '   NELECT',
      '   LVDW = T\n   NELECT',
    );
    expect(codes(parseText(outcarText({ layout: '4.6', header })))).toEqual(['W_OLD_VDW']);
  });

  it('values of patched builds with and without it begin with the one that counts', () => {
    const patched = (value: string) => `${value} eV    w/o vdW =       -99.12345678`;
    const text = outcarText({ steps: [FIRST, SECOND] });
    const record = parseText(
      text
        .replace('-11.30000004 eV', `${patched('-11.30000004')} eV`)
        .replace('-11.29900008', patched('-11.29900008'))
        .replace('-11.29950006', patched('-11.29950006')),
    );
    expect(lastStep(record)).toMatchObject({
      freeEnergyEv: -11.30000004,
      energyWithoutEntropyEv: -11.29900008,
      energySigma0Ev: -11.29950006,
    });
  });
});

describe('other lines about energy', () => {
  it('of a dipole correction are no energies of the step', () => {
    const dipole = '  dipol+quadrupol energy correction        0.051915 eV\n  adding dipol energy to TOTEN NOW\n\n';
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindLoop: dipole }] }));
    expect(lastStep(record).freeEnergyEv).toBe(-11.20000001);
    expect(codes(record)).toEqual([]);
  });

  it('of a pressure give the enthalpy, which is not the energy', () => {
    const header = headerText('5.4', { 'PSTRESS=      0.0': 'PSTRESS=     25.0' });
    const ending = '  enthalpy is  TOTEN    =       -88.76543210 eV   P V=        2.49\n';
    const record = parseText(outcarText({ header, steps: [{ ...FIRST, ending }] }));
    expect(lastStep(record).freeEnergyEv).toBe(-11.20000001);
    expect(issueOf(record, 'W_PSTRESS')?.details).toEqual({ kbar: 25 });
  });

  it('of a run with little output (NWRITE ≤ 1) are no energies of the step', () => {
    const summary = '  free energy =   -77.50000000  energy without entropy=   -77.40000000\n';
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindLoop: summary }] }));
    expect(lastStep(record)).toMatchObject({ freeEnergyEv: -11.20000001, energyWithoutEntropyEv: -11.19900003 });
  });
});

describe('a file in which lines of a step were overwritten', () => {
  it('still has every energy block as a step of its own', () => {
    // Two processes wrote into one file: the Iteration lines of the second step are lost.
    const second = outcarText({ steps: [SECOND] });
    const rest = second.slice(second.indexOf(' E-fermi'), second.indexOf(TIMING));
    const record = parseText(outcarText({ steps: [FIRST], ending: rest + TIMING }));
    expect(record.steps?.map((step) => step.freeEnergyEv)).toEqual([-11.20000001, -11.30000004]);
    expect(record.steps?.map((step) => step.fermiEnergyEv)).toEqual([1.2345, -0.5678]);
    expect(record.steps?.map((step) => step.forcesEvPerAngstrom?.[0])).toEqual([0.25, 0.01]);
    expect(record.steps?.map((step) => step.electronicStepCount)).toEqual([2, undefined]);
  });
});
