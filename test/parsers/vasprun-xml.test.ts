/** vasprun.xml: what is read. The expected numbers are worked out by hand from the fixture. */
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import {
  BANDS,
  calculation,
  codes,
  HEAD,
  latin1,
  parse,
  parseBy,
  RELAXATION,
  row,
  SCF,
  SCF_END,
  STEP_2,
  scfStep,
  TAIL,
} from './vasprun-xml-cases.ts';

const last = (text: string) => parse(text).steps!.at(-1)!;
const one = (step: Partial<typeof STEP_2>) => `${HEAD}${calculation({ ...STEP_2, ...step })}${TAIL}`;

describe('the energies of an ionic step', () => {
  it('are F of the step, and E and E0 of the last electronic step shifted by the dispersion energy', () => {
    const record = parse(RELAXATION);
    expect(record.ionicStepCount).toBe(2);
    const [first, second] = record.steps!;
    // −10.5 − (−10) = −0.5; −9.98 − 0.5; −9.99 − 0.5
    expect(second).toMatchObject({
      index: 2,
      freeEnergyEv: -10.5,
      energyWithoutEntropyEv: -10.48,
      energySigma0Ev: -10.49,
    });
    // −10.25 − (−9.7) = −0.55; −9.66 − 0.55; −9.68 − 0.55
    expect(first).toMatchObject({
      index: 1,
      freeEnergyEv: -10.25,
      energyWithoutEntropyEv: -10.21,
      energySigma0Ev: -10.23,
    });
  });

  it('are those of the electronic step to the last digit when nothing is added behind it', () => {
    const step = last(one({ free: '   -10.00000000' }));
    expect(step).toMatchObject({ freeEnergyEv: -10, energyWithoutEntropyEv: -9.98, energySigma0Ev: -9.99 });
  });

  it('lack E0 when the last electronic step does, which an issue says', () => {
    const text = one({
      scf: SCF.replace(
        / {4}<i name="e_0_energy">[^\n]*\n {3}<\/energy>\n {2}<\/scstep>\n$/,
        '   </energy>\n  </scstep>\n',
      ),
    });
    const step = last(text);
    expect(step.freeEnergyEv).toBe(-10.5);
    expect(step.energyWithoutEntropyEv).toBe(-10.48);
    expect(step).not.toHaveProperty('energySigma0Ev');
    expect(codes(text)).toContain('E_UNPARSEABLE');
  });

  it('are absent when starred, and never those of the step before', () => {
    const text = RELAXATION.replace('   -10.50000000', '****************');
    const record = parse(text);
    expect(record.steps!.at(-1)).not.toHaveProperty('freeEnergyEv');
    expect(record.steps!.at(-1)).not.toHaveProperty('energySigma0Ev');
    const fault = record.issues.find((entry) => entry.code === 'E_UNPARSEABLE')!;
    expect(text.slice(fault.where.byteOffset).startsWith('<i name="e_fr_energy"> ****')).toBe(true);
  });

  it('belong to the first electronic loop where a linear response runs further ones', () => {
    const response = scfStep({ free: -77, withoutEntropy: -77, sigma0: -77 }).repeat(3);
    const text = one({ scf: SCF + response }).replace(
      '<i type="int" name="IBRION">     2',
      '<i type="int" name="IBRION">     8',
    );
    expect(last(text)).toMatchObject({ energySigma0Ev: -10.49, electronicStepCount: 2 });
  });

  it('are those before the structure of the step: a response and finite fields run further loops behind it', () => {
    // As VASP 5.2 and later print LEPSILON; ALGO = All lists the contributions in every step.
    const loop = [-8, -9.5].map((free) => scfStep({ free, withoutEntropy: free, sigma0: free }, true)).join('');
    const behind = scfStep({ free: -77, withoutEntropy: -77, sigma0: -77 }).repeat(3);
    for (const ibrion of [2, 8]) {
      const text = one({ scf: loop + SCF, behind: behind + BANDS }).replace(
        '<i type="int" name="IBRION">     2',
        `<i type="int" name="IBRION">     ${ibrion}`,
      );
      expect(last(text)).toMatchObject({ energySigma0Ev: -10.49, electronicStepCount: 4 });
      expect(parseBy('general', text)).toEqual(parseBy('known shape first', text));
    }
  });

  it('are not those of a force field', () => {
    const text = one({ scf: '' }).replace(' </incar>', '  <i type="logical" name="ML_LMLFF"> T  </i>\n </incar>');
    expect(last(text)).not.toHaveProperty('freeEnergyEv');
    expect(last(text)).not.toHaveProperty('forcesEvPerAngstrom');
    expect(codes(text)).toContain('E_ML_ENERGY');
  });
});

