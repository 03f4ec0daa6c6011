import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { outcarParser } from '../../parsers/outcar.ts';
import {
  bytesOf,
  FIRST,
  headerText,
  type Layout,
  outcarText,
  REACHED,
  replaced,
  SECOND,
} from './outcar/outcar-text.ts';
import { codes, issueOf, lastStep, parseText, textAt } from './outcar/parse-text.ts';

const LAYOUTS: readonly Layout[] = ['4.6', '5.4', '6.3'];

describe('an OUTCAR', () => {
  it.each(LAYOUTS)('of layout %s gives the energies, forces and cell of every ionic step', (layout) => {
    const record = parseText(outcarText({ layout }));
    // The numbers are those of the fixture's texts.
    expect(record.ionicStepCount).toBe(2);
    expect(record.steps?.map((step) => step.freeEnergyEv)).toEqual([-11.20000001, -11.30000004]);
    expect(record.steps?.map((step) => step.energyWithoutEntropyEv)).toEqual([-11.19900003, -11.29900008]);
    expect(record.steps?.map((step) => step.energySigma0Ev)).toEqual([-11.19950002, -11.29950006]);
    expect(record.steps?.map((step) => step.fermiEnergyEv)).toEqual([1.2345, -0.5678]);
    expect(record.steps?.map((step) => step.totalMagnetisationBohr)).toEqual([0.5, -0.25]);
    expect(record.steps?.map((step) => step.pressureKbar)).toEqual([0.73, 0.07]);
    expect(record.steps?.map((step) => step.elapsedSeconds)).toEqual([5.53, 5.53]);
    expect(record.steps?.map((step) => step.electronicStepCount)).toEqual([2, 2]);
    expect(lastStep(record).stressKbar).toEqual([0.1, -0.2, 0.3, -0.04, 0.05, -0.006]);
    expect([...(lastStep(record).forcesEvPerAngstrom ?? [])]).toEqual([
      0.01, -0.02, 0.005, -0.002, 0.01, -0.001, -0.008, 0.01, -0.004,
    ]);
    expect(record.structure).toEqual({
      latticeAngstrom: [
        [3.2, 0, 0],
        [-1.6, 2.771281292, 0],
        [0, 0.5, 18],
      ],
      species: ['Zn', 'Zn', 'O'],
      cartesianAngstrom: Float64Array.of(0.11, 0.21, 0.31, 1.61, 0.93376, 2.63, 0.01, 1.85752, 4.53),
    });
    expect(record.elapsedSeconds).toBe(12.5);
    expect(record.completeness).toBe('complete');
    expect(record.issues).toEqual([]);
  });

  it('never gives an energy of the electronic iterations', () => {
    for (const layout of LAYOUTS) {
      const record = parseText(outcarText({ layout }));
      // Every energy of the loop in the fixture is near −77 eV.
      const energies = record.steps?.flatMap((step) => [step.freeEnergyEv, step.energySigma0Ev]) ?? [];
      expect(energies.filter((energy) => energy === undefined || energy < -70)).toEqual([]);
    }
  });

  it('of an electronic loop alone has no ionic step at all', () => {
    const loop = outcarText({ steps: [FIRST] }).split('  FORCE on cell')[0] ?? '';
    const record = parseText(loop);
    expect(record.steps).toEqual([]);
    expect(codes(record)).toEqual(['E_TRUNCATED', 'E_UNREADABLE']);
    expect(issueOf(record, 'E_UNREADABLE')?.message).toContain('no complete ionic step');
    expect(issueOf(record, 'E_TRUNCATED')?.message).toContain('electronic iteration 2 of step 1');
  });

  it.each([1, 7, 4096])('read in chunks of %i bytes gives the same record', (bytes) => {
    for (const layout of LAYOUTS) {
      const text = bytesOf(outcarText({ layout }));
      const whole = outcarParser.parse(memorySource(text));
      expect(outcarParser.parse(memorySource(text, bytes))).toEqual(whole);
      expect(outcarParser.parse(memorySource(text, bytes), { windowBytes: bytes })).toEqual(whole);
      expect(outcarParser.parse(memorySource(text), { windowBytes: bytes })).toEqual(whole);
    }
  });

  it('with CRLF line ends gives the values of the one with LF', () => {
    for (const layout of LAYOUTS) {
      const text = outcarText({ layout, steps: [FIRST, { ...SECOND, ending: REACHED }] });
      const { places: _, ...expected } = parseText(text);
      const { places, ...found } = parseText(text.replaceAll('\n', '\r\n'));
      expect(found).toEqual(expected);
      expect(Object.keys(places)).toEqual(Object.keys(_));
    }
  });

  it('says where each value stands', () => {
    for (const layout of LAYOUTS) {
      const text = outcarText({ layout });
      const record = parseText(text);
      expect(textAt(text, record, 'final.freeEnergyEv')).toBe('-11.30000004');
      expect(textAt(text, record, 'final.energySigma0Ev')).toBe('-11.29950006');
      expect(textAt(text, record, 'final.fermiEnergyEv')).toBe('-0.5678');
      expect(textAt(text, record, 'final.totalMagnetisationBohr')).toBe('-0.2500000');
      expect(textAt(text, record, 'final.pressureKbar')).toBe('0.07');
      expect(textAt(text, record, 'settings.ENCUT')).toBe('ENCUT  =  520.0');
      expect(textAt(text, record, 'elapsedSeconds')).toBe('12.500');
      expect(textAt(text, record, 'final.forces').split('\n').slice(0, 3)).toEqual(SECOND.rows);
    }
  });

  it('with energies of six decimals (VASP below 5.4) passes the extrapolation identity', () => {
    const step = { ...SECOND, free: '-11.300000', withoutEntropy: '-11.299001', sigma0: '-11.299501' };
    const record = parseText(outcarText({ layout: '4.6', steps: [step] }));
    expect(lastStep(record).energySigma0Ev).toBe(-11.299501);
    expect(record.issues).toEqual([]);
  });
});

