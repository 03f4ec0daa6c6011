import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandGap } from '../../descriptors/band-gap.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => bandGap.compute(bandGap.inputs.parse(inputs));

/** Two k-points; the edges stand at different ones (by hand: 2.15 − 1.42). */
const LEVELS = [-5.1, -2.3, 1.42, 2.15, 4.0, -5.0, -2.1, 1.2, 2.6, 4.4];
const FILLING = [1, 1, 0.98, 0.03, 0, 1, 1, 1, 0, 0];

describe('band gap', () => {
  it('is the distance of the edges over all levels', () => {
    const result = available(compute({ levelsEv: LEVELS, occupations: FILLING }));
    expectNear(result.value, 0.73, 1e-12);
    expect(result.parts).toMatchObject({
      kind: 'insulator',
      valenceBandMaximumEv: 1.42,
      conductionBandMinimumEv: 2.15,
    });
  });

  it('is the same from occupations of two electrons per level', () => {
    const doubled = FILLING.map((filling) => 2 * filling);
    expectNear(available(compute({ levelsEv: LEVELS, occupations: doubled, fullOccupation: 2 })).value, 0.73, 1e-12);
  });

  it('of a metal is zero, never negative', () => {
    const result = available(compute({ valenceBandMaximumEv: 3.2, conductionBandMinimumEv: 2.9 }));
    expect([result.value, result.parts.kind, codes(result)]).toEqual([0, 'metal', []]);
    // A half full level is both edges.
    expect(available(compute({ levelsEv: [-1, 0, 2], occupations: [1, 0.5, 0] })).value).toBe(0);
  });

  it('from a semilocal functional is told to be too small', () => {
    const edges = { valenceBandMaximumEv: 0, conductionBandMinimumEv: 0.73 };
    expect(codes(compute(edges))).toEqual(['W_PBE_GAP']);
    expect(codes(compute({ ...edges, functional: 'PBEsol' }))).toEqual(['W_PBE_GAP']);
    for (const functional of ['HSE06', 'PBE0', 'G0W0']) expect(codes(compute({ ...edges, functional }))).toEqual([]);
  });

  it('needs levels on both sides', () => {
    const result = unavailable(compute({ levelsEv: [-1, 0], occupations: [1, 1] }));
    expect(codes(result)).toEqual(['E_INPUT']);
    expect(result.reasons[0]?.message).toContain('no empty level');
  });

  it('does not depend on the zero of energy nor on the order of the levels', () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), fc.integer({ min: 0, max: 9 }), (zero, turn) => {
        const turned = <T>(list: T[]): T[] => [...list.slice(turn), ...list.slice(0, turn)];
        const levelsEv = turned(LEVELS.map((level) => level + zero));
        expectNear(available(compute({ levelsEv, occupations: turned(FILLING) })).value, 0.73, 1e-9);
      }),
    );
  });

  it.each([
    [{}],
    [{ valenceBandMaximumEv: 1 }],
    [{ levelsEv: [1, 2] }],
    [{ levelsEv: [1, 2], occupations: [1, 0, 0] }],
    [{ levelsEv: [1, 2], occupations: [1, 0], valenceBandMaximumEv: 1, conductionBandMinimumEv: 2 }],
    [{ valenceBandMaximumEv: 1, conductionBandMinimumEv: 2, fullOccupation: 3 }],
  ])('refuses %j', (inputs) => {
    expect(bandGap.inputs.safeParse(inputs).success).toBe(false);
  });
});