describe('the tables of an ionic step', () => {
  it('are Cartesian positions, forces and stress in the order XX YY ZZ XY YZ ZX', () => {
    const step = last(RELAXATION);
    expect(step.latticeAngstrom).toEqual([
      [3, 0, 0],
      [-1, 2.5, 0],
      [0, 0.5, 12],
    ]);
    // 0.5 a + 0.5 b + 0.25 c
    expect(Array.from(step.cartesianAngstrom!)).toEqual([0, 0, 0, 1, 1.375, 3]);
    expect(Array.from(step.forcesEvPerAngstrom!)).toEqual([0.9, 0.8, 0.7, 0.012, -0.003, -0.5]);
    expect(step.stressKbar).toEqual([1, 2, 3, 4, 5, 6]);
    expectNear(step.volumeAngstrom3, 90, 1e-12);
    expect(step.fermiEnergyEv).toBe(1.5);
    // The columns touch: 75.09 and 75123.14.
    expectNear(step.elapsedSeconds, 75123.14, 1e-9);
  });

  it('with a starred force are left out, with the place of its row', () => {
    const text = one({
      forces: `   <v>       **********      -0.04234049       0.05092706 </v>\n   ${row([1, 2, 3])}\n`,
    });
    const record = parse(text);
    expect(record.steps!.at(-1)).not.toHaveProperty('forcesEvPerAngstrom');
    const fault = record.issues.find((entry) => entry.where.block === 'forces')!;
    expect(fault.where.byteOffset).toBe(text.indexOf('<v>       ****'));
  });

  it('read columns that touch', () => {
    const glued = '   <v>     0.90000000-1234.80000000     0.70000000 </v>\n';
    const record = parse(one({ forces: `${glued}   ${row([1, 2, 3])}\n` }));
    expect(Array.from(record.steps!.at(-1)!.forcesEvPerAngstrom!)).toEqual([0.9, -1234.8, 0.7, 1, 2, 3]);
  });

  it('with a row too few are left out', () => {
    const record = parse(one({ forces: `   ${row([1, 2, 3])}\n` }));
    expect(record.steps!.at(-1)).not.toHaveProperty('forcesEvPerAngstrom');
    expect(record.issues.map((entry) => entry.message).join()).toContain('expected 2 rows, found 1 rows');
  });

  it('are missing with an issue when there are none', () => {
    expect(codes(RELAXATION.replaceAll('"forces"', '"xorces"'))).toContain('W_NO_FORCES');
  });

  it('of earlier steps are not kept when only the last step is wanted', () => {
    const all = parse(RELAXATION);
    const record = parse(RELAXATION, { steps: 'last' });
    expect(record.steps![1]).toEqual(all.steps![1]);
    expect(record.steps![0]).not.toHaveProperty('forcesEvPerAngstrom');
    expect(record.steps![0]).not.toHaveProperty('cartesianAngstrom');
    expect(record.steps![0]!.energySigma0Ev).toBe(-10.23);
    expect({ ...record, steps: [] }).toEqual({ ...all, steps: [] });
  });
});

describe('the settings', () => {
  it('are those of <parameters>, in the names of the INCAR', () => {
    const { settings, places } = parse(RELAXATION);
    expect(settings).toMatchObject({
      SYSTEM: 'ZnO (002)',
      PREC: 'Accurate',
      ENCUT: 420,
      IVDW: 12,
      LDAUU: [5, 0],
      EDIFF: 1e-4,
      ISMEAR: 0,
      ISPIN: 1,
      LNONCOLLINEAR: false,
      GGA: 'PE',
      IBRION: 2,
      EDIFFG: -0.02,
    });
    const { byteOffset, byteLength } = places['settings.ENCUT']!;
    expect(RELAXATION.slice(byteOffset, byteOffset + byteLength)).toBe('<i name="ENMAX">    420.00000000</i>');
  });

  it('do not take NELM of the response functions for that of the electronic loop', () => {
    expect(parse(RELAXATION).settings!.NELM).toBe(3);
  });

  it('take LORBIT from the INCAR where VASP prints it as a logical', () => {
    const text = RELAXATION.replace(' </incar>', '  <i type="int" name="LORBIT">    11</i>\n </incar>').replace(
      '   <i type="int" name="ISPIN">',
      '   <i type="logical" name="LORBIT"> F  </i>\n   <i type="int" name="ISPIN">',
    );
    expect(parse(text).settings!.LORBIT).toBe(11);
  });

  it('have no starred value, which an issue says', () => {
    const record = parse(RELAXATION);
    expect(record.settings).not.toHaveProperty('KINTER');
    expect(record.issues.map((entry) => [entry.code, entry.details.field])).toContainEqual([
      'W_OVERFLOW',
      'settings.KINTER',
    ]);
  });

  it('survive a title that XML does not allow', () => {
    for (const title of ['Li & Zn', 'a < b', '<110> & x', 'Zn\xE4hler']) {
      const record = parse(RELAXATION.replace(' ZnO (002)', title));
      expect(record.settings!.SYSTEM, title).toBe(title);
      expect(record.completeness, title).toBe('complete');
    }
    expect(parse(RELAXATION.replace(' ZnO (002)', 'Li &amp; Zn &#x9;&lt;')).settings!.SYSTEM).toBe('Li & Zn \t<');
    expect(parse(RELAXATION.replace(' ZnO (002)', latin1('Zähler').toString())).settings).toBeDefined();
  });
});

