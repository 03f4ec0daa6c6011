import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { band, compute, EXAMPLE, energies, interpolations, type Row } from './bands.ts';
import { available, codes } from './descriptor-cases.ts';

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
