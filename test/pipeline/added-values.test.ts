/** What other files of a run add to the output that counts, and how the result tells it. */
import { describe, expect, test } from 'vitest';
import type { ReadFile } from '../../pipeline/read-tree.ts';
import { expectNear } from '../near.ts';
import { finalStep, merged, oszicar, output, runOf, structure } from './run-records.ts';
import { screened } from './screening.ts';

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
