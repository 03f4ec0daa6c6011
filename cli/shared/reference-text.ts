/** Published figures, and candidates beside them, for the terminal, as CSV and as JSON. */
import { csvRow } from '../../exports/shared/csv-row.ts';
import { type Issue, issue } from '../../model/issues.ts';
import { type ReferenceRow, type ReferenceSet, rowKey } from '../../model/reference-data.ts';
import { issueDocument } from '../../pipeline/issue-document.ts';
import type { Joined } from '../../pipeline/join-reference.ts';
import { issueLine } from './issue-line.ts';
import { tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

/** Every row with its values, and every contradiction of the source as an issue at its row. */
export function referenceDocument(set: ReferenceSet): object {
  const { conflicts: _, ...rest } = set;
  return { ...rest, issues: conflictIssues(set).map(issueDocument) };
}

export function referenceCsv({ columns, rows }: ReferenceSet): string {
  const header = columns.map(({ name, unit }) => (unit === undefined ? name : `${name} (${unit})`));
  return [header, ...rows.map((row) => columns.map(({ name }) => cell(row, name)))].map(csvRow).join('');
}

export function referenceText(set: ReferenceSet, paint: Paint): string[] {
  const { title, source, caveat, columns, rows } = set;
  return [
    paint('bold', title),
    source,
    ...(caveat === undefined ? [] : [caveat]),
    '',
    ...tableLines(
      columns.map(({ name, unit }) => ({ title: unit === undefined ? name : `${name} / ${unit}` })),
      rows.map((row) => columns.map(({ name }) => visible(cell(row, name)))),
    ),
    ...conflictIssues(set).map((entry, at) => `${at === 0 ? '\n' : ''}${issueLine(issueDocument(entry), paint)}`),
  ];
}

export function joinedDocument(set: ReferenceSet, joined: Joined, issues: readonly Issue[]): object {
  const { correlations, ...rest } = joined;
  return {
    reference: set.name,
    version: set.version,
    source: set.source,
    ...(set.caveat !== undefined && { caveat: set.caveat }),
    ...rest,
    correlations: correlations.map(({ result, ...of }) => ({
      ...of,
      ...(result.available && { value: result.value }),
      ...result.parts,
      issues: (result.available ? result.issues : result.reasons).map(issueDocument),
    })),
    issues: [...issues, ...conflictIssues(set)].map(issueDocument),
  };
}

export function joinedText(set: ReferenceSet, joined: Joined, issues: readonly Issue[], paint: Paint): string[] {
  const figures = set.columns.filter(({ unit }) => unit !== undefined);
  return [
    paint('bold', `${joined.joined.length} candidates beside ${set.title}`),
    set.source,
    '',
    ...tableLines(
      [{ title: 'candidate' }, ...figures.map(({ name, unit }) => ({ title: `${name} / ${unit}` }))],
      joined.joined.map(({ id, row }) => [visible(id), ...figures.map(({ name }) => cell(row, name))]),
    ),
    '',
    ...correlationLines(joined, paint),
    ...aloneLine('No figures for', joined.candidatesAlone),
    ...aloneLine('No candidate for', joined.rowsAlone),
    ...issues.map((entry) => issueLine(issueDocument(entry), paint)),
    ...(set.caveat === undefined ? [] : [set.caveat]),
  ];
}

function correlationLines({ correlations }: Joined, paint: Paint): string[] {
  const rows = correlations.map(({ descriptor, figure, result }) => {
    const { n, pTwoSided } = result.parts;
    const found = result.available ? result.issues : result.reasons;
    return [
      descriptor,
      figure,
      String(n),
      result.available ? result.value.toFixed(3) : '',
      typeof pTwoSided === 'number' ? pTwoSided.toPrecision(3) : '',
      found.map((entry) => issueLine(issueDocument(entry), paint)).join('; '),
    ];
  });
  if (rows.length === 0) return ['No descriptor and figure share two candidates: nothing to correlate.'];
  const columns = ['descriptor', 'figure', 'n', 'Spearman ρ', 'p (two-sided)', ''].map((title) => ({ title }));
  return tableLines(columns, rows);
}

function aloneLine(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what}: ${names.map(visible).join(', ')}`];
}

function conflictIssues(set: ReferenceSet): Issue[] {
  return set.conflicts.map(({ row, reason }) => {
    const found = set.rows.find((each) => rowKey(each, set) === row.join(' ')) ?? {};
    return issue('W_SOURCE_CONFLICT', { reason }, { block: `${set.name}, ${rowKey(found, set)}` });
  });
}

function cell(row: ReferenceRow, name: string): string {
  const value = row[name];
  return value === undefined ? '' : String(value);
}
