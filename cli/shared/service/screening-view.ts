/** A screening of the service, and lists of them, for the terminal. */
import type { ScreeningState } from '../../../model/service.ts';
import { fixedText, shareText } from '../number-text.ts';
import { type Column, tableLines } from '../table.ts';
import { type Paint, visible } from '../terminal.ts';
import type { CandidateDocument, ScreeningDocument } from './documents.ts';

export function screeningLines(screening: ScreeningDocument, paint: Paint): string[] {
  const { id, stated, state, generation, failure, createdAt, finishedAt } = screening;
  const rows = [
    ['screening', id],
    ['title', visible(stated.title)],
    ['state', stateText(state, paint)],
    ...(failure === undefined ? [] : [['why', visible(failure)]]),
    ['folders', foldersText(screening)],
    ...(generation > 1 ? [['generation', String(generation)]] : []),
    ['handed in', timeText(createdAt)],
    ...(finishedAt === undefined ? [] : [['finished', timeText(finishedAt)]]),
  ];
  return rows.map(([name = '', value = '']) => `${paint('dim', name.padEnd(NAME_WIDTH))}${value}`);
}

const NAME_WIDTH = 12;

const LIST_COLUMNS: readonly Column[] = [
  { title: 'screening' },
  { title: 'state' },
  { title: 'folders', align: 'right' },
  { title: 'handed in (UTC)' },
  { title: 'title' },
];

export function screeningListLines(screenings: readonly ScreeningDocument[], paint: Paint): string[] {
  if (screenings.length === 0) return ['No screening yet: adatom submit DIR hands one in.'];
  const rows = screenings.map(({ id, stated, state, folders, createdAt }) => [
    id,
    stateText(state, paint),
    folders.total === 0 ? '' : `${folders.done + folders.failed}/${folders.total}`,
    timeText(createdAt),
    visible(stated.title),
  ]);
  const [titles = '', ...lines] = tableLines(LIST_COLUMNS, rows);
  return [paint('bold', titles), ...lines];
}

/** For a line that is drawn again and again. */
export function progressText({ state, folders }: ScreeningDocument): string {
  return state === 'parsing' ? `parsing ${folders.done + folders.failed} of ${folders.total} folders` : state;
}

/** `units` by field; `fields`: descriptors in the order of their columns. */
export function candidateLines(
  rows: readonly CandidateDocument[],
  table: { readonly fields: readonly string[]; readonly units: ReadonlyMap<string, string>; readonly paint: Paint },
): string[] {
  if (rows.length === 0) return ['No candidate answers to that.'];
  const severalScreenings = new Set(rows.map((row) => row.screening)).size > 1;
  const columns: readonly Column[] = [
    { title: 'rank', align: 'right' },
    { title: 'candidate' },
    { title: 'ion' },
    { title: 'score', align: 'right' },
    { title: 'P(first)', align: 'right' },
    ...table.fields.map((field) => ({ title: titleOf(field, table.units), align: 'right' as const })),
    ...(severalScreenings ? [{ title: 'screening' }] : []),
  ];
  const cells = rows.map((row) => [
    row.rank === undefined ? '' : String(row.rank),
    visible(row.label),
    row.ion,
    row.score === undefined ? '' : fixedText(row.score),
    row.firstRankProbability === undefined ? '' : shareText(row.firstRankProbability),
    ...table.fields.map((field) => valueText(row.values[field])),
    ...(severalScreenings ? [row.screening] : []),
  ]);
  const [titles = '', ...lines] = tableLines(columns, cells);
  return [table.paint('bold', titles), ...lines];
}

function titleOf(field: string, units: ReadonlyMap<string, string>): string {
  const unit = units.get(field);
  return unit === undefined || unit === '' || unit === '1' ? field : `${field} / ${unit}`;
}

function valueText(value: number | undefined): string {
  return value === undefined ? '' : fixedText(value);
}

function stateText(state: ScreeningState, paint: Paint): string {
  if (state === 'done') return paint('green', state);
  if (state === 'failed') return paint('red', state);
  return state === 'cancelled' ? paint('dim', state) : paint('cyan', state);
}

function foldersText({ folders: { total, waiting, failed } }: ScreeningDocument): string {
  if (total === 0) return 'not looked for yet';
  const faults = failed === 0 ? '' : `, ${failed} could not be read`;
  return waiting === 0 ? `${total}${faults}` : `${total - waiting} of ${total}${faults}`;
}

/** To the second, without the letters of ISO 8601. */
function timeText(time: string): string {
  return time.replace('T', ' ').replace(/\.\d+Z?$|Z$/, '');
}
