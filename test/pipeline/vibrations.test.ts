/** Runs of finite differences in whole screenings: zero-point energies of hydrogen, what weakens and what hides them. */
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import { issue } from '../../model/issues.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import type { Structure } from '../../model/structure.ts';
import { codes } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { displaced, latticeModes, withFree } from './finite-differences.ts';
import { above, h2, hydrogen, on } from './hydrogen.ts';
import { treeOf } from './read-runs.ts';
import { descriptor, screened } from './screening.ts';
import { example, metal, slab, slabLi, withSettings } from './trees.ts';

const withHydrogen = [...example, h2, hydrogen];
const GAS = displaced(h2, 'ref/h2/freq', [4400, 110, 90, 12, -3, -20]);
const ON_SLAB = displaced(hydrogen, 'basal/h/freq', [3700, 900, 850]);

function freeEnergy(calculations: readonly Calculation[]) {
  const found = descriptor(screened(treeOf(calculations)), 'basal', 'hydrogen-adsorption-free-energy');
  if (!found.available) throw new Error(found.reasons.map(({ message }) => message).join());
  return found;
}

describe('hydrogen whose vibrations were calculated', () => {
  it('has its own zero-point energy instead of the offset of metals', () => {
    const found = freeEnergy([...withHydrogen, GAS, ON_SLAB]);
    // By hand: ΔE = −3.505 + 6.77/2 = −0.12; ZPE(H*) = ½·5450 cm⁻¹ = 0.337857 eV, ZPE(H2) = ½·4400 cm⁻¹ = 0.272765 eV,
    // ΔZPE = 0.337857 − 0.136383 = 0.201474, ½TS° = 0.20: 0.281474 eV. The small modes of the molecule are no vibrations.
    expectNear(found.value, 0.281474, 1e-6);
    expect(found.parts.correction).toBe('vibrations');
    expect(codes(found.issues)).not.toContain('W_OFFSET_TRANSFER');
    expect(found.inputs.map(({ name, calculation }) => [name, calculation]).slice(3)).toEqual([
      ['ZPE(H*)', 'basal/h/freq/OUTCAR'],
      ['ZPE(H2)', 'ref/h2/freq/OUTCAR'],
    ]);
  });

  it('less those of the clean slab where slab atoms were displaced too', () => {
    const both = displaced(hydrogen, 'basal/h/freq', [3700, 900, 850, 400, 380, 350]);
    const bare = displaced(slab, 'basal/slab/freq', [390, 370, 345]);
    // By hand: ½·(6580 − 1105) cm⁻¹ = 0.339407 eV; − 0.136383 + 0.20 − 0.12.
    const found = freeEnergy([...withHydrogen, GAS, both, bare]);
    expectNear(found.value, 0.283024, 1e-6);
    expect(found.inputs.map(({ name }) => name)).toContain('ZPE(slab)');
    const alone = freeEnergy([...withHydrogen, GAS, both]);
    expectNear(alone.value, 0.12, 1e-9);
    expect(unused(alone)).toEqual([
      '3 of the modes are of the slab, and those of the clean slab are not there (basal/h/freq/OUTCAR)',
    ]);
  });

  it.each([
    ['without those of the molecule', [ON_SLAB], 'those of the H₂ molecule are not there'],
    ['with an imaginary mode', [GAS, displaced(hydrogen, 'basal/h/freq', [3700, 900, -50])], '1 imaginary modes'],
    ['with fewer modes than three', [GAS, displaced(hydrogen, 'basal/h/freq', [3700])], '1 modes of 1 hydrogen'],
    [
      'of a molecule with one atom held',
      [ON_SLAB, displaced(h2, 'ref/h2/freq', [3100, 90, 80])],
      'not both atoms of H₂',
    ],
    ['of another cutoff', [GAS, withSettings(ON_SLAB, { ENCUT: 400 })], 'ENCUT'],
  ])('keeps the offset, and says why: %s', (_, runs, reason) => {
    const found = freeEnergy([...withHydrogen, ...runs]);
    expectNear(found.value, 0.12, 1e-9); // −0.12 + 0.24
    expect(unused(found).join()).toContain(reason);
  });

  it('counts per atom where the cell holds two', () => {
    // The next O of the 2×2 cell is a = 3.2495 Å away.
    const two = on(
      'two',
      [
        ['H', above(0.98)],
        ['H', above(0.98, 3.2495)],
      ],
      2 * -3.505,
    );
    const both = displaced(two, 'basal/two/freq', [3720, 3680, 905, 895, 860, 840]);
    // By hand: as with one; ½·(3700 + 900 + 850) cm⁻¹ for each.
    expectNear(freeEnergy([...example, h2, two, GAS, both]).value, 0.281474, 1e-6);
    const one = displaced(two, 'basal/two/freq', [3700, 900, 850]);
    expect(unused(freeEnergy([...example, h2, two, GAS, one])).join()).toContain('3 modes of 2 hydrogen atoms');
  });

  it('of another place are not looked at', () => {
    const { structure } = hydrogen;
    const cartesianAngstrom = (structure as Structure).cartesianAngstrom.map((x) => x + 0.3);
    const elsewhere = displaced(
      { ...hydrogen, structure: { ...(structure as Structure), cartesianAngstrom } },
      'basal/h/freq',
      [3700, 900, 850],
    );
    const found = freeEnergy([...withHydrogen, GAS, elsewhere]);
    expect(found.parts.correction).toBe('metals');
    expect(unused(found)).toEqual([]);
  });
});