describe('appended runs', () => {
  it('give the last one, and say so', () => {
    const first = outcarText({ steps: [FIRST, SECOND] });
    const second = outcarText({ layout: '6.3', steps: [{ ...SECOND, free: '-11.40000000' }] });
    const record = parseText(first + second);
    expect(record.version).toBe('6.3.2');
    expect(record.steps?.map((step) => step.freeEnergyEv)).toEqual([-11.4]);
    expect(issueOf(record, 'W_MULTIPLE_RUNS')?.details).toEqual({ runs: 2 });
    expect(issueOf(record, 'W_MULTIPLE_RUNS')?.where.byteOffset).toBe(first.length);
  });

  it('are truncated when the last one is, whatever the first one reached', () => {
    const record = parseText(outcarText() + headerText());
    expect(record.completeness).toBe('truncated');
    expect(record.steps).toEqual([]);
    expect(codes(record)).toEqual(['W_MULTIPLE_RUNS', 'E_TRUNCATED', 'E_UNREADABLE']);
  });

  it('are not seen in a path that names a VASP version', () => {
    const header = replaced(headerText(), ' executed on', ' /opt/vasp.6.4.2/bin/vasp_std executed on');
    expect(codes(parseText(outcarText({ header })))).toEqual([]);
  });
});

describe('a file that is no OUTCAR', () => {
  it('is unreadable when it is empty', () => {
    const record = parseText('');
    expect(record.completeness).toBe('unreadable');
    expect(record.issues.map((entry) => entry.message)).toEqual(['cannot be read: the file is empty']);
  });

  it('is unreadable when it is binary or another text', () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256);
    expect(outcarParser.parse(memorySource(bytes)).completeness).toBe('unreadable');
    expect(parseText('#!/bin/sh\nmpirun vasp_std\n').completeness).toBe('unreadable');
  });

  it.each([
    ['letters', 'a'],
    ['version marks', 'vasp.5.4.4 '],
    ['settings', 'NELM = 5 '],
    ['energy blocks', '  FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV) energy  without entropy= 1.0 '],
    ['force tables', ' TOTAL-FORCE (eV/Angst) magnetization (x) '],
  ])('of 50 MB in one line of %s is read in seconds and little memory', (_, piece) => {
    const start = '--- Iteration      1(   1)  ---\n';
    const body = Buffer.alloc(50_000_000, piece, 'latin1');
    const before = process.memoryUsage().rss;
    const clock = process.cpuUsage();
    const record = outcarParser.parse(memorySource(Buffer.concat([Buffer.from(start), body])));
    const { user, system } = process.cpuUsage(clock);
    expect(record.steps).toEqual([]);
    expect((user + system) / 1e6).toBeLessThan(10);
    expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
  });

  it('of 50 MB in one line without an iteration is unreadable', () => {
    const record = outcarParser.parse(memorySource(Buffer.alloc(50_000_000, 'TOTEN = 5 ', 'latin1')));
    expect(record.completeness).toBe('unreadable');
  });
});
