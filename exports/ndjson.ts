/**
 * One candidate a line: its place in the ranking and every descriptor with value, unit, uncertainty, quality and issues,
 * or the reasons why there is none. For programs that read line by line; the inputs behind a value are in `json`.
 */
import type { DescriptorResult } from '../model/descriptor.ts';
import type { ScreeningResult } from '../model/screening.ts';
import { candidatesInOrder, type PlacedCandidate } from './shared/candidate-order.ts';
import type { ResultFormat } from './shared/export-format.ts';

export const ndjsonFormat: ResultFormat = {
  identifier: 'ndjson',
  title: 'One candidate a line, with its descriptors and what is wrong with them',
  mediaType: 'application/x-ndjson',
  extension: 'ndjson',
  madeOf: 'result',
  write: candidateLines,
};

function* candidateLines(result: ScreeningResult): Generator<string> {
  for (const placed of candidatesInOrder(result)) yield `${JSON.stringify(lineOf(placed, result))}\n`;
}

function lineOf({ id, candidate, ranked, unranked }: PlacedCandidate, { definitions }: ScreeningResult): object {
  const { issues = [], contributions: _, ...place } = ranked ?? { id };
  return {
    ...place,
    label: candidate?.label,
    ion: candidate?.ion,
    system: candidate?.system,
    wetting: candidate?.wetting,
    descriptors: Object.fromEntries(
      definitions.map(({ identifier, version, unit }) => [
        identifier,
        { version, unit, ...toldValue(candidate?.descriptors[identifier]) },
      ]),
    ),
    ...(unranked !== undefined && { unrankedBecause: unranked.reasons }),
    issues: [...(candidate?.issues ?? []), ...issues],
  };
}

function toldValue(result: DescriptorResult | undefined): object {
  if (result === undefined) return { available: false, issues: [] };
  if (!result.available) return { available: false, issues: result.reasons };
  const { value, uncertainty, quality, convention, issues } = result;
  return { available: true, value, uncertainty, quality, convention, issues };
}
