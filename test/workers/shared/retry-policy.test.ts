import { describe, expect, it } from 'vitest';
import { AdatomError } from '../../../model/errors.ts';
import { ATTEMPTS, failureSentence, isWorthRetrying, pauseMs } from '../../../workers/shared/retry-policy.ts';

describe('another attempt', () => {
  it('is worth it only for what passes by itself', () => {
    expect(isWorthRetrying(new AdatomError('transient', 'the database does not answer'))).toBe(true);
    expect(isWorthRetrying(new AdatomError('request', 'no such profile'))).toBe(false);
    expect(isWorthRetrying(new AdatomError('unanswerable', 'no calculation'))).toBe(false);
    expect(isWorthRetrying(new TypeError('undefined is no function'))).toBe(false);
  });

  it.each([
    [1, 500],
    [2, 1000],
    [3, 2000],
    [6, 15_000],
    [14, 15_000],
  ])('after attempt %i comes about %i ms later, never exactly when others come', (attempt, fullMs) => {
    const pause = pauseMs(attempt);
    expect(pause).toBeGreaterThanOrEqual(0.75 * fullMs - 1);
    expect(pause).toBeLessThanOrEqual(1.25 * fullMs + 1);
  });

  it('is made for longer than a minute', () => {
    // The shortest pauses: 0.75 × (0.5 + 1 + 2 + 4 + 8 + 9 × 15) s = 113 s.
    expect(ATTEMPTS).toBe(15);
  });

  it('a bug is told as ours', () => {
    expect(failureSentence(new Error('index out of range'))).toMatch(/^a fault of adatom/);
    expect(failureSentence(new AdatomError('request', 'no such profile'))).toBe('no such profile');
  });
});
