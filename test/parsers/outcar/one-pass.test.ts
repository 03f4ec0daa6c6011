/**
 * What reading in one pass, jumping over tables, dropping earlier steps and reading from the end must not change.
 */
import { describe, expect, it } from 'vitest';
import { type ByteSource, memorySource } from '../../../model/byte-source.ts';
import type { FileRecord } from '../../../model/calculation.ts';
import { outcarParser } from '../../../parsers/outcar.ts';
import { bytesOf, FIRST, headerText, outcarText, REACHED, replaced, SECOND, type StepText } from './outcar-text.ts';
import { codes, issueOf, lastStep, parseText } from './parse-text.ts';

/** Longer than the shortest jump. */
const LEVELS = Array.from({ length: 40 }, (_, band) => `${band + 1}`.padStart(7)).join('     -20.5000      1.00000\n');

/** Steps of the fixtures' geometry; energies −11.0001, −11.0002, … eV. */
function manySteps(count: number): StepText[] {
  return Array.from({ length: count }, (_, index) => ({
    ...SECOND,
    eigenvalues: LEVELS,
    free: (-11 - (index + 1) / 10_000).toFixed(8),
    withoutEntropy: (-11 - (index + 1) / 10_000).toFixed(8),
    sigma0: (-11 - (index + 1) / 10_000).toFixed(8),
  }));
}

function freeEnergies(record: FileRecord): (number | undefined)[] {
  return record.steps?.map((step) => step.freeEnergyEv) ?? [];
}

describe('steps whose tables have the length they had before', () => {
  it('are read like those that have not', () => {
    const steps = manySteps(6);
    const uneven = steps.map((step, index) => ({ ...step, eigenvalues: LEVELS + '\n'.repeat(index % 3) }));
    expect(freeEnergies(parseText(outcarText({ steps })))).toEqual([
      -11.0001, -11.0002, -11.0003, -11.0004, -11.0005, -11.0006,
    ]);
    expect(parseText(outcarText({ steps: uneven })).steps).toEqual(parseText(outcarText({ steps })).steps);
  });

  it('hide nothing that one of them has more', () => {
    const steps = manySteps(5);
    const stopped = { ...SECOND, ...steps[2], behindLoop: ' hard stop encountered!\n' };
    const record = parseText(outcarText({ steps: [...steps.slice(0, 2), stopped, ...steps.slice(3)] }));
    expect(record.steps?.map((step) => step.electronic)[2]).toBe('notReached');
    expect(issueOf(record, 'W_SCF_EARLIER_STEP')?.details).toEqual({ steps: 1 });
  });
});

describe('a run that was killed anywhere and restarted into the same file', () => {
  it('gives the restarted run, as if it stood alone', () => {
    const killed = outcarText({ steps: manySteps(3) });
    const restarted = outcarText({ layout: '6.3', steps: manySteps(4) });
    const alone = parseText(restarted);
    for (let cut = headerText().length; cut < killed.length; cut += 37) {
      // The restart begins a line of its own.
      const before = `${killed.slice(0, cut)}\n`;
      const record = parseText(before + restarted);
      expect(record.steps, `cut at ${cut}`).toEqual(alone.steps);
      expect(issueOf(record, 'W_MULTIPLE_RUNS')?.where.byteOffset, `cut at ${cut}`).toBe(before.length);
    }
  });
});

