/** What is told of each calculation, one a line: the bytes of calculations.ndjson. */
import type { CalculationLine, CalculationsFormat } from './shared/export-format.ts';

export const calculationsFormat: CalculationsFormat = {
  identifier: 'calculations',
  title: 'One calculation a line, as in calculations.ndjson',
  mediaType: 'application/x-ndjson',
  extension: 'ndjson',
  madeOf: 'calculations',
  write: calculationLines,
};

async function* calculationLines(lines: AsyncIterable<CalculationLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
