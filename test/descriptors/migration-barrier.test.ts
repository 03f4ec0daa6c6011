import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { migrationBarrier } from '../../descriptors/migration-barrier.ts';
import type { Interpolation, InterpolationName, PathImage } from '../../model/path.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

interface Row {
  readonly s: number;
  readonly e: number;
  readonly f?: number;
  readonly residual?: number;
  readonly climbing?: boolean;
}

function band(rows: readonly Row[]): PathImage[] {
  return rows.map((row, index) => ({
    index,
    distanceAngstrom: row.s,
    energyEv: row.e,
    ...(row.f === undefined ? {} : { tangentForceEvPerAngstrom: row.f }),
    ...(row.residual === undefined ? {} : { residualForceEvPerAngstrom: row.residual }),
    climbing: row.climbing ?? false,
  }));
}

const compute = (images: readonly PathImage[], options: object = {}) =>
  migrationBarrier.compute(migrationBarrier.inputs.parse({ images, ...options }));

const interpolations = (parts: Readonly<Record<string, unknown>>) =>
  parts.interpolations as Partial<Record<InterpolationName, Interpolation>>; // as migration-barrier fills it

/** Energies only, 0.8 Å apart. */
const energies = (values: readonly number[]) => band(values.map((e, index) => ({ s: 0.8 * index, e })));

// SCIENCE §3.6, with converged inner images.
const EXAMPLE: readonly Row[] = [
  { s: 0, e: 0, f: 0 },
  { s: 0.8, e: 0.1, f: -0.24, residual: 0.02 },
  { s: 1.6, e: 0.24, f: -0.05, residual: 0.02 },
  { s: 2.4, e: 0.15, f: 0.21, residual: 0.02 },
  { s: 3.2, e: 0.03, f: 0 },
];

// MAST's Al vacancy band (VASP 5.2.12 with VTST, climbing image 02): energies, distances and forces of the last step
// of each image, the endpoints' energies from OSZICAR.
const AL = {
  distances: [0, 0.8121254203688646, 1.623664316169303, 2.4351983380599815, 3.247322423340689],
  free: [-99.86686, -99.64089, -99.538258, -99.640886, -99.86686],
  sigma0: [-99.859554, -99.649357, -99.537542, -99.649353, -99.859554],
  forces: [0, -0.226121, 0, 0.226104, 0],
  residuals: [undefined, 0.019191, 0.01353, 0.019223, undefined],
};
const aluminium = (kind: 'free' | 'sigma0', climbing: boolean) =>
  band(
    AL.distances.map((s, index) => {
      const residual = AL.residuals[index];
      const row = { s, e: AL[kind][index]!, f: AL.forces[index]!, climbing: climbing && index === 2 };
      return residual === undefined ? row : { ...row, residual };
    }),
  );

