import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workFunction } from '../../descriptors/work-function.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => workFunction.compute(workFunction.inputs.parse(inputs));

const HEIGHT = 40;
const PLANES = 400;

/** A slab from 12 to 22 Å, above it `upper` up to 37 Å, where the dipole correction steps to `lower`. */
function slabPotential(upper: number, lower: number, slope = 0): number[] {
  return Array.from({ length: PLANES }, (_, at) => {
    const height = (at * HEIGHT) / PLANES;
    if (height > 12 && height < 22) return -12 + 4 * Math.cos(2 * Math.PI * (height - 12));
    if (height >= 22 && height < 37) return upper + slope * (height - 22);
    return lower;
  });
}

describe('work function', () => {
  it('of each face is its vacuum level above the Fermi energy', () => {
    const result = available(compute({ vacuumUpperEv: 8.049, vacuumLowerEv: 7.778, fermiEnergyEv: 2.31 }));
    expectNear(result.value, 5.739, 1e-9); // SCIENCE §7
    expectNear(result.parts.workFunctionBottomEv, 5.468, 1e-9); // SCIENCE §7
    expectNear(result.parts.vacuumStepEv, 0.271, 1e-9);
    expect([result.quality, result.uncertainty]).toEqual(['ok', 0]);
  });

  const placed = { heightAngstrom: HEIGHT, slabBottomFraction: 0.3, slabTopFraction: 0.55, content: 'electrostatic' };

  it.each([
    ['with the atoms told', placed],
    ['from the potential alone', { heightAngstrom: HEIGHT, content: 'electrostatic' }],
  ])('is read from either side of a dipole step, %s', (_, cell) => {
    const result = available(compute({ ...cell, potentialEv: slabPotential(5.2, 4.1), fermiEnergyEv: -0.4 }));
    expectNear(result.value, 5.6, 1e-9);
    expectNear(result.parts.workFunctionBottomEv, 4.5, 1e-9);
    expect(codes(result)).toEqual([]);
  });

  it('does not depend on where the cell begins', () => {
    const potential = slabPotential(5.2, 4.1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: PLANES - 1 }), (shift) => {
        const moved = potential.map((__, at) => potential[(at + shift) % PLANES] ?? Number.NaN);
        const fraction = (at: number) => (((at - shift / PLANES) % 1) + 1) % 1;
        const atoms = { slabBottomFraction: fraction(0.3), slabTopFraction: fraction(0.55) };
        for (const cell of [atoms, {}]) {
          const inputs = {
            potentialEv: moved,
            heightAngstrom: HEIGHT,
            content: 'electrostatic',
            fermiEnergyEv: 0,
            ...cell,
          };
          const result = available(compute(inputs));
          expectNear(result.value, 5.2, 1e-9);
          expectNear(result.parts.workFunctionBottomEv, 4.1, 1e-9);
        }
      }),
    );
  });

  it('without a plateau is degraded, and its error is what the window varies by', () => {
    const steep = { ...placed, potentialEv: slabPotential(5, 4.9, 0.02), fermiEnergyEv: 0 };
    const result = available(compute(steep));
    expect(codes(result)).toEqual(['W_NO_PLATEAU']);
    expect(result.issues[0]?.details).toMatchObject({ side: 'upper' });
    // By hand: 0.02 eV/Å over 2 Å is ± 0.02 eV.
    expectNear(result.uncertainty, 0.02, 1e-9);
    expect(codes(compute({ ...placed, potentialEv: slabPotential(5, 4.9, 0.009), fermiEnergyEv: 0 }))).toEqual([]);
  });

  it('from a LOCPOT with exchange and correlation is none', () => {
    const profile = { ...placed, potentialEv: slabPotential(5.2, 4.1), fermiEnergyEv: 0 };
    expect(codes(unavailable(compute({ ...profile, content: 'with-xc' })))).toEqual(['E_LOCPOT_XC']);
    const unknown = available(compute({ ...profile, content: 'unknown', vaspVersion: '5.2.2' }));
    expect([codes(unknown), unknown.quality]).toEqual([['W_LOCPOT_UNKNOWN'], 'degraded']);
    expect(unknown.issues[0]?.message).toContain('5.2.2');
  });

  it('needs vacuum on both sides', () => {
    const narrow = { ...placed, potentialEv: slabPotential(5.2, 4.1), fermiEnergyEv: 0, slabTopFraction: 0.22 };
    expect(codes(unavailable(compute(narrow)))).toEqual(['E_INPUT']);
    const flat = { potentialEv: [1, 1, 1, 1], heightAngstrom: 20, fermiEnergyEv: 0, content: 'electrostatic' };
    expect(codes(unavailable(compute(flat)))).toEqual(['E_INPUT']);
  });

  it.each([
    [{ fermiEnergyEv: 0 }],
    [{ fermiEnergyEv: 0, vacuumUpperEv: 5 }],
    [{ fermiEnergyEv: 0, vacuumUpperEv: 5, vacuumLowerEv: 5, potentialEv: [1, 2, 3], heightAngstrom: 9 }],
    [{ fermiEnergyEv: 0, potentialEv: [1, 2, 3] }],
    [{ fermiEnergyEv: 0, potentialEv: [1, 2, 3], heightAngstrom: 9, slabTopFraction: 0.4 }],
  ])('refuses %j', (inputs) => {
    expect(workFunction.inputs.safeParse(inputs).success).toBe(false);
  });
});
