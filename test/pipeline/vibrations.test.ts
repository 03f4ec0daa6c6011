/** Runs of finite differences in whole screenings: zero-point energies of hydrogen, attempt frequencies of hops. */
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import { issue } from '../../model/issues.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { VibrationalModes } from '../../model/response.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import type { Structure } from '../../model/structure.ts';
import { calculationOf, codes } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { above, h2, hydrogen, on } from './hydrogen.ts';
import { treeOf } from './read-runs.ts';
import { descriptor, reasonsOf, screened } from './screening.ts';
import { example, hopBand, hopEnd, hopImages, metal, slab, slabLi, withSettings } from './trees.ts';

/** 1 cm⁻¹ in meV: hc (CODATA 2018). */
const MEV = 0.1239841984;

/** As VASP prints them: imaginary ones negative here, f/i there. */
function modesOf(wavenumbers: readonly number[]): VibrationalModes {
  const wavenumbersPerCm = Float64Array.from(wavenumbers);
  const real = wavenumbers.filter((mode) => mode > 0);
  return {
    wavenumbersPerCm,
    energiesMeV: wavenumbersPerCm.map((mode) => mode * MEV),
    imaginaryCount: wavenumbers.length - real.length,
    zeroPointEnergyEv: real.reduce((sum, mode) => sum + (mode * MEV) / 2000, 0),
  };
}

/** Finite differences of what this calculation relaxed to; the last of the steps is displaced by 0.015 Å. */
function displaced(of: Calculation, name: string, wavenumbers: readonly number[]): Calculation {
  const { structure } = of;
  if (structure === undefined) throw new Error(`${of.id} has no structure`);
  const cartesianAngstrom = structure.cartesianAngstrom.slice();
  const last = cartesianAngstrom.length - 1;
  cartesianAngstrom[last] = (cartesianAngstrom[last] ?? 0) - 0.015;
  const sketch = calculationOf(`${name}/OUTCAR`, {
    structure: { ...structure, cartesianAngstrom },
    energyEv: (of.final?.energySigma0Ev ?? 0) + 0.01,
    settings: { ...of.settings, IBRION: 5, NSW: 1 },
    mesh: of.kpoints?.mesh ?? [4, 4, 1],
  });
  return { ...sketch, ionicStepCount: 2 * wavenumbers.length + 1, vibrations: modesOf(wavenumbers) };
}

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

/** By hand: h of 45 slab modes 10 cm⁻¹ apart. Translations come out of finite differences with either sign. */
const latticeModes = (wavenumber: number, translations: readonly number[]) => [
  ...Array<number>(45).fill(wavenumber),
  ...translations,
];

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
    const free = (of: Calculation, element: string): Calculation => {
      const { structure } = of;
      if (structure === undefined) throw new Error('no structure');
      const [one, last] = [structure.species.indexOf(element), structure.species.length - 1];
      const isFree = (atom: number) => atom === one || (atom === last && structure.species[last] === 'H');
      const selectiveDynamics = Uint8Array.from(structure.cartesianAngstrom, (_, at) => +isFree(Math.floor(at / 3)));
      return { ...of, structure: { ...structure, selectiveDynamics } };
    };
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

