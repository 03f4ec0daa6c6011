/**
 * A screening for the terminal: the ranking, who is not ranked and why, and what was not used.
 */
import { DESCRIPTORS, descriptorByName } from '../../descriptors/index.ts';
import type { DescriptorResult } from '../../model/descriptor.ts';
import { distinctIssues, type Issue } from '../../model/issues.ts';
import type { ScreeningResult, UnusedCalculation } from '../../model/screening.ts';
import type { Candidate } from '../../model/system.ts';
import { screenedClaimLines } from './claims-text.ts';
import { protocolLines } from './protocol-text.ts';
import { rankingNotes } from './ranking-notes.ts';
import { tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

/** Longer lists end with a count: all of it stands in the written files. */
const MAXIMUM_LISTED = 20;
/** Calculations named of a group with one reason. */
const MAXIMUM_NAMED = 3;

export function screeningText(result: ScreeningResult, paint: Paint): string[] {
  const { found, parsed, unreadable } = result.calculations;
  const protocol = result.protocol === undefined ? '' : `, protocol ${result.protocol}`;
  return [
    paint('bold', `${result.ion}, profile ${result.profile}${protocol}`),
    `${found} calculations found, ${parsed} with results, ${unreadable} without`,
    '',
    ...rankedLines(result, paint),
    ...noteLines(result, paint),
    ...unrankedLines(result, paint),
    ...screenedClaimLines(result.claims, paint),
    ...protocolLines(result, paint),
    ...otherPathLines(result, paint),
    ...unusedLines(result.unused, paint),
    ...issueLines(result.issues, paint),
  ];
}

/** Shown whatever the profile asks for; all others are in ranking.csv and the report. */
const ALWAYS_SHOWN = ['adsorption-energy', 'nucleation-driving-force', 'migration-barrier', 'surface-energy'];

function countingDescriptors({ ranked }: ScreeningResult): ReadonlySet<string> {
  const scored = ranked.flatMap(({ contributions }) => Object.keys(contributions));
  return new Set([...ALWAYS_SHOWN, ...scored.map((name) => descriptorByName(name)?.definition.identifier ?? name)]);
}

function rankedLines(result: ScreeningResult, paint: Paint): string[] {
  if (result.ranked.length === 0) return [`No candidate for ${result.ion} could be ranked.`, ''];
  const counting = countingDescriptors(result);
  const shown = DESCRIPTORS.filter(
    ({ identifier }) =>
      counting.has(identifier) &&
      result.candidates.some((candidate) => candidate.descriptors[identifier]?.available === true),
  );
  const columns = [
    { title: 'rank', align: 'right' as const },
    { title: 'candidate' },
    { title: 'score', align: 'right' as const },
    { title: 'front', align: 'right' as const },
    { title: 'P(first)', align: 'right' as const },
    { title: 'tie group', align: 'right' as const },
    ...shown.map(({ symbol, unit }) => ({ title: `${symbol} / ${unit}`, align: 'right' as const })),
    { title: 'wetting' },
  ];
  const rows = result.ranked.map((ranked) => {
    const candidate = result.candidates.find((other) => other.id === ranked.id);
    return [
      String(ranked.rank),
      nameOf(candidate, ranked.id),
      ranked.score.toFixed(3),
      ranked.front === undefined ? '' : String(ranked.front),
      ranked.firstRankProbability.toFixed(2),
      String(ranked.tieGroup),
      ...shown.map(({ identifier }) => valueText(candidate?.descriptors[identifier])),
      candidate?.wetting ?? '',
    ];
  });
  const [title = '', ...lines] = tableLines(columns, rows);
  const warnings = result.ranked.flatMap(({ id }) => {
    const candidate = result.candidates.find((other) => other.id === id);
    return shown.flatMap(({ identifier, symbol }) =>
      warningLines(candidate?.descriptors[identifier], symbol, { id, paint }),
    );
  });
  const legend = warnings.length > 0 ? ['', '~ degraded, ? unreliable, because:', ...warnings] : [];
  return [paint('bold', title), ...lines, ...legend, ''];
}

function noteLines(result: ScreeningResult, paint: Paint): string[] {
  const notes = rankingNotes(result, paint);
  return notes.length === 0 ? [] : [...notes, ''];
}

function warningLines(
  result: DescriptorResult | undefined,
  symbol: string,
  { id, paint }: { readonly id: string; readonly paint: Paint },
): string[] {
  if (result?.available !== true) return [];
  return distinctIssues(result.issues)
    .filter((entry) => entry.severity !== 'info')
    .map((entry) => `  ${visible(id)}, ${symbol}: ${issueText(entry, paint)}`);
}

/** `~` marks a value whose quality is lowered by a warning, `?` an unreliable one; `± ?`: its 1σ is not known. */
function valueText(result: DescriptorResult | undefined): string {
  if (result?.available !== true) return '';
  const mark = result.quality === 'ok' ? ' ' : result.quality === 'degraded' ? '~' : '?';
  const { value, uncertainty } = result;
  // A diffusion coefficient of 1e-7 cm²/s or a rate of 1e9 s⁻¹ has no decimals to show.
  const isFixed = value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6);
  const told = isFixed ? value.toFixed(3) : value.toExponential(2);
  if (uncertainty === undefined) return `${told} ± ?${mark}`;
  return `${told} ± ${isFixed ? uncertainty.toFixed(2) : uncertainty.toExponential(0)}${mark}`;
}

