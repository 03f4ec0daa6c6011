import { describe, expect, it } from 'vitest';
import { FIRST, outcarText, replaced, SECOND, type StepText } from './outcar-text.ts';
import { codes, issueOf, lastStep, parseText } from './parse-text.ts';

const LAYOUTS = ['4.6', '5.4'] as const;

function parseWith(layout: (typeof LAYOUTS)[number], changes: Partial<StepText>) {
  const text = outcarText({ layout, steps: [FIRST, { ...SECOND, ...changes }] });
  return { text, record: parseText(text) };
}

describe.each(LAYOUTS)('a field of the last step that is no number (layout %s)', (layout) => {
  it('is an error with its place in a force row, and there are no forces', () => {
    const rows = [SECOND.rows?.[0] ?? '', replaced(SECOND.rows?.[1] ?? '', '     0.010000', ' ************'), ''];
    rows[2] = SECOND.rows?.[2] ?? '';
    const { text, record } = parseWith(layout, { rows });
    expect(lastStep(record).forcesEvPerAngstrom).toBeUndefined();
    expect(lastStep(record).cartesianAngstrom).toBeDefined();
    expect(issueOf(record, 'E_UNPARSEABLE')?.where.byteOffset).toBe(text.lastIndexOf('\n', text.indexOf('*****')) + 1);
    expect(issueOf(record, 'E_UNPARSEABLE')?.where.block).toBe('POSITION TOTAL-FORCE');
  });

  it('is an error where stars run together over several columns', () => {
    const rows = (SECOND.rows ?? []).map((text, atom) => (atom === 1 ? `${text.slice(0, 42)}${'*'.repeat(42)}` : text));
    const { record } = parseWith(layout, { rows });
    expect(lastStep(record).forcesEvPerAngstrom).toBeUndefined();
    expect(codes(record)).toContain('E_UNPARSEABLE');
  });

  it('is an error in the positions, and the structure is not that of the step before', () => {
    const rows = (SECOND.rows ?? []).map((text) => replaced(text, text.slice(4, 13), '*********'));
    const { record } = parseWith(layout, { rows });
    expect(lastStep(record).cartesianAngstrom).toBeUndefined();
    expect(lastStep(record).forcesEvPerAngstrom).toBeDefined();
    expect(record.structure).toBeUndefined();
    expect(codes(record)).toContain('E_UNPARSEABLE');
  });

  it('is an error in the cell, and the cell is not that of the header', () => {
    const cell = ['     3.200000000  ***********  0.000000000     0.312500000  0.180421959  0.000000000'];
    const { record } = parseWith(layout, { cell: [...cell, ...(SECOND.cell ?? []).slice(1)] });
    expect(lastStep(record).latticeAngstrom).toBeUndefined();
    expect(lastStep(record).volumeAngstrom3).toBeUndefined();
    expect(record.structure).toBeUndefined();
    expect(issueOf(record, 'E_UNPARSEABLE')?.where.block).toBe('direct lattice vectors');
  });

  it.each([
    ['freeEnergyEv', { free: '*****************' }],
    ['energyWithoutEntropyEv', { withoutEntropy: '****************' }],
    ['energySigma0Ev', { sigma0: 'NaN' }],
    ['fermiEnergyEv', { fermi: '********' }],
    ['pressureKbar', { pressure: 'NaN' }],
    ['stressKbar', { stress: '     0.10000************     0.30000    -0.04000     0.05000    -0.00600' }],
    ['stressKbar', { stress: '         NaN         NaN         NaN         NaN         NaN         NaN' }],
    ['stressKbar', { stress: '     0.10000    -0.20000     0.30000' }],
  ] as const)('is an error for %s %j, and never the value of the step before', (name, changes) => {
    const { text, record } = parseWith(layout, changes);
    expect(record.ionicStepCount).toBe(2);
    expect(Object.hasOwn(lastStep(record), name)).toBe(false);
    const { where, details } = issueOf(record, 'E_UNPARSEABLE') ?? {};
    expect(details?.expected).toBe(`a number for ${name}`);
    expect(where?.byteOffset).toBeGreaterThan(text.lastIndexOf('Iteration'));
  });

  it.each([
    ['a starred total moment', { moment: '************' }],
    ['a starred component', { moment: '0.1000000 *********   0.3000000' }],
  ] as const)('is a warning for %s', (_, changes) => {
    const { record } = parseWith(layout, changes);
    expect(lastStep(record).totalMagnetisationBohr).toBeUndefined();
    expect(lastStep(record).magnetisationVectorBohr).toBeUndefined();
    expect(codes(record)).toEqual(['W_OVERFLOW']);
  });
});

describe('a last step whose blocks are damaged', () => {
  const text = outcarText();
  const beforeLast = text.lastIndexOf('Iteration');

  function damaged(from: string, to: string) {
    return parseText(text.slice(0, beforeLast) + replaced(text.slice(beforeLast), from, to));
  }

  it.each([
    ['without its energy line', '  energy  without entropy=', '  energie'],
    ['without its TOTEN line', '  free  energy   TOTEN', '  free'],
    ['without the title of its energies', 'FREE ENERGIE OF', 'FREE'],
  ])('%s is kept, so that the step before it is not taken for the last', (_, from, to) => {
    const record = damaged(from, to);
    expect(record.ionicStepCount).toBe(2);
    expect(codes(record)).toContain('E_UNPARSEABLE');
    const values = [lastStep(record).freeEnergyEv, lastStep(record).energyWithoutEntropyEv];
    expect(values.includes(-11.20000001) || values.includes(-11.19900003)).toBe(false);
    expect([...(lastStep(record).forcesEvPerAngstrom ?? [])].slice(0, 3)).toEqual([0.01, -0.02, 0.005]);
  });

  it('has no forces when rows are missing or too many', () => {
    const row = SECOND.rows?.[1] ?? '';
    for (const rows of ['', `${row}\n${row}\n`]) {
      const record = damaged(`${row}\n`, rows);
      expect(lastStep(record).forcesEvPerAngstrom).toBeUndefined();
      expect(record.structure).toBeUndefined();
      expect(issueOf(record, 'E_UNPARSEABLE')?.details.expected).toBe('3 rows');
    }
  });
});

describe('a field of an earlier step that is no number', () => {
  it('is one warning for all of them and leaves the last step alone', () => {
    const bad = { ...FIRST, stress: ' ************', fermi: '********' };
    const record = parseText(outcarText({ steps: [bad, bad, SECOND] }));
    expect(codes(record)).toEqual(['W_OVERFLOW']);
    expect(issueOf(record, 'W_OVERFLOW')?.details.field).toBe('4 field(s) of earlier ionic steps');
    expect(record.steps?.[0]?.fermiEnergyEv).toBeUndefined();
    expect(lastStep(record).fermiEnergyEv).toBe(-0.5678);
  });
});
