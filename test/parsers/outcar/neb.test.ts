import { describe, expect, it } from 'vitest';
import { FIRST, outcarText, SECOND } from './outcar-text.ts';
import { codes, lastStep, parseText, textAt } from './parse-text.ts';

const RULER = ` ${'-'.repeat(46)}\n`;
const cells = (values: readonly number[], width: number, decimals: number) =>
  values.map((value) => value.toFixed(decimals).padStart(width)).join('');

/** In the words of the VTST patch of VASP 5 and 6. */
function vtst(rows: readonly (readonly number[])[], numbers = TEXTS): string {
  return ` NEB: the previous image is higher in energy: F
 NEB: the next image is higher in energy    : T
 NEB: only next energy greater

 NEB: Tangent
${RULER}${rows.map((row) => `${cells(row, 13, 5)}\n`).join('')}
 NEB: forces: par spring, perp REAL, dneb ${numbers.norms}
 NEB: distance to prev, next image, angle between ${numbers.distances}
 NEB: projections on to tangent (spring, REAL) ${numbers.projections}

  FORCES: max atom, RMS ${numbers.residual}
  FORCE total and by dimension    0.041786    0.010428
`;
}

const TEXTS = {
  norms: '   0.009100    0.983004    0.000500',
  distances: '   0.744594    0.742774  176.189866',
  projections: '  -0.009100   -0.571327',
  residual: '   0.291988    0.176560',
};
// Norm² = 0.36 + 0.64 = 1.
const TANGENT = [
  [0.6, 0, 0],
  [0, -0.8, 0],
  [0, 0, 0],
];

describe('an image of a band of the VTST patch', () => {
  const steps = [
    { ...FIRST, behindForces: vtst(TANGENT.toReversed(), { ...TEXTS, projections: '   0.1   0.2' }) },
    { ...SECOND, behindForces: vtst(TANGENT) },
  ];
  const text = outcarText({ steps });
  const record = parseText(text);

  it('has the force along the path, its residual and the norms of every step', () => {
    expect(record.steps?.[0]?.neb?.tangentForceEvPerAngstrom).toBe(0.2);
    expect(lastStep(record).neb).toEqual({
      tangentForceEvPerAngstrom: -0.571327,
      springTangentForceEvPerAngstrom: -0.0091,
      residualForceEvPerAngstrom: 0.291988,
      residualRmsForceEvPerAngstrom: 0.17656,
      parallelSpringForceEvPerAngstrom: 0.0091,
      perpendicularForceEvPerAngstrom: 0.983004,
      doubleNudgingForceEvPerAngstrom: 0.0005,
      distanceToPreviousAngstrom: 0.744594,
      distanceToNextAngstrom: 0.742774,
      angleDegrees: 176.189866,
    });
  });

  it('has the tangent of the last step', () => {
    expect(record.nebTables).toEqual({ tangent: Float64Array.of(0.6, 0, 0, 0, -0.8, 0, 0, 0, 0) });
    expect(textAt(text, record, 'nebTables.tangent').split('\n')).toHaveLength(3);
    expect(record.issues).toEqual([]);
  });

  it('has no tangent when a component of it is stars or a row is lost', () => {
    for (const damage of [
      (block: string) => block.replace('0.60000', '*******'),
      (block: string) => block.replace(/ {6}0\.00000 {5}-0\.80000.*\n/, ''),
    ]) {
      const damaged = parseText(outcarText({ steps: [{ ...FIRST, behindForces: damage(vtst(TANGENT)) }] }));
      expect(damaged.nebTables).toBeUndefined();
      expect(codes(damaged)).toEqual(['W_UNPARSEABLE']);
    }
  });
});

describe("an image of VASP's own band", () => {
  const rows = [
    [0.1, 0.2, 0.3, 1.5, -2.5, 3.5],
    [0.4, 0.5, 0.6, 0.25, 0.5, -0.75],
    [0.7, 0.8, 0.9, 0, 0.125, 0],
  ];
  const total = [
    [1.1, 1.2, 1.3],
    [-1.4, 1.5, 1.6],
    [1.7, 1.8, -1.9],
  ];
  const chain = `  energy of chain is (eV)         0.012345 for this image        0.004321
  tangential force (eV/A)        -0.226121
  left and right image   0.812125  0.798765 A
 TANGENT                                        CHAIN-FORCE (eV/Angst)
 ${'-'.repeat(83)}
${rows.map((row) => `${cells(row.slice(0, 3), 13, 5)}   ${cells(row.slice(3), 14, 6)}\n`).join('')} ${'-'.repeat(83)}

 CHAIN + TOTAL  (eV/Angst)
${RULER}${total.map((row) => `${cells(row, 13, 5)}\n`).join('')}${RULER}`;

  it('has the band forces of each atom, and no number that is −dE/ds', () => {
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindForces: chain }] }));
    expect(lastStep(record).neb).toBeUndefined();
    expect(record.nebTables).toEqual({
      stockChain: {
        realLessSpringForceEvPerAngstrom: -0.226121,
        distanceToPreviousAngstrom: 0.812125,
        distanceToNextAngstrom: 0.798765,
        tangent: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
        chainForcesEvPerAngstrom: Float64Array.of(1.5, -2.5, 3.5, 0.25, 0.5, -0.75, 0, 0.125, 0),
        totalForcesEvPerAngstrom: Float64Array.of(1.1, 1.2, 1.3, -1.4, 1.5, 1.6, 1.7, 1.8, -1.9),
      },
    });
    expect(record.issues).toEqual([]);
  });
});
