/** Differences of charge densities in lockstep: closed forms, and what must not be subtracted. */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileRecord } from '../../model/calculation.ts';
import { type GridInput, gridDifference } from '../../parsers/shared/grid/difference.ts';
import { expectNear } from '../near.ts';
import { AUGMENTATION, chgcar, GRID, HEAD, latin1, lines, locpot, ramp, VOLUME } from './grid-cases.ts';

const ZN = HEAD.replace('   Zn   O \n     1     1', '   Zn \n     1').replace('  0.300000  0.600000  0.200000\n', '');
const O = HEAD.replace('   Zn   O \n     1     1', '   O \n     1').replace('  0.000000  0.000000  0.100000\n', '');

function input(name: string, text: string, read: (text: string) => FileRecord = chgcar, chunk = 4096): GridInput {
  return { name, source: memorySource(latin1(text), chunk), record: read(text) };
}

/** x² + 100·y + z·(z − 4), so that the difference is a ramp of its own. */
const bent = ramp(0).map((value, index) => value + (index % 3) ** 2);
const WHOLE = `${HEAD}${GRID}${lines(bent.map((value) => value * 2))}${AUGMENTATION}`;
const PART_1 = `${ZN}${GRID}${lines(bent, 10)}`;
const PART_2 = `${O}${GRID}${lines(ramp(-7), 3)}`;

describe('the difference of a whole and its parts', () => {
  it('is averaged over planes, whatever the columns of the files', () => {
    for (const chunk of [1, 7, 4096]) {
      const { component, issues } = gridDifference(input('AB', WHOLE, chgcar, chunk), [
        input('A', PART_1, chgcar, chunk),
        input('B', PART_2, chgcar, chunk),
      ]);
      expect(issues).toEqual([]);
      // 2(r + x²) − (r + x²) − (r − 7) = x² + 7, divided by the volume.
      expectNear(component!.planarAverages[0][0], 7 / VOLUME, 1e-9);
      expectNear(component!.planarAverages[0][2], 11 / VOLUME, 1e-9);
      for (const value of component!.planarAverages[2]) expectNear(value, (7 + 5 / 3) / VOLUME, 1e-9);
      expectNear(component!.integral, 7 + 5 / 3, 1e-9);
      expectNear(component!.minimum, 7 / VOLUME, 1e-9);
      expectNear(component!.maximum, 11 / VOLUME, 1e-9);
    }
  });

  it('of a file and itself is 0 everywhere', () => {
    const { component } = gridDifference(input('A', WHOLE), [input('A', WHOLE)]);
    expect([component!.minimum, component!.maximum, component!.integral]).toEqual([0, 0, 0]);
  });

  it('of two potentials is in eV, not divided by the volume', () => {
    const { component } = gridDifference(input('A', WHOLE, locpot), [input('B', PART_2, locpot)]);
    expectNear(component!.minimum, 7, 1e-9);
    expect(component).not.toHaveProperty('integral');
  });

  it('allows a part on the other side of the cell', () => {
    const moved = PART_1.replace('0.000000  0.000000  0.100000', '1.000000 -1.000000  2.100000');
    expect(gridDifference(input('AB', WHOLE), [input('A', moved)]).issues).toEqual([]);
  });
});

describe('no difference', () => {
  const refused = (part: string, read = chgcar) => {
    const { component, issues } = gridDifference(input('AB', WHOLE), [input('PART', part, read)]);
    expect(component).toBeUndefined();
    expect(issues).toHaveLength(1);
    expect(issues[0]!.where.file).toBe('PART');
    return issues[0]!;
  };

  it('is made of another grid, cell, place, element or quantity', () => {
    const other = PART_1.replace('    3    4    5', '    4    3    5');
    expect(refused(other)).toMatchObject({
      code: 'E_GRID_MISMATCH',
      details: { left: '3 × 4 × 5', right: '4 × 3 × 5' },
    });
    const cell = refused(PART_1.replace('0.500000    4.000000', '0.500000    4.002000'));
    expect(cell).toMatchObject({ code: 'E_GRID_MISMATCH', details: { what: 'lattice vector c' } });
    // 0.0006 of c, which is 4.03 Å long: 0.0024 Å.
    const place = refused(PART_1.replace('0.000000  0.100000', '0.000000  0.100600'));
    expect(place.message).toContain('0.0024 Å');
    expect(refused(PART_1.replace('   Zn', '   Cu')).code).toBe('E_GRID_MISMATCH');
    expect(refused(PART_1, locpot).details).toMatchObject({ left: 'charge', right: 'potential' });
  });

  it('is made of a part whose charge is not whole', () => {
    expect(refused(PART_1.slice(0, -30)).code).toBe('E_SYNTAX');
    expect(refused(PART_1.replace(/ 0\.\d+E\+04/, ' *****************')).code).toBe('E_SYNTAX');
  });
});
