import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { band, compute, EXAMPLE, energies, interpolations, type Row } from './bands.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

describe('the climbing image of a band', () => {
  const climbing = (residual: number | undefined) =>
    band(
      EXAMPLE.map((row, index) => {
        if (index !== 2) return row;
        const { residual: _, ...rest } = row;
        return residual === undefined ? { ...rest, climbing: true } : { ...rest, residual, climbing: true };
      }),
    );

  it('gives the barrier itself once its force is within 0.03 eV/Å', () => {
    const result = available(compute(climbing(0.03)));
    expect(result.parts.method).toBe('climbing');
    expectNear(result.value, 0.24, 1e-12);
    expect(codes(result)).toEqual([]);
  });

  it('does not give it while its force is larger', () => {
    const result = available(compute(climbing(0.031)));
    expect(result.parts.method).toBe('interpolated');
    expect(codes(result)).toEqual(['W_NEB_UNCONVERGED']);
    expect(result.issues[0]?.details).toEqual({ image: '02', forceEvPerAngstrom: 0.031, limitEvPerAngstrom: 0.03 });
    expect(available(compute(climbing(0.031), { climbingLimitEvPerAngstrom: 0.04 })).parts.method).toBe('climbing');
  });

  it('does not give it while its force is unknown', () => {
    const result = available(compute(climbing(undefined)));
    expect(result.parts.method).toBe('interpolated');
    expect(codes(result)).toEqual(['W_NEB_RESIDUAL_UNKNOWN']);
    expect(result.issues[0]?.details).toEqual({ images: '02' });
  });

  it('is the highest image between the endpoints when LCLIMB is all that is known', () => {
    const result = available(compute(band(EXAMPLE), { climbingRequested: true }));
    expect([result.parts.method, result.parts.saddleImage]).toEqual(['climbing', 2]);
    expect(codes(result)).toEqual([]);
  });

  it('does not exist when LCLIMB is false', () => {
    const result = available(compute(climbing(0.01), { climbingRequested: false }));
    expect(result.parts.method).toBe('interpolated');
    expect(codes(result)).toEqual(['W_NO_CLIMBING']);
  });
});

describe('a band is refused', () => {
  it('when images coincide', () => {
    const result = unavailable(compute(band(EXAMPLE.map((row, index) => (index === 2 ? { ...row, s: 0.8009 } : row)))));
    expect(codes(result)).toEqual(['E_DUPLICATE_IMAGES']);
    expect(result.reasons[0]?.details.images).toBe('01 and 02');
    expect(Object.keys(result.parts)).toEqual(['reactionEnergyEv']);
    expectNear(result.parts.reactionEnergyEv, 0.03, 1e-12);
  });

  it('when it runs backwards', () => {
    const result = unavailable(compute(band(EXAMPLE.map((row, index) => (index === 3 ? { ...row, s: 1.2 } : row)))));
    expect(codes(result)).toEqual(['E_PATH_DISTANCE']);
  });

  it('when an image is far from the path', () => {
    const result = unavailable(
      compute(band(EXAMPLE.map((row, index) => (index === 1 ? { ...row, residual: 0.21 } : row)))),
    );
    expect(codes(result)).toContain('E_NEB_UNCONVERGED');
    expect(result.parts).not.toHaveProperty('forwardBarrierEv');
    expectNear(result.parts.reactionEnergyEv, 0.03, 1e-12);
    expectNear(interpolations(result.parts).pchip?.maxima[0]?.energyEv, 0.24, 1e-12);
  });

  it('when it is a plain elastic band', () => {
    expect(codes(unavailable(compute(band(EXAMPLE), { springEvPerAngstrom2: 5 })))).toEqual(['E_PLAIN_ELASTIC_BAND']);
    expect(available(compute(band(EXAMPLE), { springEvPerAngstrom2: -5 })).value > 0).toBe(true);
  });

  it('when only its endpoints are known, but their difference is told', () => {
    // Hand-made; the endpoints of a real band whose images were not published differ by −1.05 meV.
    const result = unavailable(
      compute(
        band([
          { s: 0, e: -255.97992669 },
          { s: 2.9986, e: -255.98097765 },
        ]),
      ),
    );
    expect(codes(result)).toContain('E_IMAGE_ENERGY');
    expectNear(result.parts.reactionEnergyEv, -0.00105096, 1e-9);
  });
});

