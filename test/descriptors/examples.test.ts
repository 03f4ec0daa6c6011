/**
 * The example of every definition, as its page and `adatom calc` show it: the printed digits come out, from the inputs as
 * they are typed.
 */
import { describe, expect, it } from 'vitest';
import { calcInputs } from '../../cli/shared/calc-inputs.ts';
import { DESCRIPTORS } from '../../descriptors/index.ts';
import { computeQuantity, quantityNamed } from '../../pipeline/compute-descriptor.ts';
import { plain } from '../../pipeline/descriptor-page.ts';
import { expectNear } from '../near.ts';
import { available } from './descriptor-cases.ts';

describe.each(DESCRIPTORS.map((definition) => [definition.identifier, definition.example] as const))(
  'the example of %s',
  (identifier, { inputs, prints, parts = {}, source }) => {
    const quantity = quantityNamed(identifier);
    const typed = Object.entries(inputs).map(([key, value]) => `${key}=${plain(value)}`);
    const result = available(computeQuantity(quantity, calcInputs(typed, quantity.inputs)));

    it(`gives ${prints}, as its source prints it`, () => {
      expectNear(result.value, Number(prints), halfDigit(prints));
      expect(source.length).toBeGreaterThan(8);
    });

    it.each(Object.entries(parts))('and %s %s', (part, printed) => {
      expectNear(Number(result.parts[part]), Number(printed), halfDigit(printed));
    });
  },
);

/** Half a unit of the last digit printed, and what binary fractions add. */
function halfDigit(printed: string): number {
  const [, decimals = '', exponent = '0'] = /^[-+]?\d+(?:\.(\d*))?(?:e([-+]?\d+))?$/.exec(printed) ?? [];
  return 0.5000001 * 10 ** (Number(exponent) - decimals.length);
}