describe('of the steps only the last one', () => {
  const aborted = { ...SECOND, aborting: 'aborting loop EDIFF was not reached (unconverged)' };

  it('is read on request, and everything else is as with all of them', () => {
    for (const steps of [manySteps(4), [FIRST, aborted, aborted, SECOND], [SECOND], []]) {
      const bytes = bytesOf(outcarText({ steps }));
      const all = outcarParser.parse(memorySource(bytes));
      const last = outcarParser.parse(memorySource(bytes), { steps: 'last' });
      expect(last).toEqual({ ...all, steps: all.steps?.slice(-1) });
    }
  });

  it('costs no look at the tables of the others, so that their damage is told only where they are kept', () => {
    const damaged = { ...FIRST, rows: FIRST.rows?.map((row) => row.slice(0, -8).concat('********')) };
    const bytes = bytesOf(outcarText({ steps: [FIRST, damaged, aborted, SECOND] }));
    const all = outcarParser.parse(memorySource(bytes));
    const last = outcarParser.parse(memorySource(bytes), { steps: 'last' });
    expect(issueOf(all, 'W_OVERFLOW')?.details).toEqual({ field: '1 field(s) of earlier ionic steps' });
    expect(issueOf(last, 'W_OVERFLOW')).toBeUndefined();
    expect(issueOf(last, 'W_SCF_EARLIER_STEP')).toEqual(issueOf(all, 'W_SCF_EARLIER_STEP'));
    expect(lastStep(last)).toEqual(lastStep(all));
  });

  it('owns its arrays: nothing of the others is kept with them', () => {
    for (const steps of ['all', 'last'] as const) {
      const record = outcarParser.parse(memorySource(bytesOf(outcarText({ steps: manySteps(9) }))), { steps });
      expect(lastStep(record).forcesEvPerAngstrom?.buffer.byteLength).toBe(9 * 8);
    }
  });
});

describe('the tail of a long run', () => {
  const LONG = outcarText({ steps: manySteps(1500) });

  it('gives the final state of the whole file, and says what was not looked at', () => {
    const { source, bytesRead } = counted(bytesOf(LONG));
    const tail = outcarParser.parse(source, { tail: true });
    const whole = outcarParser.parse(memorySource(bytesOf(LONG)), { steps: 'last' });
    expect(LONG.length).toBeGreaterThan(4e6);
    expect(bytesRead()).toBeLessThan(1.5e6);
    expect(tail.ionicStepCount).toBe(1500);
    expect(lastStep(tail).freeEnergyEv).toBe(-11.15);
    expect({ ...tail, issues: tail.issues.filter((entry) => entry.code !== 'I_TAIL_ONLY') }).toEqual(whole);
    expect(codes(tail)).toContain('I_TAIL_ONLY');
  });

  it('cut anywhere in its last steps is the last complete one', () => {
    const stepBytes = Math.floor((LONG.length - headerText().length) / 1500);
    for (let cut = LONG.length - 2 * stepBytes; cut < LONG.length; cut += 397) {
      const bytes = bytesOf(LONG.slice(0, cut));
      const { issues: _, ...tail } = outcarParser.parse(memorySource(bytes), { tail: true });
      const { issues, ...whole } = outcarParser.parse(memorySource(bytes), { steps: 'last' });
      expect(tail, `cut at ${cut}`).toEqual(whole);
      expect(_.filter((entry) => entry.code !== 'I_TAIL_ONLY')).toEqual(issues);
    }
  });

  it.each([
    ['of a small file', outcarText({ steps: manySteps(3) })],
    ['with stars in its last forces', outcarText({ steps: [...manySteps(1500), starred()] })],
    ['of another number of atoms than the header', outcarText({ steps: manySteps(1500), header: ofFourAtoms() })],
    ['that is followed by the header of another run', LONG + headerText()],
    ['whose step counter overflowed', outcarText({ steps: [...manySteps(1500), { ...SECOND, counter: '******' }] })],
    ['without any energy near its end', `${LONG}${'no energy\n'.repeat(1_800_000)}`],
  ])('%s is not trusted: the whole file is read', (_, text) => {
    const bytes = bytesOf(text);
    const tail = outcarParser.parse(memorySource(bytes), { tail: true });
    expect(codes(tail)).not.toContain('I_TAIL_ONLY');
    expect(tail).toEqual(outcarParser.parse(memorySource(bytes)));
  });
});

function starred(): StepText {
  return { ...SECOND, rows: SECOND.rows?.map((row) => row.slice(0, -8).concat('********')), ending: REACHED };
}

function ofFourAtoms(): string {
  return replaced(
    replaced(headerText(), 'NIONS =      3', 'NIONS =      4'),
    '               2   1',
    '               2   2',
  );
}

function counted(bytes: Uint8Array): { readonly source: ByteSource; readonly bytesRead: () => number } {
  const inner = memorySource(bytes);
  let total = 0;
  const read: ByteSource['read'] = (target, offset) => {
    const count = inner.read(target, offset);
    total += count;
    return count;
  };
  return { source: { sizeBytes: inner.sizeBytes, read }, bytesRead: () => total };
}
