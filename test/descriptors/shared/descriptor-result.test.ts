import { describe, expect, it } from 'vitest';
import { DESCRIPTORS } from '../../../descriptors/index.ts';
import { descriptorResult } from '../../../descriptors/shared/descriptor-result.ts';
import { AdatomError } from '../../../model/errors.ts';
import { computeQuantity, quantityNamed } from '../../../pipeline/compute-descriptor.ts';
import { available, unavailable } from '../descriptor-cases.ts';

const finding = {
  value: 1,
  unit: 'eV',
  convention: '',
  uncertainty: { value: 0.1, origin: 'given' },
  parts: {},
  issues: [],
} as const;

/** Slips of units and exponents: 1e308 overflows in every sum, 1e-308 under every line, 1e200 in every square. */
const EXTREMES = [0, -1, 1, 0.5, 100, 1e6, 1e30, 1e200, 1e308, -1e308, 1e-9, 1e-200, 1e-308];

describe('a result', () => {
  it('is unavailable rather than infinite or not a number', () => {
    for (const value of [Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(unavailable(descriptorResult({ ...finding, value })).reasons.map(({ code }) => code)).toEqual(['E_INPUT']);
      const uncertain = descriptorResult({ ...finding, uncertainty: { value, origin: 'given' } });
      expect(unavailable(uncertain).reasons[0]?.message).toContain('its uncertainty is beyond all numbers');
    }
  });

  it('leaves out parts that are infinite, at any depth, and keeps the others', () => {
    const parts = {
      a: 1,
      b: Number.POSITIVE_INFINITY,
      c: [1, Number.NaN],
      d: [{ e: -Number.POSITIVE_INFINITY }],
      f: 'x',
    };
    expect(available(descriptorResult({ ...finding, parts })).parts).toEqual({
      a: 1,
      f: 'x',
      uncertaintyOrigin: 'given',
    });
  });
});

describe.each(DESCRIPTORS)(
  '$identifier, of inputs that are zero, negative, tiny or huge',
  ({ identifier, example }) => {
    it('gives finite numbers or a refusal', () => {
      const quantity = quantityNamed(identifier);
      for (const inputs of extremesOf(example.inputs)) {
        const text = JSON.stringify(inputs);
        const document = outcome(quantity, inputs);
        expect(infinityIn(document), text).toBeUndefined();
      }
    });
  },
);

/** The example with one number after the other replaced, in lists and objects too. */
function extremesOf(example: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  for (const [key, value] of Object.entries(example)) {
    for (const replaced of replacements(value)) found.push({ ...example, [key]: replaced });
  }
  return found;
}

function replacements(value: unknown): unknown[] {
  if (typeof value === 'number') return EXTREMES;
  if (Array.isArray(value)) {
    const inside = value
      .slice(0, 2)
      .flatMap((entry, at) => replacements(entry).map((replaced) => value.toSpliced(at, 1, replaced)));
    return [[], value.slice(0, 1), [...value, ...value], ...inside];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    replacements(entry).map((replaced) => ({ ...value, [key]: replaced })),
  );
}

/** Refusals of a request have no numbers. Anything else that is thrown fails the test. */
function outcome(quantity: Parameters<typeof computeQuantity>[0], inputs: Record<string, unknown>): unknown {
  try {
    return computeQuantity(quantity, inputs);
  } catch (error) {
    if (error instanceof AdatomError) return undefined;
    throw new Error(`crashed on ${JSON.stringify(inputs)}`, { cause: error });
  }
}

function infinityIn(value: unknown, place = ''): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : place;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value)
    .map(([key, entry]) => infinityIn(entry, `${place}.${key}`))
    .find((found) => found !== undefined);
}
