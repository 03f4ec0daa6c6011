import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../model/byte-source.ts';
import { outcarParser } from '../../../parsers/outcar.ts';
import { bytesOf, FIRST, headerText, outcarText, SECOND, TIMING } from './outcar-text.ts';
import { codes, parseText, textAt } from './parse-text.ts';

const EXECUTED = { ' executed on             LinuxIFC': ' executed on             LinuxIFC' };
const old = outcarText({ layout: '4.6', steps: [FIRST, { ...SECOND, sigma0: '-11.25000000' }] });
const last = outcarText({ layout: '6.3', steps: [SECOND] });

describe('runs that stand before the one that counts', () => {
  it('are listed with their version, steps, end and energy', () => {
    const record = parseText(old + last);
    expect(record.version).toBe('6.3.2');
    expect(record.ionicStepCount).toBe(1);
    expect(record.earlierRuns).toEqual([
      {
        version: '4.6.35',
        energySigma0Ev: -11.25,
        place: { byteOffset: 0, byteLength: ' vasp.4.6.35 3Apr08 complex'.length },
        ionicStepCount: 2,
        completeness: 'complete',
      },
    ]);
    expect(codes(record)).toEqual(['W_MULTIPLE_RUNS']);
  });

  it('were killed where they do not end by themselves', () => {
    const killed = old.slice(0, old.indexOf(TIMING));
    const begun = headerText('5.4');
    const record = parseText(killed + begun + last);
    expect(
      record.earlierRuns?.map((run) => [run.version, run.ionicStepCount, run.completeness, run.energySigma0Ev]),
    ).toEqual([
      ['4.6.35', 2, 'truncated', -11.25],
      ['5.4.4', 0, 'truncated', undefined],
    ]);
    expect(record.completeness).toBe('complete');
  });

  it.each([
    ['a number of the last energy', '-11.25'],
    ['the words of the last energy', 'energy  without'],
    ['the title of the last energy block', 'FREE ENERGIE OF THE ION-ELECTRON SYS'],
    ['a force', '-0.0080'],
  ])('end inside %s, and the header of the restart stands behind it in the same line', (_, words) => {
    const first = outcarText({ layout: '5.4', steps: [FIRST, { ...SECOND, sigma0: '-11.25000000' }] });
    const at = first.lastIndexOf(words) + words.length;
    const restart = headerText('6.3', EXECUTED) + last.slice(headerText('6.3').length);
    const text = first.slice(0, at) + restart;
    const record = parseText(text);
    expect(record.version).toBe('6.3.2');
    expect(record.ionicStepCount).toBe(1);
    // The torn step does not count: the energy is that of the step before it.
    expect(record.earlierRuns?.map((run) => [run.ionicStepCount, run.completeness, run.energySigma0Ev])).toEqual([
      [1, 'truncated', -11.19950002],
    ]);
    expect(textAt(text, record, 'settings.ENCUT')).toContain('520');
    expect(record.steps).toEqual(parseText(last).steps);
  });

  it('whose own header is lost are listed without version', () => {
    const record = parseText(old.slice(old.indexOf('\n') + 1) + last);
    expect(record.earlierRuns).toMatchObject([{ ionicStepCount: 2, energySigma0Ev: -11.25, place: { byteOffset: 0 } }]);
    expect(record.earlierRuns?.[0]?.version).toBeUndefined();
  });

  it('are not there in a file of one run, and a remark that names a version is none', () => {
    expect(parseText(last).earlierRuns).toBeUndefined();
    const remark = outcarText({ steps: [{ ...FIRST, behindLoop: '   LCOMPAT=      F    compatible to vasp.4.4\n' }] });
    expect(parseText(remark).earlierRuns).toBeUndefined();
  });

  it('are the same in chunks of any size', () => {
    const text = bytesOf(old.slice(0, old.lastIndexOf('-11.25') + 4) + last);
    const whole = outcarParser.parse(memorySource(text));
    for (const bytes of [1, 7, 4096]) {
      expect(outcarParser.parse(memorySource(text, bytes), { windowBytes: bytes })).toEqual(whole);
    }
  });
});
