/**
 * A descriptor under one of its names, from plain inputs.
 *
 * The mistake avoided here: an alias is the descriptor times a factor only for the convention it is defined with. The
 * binding energy E_b is −E_ads relative to the free atom; the negative of a value relative to the bulk metal is no
 * binding energy.
 */
import type { z } from 'zod';
import { DESCRIPTORS, descriptorByName, type ListedDescriptor } from '../descriptors/index.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import { AdatomError } from '../model/errors.ts';
import { expectedText, foundText, nearest } from '../model/schema-wording.ts';
import { type DescriptorInput, descriptorInputs } from './descriptor-inputs.ts';

export interface NamedQuantity {
  /** Identifier of the descriptor or of its alias. */
  readonly name: string;
  readonly symbol: string;
  readonly factor: number;
  readonly definition: ListedDescriptor;
  readonly inputs: readonly DescriptorInput[];
}

/** By identifier or symbol. Throws `AdatomError('request')` when there is none of that name. */
export function quantityNamed(name: string): NamedQuantity {
  const found = descriptorByName(name);
  if (found === undefined) {
    const names = DESCRIPTORS.flatMap(({ identifier, aliases }) => [identifier, ...aliases.map((a) => a.identifier)]);
    const near = nearest(name, names);
    const help = near === undefined ? '' : ` Did you mean "${near}"?`;
    throw new AdatomError('request', `unknown quantity "${name}".${help} Available: ${names.join(', ')}`);
  }
  const { definition, factor } = found;
  const alias = definition.aliases.find((entry) => name === entry.identifier || name === entry.symbol);
  const { identifier, symbol } = alias ?? definition;
  return { name: identifier, symbol, factor, definition, inputs: descriptorInputs(definition) };
}

/** Throws `AdatomError('request')` with a line per input that is missing or does not fit. */
export function computeQuantity(quantity: NamedQuantity, given: Readonly<Record<string, unknown>>): DescriptorResult {
  const { definition, factor } = quantity;
  const missing = quantity.inputs.filter(({ name, required }) => required && given[name] === undefined);
  if (missing.length > 0) throw new AdatomError('request', missingText(quantity, missing));
  const parsed = definition.inputs.safeParse(given, { error: expectedText });
  if (!parsed.success) {
    const faults = parsed.error.issues.map((fault) => `${quantity.name}: ${faultText(fault, given)}`);
    throw new AdatomError('request', faults.join('\n'));
  }
  refuseOtherReference(quantity, parsed.data);
  const result = definition.compute(given);
  if (!result.available) return result;
  const value = factor * result.value + 0;
  if (!Number.isFinite(value))
    throw new AdatomError('unanswerable', `${quantity.name}: the result is beyond all numbers`);
  if (factor === 1) return result;
  return {
    ...result,
    value,
    ...(result.uncertainty !== undefined && { uncertainty: Math.abs(factor) * result.uncertainty }),
    convention: `${factor} × ${definition.identifier} (${result.convention})`,
  };
}

function missingText({ name }: NamedQuantity, missing: readonly DescriptorInput[]): string {
  const lines = missing.map((input) => {
    const unit = input.unit === undefined ? '' : ` (${input.unit})`;
    return `  ${input.name}${unit}: ${input.meaning}`;
  });
  return `${name} needs also\n${lines.join('\n')}`;
}

function faultText(fault: z.core.$ZodIssue, given: unknown): string {
  const path = fault.path.map((key, at) =>
    typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`,
  );
  const place = path.length === 0 ? '' : `${path.join('')}: `;
  if (fault.code === 'unrecognized_keys') return `${place}unknown key ${fault.keys.join(', ')}`;
  if (fault.path.length === 0) return fault.message;
  let found: unknown = given;
  for (const key of fault.path) {
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, key) ? Reflect.get(found, key) : undefined;
  }
  return `${place}expected ${fault.message}, found ${foundText(found)}`;
}

function refuseOtherReference({ name, factor }: NamedQuantity, inputs: unknown): void {
  if (factor === 1 || typeof inputs !== 'object' || inputs === null || !('reference' in inputs)) return;
  if (inputs.reference === 'atom') return;
  throw new AdatomError(
    'request',
    `${name} is defined relative to the isolated atom: leave reference out, or ask for adsorption-energy`,
  );
}
