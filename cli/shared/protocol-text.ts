/**
 * How the calculations stand to a protocol, for a terminal: per item how many pass, then those that fail.
 */
import type { ScreeningResult } from '../../model/screening.ts';
import { itemSummaries, protocolVerdicts } from './protocol-verdicts.ts';
import { type Paint, visible } from './terminal.ts';

const MAXIMUM_LISTED = 20;

export function protocolLines(result: ScreeningResult, paint: Paint): string[] {
  if (result.protocol === undefined) return [];
  const verdicts = protocolVerdicts(result);
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail');
  const summaries = itemSummaries(verdicts);
  const remarkable = summaries.filter(({ counts }) => counts.fail + counts['not-determinable'] > 0);
  if (remarkable.length === 0) {
    return [
      `All ${new Set(verdicts.map((entry) => entry.calculation)).size} calculations follow protocol ${result.protocol}.`,
      '',
    ];
  }
  const width = Math.max(...remarkable.map(({ item }) => item.length));
  const counted = remarkable.map(
    ({ item, counts }) =>
      `  ${item.padEnd(width)}  ${counts.pass} pass, ${counts.fail} fail, ${counts['not-determinable']} not determinable`,
  );
  const passed = summaries.length - remarkable.length;
  const listed = failed
    .slice(0, MAXIMUM_LISTED)
    .map(
      ({ calculation, item, expected, found }) =>
        `  ${visible(calculation)}: ${item} is ${found}, expected ${expected}`,
    );
  return [
    paint('bold', `Not as protocol ${result.protocol} says`),
    ...counted,
    ...(passed > 0 ? [`  and ${passed} item(s) that all calculations pass`] : []),
    ...listed,
    ...(failed.length > MAXIMUM_LISTED
      ? [`  … and ${failed.length - MAXIMUM_LISTED} more, in ranking.json and report.html`]
      : []),
    '',
  ];
}
