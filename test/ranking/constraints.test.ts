import { describe, expect, test } from 'vitest';
import type { Constraint } from '../../model/profile.ts';
import type { RankableCandidate } from '../../model/ranking.ts';
import { checkConstraints } from '../../ranking/constraints.ts';

const barrierLimit: Constraint = { descriptor: 'migration-barrier', unit: 'eV', maximum: 1, required: true };

function withBarrier(value: number, quality: 'ok' | 'degraded' | 'unreliable' = 'ok'): RankableCandidate {
  return { id: 'x', values: { 'migration-barrier': { value, uncertainty: 0.05, quality } }, missing: {} };
}

function codes(candidate: RankableCandidate, constraint: Constraint): string[] {
  return checkConstraints(candidate, [constraint]).reasons.map((reason) => reason.code);
}

describe('constraints', () => {
  test('a refused candidate is told the constraint, its limit, the value found and the unit', () => {
    const { reasons } = checkConstraints(withBarrier(1.25), [{ ...barrierLimit, reason: 'too slow' }]);
    expect(reasons.map((reason) => reason.message)).toEqual([
      'constraint not met: migration-barrier < 1 eV (too slow), found 1.25 eV',
    ]);
  });

  test('limits are strict: a value at the limit fails', () => {
    expect(codes(withBarrier(0.999), barrierLimit)).toEqual([]);
    expect(codes(withBarrier(1), barrierLimit)).toEqual(['E_CONSTRAINT']);
    const both: Constraint = { ...barrierLimit, minimum: 0 };
    expect(codes(withBarrier(0), both)).toEqual(['E_CONSTRAINT']);
    expect(checkConstraints(withBarrier(0), [both]).reasons[0]?.message).toContain('0 < migration-barrier < 1 eV');
    const minimum: Constraint = { descriptor: 'migration-barrier', unit: 'eV', minimum: 0.2, required: true };
    expect(codes(withBarrier(0.3), minimum)).toEqual([]);
    expect(checkConstraints(withBarrier(0.1), [minimum]).reasons[0]?.message).toContain(
      'migration-barrier > 0.2 eV, found 0.1 eV',
    );
  });

  test('a missing value refuses when the constraint is required, and is told with the reasons behind it', () => {
    const bare: RankableCandidate = {
      id: 'x',
      values: {},
      missing: {
        'migration-barrier': [
          { code: 'E_IMAGE_GAP', severity: 'error', message: 'images missing', where: {}, details: { found: '00 02' } },
        ],
      },
    };
    expect(codes(bare, barrierLimit)).toEqual(['E_DESCRIPTOR_MISSING', 'E_IMAGE_GAP']);
    const optional = checkConstraints(bare, [{ ...barrierLimit, required: false }]);
    expect(optional.reasons).toEqual([]);
    expect(optional.issues.map((entry) => entry.code)).toEqual(['W_CONSTRAINT_UNCHECKED']);
  });

  test('an unreliable value refuses, whether or not the constraint is required', () => {
    expect(codes(withBarrier(0.3, 'degraded'), barrierLimit)).toEqual([]);
    expect(codes(withBarrier(0.3, 'unreliable'), barrierLimit)).toEqual(['E_UNRELIABLE']);
    expect(codes(withBarrier(0.3, 'unreliable'), { ...barrierLimit, required: false })).toEqual(['E_UNRELIABLE']);
  });

  test('a value that is no finite number is missing, not small', () => {
    expect(codes(withBarrier(Number.NaN), barrierLimit)).toEqual(['E_DESCRIPTOR_MISSING', 'E_UNPARSEABLE']);
    expect(codes(withBarrier(Number.NEGATIVE_INFINITY), barrierLimit)).toEqual([
      'E_DESCRIPTOR_MISSING',
      'E_UNPARSEABLE',
    ]);
  });

  test('a descriptor named like a method of objects is missing', () => {
    expect(codes(withBarrier(0.3), { ...barrierLimit, descriptor: 'constructor' })).toEqual(['E_DESCRIPTOR_MISSING']);
  });
});