function unused({ issues }: { readonly issues: ScreeningResult['issues'] }): string[] {
  return issues
    .filter(({ code }) => code === 'W_VIBRATIONS_UNUSED')
    .map(({ details, where }) => `${details.reason} (${where.file})`);
}

describe('runs of finite differences', () => {
  it('that displace every atom count without the three translations of the cell', () => {
    const both = displaced(hydrogen, 'basal/h/freq', [3700, 900, 850, ...latticeModes(400, [2, -1, 0.5])]);
    const bare = displaced(slab, 'basal/slab/freq', latticeModes(390, [1, 0.3, -2]));
    // By hand: ½·(5450 + 45·10) cm⁻¹ = 0.365753 eV; − 0.136383 + 0.20 − 0.12.
    expectNear(freeEnergy([...withHydrogen, GAS, both, bare]).value, 0.309371, 1e-6);
  });

  it('of which one does not fit leave the word to the other', () => {
    const wider = displaced(hydrogen, 'basal/h/all', [3700, 900, 850, 400, 380, 350]);
    const found = freeEnergy([...withHydrogen, GAS, wider, ON_SLAB]);
    expectNear(found.value, 0.281474, 1e-6); // As with the run of hydrogen alone.
    expect(unused(found)).toEqual([]);
  });

  it('of other atoms of the slab than those of the clean one are not subtracted', () => {
    const { species } = hydrogen.structure as Structure;
    const free = (of: Calculation, element: string) => withFree(of, species.indexOf(element), species.lastIndexOf('H'));
    const both = free(displaced(hydrogen, 'basal/h/freq', [3700, 900, 850, 400, 380, 350]), 'O');
    const bare = displaced(slab, 'basal/slab/freq', [390, 370, 345]);
    const found = (element: string) => freeEnergy([...withHydrogen, GAS, both, free(bare, element)]);
    expectNear(found('O').value, 0.283024, 1e-6); // As above: ½·(6580 − 1105) cm⁻¹.
    expect(found('Zn').parts.correction).toBe('metals');
  });

  it('that the manifest ignores are not looked at', () => {
    const manifest: Manifest = { version: 1, calculations: { 'basal/h/freq': { role: 'ignore' } } };
    const result = screened(treeOf([...withHydrogen, GAS, ON_SLAB]), { manifest });
    expect(descriptor(result, 'basal', 'hydrogen-adsorption-free-energy').parts.correction).toBe('metals');
  });

  it.each([
    ['fewer k-points', { ...ON_SLAB, kpoints: { mesh: [1, 1, 1] as const } }, 'W_KMESH'],
    ['another PREC', withSettings(ON_SLAB, { PREC: 'normal' }), 'W_PRECISION'],
    ['a looser EDIFF', withSettings(ON_SLAB, { EDIFF: 1e-3 }), 'W_CONVERGENCE'],
    [
      'a step that did not converge',
      { ...ON_SLAB, issues: [issue('W_SCF_EARLIER_STEP', { steps: 1 })] },
      'W_SCF_EARLIER_STEP',
    ],
  ])('weaken what is made of them: %s', (_, run, code) => {
    const found = freeEnergy([...withHydrogen, GAS, run]);
    expectNear(found.value, 0.281474, 1e-6);
    expect(found.quality).toBe('degraded');
    expect(found.issues.filter((one) => one.where.file === 'basal/h/freq/OUTCAR').map((one) => one.code)).toEqual([
      code,
    ]);
  });

  it('with a tighter EDIFF than the relaxation weaken nothing', () => {
    const found = freeEnergy([...withHydrogen, GAS, withSettings(ON_SLAB, { EDIFF: 1e-8 })]);
    expect(found.issues.filter(({ where }) => where.file?.includes('freq'))).toEqual([]);
    expect(found.quality).toBe('ok');
  });
});

it('runs of finite differences that no value asks for are listed as unused', () => {
  const ofBulk = displaced(metal, 'ref/bcc/freq', [250, 240, 230]);
  const ofSite = displaced(slabLi, 'basal/li/freq', [300, 250, 200]);
  const { unused: listed } = screened(treeOf([...withHydrogen, GAS, ON_SLAB, ofBulk, ofSite]));
  expect(listed.map(({ calculation }) => calculation)).toEqual(['basal/li/freq/OUTCAR', 'ref/bcc/freq/OUTCAR']);
  expect(listed[0]?.reasons[0]?.message).toContain('it tells a property of another calculation');
});