describe('migration barrier', () => {
  it('lies between the images where the forces say so', () => {
    const result = available(compute(band(EXAMPLE)));
    expectNear(result.value, 0.2422722, 5e-8); // SCIENCE §3.6
    expect(result.parts.method).toBe('interpolated');
    expectNear(result.parts.forwardBarrierEv, 0.2422722, 5e-8); // SCIENCE §3.6
    expectNear(result.parts.reverseBarrierEv, 0.2122722, 5e-8); // by hand: less E_N = 0.03
    expectNear(result.parts.reactionEnergyEv, 0.03, 1e-12);
    expectNear(result.parts.saddleDistanceAngstrom, 1.692495, 5e-7); // SCIENCE §3.6
    expectNear(result.parts.saddleImageCoordinate, 2.115619, 5e-7); // SCIENCE §3.6
    expectNear(result.parts.discreteForwardBarrierEv, 0.24, 1e-12);
    expect(result.parts.saddleImage).toBe(2);
    expect(codes(result)).toEqual(['W_NO_CLIMBING']);
    const found = interpolations(result.parts);
    expect(found.hermite?.minima.map((point) => point.distanceAngstrom)).toEqual([0, 3.2]); // SCIENCE §3.6
    expectNear(found.natural?.maxima[0]?.energyEv, 0.241478, 5e-7); // SCIENCE §3.6
    expectNear(found.clamped?.maxima[0]?.energyEv, 0.241941, 5e-7); // SCIENCE §3.6
    expectNear(found.pchip?.maxima[0]?.energyEv, 0.24, 1e-12); // SCIENCE §3.6
  });

  it('of a converged climbing image is its height, as for the Al vacancy', () => {
    // pymatgen, VTST spline and the images agree on both barriers; TOTEN 0.328602, energy(sigma->0) 0.322012 eV.
    const free = available(compute(aluminium('free', true), { energyKind: 'free' }));
    expectNear(free.value, 0.328602, 1e-9);
    expectNear(free.parts.reverseBarrierEv, 0.328602, 1e-9);
    expect([free.parts.method, free.parts.saddleImage]).toEqual(['climbing', 2]);
    expect(codes(free)).toEqual([]);
    expect(free.quality).toBe('ok');
    expectNear(interpolations(free.parts).clamped?.maxima[0]?.energyEv, 0.32860199998782647, 1e-9); // scipy, sampled
    expectNear(interpolations(free.parts).hermite?.maxima[0]?.energyEv, 0.32860199999818324, 1e-9); // scipy, sampled
    const sigma0 = available(compute(aluminium('sigma0', true)));
    expectNear(sigma0.value, 0.322012, 1e-9);
  });

  it('that hangs on the kind of energy is degraded, as for the Al vacancy', () => {
    const result = available(compute(aluminium('sigma0', true), { otherKindEnergiesEv: AL.free }));
    expect(codes(result)).toEqual(['W_ENERGY_KIND_SENSITIVE']);
    expectNear(result.issues[0]?.details.sigma0Ev, 0.322012, 1e-9);
    expectNear(result.issues[0]?.details.freeEv, 0.328602, 1e-9);
    expect(result.quality).toBe('degraded');
    const same = available(compute(aluminium('free', true), { energyKind: 'free', otherKindEnergiesEv: AL.free }));
    expect(same.issues).toEqual([]);
  });

  it('is the highest point above the first image, never the height of the whole curve', () => {
    // SCIENCE §3.3.
    const result = available(compute(energies([0, -0.1, 0.15, 0.02])));
    expectNear(result.value, 0.15, 1e-12);
    expectNear(result.parts.spanEv, 0.25, 1e-12);
    expectNear(result.parts.reverseBarrierEv, 0.13, 1e-12);
    expect(result.parts.method).toBe('max-image');
    expect(codes(result)).toContain('W_INTERMEDIATE_BELOW_ENDPOINT');
    expect(codes(result)).toContain('W_SADDLE_BRACKETED');
  });

  it('takes a table of zero forces for a table without forces', () => {
    // Pt on MoS2 (single-adatom-liquid-theory, neb-mo, rounded to its 7 inner-most images), forces never collected.
    const rows = [
      { s: 0, e: 0.387511, f: 0 },
      { s: 0.394226, e: 0.464737, f: 0 },
      { s: 0.78306, e: 0.553335, f: 0 },
      { s: 1.170372, e: 0.569856, f: 0 },
      { s: 1.55763, e: 0.553347, f: 0 },
      { s: 1.946379, e: 0.464735, f: 0 },
      { s: 2.340506, e: 0.387396, f: 0 },
    ];
    const result = available(compute(band(rows)));
    expectNear(result.value, 0.569856 - 0.387511, 1e-12);
    expect(result.parts.method).toBe('max-image');
    expect(interpolations(result.parts).hermite).toBeUndefined();
    expect(codes(result)).toEqual(['W_NEB_RESIDUAL_UNKNOWN', 'W_NO_CLIMBING', 'W_SADDLE_BRACKETED']);
  });

  it('counts the maxima of the images when no forces are known', () => {
    // Pt on MoS2 (single-adatom-liquid-theory, neb-mo+1): three barriers in a row.
    const heights = [
      0, 0.101144, 0.265195, 0.209573, 0.227161, 0.353179, 0.354487, 0.227535, 0.209668, 0.26312, 0.100703, 0.000083,
    ];
    const result = available(compute(energies(heights)));
    expectNear(result.value, 0.354487, 1e-12);
    expectNear(result.parts.reverseBarrierEv, 0.354404, 1e-12);
    expect(codes(result)).toContain('W_MULTIPLE_MAXIMA');
    expect(result.issues.find((entry) => entry.code === 'W_MULTIPLE_MAXIMA')?.details).toEqual({ count: 3 });
  });

  it('assumes level endpoints when their forces are not known, and says so', () => {
    const open = EXAMPLE.map(({ f, ...row }, index) =>
      index === 0 || index === 4 || f === undefined ? row : { ...row, f },
    );
    const result = available(compute(band(open)));
    expectNear(result.value, 0.2422722, 5e-8); // SCIENCE §3.6: its endpoint forces are 0
    const assumed = result.issues.filter((entry) => entry.code === 'W_ENDPOINT_FORCE_ASSUMED');
    expect(assumed.map((entry) => entry.details.image)).toEqual(['00', '04']);
  });

  it('of a path that only falls is zero, of one that only rises its reaction energy', () => {
    const falling = available(compute(energies([0, -0.2, -0.5, -0.8, -0.9])));
    expectNear(falling.value, 0, 0);
    expectNear(falling.parts.reverseBarrierEv, 0.9, 1e-12);
    expect(codes(falling)).toContain('W_NO_BARRIER');
    expect(falling.parts).not.toHaveProperty('saddleImage');
    const rising = available(
      compute(
        band([
          { s: 0, e: 1, f: 0 },
          { s: 1, e: 1.2, f: -0.4, residual: 0.01 },
          { s: 2, e: 1.7, f: -0.4, residual: 0.01 },
          { s: 3, e: 2, f: 0 },
        ]),
      ),
    );
    expectNear(rising.value, 1, 1e-12);
    expectNear(rising.parts.reverseBarrierEv, 0, 1e-12);
    expect(rising.parts.method).toBe('interpolated');
    expect(codes(rising)).toContain('W_NO_BARRIER');
  });

  it('says which kind of energy and how large an uncertainty it has', () => {
    const byDefault = available(compute(band(EXAMPLE)));
    expect([byDefault.uncertainty, byDefault.parts.uncertaintyOrigin]).toEqual([0.05, 'default']);
    expect(byDefault.convention).toContain('energy: sigma0');
    const given = available(compute(band(EXAMPLE), { uncertaintyEv: 0.02, energyKind: 'free' }));
    expect([given.uncertainty, given.parts.uncertaintyOrigin]).toEqual([0.02, 'given']);
    expect(given.convention).toContain('energy: free');
  });
});

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

