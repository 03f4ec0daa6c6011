/**
 * `adatom calc`: a descriptor from plain numbers, by the same code that a screening runs.
 */
import type { Command } from 'commander';
import { AdatomError } from '../model/errors.ts';
import { computeQuantity, quantityNamed } from '../pipeline/compute-descriptor.ts';
import { quantityDescription, quantityDocument, quantityList } from '../pipeline/quantity-document.ts';
import { calcInputs } from './shared/calc-inputs.ts';
import { type CommonOptions, newCommand } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { quantityHelpText, quantityListText, quantityText } from './shared/quantity-text.ts';
import { paintFor } from './shared/terminal.ts';

export function calcCommand(): Command {
  return newCommand('calc', 'a descriptor from plain numbers')
    .argument('[name]', 'identifier or symbol of the quantity; without it all are listed with their inputs')
    .argument('[inputs...]', 'key=value, or @file.json with an object of inputs; key=value stands for what a file says')
    .action(calculate);
}

async function calculate(name: string | undefined, args: readonly string[], options: CommonOptions): Promise<void> {
  const output = standardOutput();
  const paint = paintFor(process.stdout);
  if (name === undefined) {
    if (options.json === true) await writeJson(output, quantityList());
    else await output.write(`${quantityListText(paint).join('\n')}`);
    return;
  }
  const quantity = quantityNamed(name);
  if (args.length === 0) {
    if (options.json === true) await writeJson(output, quantityDescription(quantity.definition));
    else await output.write(`${quantityHelpText(quantity, paint).join('\n')}\n`);
    return;
  }
  const result = computeQuantity(quantity, calcInputs(args, quantity.inputs));
  if (options.json === true) await writeJson(output, quantityDocument(quantity, result));
  else await output.write(`${quantityText(quantity, result, paint).join('\n')}\n`);
  if (result.available) return;
  const reason = result.reasons.find(({ severity }) => severity === 'error')?.message ?? '';
  throw new AdatomError('unanswerable', `${quantity.name}: ${reason}`);
}
