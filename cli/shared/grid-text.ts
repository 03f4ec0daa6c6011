/** A grid file as text: a table over the heights, then what holds for the whole cell. */
import type { GridDocument, ProfileDocument } from './grid-document.ts';
import { issueLine } from './issue-line.ts';
import { type Column, tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

const DECIMALS = 6;
const WHOLE_CELL: readonly Column[] = [
  { title: 'over the cell' },
  { title: 'average', align: 'right' },
  { title: 'minimum', align: 'right' },
  { title: 'maximum', align: 'right' },
  { title: 'integral', align: 'right' },
];

export function gridText(document: GridDocument, paint: Paint): string[] {
  const { file, quantity, points, axis, unit, issues } = document;
  const lines = [paint('bold', visible(file))];
  if (points !== undefined) {
    const across = ['a', 'b', 'c'].filter((name) => name !== axis).join(' and ');
    lines.push(`${quantity}, ${unit}; grid ${points.join(' × ')}; averages over planes of ${across}`, '');
    lines.push(...profileLines(document, paint), '', ...wholeCellLines(document, paint));
    const flat = plateauLines(document.components);
    if (flat.length > 0) lines.push('', ...flat);
  }
  if (issues.length > 0) lines.push('', ...issues.map((entry) => issueLine(entry, paint)));
  return lines;
}

function profileLines({ components, difference, unit }: GridDocument, paint: Paint): string[] {
  const charges = difference?.cumulativeCharge;
  const profiles = [...components, ...(difference === undefined ? [] : [difference])];
  const columns: Column[] = [
    { title: 'height (Å)', align: 'right' },
    ...components.map(({ name }): Column => ({ title: `${name} (${unit})`, align: 'right' })),
    ...(difference === undefined ? [] : [{ title: `difference (${unit})`, align: 'right' } as const]),
    ...(charges === undefined ? [] : [{ title: 'charge below (e)', align: 'right' } as const]),
  ];
  const heights = profiles[0]?.heightsAngstrom ?? [];
  const rows = heights.map((height, index) => [
    height.toFixed(4),
    ...profiles.map(({ planarAverages }) => numberText(planarAverages[index])),
    ...(charges === undefined ? [] : [numberText(charges[index])]),
  ]);
  const [titles = '', ...body] = tableLines(columns, rows);
  return [paint('bold', titles), ...body];
}

function wholeCellLines({ components, difference }: GridDocument, paint: Paint): string[] {
  const profiles: readonly (readonly [string, ProfileDocument])[] = [
    ...components.map((profile) => [profile.name, profile] as const),
    ...(difference === undefined ? [] : [['difference', difference] as const]),
  ];
  const rows = profiles.map(([name, { average, minimum, maximum, integral }]) => [
    name,
    ...[average, minimum, maximum, integral].map(numberText),
  ]);
  // A potential has no integral.
  const columns = profiles.some(([, { integral }]) => integral !== undefined) ? WHOLE_CELL : WHOLE_CELL.slice(0, -1);
  const [titles = '', ...body] = tableLines(columns, rows);
  return [paint('bold', titles), ...body];
}

function plateauLines(components: readonly ProfileDocument[]): string[] {
  return components.flatMap(({ name, plateaus = [] }) =>
    plateaus.map(
      ({ value, heightAngstrom, slopePerAngstrom }) =>
        `flat over 2 Å: ${name} ${numberText(value)} eV at ${heightAngstrom.toFixed(2)} Å (within ${slopePerAngstrom.toFixed(4)} eV/Å)`,
    ),
  );
}

function numberText(value: number | undefined): string {
  return value?.toFixed(DECIMALS).replace(/^-(0\.0+)$/, '$1') ?? '';
}
