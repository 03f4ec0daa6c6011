/** Of several outputs in a folder: which one counts, and which was left by another run. */
import { describe, expect, test } from 'vitest';
import { issue } from '../../model/issues.ts';
import { inputReference } from '../../pipeline/input-reference.ts';
import { expectNear } from '../near.ts';
import { finalStep, merged, oszicar, output, RELAXATION, structure, TRUNCATED } from './run-records.ts';

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
