/**
 * The parts of a descriptor, told by their own names: a name ends in its unit, so `cohesiveEnergyEv` is "cohesive
 * energy" in eV. Nothing here knows which descriptor has which parts.
 */
import type { Parts } from '../../../model/descriptor.ts';
import { type Markup, markup } from '../markup.ts';
import { exactText, fixedText } from '../number-text.ts';

/** Longer endings first: `…EvPerAngstrom2` ends in no other one's whole name. */
const UNITS: readonly (readonly [ending: string, unit: string])[] = [
  ['EvPerAngstrom2', 'eV/Å²'],
  ['EvPerAngstrom', 'eV/Å'],
  ['JPerM2', 'J/m²'],
  ['PerNm2', 'nm⁻²'],
  ['Angstrom2', 'Å²'],
  ['Angstrom', 'Å'],
  ['Kelvin', 'K'],
  ['Volt', 'V'],
  ['Ev', 'eV'],
];

/** Numbers, words and switches; lists and tables among the parts are shown where they belong. */
export function partList(parts: Parts): Markup | undefined {
  const items = Object.entries(parts).flatMap(([name, part]) => partItem(name, part) ?? []);
  return items.length === 0 ? undefined : markup`<dl class="facts">${items}</dl>`;
}

function partItem(name: string, part: unknown): Markup | undefined {
  if (typeof part !== 'number' && typeof part !== 'string' && typeof part !== 'boolean') return undefined;
  const [ending = '', unit = ''] = UNITS.find(([candidate]) => name.endsWith(candidate)) ?? [];
  const label = ending === '' ? name : name.slice(0, -ending.length);
  const value = typeof part === 'number' ? numberMarkup(part, unit) : String(part);
  return markup`<div><dt>${words(label)}</dt><dd>${value}</dd></div>
`;
}

function numberMarkup(value: number, unit: string): Markup {
  const text = Number.isInteger(value) && unit === '' ? exactText(value) : fixedText(value);
  return markup`<span title="${exactText(value)}">${text}</span>${unit === '' ? '' : ` ${unit}`}`;
}

/** `saddleImageCoordinate` → `saddle image coordinate` */
function words(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
