import { describe, expect, it } from 'vitest';
import { interpolatePath, interpolationExtrema } from '../../../descriptors/shared/path-interpolation/index.ts';
import type { Extremum } from '../../../model/path.ts';
import { expectNear } from '../../near.ts';
import { curve, EXAMPLE, path } from './paths.ts';

function expectPoints(actual: readonly Extremum[] | undefined, expected: readonly (readonly [number, number])[]): void {
  expect(actual?.length).toBe(expected.length);
  for (const [index, [distanceAngstrom, energyEv]] of expected.entries()) {
    expectNear(actual?.[index]?.distanceAngstrom, distanceAngstrom, 1e-6);
    expectNear(actual?.[index]?.energyEv, energyEv, 1e-9);
  }
}

// Uneven, two maxima, no zero slope at the ends; expected values from scipy 1.10.1.
const UNEVEN = path([0, 0.5, 1.7, 2.2, 3.6, 4.1], [0, 0.12, 0.45, 0.3, 0.38, 0.05], [0, -0.35, -0.1, 0.25, 0.3, 0.1]);

describe('the four interpolations of a path', () => {
  it('have the maxima of SCIENCE §3.6', () => {
    const found = interpolationExtrema(interpolatePath(EXAMPLE));
    expect(found.hermite?.maxima.length).toBe(1);
    expectNear(found.hermite?.maxima[0]?.energyEv, 0.2422722, 5e-8);
    expectNear(found.hermite?.maxima[0]?.distanceAngstrom, 1.692495, 5e-7);
    expectNear(found.hermite?.maxima[0]?.imageCoordinate, 2.115619, 5e-7);
    expectNear(found.natural?.maxima[0]?.energyEv, 0.241478, 5e-7);
    expectNear(found.natural?.maxima[0]?.distanceAngstrom, 1.67136, 5e-6);
    expectNear(found.clamped?.maxima[0]?.energyEv, 0.241941, 5e-7);
    expectNear(found.clamped?.maxima[0]?.distanceAngstrom, 1.68665, 5e-6);
    expectNear(found.pchip?.maxima[0]?.energyEv, 0.24, 1e-12);
    expectNear(found.pchip?.maxima[0]?.distanceAngstrom, 1.6, 1e-12);
  });

  it('have minima at both ends where the path is level there, marked as endpoints', () => {
    const found = interpolationExtrema(interpolatePath(EXAMPLE));
    expect(found.hermite?.minima).toEqual([
      { distanceAngstrom: 0, energyEv: 0, imageCoordinate: 0, endpoint: true },
      { distanceAngstrom: 3.2, energyEv: 0.03, imageCoordinate: 4, endpoint: true },
    ]);
    expect(found.clamped?.minima.map((point) => point.endpoint)).toEqual([true, true]);
    // Natural and pchip curves climb from the first image with a slope: no stationary point there.
    expect(found.natural?.minima).toEqual([]);
    expect(found.pchip?.minima).toEqual([]);
  });

  it('agree with scipy on an uneven path with two maxima', () => {
    const found = interpolationExtrema(interpolatePath(UNEVEN));
    // scipy 1.10.1: CubicHermiteSpline(s, E, −F), CubicSpline(bc_type), PchipInterpolator; roots of the derivative.
    expectPoints(found.hermite?.maxima, [
      [1.730931302, 0.45151993103423954],
      [3.351310926, 0.41469697376382886],
    ]);
    expectPoints(found.hermite?.minima, [
      [0, 0],
      [2.413563626, 0.2749551804137039],
    ]);
    expectPoints(found.natural?.maxima, [
      [1.563418311, 0.461764000433293],
      [3.304760963, 0.4327691934310682],
    ]);
    expectPoints(found.natural?.minima, [[2.36380352, 0.28500746316171094]]);
    expectPoints(found.clamped?.maxima, [
      [1.53756893, 0.46617780289482674],
      [3.235419731, 0.4937565538444192],
    ]);
    expectPoints(found.clamped?.minima, [
      [0, 0],
      [2.295285453, 0.29340863522356975],
      [4.1, 0.05],
    ]);
    expectPoints(found.pchip?.maxima, [
      [1.7, 0.45],
      [3.6, 0.38],
    ]);
    expectPoints(found.pchip?.minima, [[2.2, 0.3]]);
  });

  it('have the slopes of scipy at every image', () => {
    const expected = {
      natural: [
        0.19335995942764114, 0.3332800811447181, -0.17736845441042154, -0.19257274631410454, -0.38838688423505285,
        -0.7958065578824746,
      ],
      clamped: [0, 0.4056775547613746, -0.20560737237734752, -0.14272809274808773, -0.6881372810293878, 0],
      pchip: [0.2297058823529412, 0.2539419087136929, 0, 0, 0, -0.8487218045112781],
    };
    for (const name of ['natural', 'clamped', 'pchip'] as const) {
      const slopes = curve(UNEVEN, name).slopesEvPerAngstrom;
      for (const [index, slope] of expected[name].entries()) expectNear(slopes[index], slope, 1e-12);
    }
  });

  it('cut back the end slope of pchip as scipy does', () => {
    // scipy 1.10.1 PchipInterpolator: sign change at the start, three-point slope refused at the end.
    const first = curve(path([0, 1, 1.5, 3.5], [0, 0.02, 0.4, -0.1]), 'pchip').slopesEvPerAngstrom;
    for (const [index, slope] of [0, 0.043566878980891725, 0, -0.75].entries()) expectNear(first[index], slope, 1e-12);
    const second = curve(path([0, 0.4, 1.5, 3.5], [0, -0.3, 0.1, 0.12]), 'pchip').slopesEvPerAngstrom;
    for (const [index, slope] of [-1.0469696969696969, 0, 0.021427337134957657, 0].entries()) {
      expectNear(second[index], slope, 1e-12);
    }
  });

  it('never report an endpoint as a maximum', () => {
    // Downhill with level ends: both ends are stationary for hermite and clamped.
    const downhill = path([0, 1, 2, 3], [0, -0.2, -0.7, -1], [0, 0.4, 0.4, 0]);
    const found = interpolationExtrema(interpolatePath(downhill));
    for (const name of ['hermite', 'natural', 'clamped', 'pchip'] as const) expect(found[name]?.maxima).toEqual([]);
    expect(found.hermite?.minima).toEqual([{ distanceAngstrom: 3, energyEv: -1, imageCoordinate: 3, endpoint: true }]);
  });

  it('count an image on the saddle once', () => {
    const symmetric = path([0, 1, 2], [0, 0.3, 0], [0, 0, 0]).map((image, index) =>
      index === 1 ? { ...image, residualForceEvPerAngstrom: 0.01 } : image,
    );
    const found = interpolationExtrema(interpolatePath(symmetric));
    expect(found.hermite?.maxima).toEqual([{ distanceAngstrom: 1, energyEv: 0.3, imageCoordinate: 1 }]);
  });

  it('do not take a level inflection at an image for an extremum', () => {
    const step = path([0, 1, 2, 3.5], [0, 0.2, 0.4, 0.1], [-0.3, 0, -0.01, 0.1]);
    const found = interpolationExtrema(interpolatePath(step));
    expect(found.hermite?.maxima.length).toBe(1);
    expect((found.hermite?.maxima[0]?.imageCoordinate ?? 0) > 2).toBe(true);
    expect(found.hermite?.minima).toEqual([]);
  });

  it('report a plateau of two equal images once', () => {
    const plateau = path([0, 1, 2, 4], [0, 0.3, 0.3, 0.05]);
    expect(interpolationExtrema(interpolatePath(plateau)).pchip?.maxima).toEqual([
      { distanceAngstrom: 1.5, energyEv: 0.3, imageCoordinate: 1.5 },
    ]);
  });

  it('are straight lines between two images', () => {
    const two = path([0, 2], [1, 1.5]);
    for (const name of ['natural', 'pchip'] as const) {
      for (const slope of curve(two, name).slopesEvPerAngstrom) expectNear(slope, 0.25, 1e-15);
    }
  });

  it('do not exist for coinciding images', () => {
    const copies = path([0, 0.8, 0.8009, 1.6], [0, 0.1, 0.1, 0.05]);
    expect(interpolatePath(copies).curves).toEqual({});
  });
});

