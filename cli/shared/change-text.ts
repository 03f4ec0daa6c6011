/**
 * Why ranks changed, for the terminal: a column per cause that moved anybody, then what the causes are.
 */
import {
  type CandidateChange,
  type CauseParts,
  CHANGE_CAUSES,
  type ChangeCause,
  type ChangeEnd,
  type ChangePlace,
} from '../../model/ranking-change.ts';
import { jointCauses } from './change-document.ts';
import { changeFacts } from './change-facts.ts';
import { issueLine } from './issue-line.ts';
import { shareText } from './number-text.ts';
import type { ExplainedChange } from './rank-change.ts';
import { tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

const CAUSES: Readonly<Record<ChangeCause, string>> = {
  ownValues: 'own values',
  otherValues: "others' values",
  values: "own and others' values",
  candidates: 'candidates',
  rules: 'rules',
  weights: 'weights',
  method: 'method',
  together: 'together',
};

export function changeText(explained: ExplainedChange, paint: Paint): string[] {
  const { change, noticed } = explained;
  const facts = changeFacts(explained, paint);
  const moved = change.changes.filter(isMoved);
  const issues = [...noticed, ...change.issues].map((entry) => issueLine(entry, paint));
  return [
    paint('bold', `before: ${endText(change.before)}`),
    paint('bold', `after:  ${endText(change.after)}`),
    ...(change.profileChanges.length === 0 ? ['Both profiles state the same.'] : []),
    '',
    ...(moved.length === 0 && facts.length === 0 ? ['Nothing changed.'] : movedLines(moved, paint)),
    ...keptLines(change.changes, moved),
    ...onceLines(change.changes, paint),
    ...facts,
    ...(issues.length === 0 ? [] : ['', ...new Set(issues)]),
  ];
}

function endText({ profile, profileVersion, method, ranked, unranked }: ChangeEnd): string {
  return `profile ${profile}, version ${profileVersion}; ${method}; ${ranked} ranked, ${unranked} not`;
}

/** In rank, in a part of it, or in its probability of being first as far as that is shown. */
function isMoved({ before, after, rankChange = 0, causes = {} }: CandidateChange): boolean {
  if (before === undefined || after === undefined) return before !== after;
  const isLikelier = shareText(before.firstRankProbability) !== shareText(after.firstRankProbability);
  return rankChange !== 0 || isLikelier || Object.values(causes).some((part) => part !== 0);
}

function movedLines(moved: readonly CandidateChange[], paint: Paint): string[] {
  if (moved.length === 0) return ['No rank changed.'];
  const shown = CHANGE_CAUSES.filter((cause) => moved.some(({ causes }) => (causes?.[cause] ?? 0) !== 0));
  const rows = moved.map(({ id, before, after, rankChange, causes, together }) => [
    visible(id),
    arrow(before, after, ({ rank }) => String(rank)),
    rankChange === undefined ? '' : placesText(rankChange),
    ...shown.map((cause) => partText(cause, causes, together)),
    arrow(before, after, ({ score }) => score.toFixed(4)),
    arrow(before, after, ({ firstRankProbability }) => shareText(firstRankProbability)),
  ]);
  const titles = ['rank', 'change', ...shown.map((cause) => CAUSES[cause]), 'score', 'P(first)'];
  const columns = [{ title: 'candidate' }, ...titles.map((title) => ({ title, align: 'right' as const }))];
  const [head = '', ...lines] = tableLines(columns, rows);
  return [paint('bold', head), ...lines, ...(shown.length === 0 ? [] : ['', LEGEND])];
}

const LEGEND = 'Places up ↑ or down ↓; those of the causes add up to the change, in whatever order one thinks of them.';

function arrow(
  before: ChangePlace | undefined,
  after: ChangePlace | undefined,
  text: (place: ChangePlace) => string,
): string {
  return [before, after].map((place) => (place === undefined ? '–' : text(place))).join(' → ');
}

/** Nothing where the cause has no part of its own: 0 says that it moves nothing. */
function partText(cause: ChangeCause, causes: CauseParts | undefined, together?: readonly ChangeCause[]): string {
  if (causes === undefined) return '';
  const part = causes[cause];
  if (part !== undefined) return placesText(part);
  return isJoint(cause) || jointCauses(causes, together).includes(cause) ? '' : placesText(0);
}

function isJoint(cause: ChangeCause): boolean {
  return cause === 'values' || cause === 'together';
}

/** `↓1.5`; a part that would round to 0 is not shown as 0. */
function placesText(places: number): string {
  if (places === 0) return '0';
  const size = Math.abs(places);
  return `${places < 0 ? '↑' : '↓'}${size < 0.005 ? '< 0.01' : String(Number(size.toFixed(2)))}`;
}

/** What has to be said of those in the table. */
function keptLines(changes: readonly CandidateChange[], moved: readonly CandidateChange[]): string[] {
  const kept = changes.filter((change) => change.status === 'ranked' && !moved.includes(change)).length;
  const still =
    kept === 1 ? '1 more keeps its place: no cause moves it.' : `${kept} more keep their places: no cause moves them.`;
  const restricted = moved.filter(({ isRestricted }) => isRestricted === true).map(({ id }) => visible(id));
  const equal = moved.filter(({ rankChange = 0, before, after }) => rankChange !== 0 && hasEqual(before, after));
  return [
    ...(kept > 0 && moved.length > 0 ? [still] : []),
    ...(restricted.length > 0
      ? [`Only orders of causes that keep it ranked on the way are counted for ${restricted.join(', ')}.`]
      : []),
    ...moved.flatMap(({ id, together }) =>
      together === undefined
        ? []
        : [`Of ${visible(id)}, ${listText(together)} act only together: no order of them keeps it ranked on the way.`],
    ),
    ...(equal.length > 0
      ? [`Others have the same score, and names order them: ${equal.map(({ id }) => visible(id)).join(', ')}.`]
      : []),
  ];
}

function hasEqual(before: ChangePlace | undefined, after: ChangePlace | undefined): boolean {
  return (before?.equalScores ?? 0) > 0 || (after?.equalScores ?? 0) > 0;
}

/** Who is ranked in one of the two only, though both know it. */
function onceLines(changes: readonly CandidateChange[], paint: Paint): string[] {
  const once = changes.filter(({ sufficient }) => sufficient !== undefined);
  if (once.length === 0) return [];
  return [
    '',
    paint('bold', 'Ranked in one of the two only'),
    ...once.flatMap(({ id, status, sufficient = [], reasonsBefore = [], reasonsAfter = [] }) => [
      `  ${visible(id)}  ${ONCE[status] ?? ''}; enough for it: ${sufficient.map(listText).join(', or ')}`,
      ...[...reasonsBefore, ...reasonsAfter].map((reason) => `    ${issueLine(reason, paint)}`),
    ]),
  ];
}

const ONCE: Readonly<Record<string, string>> = { 'became-ranked': 'ranked now', 'became-unranked': 'ranked no more' };

function listText(causes: readonly ChangeCause[]): string {
  return causes.map((cause) => CAUSES[cause]).join(' and ');
}
