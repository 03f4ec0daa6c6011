import { describe, expect, it } from 'vitest';
import { curveSpreadEv } from '../../../descriptors/shared/curve-spread.ts';
import type { Interpolation } from '../../../model/path.ts';
import { expectNear } from '../../near.ts';
import { band, compute, EXAMPLE } from '../bands.ts';
import { available } from '../descriptor-cases.ts';

const saddle = (...energies: number[]): Interpolation => ({
  maxima: energies.map((energyEv) => ({ energyEv, distanceAngstrom: 1, imageCoordinate: 1 })),
  minima: [],
});

const reading = (method: 'climbing' | 'interpolated' | 'max-image', forwardBarrierEv: number) => ({
  method,
  forwardBarrierEv,
  reverseBarrierEv: 0,
});

describe('the spread of the interpolations', () => {
  it('is the root mean square of their distances from the barrier', () => {
    const curves = { hermite: saddle(0.3), natural: saddle(0.27), clamped: saddle(0.34, 0.1), pchip: saddle(0.3) };
    // By hand: √((0 + 0.03² + 0.04² + 0)/4).
    expectNear(curveSpreadEv(curves, reading('interpolated', 0.3), 0), 0.025, 1e-12);
  });

  it('takes the higher end where a curve has no saddle', () => {
    expectNear(curveSpreadEv({ pchip: saddle() }, reading('max-image', 0.5), 0.4), 0.1, 1e-12);
    expectNear(curveSpreadEv({ pchip: saddle() }, reading('max-image', 0), -0.4), 0, 0);
  });

  it('does not enter a converged climbing image, nor a path without curves', () => {
    expect(curveSpreadEv({ pchip: saddle(0.4) }, reading('climbing', 0.3), 0)).toBeUndefined();
    expect(curveSpreadEv({}, reading('max-image', 0.3), 0)).toBeUndefined();
  });

  it('of the example of the specification is about a meV, far below the error of the method', () => {
    const { parts, uncertainty } = available(compute(band(EXAMPLE)));
    // SCIENCE §3.6: 0.2422722, 0.241478, 0.241941, 0.240000 → √((0.7942² + 0.3312² + 2.2722²)/4) meV = 1.2148.
    expectNear(parts.uncertaintyNumeric, 0.0012148, 2e-6);
    expectNear(uncertainty, 0.05, 0);
    expectNear(parts.uncertaintyModel, Math.sqrt(0.05 ** 2 - 0.0012148 ** 2), 1e-6);
  });
});