describe('the run', () => {
  it('has a version as OUTCAR tells it, elements by their POTCARs, and k-points', () => {
    const record = parse(RELAXATION);
    expect(record.version).toBe('5.4.4');
    expect(record.structure!.species).toEqual(['Zr', 'O']);
    expect(Array.from(record.structure!.selectiveDynamics!)).toEqual([0, 0, 0, 1, 1, 0]);
    expect(record.potcars).toEqual([
      { title: 'PAW_PBE Zr_sv 04Jan2005', valence: 12 },
      { title: 'PAW_PBE O 08Apr2002', valence: 6 },
    ]);
    expect(record.kpoints).toEqual({
      scheme: 'monkhorst-pack',
      mesh: [2, 1, 1],
      shift: [0, 0, 0.5],
      fractional: [
        [0.25, 0, 0.125],
        [-0.25, 0, 0.125],
      ],
      weights: [0.25, 0.75],
    });
  });

  it('takes Xe for what VASP calls X', () => {
    const xenon = RELAXATION.replaceAll('<c>r </c>', '<c>X </c>').replace(
      'PAW_PBE Zr_sv 04Jan2005',
      'PAW_PBE Xe 07Sep2000   ',
    );
    expect(parse(xenon).structure!.species).toEqual(['Xe', 'O']);
  });

  it('without POTCAR titles has the elements of the table, and none that are none', () => {
    const bare = RELAXATION.replace(/PAW_PBE [^<]*/g, ' ');
    expect(parse(bare).structure).toBeUndefined();
    expect(codes(bare)).toContain('W_NO_SPECIES');
    expect(parse(bare.replaceAll('<c>r </c>', '<c>Zr</c>')).structure!.species).toEqual(['Zr', 'O']);
  });

  it('is converged by the last energy change and by the forces that are free to act', () => {
    // Free of atom 2: the force in units of the cell, c component dropped: (0.012, −0.003 + 0.5·0.5/12, 0) = (0.012, 0.0178, 0), |F| = 0.0215.
    expect(parse(RELAXATION).convergence).toEqual({ electronic: 'reached', ionic: 'notReached' });
    const loose = RELAXATION.replace('-0.02000000</i>\n  </separator>', '-0.02200000</i>\n  </separator>');
    expect(parse(loose).convergence!.ionic).toBe('reached');
    expect(parse(RELAXATION.replaceAll(' T T F ', ' T T T ')).convergence!.ionic).toBe('notReached');
    expect(parse(RELAXATION).steps!.map((step) => step.electronic)).toEqual(['notReached', 'reached']);
    expect(codes(RELAXATION)).toContain('W_SCF_EARLIER_STEP');
  });

  it('that used all its electronic steps is converged when the last change is within EDIFF', () => {
    const three = scfStep({ free: -8, withoutEntropy: -8, sigma0: -8 });
    const near = scfStep({ ...SCF_END, free: -10.00005 });
    expect(last(one({ scf: three + near + scfStep(SCF_END, true) })).electronic).toBe('reached');
    // EDIFF below 5e-9 is printed as 0: then no change of the printed energies counts as none.
    const tight = one({ scf: three + scfStep(SCF_END) + scfStep(SCF_END, true) }).replace('0.00010000', '0.00000000');
    expect(parse(tight).settings!.EDIFF).toBe(0);
    expect(last(tight).electronic).toBe('reached');
    const far = scfStep({ ...SCF_END, free: -10.0002 });
    expect(last(one({ scf: three + far + scfStep(SCF_END, true) })).electronic).toBe('notReached');
  });

  it('written behind another one in the same file counts, and the earlier one is listed', () => {
    const record = parse(`${RELAXATION}${one({ free: '   -11.00000000' })}`);
    expect(record.ionicStepCount).toBe(1);
    expect(record.steps![0]!.energySigma0Ev).toBe(-10.99);
    expect(record.earlierRuns).toEqual([
      {
        version: '5.4.4',
        place: { byteOffset: 0, byteLength: RELAXATION.length },
        ionicStepCount: 2,
        completeness: 'complete',
        energySigma0Ev: -10.49,
      },
    ]);
    expect(record.issues[0]!.code).toBe('W_MULTIPLE_RUNS');
  });

  it('tells where its final energies stand', () => {
    const { places } = parse(RELAXATION);
    const textAt = (name: string) => RELAXATION.slice(places[name]!.byteOffset).slice(0, places[name]!.byteLength);
    expect(textAt('final.freeEnergyEv')).toBe('<i name="e_fr_energy">    -10.50000000 </i>');
    expect(textAt('final.energySigma0Ev')).toBe('<i name="e_0_energy">      -9.99000000 </i>');
    expect(textAt('final.forces')).toMatch(/^<varray name="forces" >[\s\S]*0\.90000000[\s\S]*<\/varray>$/);
  });
});
