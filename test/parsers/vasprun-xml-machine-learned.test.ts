/**
 * A run that trains a force field, as VASP 6.4 writes it: steps of DFT are a `<calculation>`, those of the force field
 * stand in the root without one.
 */
import { describe, expect, it } from 'vitest';
import { calculation, HEAD, parse, parseBy, row, STEP_1, STEP_2, structure, TAIL } from './vasprun-xml-cases.ts';

const TRAINING = HEAD.replace(' </incar>', '  <i type="logical" name="ML_LMLFF"> T  </i>\n </incar>');

function learned(height: number, energy: string, time = ' <time name="totalsc">    0.00    0.16</time>\n'): string {
  return `${structure('', [
    [0, 0, 0],
    [0.5, 0.5, height],
  ])} <varray name="forces" >
  ${row([0.3, -0.1, 0.2])}
  ${row([-0.4, 0.1, -0.2])}
 </varray>
 <varray name="stress" >
  ${row([7, 4, 6])}
  ${row([4, 8, 5])}
  ${row([6, 5, 9])}
 </varray>
 <energy>
  <i name="e_fr_energy"> ${energy} </i>
  <i name="e_wo_entrp"> ${energy} </i>
  <i name="kinetic">      0.04239476 </i>
 </energy>
${time}`;
}

const text = `${TRAINING}${calculation(STEP_1)}${learned(0.5, '-90.5')}${learned(0.75, '-91.5')}${TAIL}`;
const codes = (of: string) => parse(of).issues.map(({ code }) => code);

describe('steps of a force field in the root', () => {
  it('are steps like the others, without energies and forces of DFT', () => {
    const record = parse(text);
    expect(record.ionicStepCount).toBe(3);
    expect(record.steps?.map(({ index, freeEnergyEv }) => [index, freeEnergyEv])).toEqual([
      [1, -10.25],
      [2, undefined],
      [3, undefined],
    ]);
    const last = record.steps?.at(-1);
    expect(last).not.toHaveProperty('forcesEvPerAngstrom');
    expect(last).not.toHaveProperty('stressKbar');
    expect(last?.machineLearned).toEqual({
      freeEnergyEv: -91.5,
      forcesEvPerAngstrom: Float64Array.of(0.3, -0.1, 0.2, -0.4, 0.1, -0.2),
      stressKbar: [7, 8, 9, 4, 5, 6],
    });
    expect(last?.elapsedSeconds).toBe(0.16);
    // 0.5 a + 0.5 b + 0.75 c
    expect([...(record.structure?.cartesianAngstrom ?? [])]).toEqual([0, 0, 0, 1, 1.625, 9]);
  });

  it('at the end leave no usable energy: not that of the DFT step before', () => {
    expect(codes(text)).toContain('E_ML_ENERGY');
    expect(
      Object.keys(parse(text).places)
        .filter((name) => name.startsWith('final.'))
        .sort(),
    ).toEqual(['final.cartesianAngstrom', 'final.latticeAngstrom']);
  });

  it('before a step of DFT leave its energy usable', () => {
    const ended = `${TRAINING}${learned(0.5, '-90.5')}${calculation(STEP_2)}${TAIL}`;
    const record = parse(ended);
    expect(record.ionicStepCount).toBe(2);
    expect(record.steps?.at(-1)?.freeEnergyEv).toBe(-10.5);
    expect(codes(ended)).not.toContain('E_ML_ENERGY');
  });

  it('are told apart where no time is written', () => {
    const untimed = `${TRAINING}${learned(0.5, '-90.5', '')}${learned(0.75, '-91.5', '')}${TAIL}`;
    expect(parse(untimed).steps?.map(({ machineLearned }) => machineLearned?.freeEnergyEv)).toEqual([-90.5, -91.5]);
    const bare = `${TRAINING}${learned(0.5, '-90.5', '')}</modeling>`;
    expect(parse(bare).completeness).toBe('complete');
    expect(parse(bare).ionicStepCount).toBe(1);
  });

  it('are the same to both readers, with the last step alone, and cut anywhere', () => {
    expect(parseBy('general', text)).toEqual(parseBy('known shape first', text));
    const short = parse(text, { steps: 'last' });
    expect(short.steps?.at(-1)).toEqual(parse(text).steps?.at(-1));
    expect(short.steps?.[1]).not.toHaveProperty('machineLearned');
    const end = text.indexOf('<structure name="finalpos"');
    for (let length = text.indexOf('<calculation>'); length < text.length - 12; length += 37) {
      const cut = parse(text.slice(0, length));
      expect(cut.completeness).toBe('truncated');
      const count = cut.ionicStepCount ?? 0;
      expect(cut.steps).toEqual(parse(text).steps?.slice(0, count));
      if (length > end) expect(count).toBe(3);
    }
  });

  it('tell an energy that is no number', () => {
    for (const energy of ['-90.5', '-91.5']) {
      const damaged = parse(text.replace(`e_fr_energy"> ${energy}`, 'e_fr_energy"> *****'));
      expect(damaged.issues.length).toBe(parse(text).issues.length + 1);
    }
  });

  it('are none in a run without a force field', () => {
    const plain = `${HEAD}${calculation(STEP_1)}${learned(0.5, '-90.5')}${TAIL}`;
    expect(parse(plain).ionicStepCount).toBe(1);
  });
});
