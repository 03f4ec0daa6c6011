/** Adhesion of a candidate to the metal on it, from the three runs of an interface (SCIENCE §8). */
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import {
  type Atom,
  bulkZno,
  calculationOf,
  cubic,
  structureOf,
  supercell,
  withAtoms,
  znoPrism,
} from '../assembly/fixtures.ts';
import { available, codes, unavailable } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';
import { describedByName as described } from './described.ts';

const oxide = calculationOf('zno/OUTCAR', { structure: bulkZno(), energyEv: -18.1, mesh: [6, 6, 6] });
const slabStructure = supercell(znoPrism(4, 45), 2, 1);

/** Planes of lithium, four atoms each in 6.499 × 5.2069 Å, on ZnO(10-10) or alone. */
function lithium(on?: Structure): Structure {
  const oxideSlab = slabStructure;
  const top = Math.max(...oxideSlab.cartesianAngstrom.filter((_, at) => at % 3 === 2));
  const film = Array.from({ length: 5 }, (_, plane): Atom[] =>
    [0, 1, 2, 3].map((site): Atom => {
      const [i, j] = [site % 2, site >> 1];
      return ['Li', [3.2495 * (i + (plane % 2) / 2), 2.60345 * (j + (plane % 2) / 2), top + 2.1 + 2.2 * plane]];
    }),
  );
  return on === undefined ? structureOf(oxideSlab.latticeAngstrom, film.flat()) : withAtoms(on, film.flat());
}

describe('adhesion energy of a candidate', () => {
  const substrate = calculationOf('slab/OUTCAR', { structure: slabStructure, energyEv: -98.3 });
  const film = calculationOf('film/OUTCAR', { structure: lithium(), energyEv: -120.5 });
  const both = calculationOf('both/OUTCAR', { structure: lithium(slabStructure), energyEv: -221.65 });
  const of = (tree: readonly Calculation[]) => described([...tree, oxide], { slab: 'slab/OUTCAR', bulk: 'zno/OUTCAR' });

  it('follows from film and substrate alone in the cell of the interface', () => {
    const result = available(of([substrate, film, both])('adhesion-energy'));
    // By hand: 2.85 eV · 16.02176634 / (6.499 · 5.2069 Å²).
    expectNear(result.value, (2.85 * 16.02176634) / (6.499 * 5.2069), 1e-9);
    expect(result.parts.adhesionConvention).toBe('relaxed');
    expect(codes(result)).not.toContain('W_STRAIN_REFERENCE');
    expect(result.inputs.map(({ calculation }) => calculation)).toEqual(['film/OUTCAR', 'slab/OUTCAR', 'both/OUTCAR']);
  });

  it('is left out without an interface, and unavailable without the film alone', () => {
    expect(() => of([substrate, film])('adhesion-energy')).toThrow('no adhesion-energy');
    const metal = calculationOf('li/OUTCAR', {
      structure: structureOf(cubic(3.51), [
        ['Li', [0, 0, 0]],
        ['Li', [1.755, 1.755, 1.755]],
      ]),
      energyEv: -3.8,
      mesh: [6, 6, 6],
    });
    const result = unavailable(of([substrate, metal, both])('adhesion-energy'));
    expect(codes(result)).toEqual(['E_REFERENCE_MISSING']);
  });

  it('is that of frozen parts when neither was relaxed, and none when only one was', () => {
    const frozen = (calculation: Calculation): Calculation => ({
      ...calculation,
      convergence: { electronic: 'reached', ionic: 'notApplicable' },
    });
    const rigid = available(of([frozen(substrate), frozen(film), both])('adhesion-energy'));
    expect(rigid.parts.adhesionConvention).toBe('rigid');
    const mixed = unavailable(of([substrate, frozen(film), both])('adhesion-energy'));
    expect(codes(mixed)).toContain('E_CONVENTION_MIXED');
  });

  it('holds strain energy when the film alone lies in a cell that is a little wider', () => {
    const structure = lithium();
    const [a, b, c] = structure.latticeAngstrom;
    const wider = { ...structure, latticeAngstrom: [[a[0] + 0.015, a[1], a[2]], b, c] } as Structure; // one vector longer
    const result = available(
      of([substrate, calculationOf('film/OUTCAR', { structure: wider, energyEv: -120.5 }), both])('adhesion-energy'),
    );
    expect([codes(result).includes('W_STRAIN_REFERENCE'), result.quality]).toEqual([true, 'degraded']);
  });

  it('is unavailable with another cutoff', () => {
    const other = calculationOf('film/OUTCAR', { structure: lithium(), energyEv: -120.5, settings: { ENCUT: 400 } });
    expect(codes(unavailable(of([substrate, other, both])('adhesion-energy')))).toContain('E_ENCUT');
  });
});