describe('a band is degraded', () => {
  it('when an image misses its limit', () => {
    const rows = EXAMPLE.map((row, index) => (index === 3 ? { ...row, residual: 0.06 } : row));
    expect(codes(available(compute(band(rows))))).toEqual(['W_NEB_UNCONVERGED', 'W_NO_CLIMBING']);
    expect(codes(available(compute(band(rows), { residualLimitEvPerAngstrom: 0.06 })))).toEqual(['W_NO_CLIMBING']);
  });

  it('when it has fewer than three images between the endpoints', () => {
    expect(codes(compute(energies([0, 0.3, 0.1])))).toContain('W_FEW_IMAGES');
    expect(codes(compute(energies([0, 0.2, 0.3, 0.1, 0])))).not.toContain('W_FEW_IMAGES');
  });

  it('when its images are spaced by more than 1 : 3', () => {
    const spaced = (s: number) =>
      codes(
        compute(
          band([
            { s: 0, e: 0 },
            { s: 0.5, e: 0.2 },
            { s: 1, e: 0.3 },
            { s: 1.5, e: 0.2 },
            { s, e: 0 },
          ]),
        ),
      );
    expect(spaced(2.99)).not.toContain('W_UNEVEN_IMAGES');
    expect(spaced(3.01)).toContain('W_UNEVEN_IMAGES');
  });

  it('when the saddle lies well above every image', () => {
    // By hand: segment 1 Å from 0.2 to 0.2 eV with slopes ±0.5 eV/Å has its top in the middle, 0.2 + 2·0.5/8 = 0.325 eV.
    const rows = (slope: number): Row[] => [
      { s: 0, e: 0, f: 0 },
      { s: 1, e: 0.2, f: -slope, residual: 0.01 },
      { s: 2, e: 0.2, f: slope, residual: 0.01 },
      { s: 3, e: 0, f: 0 },
    ];
    const poor = available(compute(band(rows(0.5))));
    expectNear(poor.value, 0.325, 1e-12);
    expect(poor.issues.find((entry) => entry.code === 'W_POORLY_RESOLVED')?.details.imageEv).toBe(0.2);
    // 0.2 + 2·0.15/8 = 0.2375 eV: 37.5 meV, 18.75 % above the images.
    expect(codes(compute(band(rows(0.15))))).not.toContain('W_POORLY_RESOLVED');
    // 0.2 + 2·0.17/8 = 0.2425 eV: 42.5 meV, but 21.25 %.
    expect(codes(compute(band(rows(0.17))))).toContain('W_POORLY_RESOLVED');
  });

  it('when it has two barriers on its hermite curve', () => {
    // The images rise and fall once; the forces of 02 and 03 show a hollow between them.
    const rows: Row[] = [
      { s: 0, e: 0, f: 0 },
      { s: 1, e: 0.29, f: -0.1, residual: 0.01 },
      { s: 2, e: 0.3, f: 0.2, residual: 0.01 },
      { s: 3, e: 0.28, f: -0.2, residual: 0.01 },
      { s: 4, e: 0.05, f: 0 },
    ];
    expect(codes(compute(band(rows)))).toContain('W_MULTIPLE_MAXIMA');
  });

  it('when an image runs away from the final state', () => {
    // ‖R_N − R_0‖ = 3 Å: 0.3 Å is tolerated.
    const order = (second: number) => codes(compute(band(EXAMPLE), { endDistancesAngstrom: [3, 2.4, second, 0.9, 0] }));
    expect(order(2.69)).not.toContain('W_IMAGE_ORDER');
    expect(order(2.71)).toContain('W_IMAGE_ORDER');
  });

  it('when equivalent endpoints differ', () => {
    expect(codes(compute(band(EXAMPLE), { equivalentEndpoints: true }))).toContain('W_ASYMMETRIC');
    expect(codes(compute(band(EXAMPLE)))).not.toContain('W_ASYMMETRIC');
    const close = EXAMPLE.map((row, index) => (index === 4 ? { ...row, e: 0.0049 } : row));
    expect(codes(compute(band(close), { equivalentEndpoints: true }))).not.toContain('W_ASYMMETRIC');
  });
});