describe('any band', () => {
  const inner = fc.record({
    step: fc.integer({ min: 100, max: 290 }),
    energy: fc.integer({ min: -500, max: 1500 }),
    force: fc.integer({ min: -900, max: 900 }).filter((force) => force !== 0),
  });
  const rowsOf = fc.array(inner, { minLength: 4, maxLength: 9 }).map((list) => {
    let s = -list[0]!.step;
    return list.map((row): Row => {
      s += row.step;
      return { s: s / 100, e: row.energy / 1000, f: row.force / 1000, residual: 0.01 };
    });
  });

  it('keeps its barriers when a constant is added to all energies', () => {
    fc.assert(
      fc.property(rowsOf, fc.double({ min: -1000, max: 1000, noNaN: true }), (rows, shift) => {
        const before = available(compute(band(rows)));
        const after = available(compute(band(rows.map((row) => ({ ...row, e: row.e + shift })))));
        expectNear(after.value, before.value, 1e-9);
        expectNear(after.parts.reverseBarrierEv, before.parts.reverseBarrierEv as number, 1e-9);
      }),
    );
  });

  it('swaps its barriers when it is walked backwards', () => {
    fc.assert(
      fc.property(rowsOf, fc.boolean(), (rows, withForces) => {
        const whole = rows.at(-1)!.s;
        const strip = ({ f, ...row }: Row): Row => (withForces && f !== undefined ? { ...row, f } : row);
        const backwards = rows.toReversed().map((row) => strip({ ...row, s: whole - row.s, f: -row.f! }));
        const forward = available(compute(band(rows.map(strip))));
        const backward = available(compute(band(backwards)));
        expectNear(backward.value, forward.parts.reverseBarrierEv as number, 1e-9);
        expectNear(backward.parts.reverseBarrierEv, forward.value, 1e-9);
        expectNear(backward.parts.reactionEnergyEv, -(forward.parts.reactionEnergyEv as number), 1e-12);
      }),
    );
  });

  it('has a barrier E_f = E_r + ΔE that is never negative and never below its images', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const { value, parts } = available(compute(band(rows)));
        expectNear(value - (parts.reverseBarrierEv as number), parts.reactionEnergyEv as number, 1e-12);
        expect(value >= 0 && (parts.reverseBarrierEv as number) >= 0).toBe(true);
        expect(value >= (parts.discreteForwardBarrierEv as number) - 1e-12).toBe(true);
      }),
    );
  });

  it('scales its barrier with its energies and forces, and keeps it when only the distances are stretched', () => {
    fc.assert(
      fc.property(rowsOf, fc.integer({ min: 2, max: 5 }), (rows, factor) => {
        const before = available(compute(band(rows))).value;
        const scaled = rows.map((row) => ({ ...row, e: row.e * factor, f: row.f! * factor }));
        expectNear(available(compute(band(scaled))).value, before * factor, 1e-9);
        const stretched = rows.map((row) => ({ ...row, s: row.s * factor, f: row.f! / factor }));
        expectNear(available(compute(band(stretched))).value, before, 1e-9);
      }),
    );
  });
});
