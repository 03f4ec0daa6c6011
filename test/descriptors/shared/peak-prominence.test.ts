import { describe, expect, it } from 'vitest';
import { interpolatePath } from '../../../descriptors/shared/path-interpolation/index.ts';
import { intermediateMinima, prominentMaximaCount } from '../../../descriptors/shared/peak-prominence.ts';
import { expectNear } from '../../near.ts';

/** Maxima and minima exactly at the images, so that the heights are those of the list. */
function curveOf(energies: readonly number[]) {
  const images = energies.map((energyEv, index) => ({
    index,
    distanceAngstrom: 0.7 * index,
    energyEv,
    climbing: false,
  }));
  const curve = interpolatePath(images).curves.pchip;
  if (curve === undefined) throw new Error('no curve');
  return curve;
}

describe('a maximum of a path counts by its prominence', () => {
  it.each([
    ['one peak', [0, 0.2, 0.5, 0.1], 1],
    ['a dip of 4 meV before the peak', [0, 0.304, 0.3, 0.5, 0.1], 1],
    ['a dip of 6 meV before the peak', [0, 0.306, 0.3, 0.5, 0.1], 2],
    ['a dip of 4 meV behind the peak', [0, 0.5, 0.3, 0.304, 0.1], 1],
    ['a dip of 6 meV behind the peak', [0, 0.5, 0.3, 0.306, 0.1], 2],
    ['equal peaks with a dip of 4 meV', [0, 0.304, 0.3, 0.304, 0.1], 1],
    ['equal peaks with a dip of 6 meV', [0, 0.306, 0.3, 0.306, 0.1], 2],
    ['a low peak between deep minima', [0, 0.5, 0.1, 0.2, 0.15, 0.6, 0], 3],
    ['no peak', [0, -0.1, -0.4], 0],
    ['a ripple next to a high end', [0, 0.304, 0.3, 1], 0],
    ['a peak that rises 4 meV above the end', [0, 0.2, 0.504, 0.5], 0],
    ['a peak that rises 6 meV above the end', [0, 0.2, 0.506, 0.5], 1],
  ])('%s', (_, energies, expected) => {
    expect(prominentMaximaCount(curveOf(energies))).toBe(expected);
  });
});

describe('a minimum between the ends is an intermediate by its depth', () => {
  it.each([
    ['one peak has none', [0, 0.2, 0.5, 0.1], []],
    ['between two peaks', [0, 0.4, 0.1, 0.5, 0], [0.1]],
    ['a hollow of 4 meV', [0, 0.304, 0.3, 0.5, 0.1], []],
    ['below the start, before the peak (SCIENCE §3.3)', [0, -0.1, 0.15, 0.02], [-0.1]],
    ['below both ends without any peak', [0, -0.2, -0.5, -0.1], [-0.5]],
    ['two of them', [0, 0.5, 0.1, 0.2, 0.15, 0.6, 0], [0.1, 0.15]],
    ['3 meV below a relaxed end', [0, -0.003, 0.4, 0], []],
  ])('%s', (_, energies, expected) => {
    const found = intermediateMinima(curveOf(energies));
    expect(found.map((point) => point.energyEv)).toEqual(expected);
    for (const { distanceAngstrom, energyEv } of found) {
      expectNear(distanceAngstrom, 0.7 * energies.indexOf(energyEv), 1e-9);
    }
  });
});
