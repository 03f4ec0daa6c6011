/**
 * Limits of a run that a file does not tell: a goal that is unknown, and an EDIFF that is rounded to zero.
 */
import { expect, test } from 'vitest';
import { convergenceIssues } from '../../pipeline/convergence.ts';
import { finalStep, merged, output, RELAXATION } from './run-records.ts';

test('a relaxation whose goal is unknown is used with a warning, like an SCF loop whose end is', () => {
  const convergence = { electronic: 'reached', ionic: 'unknown' } as const;
  const issues = convergenceIssues({ convergence, settings: RELAXATION, final: finalStep() });
  expect(issues.map(({ code, message }) => [code, message])).toEqual([
    ['W_CONVERGENCE_UNKNOWN', 'ionic convergence cannot be determined'],
  ]);
});

test('a run without ions to relax has no goal that could be unknown', () => {
  const convergence = { electronic: 'reached', ionic: 'notApplicable' } as const;
  expect(convergenceIssues({ convergence, settings: RELAXATION, final: finalStep() })).toEqual([]);
});

/** vasprun.xml prints `<i name="EDIFF">      0.00000000</i>` for 1E-9. */
const ROUNDED = output('vasprun-xml', {
  settings: { ...RELAXATION, EDIFF: 0 },
  places: { 'settings.EDIFF': { byteOffset: 900, byteLength: 10 } },
});

function incar(ediff: number) {
  return {
    identity: { path: 'slab/INCAR', sha256: 'c'.repeat(64), bytes: 1 },
    record: {
      format: 'incar',
      completeness: 'complete',
      settings: { EDIFF: ediff },
      places: { 'settings.EDIFF': { byteOffset: 17, byteLength: 12 } },
      issues: [],
    },
  } as const;
}

test('the EDIFF that vasprun.xml rounds to zero is that of the INCAR beside it', () => {
  const calculation = merged({ vasprun: ROUNDED, incar: incar(1e-9) });
  expect(calculation.settings.EDIFF).toBe(1e-9);
  expect(calculation.valueSources).toMatchObject({ settings: 'slab/vasprun.xml', 'settings.EDIFF': 'slab/INCAR' });
  expect(calculation.places['settings.EDIFF']).toEqual({ byteOffset: 17, byteLength: 12, file: 'slab/INCAR' });
});

test('an OUTCAR that broke off tells the EDIFF that vasprun.xml rounds to zero, and does not disagree with it', () => {
  const outcar = output('outcar', { completeness: 'truncated', settings: { ...RELAXATION, EDIFF: 1e-9 } });
  const calculation = merged({ outcar, vasprun: ROUNDED, incar: incar(2e-9) });
  expect(calculation.source).toBe('vasprun-xml');
  expect([calculation.settings.EDIFF, calculation.valueSources?.['settings.EDIFF']]).toEqual([1e-9, 'slab/OUTCAR']);
  expect(calculation.issues.filter(({ code }) => code === 'W_SOURCES_DISAGREE')).toEqual([]);
});

test('an EDIFF that vasprun.xml would have printed is not the one that it rounded', () => {
  const calculation = merged({ vasprun: ROUNDED, incar: incar(1e-6) });
  expect([calculation.settings.EDIFF, calculation.valueSources?.['settings.EDIFF']]).toEqual([0, undefined]);
});
