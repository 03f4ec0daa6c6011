/**
 * A run that told of itself in several files: which one counts, what another adds, and what they say otherwise.
 */
import { describe, expect, test } from 'vitest';
import { issue } from '../../model/issues.ts';
import { inputReference } from '../../pipeline/input-reference.ts';
import { mergeCalculation } from '../../pipeline/merge-calculation.ts';
import type { ReadFile, RunFileKind } from '../../pipeline/read-tree.ts';
import { expectNear } from '../near.ts';
import { finalStep, oszicar, output, RELAXATION, runOf, structure } from './run-records.ts';
import { screened } from './screening.ts';

function merged(files: Partial<Record<RunFileKind, ReadFile>>) {
  const calculation = mergeCalculation(runOf(files));
  return { ...calculation, codes: calculation.issues.map(({ code }) => code) };
}

const TRUNCATED = issue('E_TRUNCATED', { expected: 'an end', found: 'none' });

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

describe('a file that another run left behind', () => {
  test('with other atoms is set aside with the reason, and tells nothing', () => {
    const stale = output('vasprun-xml', {
      structure: structure(['Zn', 'O', 'O']),
      steps: [finalStep({ energySigma0Ev: -9 })],
    });
    const calculation = merged({ outcar: output('outcar'), vasprun: stale });
    expect(calculation.codes).toEqual(['I_NOT_READ']);
    expect(calculation.issues[0]?.message).toContain('it holds O2Zn1, slab/OUTCAR holds O1Zn1');
  });

  test('with other settings and another result is set aside', () => {
    const stale = output('vasprun-xml', {
      settings: { ...RELAXATION, NSW: 0, IBRION: -1 },
      ionicStepCount: 1,
      steps: [finalStep({ index: 1, energySigma0Ev: -9 })],
    });
    const calculation = merged({ outcar: output('outcar'), vasprun: stale });
    expect(calculation.codes).toEqual(['I_NOT_READ']);
    expect(calculation.issues[0]?.message).toContain('NSW = 0 (not 50), IBRION = -1 (not 2)');
  });

  test('does not stand in for an OUTCAR that broke off', () => {
    const broken = output('outcar', { completeness: 'truncated', ionicStepCount: 0, steps: [], issues: [TRUNCATED] });
    const stale = output('vasprun-xml', { structure: structure(['Si', 'Si']) });
    const calculation = merged({ outcar: broken, vasprun: stale });
    expect(calculation.final).toBeUndefined();
    expect(calculation.codes).toContain('E_TRUNCATED');
  });
});

describe('the best file is not the first', () => {
  const steps = [finalStep({ index: 2, energySigma0Ev: -120 })];

  test('an OUTCAR that broke off earlier than vasprun.xml is not used, and blocks nothing', () => {
    const broken = output('outcar', { completeness: 'truncated', ionicStepCount: 2, steps, issues: [TRUNCATED] });
    const calculation = merged({ outcar: broken, vasprun: output('vasprun-xml') });
    expect(calculation).toMatchObject({
      id: 'slab/OUTCAR',
      source: 'vasprun-xml',
      completeness: 'complete',
      ionicStepCount: 3,
    });
    expectNear(calculation.final?.energySigma0Ev, -123.45578912, 0);
    expect(calculation.codes).toEqual(['W_OTHER_SOURCE', 'I_NOT_READ', 'I_NOT_READ']);
    expect(calculation.issues[0]?.message).toBe(
      'slab/vasprun.xml is used instead of slab/OUTCAR: the latter ends early, after 2 complete ionic step(s); the former has 3 and is complete',
    );
  });

  test('an unreadable OUTCAR leaves the word to the next one', () => {
    const reason = issue('E_UNREADABLE', { reason: 'the file is empty' });
    const empty = {
      ...output('outcar'),
      record: { format: 'outcar', completeness: 'unreadable', places: {}, issues: [reason] },
    } as const;
    expect(merged({ outcar: empty, vasprun: output('vasprun-xml') }).source).toBe('vasprun-xml');
    expect(merged({ outcar: empty, vaspout: output('vaspout-h5') }).source).toBe('vaspout-h5');
    // An OSZICAR tells neither settings nor how the run ended.
    expect(merged({ outcar: empty, oszicar: oszicar() }).final).toBeUndefined();
  });

  test('an energy that is no number is taken from the same step of another file, never from an earlier one', () => {
    const { energySigma0Ev: _, ...starred } = finalStep();
    const outcar = output('outcar', { steps: [starred] });
    expect(merged({ outcar, vasprun: output('vasprun-xml') }).final?.energySigma0Ev).toBe(-123.45578912);
    const earlier = output('vasprun-xml', { ionicStepCount: 2, steps });
    expect(merged({ outcar, vasprun: earlier }).final?.energySigma0Ev).toBeUndefined();
  });

  test('places and references name the file that a number came from', () => {
    const broken = output('outcar', { completeness: 'truncated', ionicStepCount: 2, steps });
    const calculation = merged({ outcar: broken, vasprun: output('vasprun-xml') });
    expect(calculation.valueSources).toMatchObject({ final: 'slab/vasprun.xml', structure: 'slab/vasprun.xml' });
    expect(calculation.places['final.energySigma0Ev']).toEqual({
      byteOffset: 5000,
      byteLength: 13,
      line: 812,
      file: 'slab/vasprun.xml',
    });
    expect(inputReference('E', calculation, 'energySigma0Ev')).toMatchObject({
      file: 'slab/vasprun.xml',
      sha256: 'vasprun-xml'.padEnd(64, '0'),
      line: 812,
    });
  });
});

