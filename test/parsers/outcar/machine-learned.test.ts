import { describe, expect, it } from 'vitest';
import { CELL, FIRST, headerText, outcarText, row, SECOND, stepText, TIMING } from './outcar-text.ts';
import { codes, lastStep, parseText } from './parse-text.ts';

/** What a force field prints for a geometry, in the order and words of VASP 6.3. */
function prediction(energy: string, height: number, title = 'ML FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV)'): string {
  const rows = [1, 2, 3].map((atom) => row([0.1, 0.2, height + atom], [0.7, 0.8, 0.9]));
  return `    OFIELD:  cpu time      0.0000: real time      0.0000

  ML FORCE on cell =-STRESS in cart. coord. units (eV/cell)
  Direction    XX          YY          ZZ          XY          YZ          ZX
  --------------------------------------------------------------------------------------
  in kB      70.14301    70.18453    70.15966    70.01364    70.00669   -70.00554
  external pressure =       70.84 kB  Pullay stress =        1.00 kB

  volume of cell :     1000.53
      direct lattice vectors                 reciprocal lattice vectors
${CELL.map((text) => text.replace('3.200000000', '3.300000000')).join('\n')}

  POSITION                                       TOTAL-FORCE (eV/Angst) (ML)
 -----------------------------------------------------------------------------------
${rows.join('\n')}
 -----------------------------------------------------------------------------------
    total drift:                                0.000000     -0.000000     -0.000000

${'-'.repeat(104)}

  ${title}
  ---------------------------------------------------
  free  energy ML TOTEN  = ${energy.padStart(17)} eV

  ML energy  without entropy= ${energy.padStart(16)}  ML energy(sigma->0) = ${energy.padStart(16)}

`;
}

const LOOP = '     LOOP+:  cpu time      0.0016: real time      0.0024\n';
const header = headerText('6.3');
const dft = (number: number) => stepText(number === 1 ? FIRST : SECOND, number, '6.3');

describe('a run that trains a force field', () => {
  it('whose last step is DFT gives that step, without anything of the predictions', () => {
    const text = `${header}${prediction('-90.0', 1)}${dft(1)}${prediction('-91.0', 2)}${dft(2)}${TIMING}`;
    const plain = parseText(outcarText({ layout: '6.3' }));
    const record = parseText(text);
    expect(record.steps).toEqual(plain.steps);
    expect(record.structure).toEqual(plain.structure);
    expect(record.issues).toEqual([]);
  });

  it('whose last step is machine-learned has no usable energy: not that of the DFT step before', () => {
    const text = `${header}${prediction('-90.0', 1)}${dft(1)}${prediction('-91.0', 2)}${LOOP}${prediction('-92.0', 5)}${LOOP}${TIMING}`;
    const record = parseText(text);
    expect(record.steps?.map((step) => step.freeEnergyEv)).toEqual([-11.20000001, undefined, undefined]);
    expect(codes(record)).toEqual(['E_ML_ENERGY']);
    expect(Object.keys(lastStep(record)).sort()).toEqual([
      'cartesianAngstrom',
      'electronic',
      'index',
      'latticeAngstrom',
      'machineLearned',
      'volumeAngstrom3',
    ]);
    expect(lastStep(record).machineLearned).toEqual({
      freeEnergyEv: -92,
      energyWithoutEntropyEv: -92,
      energySigma0Ev: -92,
      forcesEvPerAngstrom: Float64Array.of(0.7, 0.8, 0.9, 0.7, 0.8, 0.9, 0.7, 0.8, 0.9),
      stressKbar: [70.14301, 70.18453, 70.15966, 70.01364, 70.00669, -70.00554],
    });
    expect(record.convergence?.electronic).toBe('unknown');
    // Geometry is geometry, whatever moved it there.
    expect([...(record.structure?.cartesianAngstrom ?? [])].slice(0, 3)).toEqual([0.1, 0.2, 6]);
    // The DFT step keeps its own stress, cell and forces.
    expect(record.steps?.[0]).toMatchObject({
      pressureKbar: 0.73,
      forcesEvPerAngstrom: parseText(outcarText()).steps?.[0]?.forcesEvPerAngstrom,
    });
    expect(record.steps?.[0]?.latticeAngstrom?.[0]).toEqual([3.2, 0, 0]);
  });

  it('with machine-learned steps in between numbers all of them', () => {
    const text = `${header}${prediction('-90.0', 1)}${dft(1)}${prediction('-91.0', 2)}${LOOP}${prediction('-92.0', 5)}${dft(2)}${TIMING}`;
    const record = parseText(text);
    expect(record.steps?.map((step) => [step.index, step.freeEnergyEv])).toEqual([
      [1, -11.20000001],
      [2, undefined],
      [3, -11.30000004],
    ]);
    expect(codes(record)).toEqual([]);
  });

  it('may begin with a DFT step that has no prediction', () => {
    const training = headerText('6.3', {
      ' POTCAR:    PAW_PBE Zn': ' INCAR:\n   ML_LMLFF = .TRUE.\n\n POTCAR:    PAW_PBE Zn',
    });
    const record = parseText(`${training}${dft(1)}${prediction('-91.0', 2)}${LOOP}${TIMING}`);
    expect(record.ionicStepCount).toBe(2);
    expect(codes(record)).toEqual(['E_ML_ENERGY']);
  });

  it('cut behind a prediction ends with the step before it', () => {
    const record = parseText(`${header}${prediction('-90.0', 1)}${dft(1)}${prediction('-91.0', 2)}`);
    expect(record.ionicStepCount).toBe(1);
    expect(codes(record)).toEqual(['E_TRUNCATED']);
  });
});

describe('a run with a finished force field', () => {
  it('has steps without any electronic iteration', () => {
    const text = `${header}${prediction('-90.0', 1)}${LOOP}${prediction('-91.0', 2)}${LOOP}${TIMING}`;
    const record = parseText(text);
    expect(record.ionicStepCount).toBe(2);
    expect(codes(record)).toEqual(['E_ML_ENERGY']);
    expect(record.settings?.ENCUT).toBe(520);
    expect(record.completeness).toBe('complete');
  });

  it('is recognised when the title is not in capitals', () => {
    const title = 'ML free energy of the ion-electron system (eV)';
    const record = parseText(`${header}${prediction('-90.0', 1, title)}${LOOP}${TIMING}`);
    expect(codes(record)).toEqual(['E_ML_ENERGY']);
  });
});
