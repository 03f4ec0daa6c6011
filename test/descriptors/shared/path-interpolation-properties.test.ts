import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  interpolatePath,
  interpolationExtrema,
  sampleCurve,
} from '../../../descriptors/shared/path-interpolation/index.ts';
import { derivativeAt, pointAt } from '../../../descriptors/shared/path-interpolation/piecewise-cubic.ts';
import { expectNear } from '../../near.ts';
import { curve, EXAMPLE, path } from './paths.ts';

// A path of 3 to 9 images, segments of 0.05 … 2 Å; whole mÅ, meV and meV/Å, as no program prints fewer digits.
const arbitraryPath = fc
  .array(
    fc.record({
      stepMilliangstrom: fc.integer({ min: 50, max: 2000 }),
      energyMilliEv: fc.integer({ min: -1000, max: 1000 }),
      forceMilliEvPerAngstrom: fc.integer({ min: -2000, max: 2000 }).filter((force) => force !== 0),
    }),
    { minLength: 3, maxLength: 9 },
  )
  .map((rows) => {
    let milliangstrom = -rows[0]!.stepMilliangstrom;
    return path(
      rows.map((row) => {
        milliangstrom += row.stepMilliangstrom;
        return milliangstrom / 1000;
      }),
      rows.map((row) => row.energyMilliEv / 1000),
      rows.map((row) => row.forceMilliEvPerAngstrom / 1000),
    );
  });

describe('any interpolated path', () => {
  it('goes through every image, and as hermite curve with its slope', () => {
    fc.assert(
      fc.property(arbitraryPath, (images) => {
        const { curves } = interpolatePath(images);
        for (const found of Object.values(curves)) {
          for (const [index, image] of images.entries()) {
            expectNear(pointAt(found, index).energyEv, image.energyEv - images[0]!.energyEv, 1e-12);
            expectNear(pointAt(found, index).distanceAngstrom, image.distanceAngstrom, 1e-12);
          }
        }
        const hermite = curves.hermite!;
        for (let index = 0; index < images.length - 1; index += 1) {
          const length = images[index + 1]!.distanceAngstrom - images[index]!.distanceAngstrom;
          expectNear(derivativeAt(hermite, index) / length, -images[index]!.tangentForceEvPerAngstrom!, 1e-9);
        }
        const last = images.length - 1;
        const length = images[last]!.distanceAngstrom - images[last - 1]!.distanceAngstrom;
        expectNear(derivativeAt(hermite, last) / length, -images[last]!.tangentForceEvPerAngstrom!, 1e-9);
      }),
    );
  });

  it('never overshoots as pchip curve: between two images it stays between their energies', () => {
    fc.assert(
      fc.property(arbitraryPath, fc.double({ min: 0, max: 1, noNaN: true }), (images, u) => {
        const pchip = curve(images, 'pchip');
        for (let index = 0; index < images.length - 1; index += 1) {
          const [left, right] = [pchip.energiesEv[index]!, pchip.energiesEv[index + 1]!];
          const { energyEv } = pointAt(pchip, index + u);
          expect(energyEv >= Math.min(left, right) - 1e-12 && energyEv <= Math.max(left, right) + 1e-12).toBe(true);
        }
      }),
    );
  });

  it('is nowhere higher than its maxima and its ends', () => {
    fc.assert(
      fc.property(arbitraryPath, (images) => {
        const { curves } = interpolatePath(images);
        const found = interpolationExtrema({ curves, assumedEnds: [] });
        for (const name of ['hermite', 'natural', 'clamped', 'pchip'] as const) {
          const energies = curves[name]!.energiesEv;
          const ends = [energies[0]!, energies.at(-1)!];
          const top = Math.max(...ends, ...found[name]!.maxima.map((point) => point.energyEv));
          const bottom = Math.min(...ends, ...found[name]!.minima.map((point) => point.energyEv));
          for (const [, energyEv] of sampleCurve(curves[name]!, 37)) {
            expect(energyEv <= top + 1e-9 && energyEv >= bottom - 1e-9).toBe(true);
          }
        }
      }),
    );
  });

  it('is twice continuously differentiable as natural and as clamped spline', () => {
    fc.assert(
      fc.property(arbitraryPath, (images) => {
        for (const name of ['natural', 'clamped'] as const) {
          const found = curve(images, name);
          for (let index = 1; index < images.length - 1; index += 1) {
            const before = images[index]!.distanceAngstrom - images[index - 1]!.distanceAngstrom;
            const after = images[index + 1]!.distanceAngstrom - images[index]!.distanceAngstrom;
            // Second derivatives of a cubic from its slopes at the ends and the middle, by finite difference (exact).
            const left =
              (3 * derivativeAt(found, index - 1e-12) -
                4 * derivativeAt(found, index - 0.5) +
                derivativeAt(found, index - 1)) /
              before ** 2;
            const right =
              (-3 * derivativeAt(found, index) +
                4 * derivativeAt(found, index + 0.5) -
                derivativeAt(found, index + 1 - 1e-12)) /
              after ** 2;
            expectNear(left - right, 0, 1e-5 * Math.max(1, Math.abs(left)));
          }
        }
      }),
    );
  });

  it('has the maxima of the reversed path in reversed order', () => {
    fc.assert(
      fc.property(arbitraryPath, (images) => {
        const whole = images.at(-1)!.distanceAngstrom;
        const reversed = images.toReversed().map((image, index) => ({
          ...image,
          index,
          distanceAngstrom: whole - image.distanceAngstrom,
          tangentForceEvPerAngstrom: -image.tangentForceEvPerAngstrom!,
        }));
        const forward = interpolationExtrema(interpolatePath(images)).hermite!.maxima;
        const backward = interpolationExtrema(interpolatePath(reversed)).hermite!.maxima.toReversed();
        expect(backward.length).toBe(forward.length);
        for (const [index, point] of forward.entries()) {
          expectNear(backward[index]!.distanceAngstrom, whole - point.distanceAngstrom, 1e-6);
        }
      }),
    );
  });

  it('is sampled with every image among the points', () => {
    const points = sampleCurve(curve(EXAMPLE, 'hermite'), 10);
    expect(points.length).toBe(41);
    expect(points[0]).toEqual([0, 0]);
    expect(points[20]).toEqual([1.6, 0.24]);
    expect(points[40]).toEqual([3.2, 0.03]);
  });
});
