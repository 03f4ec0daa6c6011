/** Damage of the markup of vasprun.xml, numbers beyond all numbers, times, and bytes that took minutes. */
import { expect, it } from 'vitest';
import { parse, parseBy, RELAXATION } from '../parsers/vasprun-xml-cases.ts';

const codes = (text: string) => parse(text).issues.map(({ code }) => code);

it('a damaged declaration is no run before the one that it declares', () => {
  const damaged = RELAXATION.replace('encoding=', 'enc\xE9ding=');
  expect(damaged).not.toBe(RELAXATION);
  for (const reader of ['known shape first', 'general'] as const) {
    const record = parseBy(reader, damaged);
    expect(record.earlierRuns).toBeUndefined();
    expect(record.issues.map(({ code }) => code)).not.toContain('W_MULTIPLE_RUNS');
    expect(record.ionicStepCount).toBe(2);
  }
});

it('a run that ends inside of a table nobody asked for does not take its end from the run behind it', () => {
  const table = '<varray name="rec_basis" >';
  const cut = RELAXATION.slice(0, RELAXATION.indexOf(table) + table.length + 40);
  const record = parse(cut + RELAXATION);
  expect(record.earlierRuns).toHaveLength(1);
  expect(record.issues.map(({ code }) => code)).toContain('W_MULTIPLE_RUNS');
  expect(record.steps?.at(-1)?.freeEnergyEv).toBe(-10.5);
});

it('nor does it hide the run behind it, which is cut before a table of that name', () => {
  const dos = '<dos>';
  const cut = RELAXATION.slice(0, RELAXATION.indexOf(dos) + 200);
  const record = parse(cut + RELAXATION.slice(0, RELAXATION.indexOf('</calculation>')));
  expect(record.earlierRuns).toHaveLength(1);
  expect(record.issues.map(({ code }) => code)).toContain('W_MULTIPLE_RUNS');
});

it('an energy that is rebuilt from a number beyond all others is left out and told', () => {
  const damaged = RELAXATION.replace('-10.50000000 </i>', '-1e308 </i>');
  const [, last] = parse(damaged).steps ?? [];
  expect(last?.freeEnergyEv).toBe(-1e308);
  for (const energy of [last?.energyWithoutEntropyEv, last?.energySigma0Ev])
    expect(energy === undefined || Number.isFinite(energy)).toBe(true);
  expect(codes(damaged)).toContain('E_UNPARSEABLE');
});

it('the seconds of a step that lost a number are told, and no result is worse for it', () => {
  const time = '<time name="totalsc">   75.0975123.14</time>';
  const damaged = RELAXATION.replaceAll(time, '<time name="totalsc">   75.09        </time>');
  const known = codes(RELAXATION);
  const { steps, issues } = parse(damaged);
  expect(steps?.map(({ elapsedSeconds }) => elapsedSeconds)).toEqual([undefined, undefined]);
  const added = issues.filter(({ code }) => !known.includes(code));
  expect(added.map(({ code, severity }) => [code, severity])).toEqual([
    ['I_NOT_READ', 'info'],
    ['I_NOT_READ', 'info'],
  ]);
});

it('a million NUL bytes, as a failed disk leaves them, are passed over in a moment', () => {
  const forces = '<varray name="forces" >';
  const record = parse(RELAXATION.replace(forces, `${'\0'.repeat(1e6)}${forces}`));
  expect(record.ionicStepCount).toBe(2);
});

it('a million roots are no million runs', () => {
  expect(parse('<modeling <'.repeat(1e5)).completeness).not.toBe('complete');
});
