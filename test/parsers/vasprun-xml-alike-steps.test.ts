/**
 * Runs of vasprun.xml whose ionic steps are printed alike and are read as a whole. The expected numbers are those that
 * the fixture is printed from; the general reader, which knows nothing of it, must give the same record.
 */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { parseVasprun } from '../../parsers/vasprun-xml.ts';
import { expectNear } from '../near.ts';
import { HEAD, latin1, parse, parseBy, row, SCF_END, scfStep, TAIL } from './vasprun-xml-cases.ts';

const STEPS = 9;
const energy = (value: number) => value.toFixed(8).padStart(16);
const freeEnergy = (step: number) => -10 - step / 8;

/** One step of a relaxation whose second atom moves along c, in a cell that grows along a; one or two electronic steps. */
function step(index: number): string {
  const scf = {
    free: freeEnergy(index) + 0.5,
    withoutEntropy: freeEnergy(index) + 0.75,
    sigma0: freeEnergy(index) + 0.625,
  };
  const cell = [
    [3 + index / 64, 0, 0],
    [-1, 2.5, 0],
    [0, 0.5, 12],
  ]
    .map((vector) => `    ${row(vector)}\n`)
    .join('');
  return ` <calculation>
${index % 2 === 0 ? scfStep(SCF_END) : ''}${scfStep(scf, true)}  <structure>
   <crystal>
    <varray name="basis" >
${cell}    </varray>
    <i name="volume">${energy(2.5 * 12 * (3 + index / 64))} </i>
    <varray name="rec_basis" >
${cell}    </varray>
   </crystal>
   <varray name="positions" >
   ${row([0, 0, 0])}
   ${row([0.5, 0.5, index / 16])}
   </varray>
  </structure>
  <varray name="forces" >
   ${row([0.25, -0.5, index / 4])}
   ${row([-0.25, 0.5, -index / 4])}
  </varray>
  <varray name="stress" >
   ${row([1, 4, 6])}
   ${row([4, 2, 5])}
   ${row([6, 5, index])}
  </varray>
  <energy>
   <i name="e_fr_energy">${energy(freeEnergy(index))} </i>
   <i name="e_wo_entrp">     -9.98000000 </i>
   <i name="e_0_energy">     -0.02000000 </i>
  </energy>
  <time name="totalsc">   75.09${(10 + index).toFixed(2).padStart(8)}</time>
 </calculation>
`;
}

const texts = Array.from({ length: STEPS }, (_, index) => step(index + 1));
const RUN = `${HEAD}${texts.join('')}${TAIL}`;
const both = (text: string) => {
  for (const steps of ['all', 'last'] as const) {
    const general = parseBy('general', text, { steps });
    expect(parseBy('known shape first', text, { steps })).toEqual(general);
  }
};

describe('steps that are printed alike', () => {
  it('have each its own numbers', () => {
    const { steps = [] } = parse(RUN);
    expect(steps.length).toBe(STEPS);
    for (const [at, found] of steps.entries()) {
      const index = at + 1;
      expect(found.index).toBe(index);
      expect(found.electronicStepCount).toBe(index % 2 === 0 ? 2 : 1);
      expectNear(found.freeEnergyEv, freeEnergy(index), 0);
      // The electronic loop lacks −0.5 eV of dispersion.
      expectNear(found.energyWithoutEntropyEv, freeEnergy(index) + 0.25, 1e-9);
      expectNear(found.energySigma0Ev, freeEnergy(index) + 0.125, 1e-9);
      expectNear(found.volumeAngstrom3, 90 + (30 * index) / 64, 1e-9);
      expect(Array.from(found.forcesEvPerAngstrom ?? [])).toEqual([0.25, -0.5, index / 4, -0.25, 0.5, -index / 4]);
      // ½a + ½b + (index/16)c
      const second = [1.5 + index / 128 - 0.5, 1.25 + index / 32, (12 * index) / 16];
      for (const [axis, value] of second.entries()) expectNear(found.cartesianAngstrom?.[3 + axis], value, 1e-12);
      expect(found.stressKbar).toEqual([1, 2, index, 4, 5, 6]);
      expectNear(found.elapsedSeconds, 10 + index, 0);
    }
  });

  it('give the record of the general reader, in windows and chunks of any size', () => {
    both(RUN);
    const expected = parse(RUN);
    for (const [windowBytes, chunk] of [
      [1, 4096],
      [4096, 7],
      [20_000, 5000],
    ] as const) {
      expect(parseVasprun(memorySource(latin1(RUN), chunk), { windowBytes }, 'known shape first')).toEqual(expected);
    }
  });

  it('are complete or not there when the file ends early, and the last of them has its places', () => {
    for (let end = HEAD.length; end < RUN.length; end += 97) both(RUN.slice(0, end));
    const cut = `${HEAD}${texts.slice(0, 5).join('')}${(texts[5] ?? '').slice(0, 1500)}`;
    const record = parse(cut);
    expect(record.ionicStepCount).toBe(5);
    expect(record.places['final.energySigma0Ev']?.byteOffset).toBe(
      cut.lastIndexOf('<i name="e_0_energy">', cut.lastIndexOf('<structure>', cut.lastIndexOf('</calculation>'))),
    );
  });
});

describe('a step among them that is not', () => {
  const damaged = (written: string | RegExp, other: string) =>
    `${HEAD}${texts.map((text, at) => (at === 5 ? text.replace(written, other) : text)).join('')}${TAIL}`;
  it.each<[string, string | RegExp, string]>([
    ['has a starred force', '0.25000000', '**********'],
    ['has a letter in a digit’s place', '      0.50000000', '      0.5000O000'],
    ['has a blank within a number', '      0.50000000', '      0 50000000'],
    ['lost a row of forces', /(<varray name="forces" >\n).*\n/, '$1'],
    ['lost a table', /\s*<varray name="stress" >[\s\S]*?<\/varray>/, ''],
    [
      'has a Fermi energy',
      '  <energy>\n   <i',
      '  <dos>\n   <i name="efermi">      1.50000000 </i>\n  </dos>\n  <energy>\n   <i',
    ],
    ['has no electronic step', /<scstep>[\s\S]*<\/scstep>/, ''],
    ['lost the energy of its loop', /<i name="e_0_energy">.*\n/g, ''],
    ['names another element in an end tag', '</scstep>', '</scstop>'],
    ['is indented otherwise', '  <energy>\n   <i', '    <energy>\n   <i'],
  ])('%s and is read as the general reader does', (_, written, other) => {
    const text = damaged(written, other);
    expect(text).not.toBe(RUN);
    const known = parseBy('known shape first', text);
    expect(known).toEqual(parseBy('general', text));
  });
});
