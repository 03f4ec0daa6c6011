/** Attempt frequencies of hops in whole screenings. */
import { describe, expect, it } from 'vitest';
import { codes } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { displaced, latticeModes, withFree } from './finite-differences.ts';
import { treeOf } from './read-runs.ts';
import { descriptor, reasonsOf, screened } from './screening.ts';
import { example, hopBand, hopEnd, hopImages, slabLi } from './trees.ts';

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
