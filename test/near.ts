/** Comparison with an absolute tolerance in the unit of the value: `toBeCloseTo` takes a digit count instead. */
import { expect } from 'vitest';

export function expectNear(actual: unknown, expected: number, tolerance: number): void {
  expect(typeof actual, `a number near ${expected}`).toBe('number');
  const difference = Math.abs((actual as number) - expected); // a number: asserted above
  expect(difference <= tolerance, `${String(actual)} is not within ${tolerance} of ${expected}`).toBe(true);
}