describe('the forces of the hermite interpolation', () => {
  it('are taken as zero at endpoints without force, and that is told', () => {
    const open = EXAMPLE.map(({ tangentForceEvPerAngstrom: force, ...image }, index) =>
      index === 0 || index === 4 || force === undefined ? image : { ...image, tangentForceEvPerAngstrom: force },
    );
    const found = interpolatePath(open);
    expect(found.assumedEnds).toEqual([0, 4]);
    expect(interpolationExtrema(found).hermite).toEqual(interpolationExtrema(interpolatePath(EXAMPLE)).hermite);
    expect(interpolatePath(EXAMPLE).assumedEnds).toEqual([]);
  });

  it('must be known for every image between the endpoints', () => {
    const gap = EXAMPLE.map(({ tangentForceEvPerAngstrom: _, ...image }, index) =>
      index === 2 ? image : EXAMPLE[index]!,
    );
    expect(interpolatePath(gap).curves.hermite).toBeUndefined();
    expect(interpolatePath(gap).curves.pchip).toBeDefined();
  });

  it('are not known when a table holds only zeros', () => {
    const zeros = path([0, 0.4, 0.8, 1.2], [0, 0.06, 0.23, 0.1], [0, 0, 0, 0]);
    expect(interpolatePath(zeros).curves.hermite).toBeUndefined();
  });
});
