import { describe, expect, it } from 'vitest';
import { FIRST, headerText, outcarText, REACHED, row, SECOND, type StepText, TIMING } from './outcar-text.ts';
import { codes, lastStep, parseText } from './parse-text.ts';

describe('the SCF loop of the last step', () => {
  // EDIFF of the fixture is 1e-5, NELM 60.
  it.each([
    ['reached, fewer iterations than NELM', { iterations: 59 }, 'reached'],
    ['reached at NELM when both changes are within EDIFF', { iterations: 60 }, 'reached'],
    [
      'not reached at NELM when the first change is above EDIFF',
      { iterations: 60, change: '-0.2000000E-04  ( 0.1000000E-06)' },
      'notReached',
    ],
    [
      'not reached at NELM when the second change is above EDIFF',
      { iterations: 60, change: ' 0.1000000E-06  (-0.2000000E-04)' },
      'notReached',
    ],
    [
      'unknown at NELM when a change is no number',
      { iterations: 60, change: '***************  (-0.2000000E-06)' },
      'unknown',
    ],
    [
      'not reached where VASP 6 says so',
      { aborting: 'aborting loop EDIFF was not reached (unconverged)' },
      'notReached',
    ],
    ['not reached after a hard stop', { aborting: 'aborting loop because hard stop was set' }, 'notReached'],
    [
      'not reached where the job says hard stop',
      { behindForces: ' hard stop encountered!  aborting job ...\n' },
      'notReached',
    ],
    ['unknown without any closing line', { aborting: '' }, 'unknown'],
    [
      'not reached without any closing line at NELM',
      { aborting: '', iterations: 60, change: '-0.2000000E-04  (-0.1)' },
      'notReached',
    ],
  ] as const)('is %s', (_, changes: Partial<StepText>, expected) => {
    for (const layout of ['4.6', '5.4', '6.3'] as const) {
      const record = parseText(outcarText({ layout, steps: [FIRST, { ...SECOND, ...changes }] }));
      expect(record.convergence?.electronic).toBe(expected);
      expect(lastStep(record).electronic).toBe(expected);
    }
  });

  it('is judged by its own loop, not by that of the linear response behind it', () => {
    const response = `${'-'.repeat(41)} Iteration    1(   1)  ${'-'.repeat(39)}
 total energy-change (2. order) : 0.9000000E+00  (-0.9000000E+00)
 number of electron      30.0000000 magnetization       5.5000000
 E-fermi :   9.9999     XC(G=0): -10.1738     alpha+bet :-14.9207
${'-'.repeat(24)} aborting loop EDIFF was not reached (unconverged) ${'-'.repeat(40)}
  in kB      91.10000   -92.20000    93.30000   -94.44000    95.55000   -96.06600
     LOOP+:  cpu time   50.0000: real time   60.0000
`;
    for (const layout of ['4.6', '5.4'] as const) {
      const record = parseText(outcarText({ layout, steps: [{ ...FIRST, ending: response }] }));
      expect(record.ionicStepCount).toBe(1);
      expect(lastStep(record)).toMatchObject({
        electronic: 'reached',
        electronicStepCount: 2,
        fermiEnergyEv: 1.2345,
        totalMagnetisationBohr: 0.5,
        stressKbar: [1.1, -2.2, 3.3, -0.44, 0.55, -0.066],
        elapsedSeconds: 60,
      });
      expect(record.issues).toEqual([]);
    }
  });

  it('of earlier steps is a warning', () => {
    const bad = { ...FIRST, aborting: 'aborting loop EDIFF was not reached (unconverged)' };
    const record = parseText(outcarText({ layout: '6.3', steps: [bad, bad, SECOND] }));
    expect(record.convergence?.electronic).toBe('reached');
    expect(codes(record)).toEqual(['W_SCF_EARLIER_STEP']);
  });
});

describe('counters that overflow their columns', () => {
  it('still part the steps', () => {
    const steps = [
      { ...FIRST, counter: '9999' },
      { ...FIRST, counter: '****', iterations: 1, free: '-11.25000000' },
      { ...SECOND, counter: '****', iterations: 1 },
    ];
    const record = parseText(outcarText({ steps }));
    expect(record.steps?.map((step) => step.freeEnergyEv)).toEqual([-11.20000001, -11.25, -11.30000004]);
    expect(record.steps?.map((step) => step.index)).toEqual([1, 2, 3]);
  });
});

describe('a relaxation', () => {
  const slack = { ...SECOND, rows: [row([0, 0, 0], [0, 0.0181, 0.0241]), ...(SECOND.rows ?? []).slice(1)] };

  it.each([
    // |F| = √(0.0181² + 0.0241²) = 0.03014 eV/Å, above the limit of 0.03; the largest of SECOND is 0.02291.
    ['reached where VASP says so, whatever the forces of fixed atoms are', slack, REACHED, {}, 'reached'],
    ['reached when all forces are within EDIFFG', SECOND, '', {}, 'reached'],
    ['not reached when a force is above EDIFFG', slack, '', {}, 'notReached'],
    [
      'not reached without that line when EDIFFG is an energy',
      SECOND,
      '',
      { 'EDIFFG = -.3E-01': 'EDIFFG = 0.1E-03' },
      'notReached',
    ],
    ['not applicable to molecular dynamics', slack, '', { 'IBRION =      2': 'IBRION =      0' }, 'notApplicable'],
    ['not applicable to a static run', slack, '', { 'NSW    =     10': 'NSW    =      0' }, 'notApplicable'],
    ['not applicable to finite differences', slack, '', { 'IBRION =      2': 'IBRION =      5' }, 'notApplicable'],
    [
      'unknown when the header does not tell what it was',
      slack,
      '',
      { 'IBRION =      2': 'IBRIO  =      2' },
      'unknown',
    ],
  ] as const)('is %s', (_, step, line, changes: Readonly<Record<string, string>>, expected) => {
    const steps = [FIRST, { ...step, ending: line }];
    const record = parseText(outcarText({ header: headerText('5.4', changes), steps }));
    expect(record.convergence?.ionic).toBe(expected);
  });

  it('of an earlier appended run says nothing about the last', () => {
    const first = outcarText({ steps: [{ ...SECOND, ending: REACHED }] });
    const record = parseText(first + outcarText({ steps: [slack], ending: '' }));
    expect(record.convergence?.ionic).toBe('notReached');
    expect(record.completeness).toBe('truncated');
  });
});

describe('a run without an ionic step that ended by itself', () => {
  it('(GW, response, band structure) is complete and has no energy', () => {
    const loop = outcarText({ steps: [FIRST] }).split('  FORCE on cell')[0] ?? '';
    const record = parseText(loop + TIMING);
    expect(record.completeness).toBe('complete');
    expect(record.steps).toEqual([]);
    expect(codes(record)).toEqual(['E_UNREADABLE']);
    // Nothing has moved: the starting structure is that of the run.
    expect([...(record.structure?.cartesianAngstrom ?? [])].slice(0, 3)).toEqual([0.1, 0.2, 0.3]);
  });
});