function unrankedLines(result: ScreeningResult, paint: Paint): string[] {
  if (result.unranked.length === 0) return [];
  const lines = result.unranked.slice(0, MAXIMUM_LISTED).flatMap(({ id, reasons }) => {
    const candidate = result.candidates.find((other) => other.id === id);
    const wetting = candidate?.wetting === undefined ? '' : `  (${candidate.wetting})`;
    return [`  ${nameOf(candidate, id)}${wetting}`, ...reasons.map((reason) => `    ${issueText(reason, paint)}`)];
  });
  return [paint('bold', 'Not ranked'), ...lines, ...more(result.unranked.length), ''];
}

/** Paths of which no candidate is known: their barriers are results all the same. */
function otherPathLines(result: ScreeningResult, paint: Paint): string[] {
  const owned = new Set(result.systems.flatMap((system) => system.paths));
  const others = result.paths.filter((path) => !owned.has(path.id));
  if (others.length === 0) return [];
  const lines = others.slice(0, MAXIMUM_LISTED).map(({ id, barrier }) => {
    const text = barrier.available
      ? `${valueText(barrier).trimEnd()} ${barrier.unit}`
      : [...new Set(barrier.reasons.filter(isError).map((reason) => reason.code))].join(', ');
    return `  ${visible(id)}: ${text}`;
  });
  return [paint('bold', 'Migration paths of no candidate'), ...lines, ...more(others.length), ''];
}

function isError(entry: Issue): boolean {
  return entry.severity === 'error';
}

/** Calculations that are unused for the same reason share an entry: a tree of thousands has a handful of reasons. */
function unusedLines(unused: readonly UnusedCalculation[], paint: Paint): string[] {
  if (unused.length === 0) return [];
  const groups = new Map<string, UnusedCalculation[]>();
  for (const entry of unused) {
    const key = JSON.stringify([entry.role, entry.reasons.map(({ code, message }) => [code, message])]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const lines = [...groups.values()].slice(0, MAXIMUM_LISTED).flatMap((group) => groupLines(group, paint));
  return [paint('bold', `Not used: ${unused.length} calculations`), ...lines, ...more(groups.size), ''];
}

function groupLines(group: readonly UnusedCalculation[], paint: Paint): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const named = group.slice(0, MAXIMUM_NAMED).map(({ calculation }) => visible(calculation));
  const others = group.length > MAXIMUM_NAMED ? [`and ${group.length - MAXIMUM_NAMED} more`] : [];
  return [
    `  ${[...named, ...others].join(', ')} (${first.role})`,
    // In a group the lines of the files differ; the message is what they share.
    ...first.reasons.map(
      (reason) => `    ${issueText(group.length > 1 ? { ...reason, where: {} } : reason, paint, first.calculation)}`,
    ),
  ];
}

function issueLines(issues: readonly Issue[], paint: Paint): string[] {
  if (issues.length === 0) return [];
  const lines = issues.slice(0, MAXIMUM_LISTED).map((entry) => `  ${issueText(entry, paint)}`);
  return [paint('bold', 'Notes'), ...lines, ...more(issues.length), ''];
}

function more(count: number): string[] {
  return count > MAXIMUM_LISTED ? [`  … and ${count - MAXIMUM_LISTED} more, in ranking.json and report.html`] : [];
}

/** Code, file with line, message; the file is left out when the list names it already. */
function issueText(entry: Issue, paint: Paint, listedUnder = ''): string {
  const { file, line } = entry.where;
  const place =
    file === undefined || file === listedUnder
      ? line === undefined
        ? ''
        : `line ${line}: `
      : `${visible(file)}${line === undefined ? '' : `:${line}`}: `;
  const colour = entry.severity === 'error' ? 'red' : entry.severity === 'warning' ? 'yellow' : 'dim';
  return `${paint(colour, entry.code)} ${place}${visible(entry.message)}`;
}

function nameOf(candidate: Candidate | undefined, id: string): string {
  return visible(candidate?.label === undefined || candidate.label === '' ? id : candidate.label);
}
