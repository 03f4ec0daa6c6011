/** The scanner against Buffer's own search, for every window and chunk size: where a window ends must not show. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { ByteScanner, needle } from '../../parsers/shared/byte-scanner.ts';

const WINDOWS = [1, 7, 64];
const CHUNKS = [1, 7, 4096];

/** One scanner of every window and chunk size over the same bytes. */
function scanners(bytes: Uint8Array): ByteScanner[] {
  return WINDOWS.flatMap((window) => CHUNKS.map((chunk) => new ByteScanner(memorySource(bytes, chunk), window)));
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');
/** Few letters, so that needles are found, nearly found and found overlapping. */
const sparse = fc.array(fc.constantFrom(10, 13, 97, 98), { maxLength: 200 }).map((values) => Buffer.from(values));
const wanted = fc.array(fc.constantFrom(10, 13, 97, 98), { minLength: 1, maxLength: 9 }).map((v) => Buffer.from(v));
const offset = fc.integer({ min: 0, max: 210 });

function expectedFirst(bytes: Buffer, what: Buffer, from: number, to: number): number {
  const end = Math.min(to, bytes.length);
  const hit = from >= end ? -1 : bytes.subarray(0, end).indexOf(what, from);
  return hit;
}

function expectedLast(bytes: Buffer, what: Buffer, from: number, to: number): number {
  const end = Math.min(to, bytes.length);
  const hit = from >= end ? -1 : bytes.subarray(from, end).lastIndexOf(what);
  return hit < 0 ? -1 : from + hit;
}

describe('a search', () => {
  it('forward finds what Buffer.indexOf finds', () => {
    fc.assert(
      fc.property(sparse, wanted, offset, offset, (bytes, what, from, to) => {
        for (const scanner of scanners(bytes)) {
          expect(scanner.indexOf(what, from, to)).toBe(expectedFirst(bytes, what, from, to));
          expect(scanner.indexOf(what, from)).toBe(expectedFirst(bytes, what, from, bytes.length));
        }
      }),
    );
  });

  it('backward finds what Buffer.lastIndexOf finds', () => {
    fc.assert(
      fc.property(sparse, wanted, offset, offset, (bytes, what, from, to) => {
        for (const scanner of scanners(bytes)) {
          expect(scanner.lastIndexOf(what, from, to)).toBe(expectedLast(bytes, what, from, to));
          expect(scanner.lastIndexOf(what)).toBe(expectedLast(bytes, what, 0, bytes.length));
        }
      }),
    );
  });

  it('that starts before the file starts at the file', () => {
    for (const scanner of scanners(latin1('abcabc'))) {
      expect(scanner.indexOf(needle('abc'), -5)).toBe(0);
      expect(scanner.lastIndexOf(needle('abc'), -5)).toBe(3);
    }
  });

  it('does not find what reaches past its end', () => {
    for (const scanner of scanners(latin1('xxTOTEN'))) {
      expect(scanner.indexOf(needle('TOTEN'), 0, 6)).toBe(-1);
      expect(scanner.indexOf(needle('TOTEN'), 0, 7)).toBe(2);
    }
  });
});

describe('bytes and lines', () => {
  it('are those of the file, in whatever order they are asked for', () => {
    fc.assert(
      fc.property(sparse, fc.array(fc.tuple(offset, offset), { maxLength: 12 }), (bytes, ranges) => {
        for (const scanner of scanners(bytes)) {
          for (const [start, end] of ranges) {
            expect(scanner.text(start, end)).toBe(bytes.subarray(start, Math.max(start, end)).toString('latin1'));
            expect(scanner.byte(start)).toBe(bytes[start]);
          }
        }
      }),
    );
  });

  it('make up the whole file when followed line by line', () => {
    fc.assert(
      fc.property(sparse, (bytes) => {
        const expected = bytes.toString('latin1').split('\n');
        for (const scanner of scanners(bytes)) {
          const lines: string[] = [];
          let at = 0;
          let number = 1;
          while (at < scanner.sizeBytes) {
            const line = scanner.line(at);
            lines.push(scanner.text(line.start, line.terminated ? line.next - 1 : line.end));
            expect(scanner.lineStart(line.next - 1)).toBe(line.start);
            expect(scanner.lineNumber(line.start)).toBe(number);
            number += 1;
            at = line.next;
          }
          if (lines.length < expected.length) lines.push('');
          expect(lines).toEqual(expected);
        }
      }),
    );
  });

  it('of DOS files have no carriage return at their end', () => {
    for (const scanner of scanners(latin1('ab\r\n\r\ncd'))) {
      const first = scanner.line(0);
      expect([first.end, first.next, first.terminated]).toEqual([2, 4, true]);
      const second = scanner.line(first.next);
      expect([second.start, second.end]).toEqual([4, 4]);
      const last = scanner.line(second.next);
      expect([scanner.text(last.start, last.end), last.terminated]).toEqual(['cd', false]);
    }
  });

  it('longer than any window are read whole', () => {
    const text = `${'x'.repeat(1000)}\n`;
    for (const scanner of scanners(latin1(text))) expect(scanner.text(0, scanner.line(0).end)).toBe('x'.repeat(1000));
  });

  it('keep every byte: text is Latin-1', () => {
    const all = Uint8Array.from({ length: 256 }, (_, value) => value);
    for (const scanner of scanners(all)) expect(Buffer.from(scanner.text(0, 256), 'latin1')).toEqual(Buffer.from(all));
  });
});

describe('numbers in the file', () => {
  it('are read with offsets of the file', () => {
    for (const scanner of scanners(latin1('abc  -1.5 2.5D+01\n7'))) {
      const cursor = { end: 0, value: 0 };
      expect(scanner.number(3, scanner.sizeBytes, cursor)).toBe(true);
      expect(cursor).toEqual({ end: 9, value: -1.5 });
      expect(scanner.numbers(3, scanner.sizeBytes, 9)).toEqual([-1.5, 25]);
    }
  });
});

describe('a source that ends before the size it promised', () => {
  it('is read as far as it goes', () => {
    const bytes = latin1('one\ntw');
    const broken = { ...memorySource(bytes, 3), sizeBytes: 50 };
    const scanner = new ByteScanner(broken, 7);
    expect(scanner.indexOf(needle('three'), 0)).toBe(-1);
    expect(scanner.lastIndexOf(needle('one'))).toBe(0);
    expect(scanner.text(0, 50)).toBe('one\ntw');
    expect(scanner.byte(40)).toBeUndefined();
  });
});
