/**
 * The page of a descriptor in docs/descriptors/, made from its definition: what is written there cannot differ from what
 * is computed. A test compares the pages with this text.
 */
import { DESCRIPTORS, type ListedDescriptor } from '../descriptors/index.ts';
import { type DescriptorInput, descriptorInputs } from './descriptor-inputs.ts';

const BETTER: Readonly<Record<ListedDescriptor['better'], string>> = {
  lower: 'lower values, unless a profile says otherwise',
  higher: 'higher values, unless a profile says otherwise',
  profile: 'what the profile says: the literature disagrees',
  none: 'it orders nothing by itself',
};

/** File name and text of every page, the list of all among them. */
export function descriptorPages(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', listPage()],
    ...DESCRIPTORS.map((definition) => [`${definition.identifier}.md`, descriptorPage(definition)] as const),
  ]);
}

function listPage(): string {
  const groups = [...new Set(DESCRIPTORS.map(({ group }) => group))];
  const rows = groups.flatMap((group) => [
    `\n## ${capitalised(group)}\n`,
    '| quantity | symbol | unit | | in a screening |',
    '|---|---|---|---|---|',
    ...DESCRIPTORS.filter((definition) => definition.group === group).map(
      ({ identifier, symbol, unit, title, inScreening }) =>
        `| [${identifier}](${identifier}.md) | ${cell(symbol)} | ${cell(unit)} | ${cell(title)} | ${inScreening ? 'yes' : ''} |`,
    ),
  ]);
  return `# Descriptors and formulas\n\nMade from their definitions by \`npm run docs:descriptors\`. \`adatom calc NAME\` prints the same.\n${rows.join('\n')}\n`;
}

function descriptorPage(definition: ListedDescriptor): string {
  const { identifier, symbol, unit, title, sign, formula, reference, aliases, example, version } = definition;
  const parts = Object.entries(example.parts ?? {}).map(([part, value]) => `, \`${part}\` ${value}`);
  return [
    `# ${title}\n`,
    `\`${identifier}\`, ${symbol}, in ${unit === '1' ? 'no unit' : unit}. Version ${version}.\n`,
    ...aliases.map((alias) => `Also \`${alias.identifier}\`, ${alias.symbol} = ${alias.factor} × ${symbol}.\n`),
    `- **Formula** ${formula}`,
    `- **Sign** ${sign}`,
    `- **Better** ${BETTER[definition.better]}`,
    `- **Uncertainty (1σ)** ${uncertaintyText(definition)}`,
    `- **In a screening** ${definition.inScreening ? 'yes, of every candidate with the calculations it needs' : 'no: from plain numbers only'}`,
    `- **Source** ${reference}\n`,
    '## Inputs\n',
    '| input | symbol | unit | | meaning |',
    '|---|---|---|---|---|',
    ...descriptorInputs(definition).map(inputRow),
    '\n## Example\n',
    `\`\`\`sh\n${exampleCommand(identifier, example.inputs)}\n\`\`\`\n`,
    `gives ${example.prints}${unit === '1' ? '' : ` ${unit}`}${parts.join('')} (${example.source}).\n`,
  ].join('\n');
}

function uncertaintyText({ defaultUncertainty, unit }: ListedDescriptor): string {
  if (defaultUncertainty === undefined) return 'from those of the inputs; none where they are exact';
  return `${defaultUncertainty}${unit === '1' ? '' : ` ${unit}`} unless given: the error of the method`;
}

function inputRow(input: DescriptorInput): string {
  const { name, symbol = '', unit = '', meaning } = input;
  return `| \`${name}\` | ${cell(symbol)} | ${cell(unit)} | ${cell(requirement(input))} | ${cell(meaning + keysText(input))} |`;
}

function keysText({ keys }: DescriptorInput): string {
  return keys === undefined ? '' : `; each {${keys.join(', ')}}`;
}

function requirement({ required, choices, default: byDefault }: DescriptorInput): string {
  if (required) return 'needed';
  const words = choices === undefined ? '' : `${choices.join(' / ')}; `;
  return byDefault === undefined ? `${words}optional` : `${words}default ${JSON.stringify(byDefault)}`;
}

/** As typed in a shell. */
export function exampleCommand(name: string, inputs: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(inputs).map(([key, value]) => shellWord(`${key}=${plain(value)}`));
  return ['adatom', 'calc', name, ...words].join(' ');
}

/** What `adatom calc` takes behind `key=`. */
export function plain(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function shellWord(word: string): string {
  return /^[\w=.,+:/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
