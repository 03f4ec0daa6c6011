/** A computed quantity as `adatom calc` prints it in JSON, and the list of all there are. */
import { DESCRIPTORS, type ListedDescriptor } from '../descriptors/index.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import type { NamedQuantity } from './compute-descriptor.ts';
import { descriptorInputs } from './descriptor-inputs.ts';
import { issueDocument } from './issue-document.ts';

/** Without `value` when it is not available; the issues then say why. */
export function quantityDocument({ name, definition }: NamedQuantity, result: DescriptorResult): object {
  const { unit } = definition;
  if (!result.available) return { name, unit, ...result.parts, issues: result.reasons.map(issueDocument) };
  const { value, uncertainty, quality, convention, parts, issues } = result;
  return { name, value, unit, uncertainty, quality, convention, ...parts, issues: issues.map(issueDocument) };
}

export function quantityList(): object {
  return { quantities: DESCRIPTORS.map(quantityDescription) };
}

/** What a quantity is and what it is computed from. */
export function quantityDescription(definition: ListedDescriptor): object {
  const { identifier, aliases, symbol, unit, title, sign, formula, reference, group, better, inScreening } = definition;
  return {
    name: identifier,
    symbol,
    unit,
    title,
    sign,
    formula,
    reference,
    group,
    better,
    inScreening,
    aliases: aliases.map((alias) => ({ name: alias.identifier, symbol: alias.symbol, factor: alias.factor })),
    inputs: descriptorInputs(definition),
    example: definition.example,
  };
}
