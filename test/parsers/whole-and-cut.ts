/** What every reader of a text file must stand: any window, any chunks, DOS line ends, and a cut at any byte. */
import { expect } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileRecord } from '../../model/calculation.ts';
import type { ParseOptions, ParserDefinition } from '../../parsers/shared/parser.ts';

export function parsedText(parser: ParserDefinition, text: string, options: ParseOptions = {}): FileRecord {
  return parser.parse(memorySource(Buffer.from(text, 'latin1')), options);
}

export function expectSameThroughWindows(parser: ParserDefinition, text: string, options: ParseOptions = {}): void {
  const expected = parsedText(parser, text, options);
  for (const windowBytes of [1, 7, 64, 4096]) {
    for (const chunk of [1, 7, 4096]) {
      const source = memorySource(Buffer.from(text, 'latin1'), chunk);
      expect(parser.parse(source, { ...options, windowBytes }), `${windowBytes} bytes by ${chunk}`).toEqual(expected);
    }
  }
}

/** Everything but the places and issues is the same with DOS line ends. */
export function expectSameWithDosLineEnds(parser: ParserDefinition, text: string, options: ParseOptions = {}): void {
  const { places: _, issues, ...expected } = parsedText(parser, text, options);
  const { places: __, issues: dosIssues, ...dos } = parsedText(parser, text.replaceAll('\n', '\r\n'), options);
  expect(dos).toEqual(expected);
  expect(dosIssues.map(({ code }) => code)).toEqual(issues.map(({ code }) => code));
}

/** A cut file says so, or has everything; `isWholeAt` names the cuts that leave a shorter whole file. */
export function expectCutsToShow(
  parser: ParserDefinition,
  text: string,
  options: ParseOptions & { readonly isWholeAt?: (length: number) => boolean } = {},
): void {
  const whole = contentOf(parsedText(parser, text, options));
  for (let length = 0; length < text.length; length += 1) {
    const record = parsedText(parser, text.slice(0, length), options);
    if (record.issues.length > 0 || options.isWholeAt?.(length) === true) continue;
    expect(contentOf(record), `cut at ${length}`).toEqual(whole);
  }
}

/** The text at a place of the record. */
export function textAt(record: FileRecord, text: string, name: string): string {
  const place = record.places[name];
  expect(place, `a place of ${name}`).toBeDefined();
  return text.slice(place!.byteOffset, place!.byteOffset + place!.byteLength);
}

export function codesOf(record: FileRecord): string[] {
  return record.issues.map(({ code }) => code);
}

function contentOf({ places: _, issues: __, ...content }: FileRecord): object {
  return content;
}
