/** What differs between two rankings: candidates, values, profiles and where values come from, a line each. */
import type { RankableValue } from '../../model/ranking.ts';
import type {
  CandidateChange,
  InputChange,
  OriginChanges,
  ProfileChange,
  RankingChange,
  ValueChange,
} from '../../model/ranking-change.ts';
import { decimalsFor, exactText, fixedText, sigmaText, unitText, valueText } from './number-text.ts';
import type { ExplainedChange } from './rank-change.ts';
import { type Paint, visible } from './terminal.ts';

/** Longer lists end with a count. */
const MAXIMUM_LISTED = 20;
/** Of a value that differs by less nobody wants to know. */
const MOST_DECIMALS = 6;

export function changeFacts({ change, origins }: ExplainedChange, paint: Paint): string[] {
  const section = (title: string, lines: readonly string[]): string[] => {
    if (lines.length === 0) return [];
    const more = lines.length - MAXIMUM_LISTED;
    const rest = more > 0 ? [`  and ${more} more, all with --json`] : [];
    return ['', paint('bold', title), ...lines.slice(0, MAXIMUM_LISTED).map((line) => `  ${line}`), ...rest];
  };
  return [
    ...section('Candidates', candidateLines(change)),
    ...section('Values', change.values.map(valueLine)),
    ...section('Profile', change.profileChanges.map(profileLine)),
    ...(origins === undefined ? [] : section('Where values come from', originLines(origins))),
  ];
}

function candidateLines({ changes }: RankingChange): string[] {
  const of = (wanted: CandidateChange['status'], word: string) =>
    changes.flatMap(({ id, status, before, after, reasonsBefore = [], reasonsAfter = [] }) => {
      if (status !== wanted) return [];
      const place = after ?? before;
      const reasons = [...reasonsBefore, ...reasonsAfter].map(({ message }) => visible(message));
      return [
        `${word}  ${visible(id)}, ${place === undefined ? `not ranked: ${reasons.join('; ')}` : `rank ${place.rank}`}`,
      ];
    });
  return [...of('came', 'came'), ...of('went', 'went')];
}

function valueLine({
  id,
  descriptor,
  unit,
  before,
  after,
  change,
  combinedSigmas,
  affects,
  reasons,
}: ValueChange): string {
  const isBoth = before !== undefined && after !== undefined;
  // As many decimals as show that the two differ, up to those of noise.
  const decimals = Math.min(
    MOST_DECIMALS,
    decimalsFor(before?.uncertainty, after?.uncertainty, change === undefined ? undefined : 10 * Math.abs(change)),
  );
  const then = before === undefined ? 'missing' : `${measured(before, decimals)}${isBoth ? '' : unitText(unit)}`;
  const now = after === undefined ? 'missing' : `${measured(after, decimals)}${unitText(unit)}`;
  const sigmas = combinedSigmas === undefined ? '' : `, ${fixedText(combinedSigmas, 1)} combined σ`;
  const size = change === undefined ? '' : ` (${change > 0 ? '+' : ''}${valueText(change)}${sigmas})`;
  const why = reasons === undefined ? '' : `: ${reasons.map(({ message }) => visible(message)).join('; ')}`;
  const note = [
    ...(isBoth && before.quality !== after.quality ? [`quality ${before.quality} → ${after.quality}`] : []),
    ...(affects === 'probabilities' ? ['the order does not depend on it'] : []),
  ];
  return `${visible(id)}  ${descriptor}  ${then} → ${now}${size}${note.map((text) => `; ${text}`).join('')}${why}`;
}

function measured({ value, uncertainty }: RankableValue, decimals: number): string {
  const plain = valueText(value, uncertainty);
  // Those of another magnitude have an exponent.
  if (plain !== fixedText(value)) return `${plain} ± ${sigmaText(uncertainty)}`;
  const sigma = fixedText(uncertainty, decimals);
  return `${fixedText(value, decimals)} ± ${uncertainty > 0 && Number(sigma) === 0 ? sigmaText(uncertainty) : sigma}`;
}

function profileLine(change: ProfileChange): string {
  const { cause, descriptor, statement, unit, before, after, shareBefore, shareAfter } = change;
  const about = descriptor === undefined ? '' : `${visible(descriptor)}, `;
  const inUnit = unit === undefined ? '' : unitText(visible(unit));
  const isGone = after === undefined;
  const share =
    shareBefore === undefined || shareAfter === undefined
      ? ''
      : ` (${percent(shareBefore)} → ${percent(shareAfter)} of the whole)`;
  return `${CAUSE_WORDS[cause]}: ${about}${statement} ${stated(before)}${isGone ? inUnit : ''} → ${stated(after)}${isGone ? '' : inUnit}${share}`;
}

const CAUSE_WORDS: Readonly<Record<ProfileChange['cause'], string>> = {
  rules: 'rules',
  weights: 'weights',
  method: 'method',
  probabilities: 'probabilities only',
  computation: 'values of a screening',
};

function stated(value: ProfileChange['before']): string {
  if (value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? exactText(value) : visible(value);
}

function percent(share: number): string {
  return `${fixedText(100 * share, 1)} %`;
}

function originLines({ adatomVersion, definitionChanges, inputChanges }: OriginChanges): string[] {
  return [
    ...(adatomVersion === undefined
      ? []
      : [`adatom ${visible(adatomVersion.before)} → ${visible(adatomVersion.after)}`]),
    ...definitionChanges.map(
      ({ descriptor, before, after }) =>
        `definition of ${visible(descriptor)}: version ${before ?? 'none'} → ${after ?? 'none'}`,
    ),
    ...inputChanges.map(inputLine),
  ];
}

/** Eight digits of a SHA-256 tell files of one campaign apart. */
function inputLine({ fileBefore, sha256Before = '', fileAfter, sha256After = '', values }: InputChange): string {
  const [then, now] = [sha256Before, sha256After].map((hash) => hash.slice(0, 8));
  return `file ${filesText()}: ${usesText(values)}`;

  function filesText(): string {
    if (fileBefore === undefined) return `${visible(fileAfter ?? '')} (${now}), used now`;
    if (fileAfter === undefined) return `${visible(fileBefore)} (${then}), used no more`;
    if (fileBefore === fileAfter) return `${visible(fileAfter)} (${then} → ${now})`;
    return `${visible(fileBefore)} (${then}) → ${visible(fileAfter)} (${now})`;
  }
}

/** A reference stands behind every candidate. */
const MAXIMUM_CANDIDATES = 3;

function usesText(values: InputChange['values']): string {
  const uses = new Map<string, string[]>();
  for (const { id, descriptor } of values) uses.set(id, [...(uses.get(id) ?? []), visible(descriptor)]);
  const texts = [...uses].map(([id, descriptors]) => `${visible(id)} ${descriptors.join(', ')}`);
  const more = texts.length - MAXIMUM_CANDIDATES;
  return [...texts.slice(0, MAXIMUM_CANDIDATES), ...(more > 0 ? [`${more} more candidates`] : [])].join('; ');
}
