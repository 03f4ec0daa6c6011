/** A quantity from inputs as they are typed behind `adatom calc`. */
import { calcInputs } from '../../cli/shared/calc-inputs.ts';
import type { DescriptorResult } from '../../model/descriptor.ts';
import { computeQuantity, quantityNamed } from '../../pipeline/compute-descriptor.ts';

export function typed(name: string, ...args: readonly string[]): DescriptorResult {
  const quantity = quantityNamed(name);
  return computeQuantity(quantity, calcInputs(args, quantity.inputs));
}
