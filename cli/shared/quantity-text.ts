/** A computed quantity, or the list of all there are, for the terminal. */
import { DESCRIPTORS } from '../../descriptors/index.ts';
import type { AvailableDescriptor, DescriptorResult } from '../../model/descriptor.ts';
import type { NamedQuantity } from '../../pipeline/compute-descriptor.ts';
import { type DescriptorInput, descriptorInputs, unitOf } from '../../pipeline/descriptor-inputs.ts';
import { exampleCommand } from '../../pipeline/descriptor-page.ts';
import { issueLine } from './issue-line.ts';
import { tableLines } from './table.ts';
import type { Paint } from './terminal.ts';

/** More digits than any total energy has; fewer than binary fractions show. */
const DIGITS = 12;
/** A tensor in a cell would push the units of all others off the screen. */
const LONGEST_CELL = 40;

export function quantityText(quantity: NamedQuantity, result: DescriptorResult, paint: Paint): string[] {
  const { name, symbol, definition, factor } = quantity;
  const { title, sign, formula, reference } = definition;
  const all = Object.entries(result.parts).map(
    ([part, value]) => [part, valueText(value), unitOf(part) ?? ''] as const,
  );
  const isShort = ([, text]: (typeof all)[number]): boolean => text.length <= LONGEST_CELL;
  const parts = all.filter(isShort);
  const lists = all
    .filter((part) => !isShort(part))
    .map(([part, text, unit]) => `${part} (${unit}): ${text}`.replace(' ()', ''));
  const issues = result.available ? result.issues : result.reasons;
  return [
    result.available
      ? paint('bold', `${name}: ${symbol} = ${measuredText(result)}`)
      : paint('bold', `${name}: ${symbol} cannot be told`),
    ...(result.available ? [`quality: ${result.quality}; ${result.convention}`] : []),
    ...(parts.length === 0
      ? []
      : ['', ...tableLines([{ title: 'part' }, { title: 'value' }, { title: 'unit' }], parts)]),
    ...(lists.length === 0 ? [] : ['', ...lists]),
    '',
    factor === 1 ? `${title}; ${sign}` : `${factor} × ${definition.identifier}: ${title}; ${sign}`,
    `formula    ${formula}`,
    `reference  ${reference}`,
    ...(issues.length === 0 ? [] : ['', ...issues.map((entry) => issueLine(entry, paint))]),
  ];
}

/** Of exact inputs there is no uncertainty to tell; a pure number has no unit. */
function measuredText({ value, uncertainty, unit }: AvailableDescriptor): string {
  const spread = uncertainty === 0 || uncertainty === undefined ? '' : ` ± ${valueText(uncertainty)}`;
  return `${valueText(value)}${spread}${unit === '1' ? '' : ` ${unit}`}`;
}

/** Under the headings of their groups; the inputs of one are told in full by `quantityHelpText`. */
export function quantityListText(paint: Paint): string[] {
  const groups = [...new Set(DESCRIPTORS.map(({ group }) => group))];
  return groups.flatMap((group) => [
    paint('bold', group),
    ...DESCRIPTORS.filter((definition) => definition.group === group).flatMap((definition) => {
      const { identifier, symbol, unit, title, aliases } = definition;
      const others = aliases.map(
        (alias) => `    also: ${alias.identifier} (${alias.symbol}) = ${alias.factor} × ${symbol}`,
      );
      return [
        `  ${identifier}  ${symbol} (${unit})  ${title}`,
        ...others,
        `    ${descriptorInputs(definition).map(shortInput).join(', ')}`,
      ];
    }),
    '',
  ]);
}

/** `slabEv` or, where it has one, with its symbol and unit; in brackets when it may be left out. */
function shortInput({ name, symbol, unit, required }: DescriptorInput): string {
  const aside = [symbol, unit].filter((text) => text !== undefined).join(', ');
  const text = aside === '' ? name : `${name} (${aside})`;
  return required ? text : `[${text}]`;
}

/** What one quantity is, and each of its inputs. */
export function quantityHelpText({ name, symbol, definition, inputs }: NamedQuantity, paint: Paint): string[] {
  const { title, unit, sign, formula, reference, example } = definition;
  const rows = inputs.map((input) => [
    input.name,
    input.symbol ?? '',
    input.unit ?? '',
    requirement(input),
    meaningText(input),
  ]);
  return [
    paint('bold', `${name}  ${symbol} (${unit})  ${title}`),
    `sign       ${sign}`,
    `formula    ${formula}`,
    `reference  ${reference}`,
    '',
    ...tableLines(
      [{ title: 'input' }, { title: 'symbol' }, { title: 'unit' }, { title: '' }, { title: 'meaning' }],
      rows,
    ),
    '',
    `example    ${exampleCommand(name, example.inputs)}`,
  ];
}

function meaningText({ meaning, keys }: DescriptorInput): string {
  return keys === undefined ? meaning : `${meaning}; each {${keys.join(', ')}}`;
}

function requirement(input: DescriptorInput): string {
  if (input.required) return 'needed';
  const choices = input.choices === undefined ? '' : `${input.choices.join(' | ')}; `;
  return input.default === undefined ? `${choices}optional` : `${choices}default ${valueText(input.default)}`;
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(DIGITS)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}