describe('a hop whose site and saddle have vibrations', () => {
  const path = [...example, hopEnd, ...hopImages];
  const [, top] = hopImages; // −215.9 eV, the highest
  const site = displaced(slabLi, 'basal/li/freq', [300, 250, 200]);
  const saddle = displaced(top!, 'basal/neb/ts', [-150, 280, 230]);

  it('has an attempt frequency of its own, and a rate with it', () => {
    const result = screened(treeOf([...path, site, saddle], [hopBand]));
    const frequency = descriptor(result, 'basal', 'attempt-frequency');
    if (!frequency.available) throw new Error('no attempt frequency');
    // By hand: c·300·250·200/(280·230) cm⁻¹ = 232.919255 cm⁻¹ · 2.99792458e10 cm/s.
    expectNear(frequency.value / 6.982743e12, 1, 1e-6);
    expect(frequency.uncertainty).toBeUndefined();
    expect(frequency.inputs.map(({ calculation }) => calculation)).toEqual([
      'basal/li/freq/OUTCAR',
      'basal/neb/ts/OUTCAR',
    ]);
    const rate = descriptor(result, 'basal', 'hop-rate');
    // By hand: 6.982743e12·exp(−0.142345/(8.617333262e-5·298.15)), 0.6982743 of the rate with 1e13.
    expectNear(rate.available && rate.value / (0.6982743 * 39252873493.2), 1, 1e-6);
    expect(rate.parts).toMatchObject({ prefactorFrom: 'vibrations' });
    expect(rate.available && rate.inputs.slice(-2)).toEqual(frequency.inputs);
    const diffusion = descriptor(result, 'basal', 'diffusion-coefficient');
    expectNear(diffusion.parts.prefactorPerSecond, frequency.value, 1);
  });

  it('of the site alone has none, says what is missing, and keeps the usual prefactor', () => {
    const result = screened(treeOf([...path, site], [hopBand]));
    expect(reasonsOf(result, 'basal', 'attempt-frequency')).toEqual([
      'E_REFERENCE_MISSING reference missing: vibrations of the saddle (image 2) of basal/neb ()',
    ]);
    const rate = descriptor(result, 'basal', 'hop-rate');
    expectNear(rate.available && rate.value / 39252873493.2, 1, 1e-6);
    expect(rate.parts).toMatchObject({ prefactorFrom: 'default' });
    expect(codes(rate.available ? rate.issues : [])).toContain('W_VIBRATIONS_UNUSED');
  });

  it('is refused where the highest image is no saddle', () => {
    const slope = displaced(top!, 'basal/neb/ts', [150, 280, 230]);
    const result = screened(treeOf([...path, site, slope], [hopBand]));
    expect(reasonsOf(result, 'basal', 'attempt-frequency').join()).toContain('E_IMAGINARY_MODE');
  });

  it('has none where other atoms were displaced at the one than at the other', () => {
    const withFree = (of: Calculation, atom: number): Calculation => {
      const { structure } = of;
      if (structure === undefined) throw new Error('no structure');
      const selectiveDynamics = Uint8Array.from(structure.cartesianAngstrom, (_, at) => +(Math.floor(at / 3) === atom));
      return { ...of, structure: { ...structure, selectiveDynamics } };
    };
    const last = (slabLi.structure?.species.length ?? 0) - 1;
    const reasons = (atom: number) =>
      reasonsOf(
        screened(treeOf([...path, withFree(site, last), withFree(saddle, atom)], [hopBand])),
        'basal',
        'attempt-frequency',
      );
    expect(reasons(last)).toEqual([]);
    expect(reasons(0).join()).toContain('displaced other atoms');
    const shorter = displaced(slabLi, 'basal/li/freq', [300, 250, 200, 150]);
    const upwards = displaced(top!, 'basal/neb/ts', [180, 280, 230]);
    const result = screened(treeOf([...path, shorter, upwards], [hopBand]));
    expect(reasonsOf(result, 'basal', 'attempt-frequency').join()).toContain('displaced other atoms');
  });

  it('leaves out the translations where every atom was displaced', () => {
    const whole = [
      displaced(slabLi, 'basal/li/freq', [300, 250, 200, ...latticeModes(400, [2, -1, 0.5])]),
      displaced(top!, 'basal/neb/ts', [-150, 280, 230, ...latticeModes(400, [0.1, -3, -0.2])]),
    ];
    const frequency = descriptor(screened(treeOf([...path, ...whole], [hopBand])), 'basal', 'attempt-frequency');
    // By hand: the same as with the adatom alone, c·300·250·200/(280·230) cm⁻¹.
    expectNear(frequency.available && frequency.value / 6.982743e12, 1, 1e-6);
  });

  it('without any says nothing of them', () => {
    const result = screened(treeOf(path, [hopBand]));
    expect(result.candidates[0]?.descriptors).not.toHaveProperty('attempt-frequency');
    expect(descriptor(result, 'basal', 'hop-rate').parts).toMatchObject({ prefactorFrom: 'default' });
  });

  it('keeps its runs beside what they displaced: they are no sites and no images', () => {
    const result = screened(treeOf([...path, site, saddle], [hopBand]));
    const before = screened(treeOf(path, [hopBand]));
    for (const name of ['adsorption-energy', 'migration-barrier']) {
      expect(descriptor(result, 'basal', name)).toEqual(descriptor(before, 'basal', name));
    }
    expect(
      result.relations?.filter(({ kind }) => kind === 'single-point-of').map(({ from, to }) => [from, to]),
    ).toEqual([
      ['basal/li/freq/OUTCAR', 'basal/li/OUTCAR'],
      ['basal/neb/ts/OUTCAR', 'basal/neb/02/OUTCAR'],
    ]);
  });
});
