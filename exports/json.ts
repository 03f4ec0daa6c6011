/**
 * The whole answer as JSON: the bytes of ranking.json, `JSON.stringify(result, null, 1)` and a line break.
 *
 * The mistake avoided here: that call builds one string, which ends at 512 MB. The outer two levels are written entry by
 * entry instead; the text is the same, because a line break never stands inside a JSON string.
 */
import type { ScreeningResult } from '../model/screening.ts';
import type { ResultFormat } from './shared/export-format.ts';

export const jsonFormat: ResultFormat = {
  identifier: 'json',
  title: 'Everything that is known of the screening, as in ranking.json',
  mediaType: 'application/json',
  extension: 'json',
  madeOf: 'result',
  write: jsonText,
};

function* jsonText(result: ScreeningResult): Generator<string> {
  let separator = '{\n';
  for (const [key, value] of Object.entries(result)) {
    if (value === undefined) continue;
    yield `${separator} ${JSON.stringify(key)}: `;
    if (Array.isArray(value) && value.length > 0) yield* arrayText(value);
    else yield indented(value, 1);
    separator = ',\n';
  }
  yield '\n}\n';
}

/** A list one level below the outermost object. */
function* arrayText(entries: readonly unknown[]): Generator<string> {
  let separator = '[\n';
  for (const entry of entries) {
    yield `${separator}  ${indented(entry, 2)}`;
    separator = ',\n';
  }
  yield '\n ]';
}

function indented(value: unknown, levels: number): string {
  return JSON.stringify(value, null, 1).replaceAll('\n', `\n${' '.repeat(levels)}`);
}
