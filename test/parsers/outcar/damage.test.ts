import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../model/byte-source.ts';
import type { FileRecord } from '../../../model/calculation.ts';
import { outcarParser } from '../../../parsers/outcar.ts';
import { bytesOf, FIRST, outcarText, REACHED, SECOND } from './outcar-text.ts';
import { parseText } from './parse-text.ts';

/** Paths of everything in a record that is no usable value. */
function unusable(value: unknown, path = 'record'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (value === undefined || value === null) return [path];
  if (value instanceof Float64Array) return value.every(Number.isFinite) ? [] : [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => unusable(inner, `${path}.${name}`));
}

const TEXTS = (['4.6', '5.4'] as const).map((layout) =>
  outcarText({ layout, steps: [FIRST, { ...SECOND, ending: REACHED }] }),
);
const NUMBERS = 300;

/** A damaged text: a cut, a flipped byte, a piece twice, a piece lost, a piece from elsewhere. */
const damagedText = fc
  .record({
    text: fc.constantFrom(...TEXTS),
    kind: fc.constantFrom('cut', 'flip', 'repeat', 'lose', 'move'),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    share: fc.double({ min: 0, max: 0.5, noNaN: true }),
    byte: fc.integer({ min: 0, max: 255 }),
  })
  .map(({ text, kind, from, share, byte }) => {
    const start = Math.floor(from * text.length);
    const end = Math.min(text.length, start + Math.ceil(share * text.length));
    const piece = text.slice(start, end);
    if (kind === 'cut') return text.slice(0, start);
    if (kind === 'flip') return text.slice(0, start) + String.fromCharCode(byte) + text.slice(start + 1);
    if (kind === 'repeat') return text.slice(0, end) + piece + text.slice(end);
    const rest = text.slice(0, start) + text.slice(end);
    return kind === 'lose' ? rest : piece + rest;
  });

describe('a damaged OUTCAR', () => {
  it('never makes the parser fail and never gives a number that is none', () => {
    fc.assert(
      fc.property(damagedText, (text) => {
        expect(unusable(parseText(text))).toEqual([]);
      }),
      { seed: 20260203, numRuns: NUMBERS },
    );
  });

  it('damaged twice is no worse', () => {
    const twice = fc.tuple(damagedText, fc.nat(), fc.nat()).map(([text, at, byte]) => {
      const place = text.length === 0 ? 0 : at % text.length;
      return text.slice(0, place) + String.fromCharCode(byte % 256) + text.slice(place + 1);
    });
    fc.assert(
      fc.property(twice, (text) => {
        expect(unusable(parseText(text))).toEqual([]);
      }),
      { seed: 20260204, numRuns: NUMBERS },
    );
  });

  it('of random bytes between its lines is read to the end', () => {
    const noise = fc.tuple(fc.constantFrom(...TEXTS), fc.uint8Array({ maxLength: 300 }), fc.nat());
    fc.assert(
      fc.property(noise, ([text, bytes, at]) => {
        const place = at % text.length;
        const noisy = Buffer.concat([bytesOf(text.slice(0, place)), bytes, bytesOf(text.slice(place))]);
        expect(unusable(outcarParser.parse(memorySource(noisy)))).toEqual([]);
      }),
      { seed: 20260205, numRuns: NUMBERS },
    );
  });
});

describe('an OUTCAR that lost or repeats any one line', () => {
  /** Energies and forces that are neither absent nor those of the last step. */
  function wrongFinal(record: FileRecord): unknown[] {
    const last = record.steps?.at(-1);
    const values = [
      [last?.freeEnergyEv, -11.30000004],
      [last?.energyWithoutEntropyEv, -11.29900008],
      [last?.energySigma0Ev, -11.29950006],
      [last?.forcesEvPerAngstrom?.[0], 0.01],
      [last?.cartesianAngstrom?.[0], 0.11],
      [record.structure?.cartesianAngstrom[0], 0.11],
      [last?.stressKbar?.[5], -0.006],
    ];
    return values.filter(([found, expected]) => found !== undefined && found !== expected);
  }

  it.each(TEXTS.map((text, index) => [index, text] as const))(
    'shows nothing of an earlier step as the last one (%i)',
    (_, text) => {
      const lines = text.split('\n');
      for (let index = 0; index < lines.length; index += 1) {
        const lost = parseText([...lines.slice(0, index), ...lines.slice(index + 1)].join('\n'));
        const repeated = parseText([...lines.slice(0, index + 1), ...lines.slice(index)].join('\n'));
        expect([...wrongFinal(lost), ...wrongFinal(repeated)], `line ${index + 1}: ${lines[index]}`).toEqual([]);
        expect(unusable(lost).concat(unusable(repeated))).toEqual([]);
      }
    },
  );
});
