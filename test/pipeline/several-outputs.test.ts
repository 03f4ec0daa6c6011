/**
 * A run that told of itself in several files: what they say alike and otherwise.
 */
import { describe, expect, test } from 'vitest';
import { issue } from '../../model/issues.ts';
import type { ReadFile, RunFileKind } from '../../pipeline/read-tree.ts';
import { expectNear } from '../near.ts';
import { finalStep, merged, oszicar, output, RELAXATION, structure } from './run-records.ts';

describe('files that say the same', () => {
  test('make one calculation with the values of the OUTCAR and nothing to tell', () => {
    const calculation = merged({
      outcar: output('outcar'),
      vasprun: output('vasprun-xml'),
      vaspout: output('vaspout-h5'),
      oszicar: oszicar(),
    });
    expect(calculation.source).toBe('outcar');
    expect(calculation.issues).toEqual([]);
    expect(calculation.valueSources).toMatchObject({ final: 'slab/OUTCAR', settings: 'slab/OUTCAR' });
    expect(calculation.files.map(({ path }) => path)).toEqual([
      'slab/OUTCAR',
      'slab/vasprun.xml',
      'slab/vaspout.h5',
      'slab/OSZICAR',
    ]);
  });

  test('agree when they differ in the digits that are not printed', () => {
    // OSZICAR: 8 significant digits of −123.45678912 are −123.45679; the half unit is 5e-6.
    expect(merged({ outcar: output('outcar'), oszicar: oszicar() }).issues).toEqual([]);
    const versions = merged({
      outcar: output('outcar', { version: '5.4.4.18Apr17-6-g9f103f2a35' }),
      vasprun: output('vasprun-xml'),
    });
    expect(versions.issues).toEqual([]);
  });

  test('agree when one wraps its atoms into the cell', () => {
    const moved = structure(['Zn', 'O']);
    // By −a + 2 b, the second atom only.
    const cartesianAngstrom = Float64Array.from(moved.cartesianAngstrom, (x, at) => x + ([0, 0, 0, 0, 6, 0][at] ?? 0));
    const vasprun = output('vasprun-xml', { structure: { ...moved, cartesianAngstrom } });
    expect(merged({ outcar: output('outcar'), vasprun }).issues).toEqual([]);
  });

  test('agree when the settings differ by what OUTCAR does not print', () => {
    const settings = { ...RELAXATION, SIGMA: 0.05, EDIFF: 1e-6, ENCUT: 519.97 };
    const vasprun = output('vasprun-xml', { settings });
    const printed = { ...RELAXATION, SIGMA: 0.05, EDIFF: 1e-6 };
    expect(merged({ outcar: output('outcar', { settings: printed }), vasprun }).issues).toEqual([]);
  });
});

describe('files that say otherwise', () => {
  test('an energy: both numbers stand in the issue with their files and lines, the first is used', () => {
    const vasprun = output('vasprun-xml', { steps: [finalStep({ energySigma0Ev: -123.45578812 })] });
    const calculation = merged({ outcar: output('outcar'), vasprun });
    expect(calculation.issues).toHaveLength(1);
    expect(calculation.issues[0]).toMatchObject({
      code: 'W_SOURCES_DISAGREE',
      details: {
        value: 'energySigma0Ev',
        left: '-123.45578912 eV in slab/OUTCAR, line 812',
        right: '-123.45578812 eV in slab/vasprun.xml, line 812',
      },
      where: { file: 'slab/vasprun.xml', line: 812, byteOffset: 5000 },
    });
    expectNear(calculation.final?.energySigma0Ev, -123.45578912, 0);
  });

  test.each([
    ['an energy in the 8th digit of OSZICAR', { oszicar: oszicar({ freeEnergyEv: -123.45677 }) }, 'freeEnergyEv'],
    ['a moment', { oszicar: oszicar({ totalMagnetisationBohr: 1.5 }) }, 'totalMagnetisationBohr'],
    [
      'a force component',
      {
        vasprun: output('vasprun-xml', {
          steps: [finalStep({ forcesEvPerAngstrom: Float64Array.of(0.001, -0.002, 0.003, -0.001, 0.0021, -0.003) })],
        }),
      },
      'force on atom 2 along y',
    ],
    [
      'a stress component',
      { vasprun: output('vasprun-xml', { steps: [finalStep({ stressKbar: [1.2, -3.4, 5.6, 0.1, -0.2, 0.31] })] }) },
      'stress zx',
    ],
    [
      'the Fermi energy',
      { vasprun: output('vasprun-xml', { steps: [finalStep({ fermiEnergyEv: 2.5 })] }) },
      'fermiEnergyEv',
    ],
    ['the version', { vasprun: output('vasprun-xml', { version: '6.3.0' }) }, 'VASP version'],
    ['a setting', { vasprun: output('vasprun-xml', { settings: { ...RELAXATION, ISPIN: 2 } }) }, 'ISPIN'],
    ['the elements', { vasprun: output('vasprun-xml', { structure: structure(['O', 'Zn']) }) }, 'element of atom 1'],
    [
      'a lattice vector',
      {
        vasprun: output('vasprun-xml', {
          structure: {
            ...structure(['Zn', 'O']),
            latticeAngstrom: [
              [4, 0, 0],
              [2, 3.0001, 0],
              [0, 0, 10],
            ],
          },
        }),
      },
      'lattice vector b along y',
    ],
    [
      'a position',
      {
        vasprun: output('vasprun-xml', {
          structure: { ...structure(['Zn', 'O']), cartesianAngstrom: Float64Array.of(0, 0.25, 1, 0.5, 0.25, 3.001) },
        }),
      },
      'position of atom 2 along z',
    ],
    [
      'the number of steps of two complete files',
      { vasprun: output('vasprun-xml', { ionicStepCount: 4, steps: [finalStep({ index: 4, energySigma0Ev: -1 })] }) },
      'number of ionic steps',
    ],
    [
      'the end of the electronic loop',
      { vasprun: output('vasprun-xml', { convergence: { electronic: 'notReached', ionic: 'reached' } }) },
      'electronic convergence',
    ],
  ])('%s', (_, others: Partial<Record<RunFileKind, ReadFile>>, value) => {
    const steps = [finalStep({ fermiEnergyEv: 2.1, totalMagnetisationBohr: 1 })];
    const { issues } = merged({ outcar: output('outcar', { steps }), ...others });
    expect(issues.map(({ code, details }) => [code, details.value])).toEqual([['W_SOURCES_DISAGREE', value]]);
  });

  test('what differs by nature is no disagreement: dispersion of old versions, Fermi energy in a gap', () => {
    const old = issue('W_OLD_VDW', { version: '5.2.11' });
    const dispersion = merged({
      outcar: output('outcar', { issues: [old] }),
      oszicar: oszicar({ freeEnergyEv: -124.9, energySigma0Ev: -124.9 }),
    });
    expect(dispersion.codes).toEqual(['W_OLD_VDW']);
    const edge = { energyEv: 0, spin: 0, kpoint: 0 } as const;
    const gap = merged({
      outcar: output('outcar', { steps: [finalStep({ fermiEnergyEv: 1 })] }),
      vasprun: output('vasprun-xml', {
        steps: [finalStep({ fermiEnergyEv: 3 })],
        bandGap: { kind: 'insulator', gapEv: 4, isDirect: true, valenceBandMaximum: edge, conductionBandMinimum: edge },
      }),
    });
    expect(gap.issues).toEqual([]);
  });
});