describe('files that end early', () => {
  test('a vasprun.xml one step behind is told with both counts; its energies are not compared', () => {
    const behind = output('vasprun-xml', {
      completeness: 'truncated',
      ionicStepCount: 2,
      steps: [finalStep({ index: 2, energySigma0Ev: -120 })],
      issues: [TRUNCATED],
    });
    const calculation = merged({ outcar: output('outcar'), vasprun: behind });
    expect(calculation.codes).toEqual(['I_NOT_READ', 'I_NOT_READ']);
    expect(calculation.issues[1]?.message).toContain('the file has 2 ionic step(s), slab/OUTCAR has 3');
  });

  test('a cut OSZICAR takes nothing from a complete OUTCAR', () => {
    const cut = oszicar();
    const calculation = merged({
      outcar: output('outcar'),
      oszicar: { ...cut, record: { ...cut.record, completeness: 'truncated', issues: [TRUNCATED] } },
    });
    expect(calculation.codes).toEqual(['I_NOT_READ']);
    expect(calculation.completeness).toBe('complete');
  });
});

describe('what one file does not print', () => {
  test('the moment of OSZICAR stands beside the energies of vasprun.xml, with its place', () => {
    const magnetic = oszicar({ totalMagnetisationBohr: 1.0001 });
    const file = {
      ...magnetic,
      record: {
        ...magnetic.record,
        places: { 'final.totalMagnetisationBohr': { byteOffset: 90, byteLength: 6, line: 4 } },
      },
    };
    const calculation = merged({ vasprun: output('vasprun-xml'), oszicar: file });
    expect(calculation.id).toBe('slab/vasprun.xml');
    expectNear(calculation.final?.totalMagnetisationBohr, 1.0001, 0);
    expect(calculation.valueSources?.['final.totalMagnetisationBohr']).toBe('slab/OSZICAR');
    expect(calculation.places['final.totalMagnetisationBohr']).toMatchObject({ line: 4, file: 'slab/OSZICAR' });
  });

  test('nothing is added from another step or from a state with another energy', () => {
    for (const change of [{ index: 2 }, { energySigma0Ev: -123 }]) {
      const calculation = merged({
        vasprun: output('vasprun-xml'),
        oszicar: oszicar({ totalMagnetisationBohr: 1, ...change }),
      });
      expect(calculation.final?.totalMagnetisationBohr).toBeUndefined();
      expect(calculation.codes).toEqual(['W_SOURCES_DISAGREE']);
    }
  });

  test('a setting that only the INCAR tells names the INCAR', () => {
    const incar: ReadFile = {
      identity: { path: 'slab/INCAR', sha256: 'i'.repeat(64), bytes: 1 },
      record: {
        format: 'incar',
        completeness: 'complete',
        settings: { IVDW: 12, ENCUT: 400 },
        places: { 'settings.IVDW': { byteOffset: 3, byteLength: 2 } },
        issues: [],
      },
    };
    const calculation = merged({ outcar: output('outcar'), incar });
    expect(calculation.valueSources).toMatchObject({ settings: 'slab/OUTCAR', 'settings.IVDW': 'slab/INCAR' });
    expect(calculation.places['settings.IVDW']?.file).toBe('slab/INCAR');
    expect(calculation.places['settings.ENCUT']?.file).toBeUndefined();
  });

  test('the flags that vasprun.xml repeats are those of the run: a force on a fixed atom leaves it converged', () => {
    const forcesEvPerAngstrom = Float64Array.of(0.3, 0, 0.4, 0.01, 0, 0);
    const convergence = { electronic: 'reached', ionic: 'notReached' } as const;
    const flagged = structure(['Zn', 'O'], Uint8Array.of(0, 0, 0, 1, 1, 1));
    const vasprun = output('vasprun-xml', {
      steps: [finalStep({ forcesEvPerAngstrom })],
      convergence,
      structure: flagged,
    });
    // By hand: |(0.3, 0, 0.4)| = 0.5 on the fixed atom, 0.01 on the free one; the limit is 0.02.
    const alone = merged({ vasprun });
    expectNear(alone.final?.maxFreeForceEvPerAngstrom, 0.01, 1e-12);
    expect(alone.convergence.ionic).toBe('reached');
    const outcar = output('outcar', { steps: [finalStep({ forcesEvPerAngstrom })], convergence });
    const beside = merged({ outcar, vasprun });
    expectNear(beside.final?.maxForceEvPerAngstrom, 0.5, 1e-12);
    expectNear(beside.final?.maxFreeForceEvPerAngstrom, 0.01, 1e-12);
    expect(beside.valueSources?.['structure.selectiveDynamics']).toBe('slab/vasprun.xml');
    expect(beside.issues).toEqual([]);
  });
});

test('runs that stand before the counting one in a file are listed with the calculation', () => {
  const earlierRuns = [7, 4].map((ionicStepCount, at) => ({
    place: { byteOffset: 1000 * at, byteLength: 20 },
    ionicStepCount,
    completeness: 'truncated' as const,
  }));
  const calculation = merged({ outcar: output('outcar', { earlierRuns }) });
  expect(calculation.earlierRuns).toEqual(earlierRuns);
  expect(calculation.issues.map(({ message, where }) => [message, where.byteOffset])).toEqual([
    ['run 1 of 3 in the same file, with 7 complete ionic step(s); the last run counts', 0],
    ['run 2 of 3 in the same file, with 4 complete ionic step(s); the last run counts', 1000],
  ]);
});

test('what the files of a run say otherwise stands in the result of the screening', () => {
  const vasprun = output('vasprun-xml', { steps: [finalStep({ energySigma0Ev: -120 })] });
  const { issues } = screened({ runs: [runOf({ outcar: output('outcar'), vasprun })], bands: [], issues: [] });
  expect(issues.map(({ code }) => code)).toContain('W_SOURCES_DISAGREE');
});
