/** Lines of calculations.ndjson: lists are lists, and coordinates stay in their files. */
import { expect, test } from 'vitest';
import { calculationLine } from '../../exports/calculation-line.ts';
import { calculationOf } from '../assembly/fixtures.ts';
import { basal, onBasal } from '../pipeline/trees.ts';

test('modes are lists, the structures of start and end are left out', () => {
  const vibrations = {
    wavenumbersPerCm: Float64Array.of(300, -20),
    energiesMeV: Float64Array.of(37.19525952, -2.479683968),
    imaginaryCount: 1,
    zeroPointEnergyEv: 0.01859762976,
  };
  const sketch = { structure: onBasal(0.4), final: { forcesEvPerAngstrom: new Float64Array(51) } };
  const line = calculationLine(calculationOf('a/OUTCAR', sketch, { vibrations, initialStructure: basal }), new Map());
  expect(JSON.parse(JSON.stringify(line))).toMatchObject({
    composition: { Zn: 8, O: 8, Li: 1 },
    vibrations: { wavenumbersPerCm: [300, -20], energiesMeV: [37.19525952, -2.479683968], imaginaryCount: 1 },
  });
  expect(line).not.toHaveProperty('initialStructure');
  expect(JSON.stringify(line)).not.toMatch(/"(cartesianAngstrom|forcesEvPerAngstrom|0)":/);
});
